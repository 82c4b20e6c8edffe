"""What the tables have to tell is counted right, and nothing is told where there is nothing."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

import frozen
from factpack.package.comparisons import comparisons
from factpack.package.findings import (
    apart,
    by_change,
    furthest,
    gap,
    main_document,
    next_stages,
    outcomes,
    targets_of,
)
from factpack.package.package import Package, open_package


@pytest.fixture(scope="module")
def year_after() -> Package:
    return open_package(frozen.year_after())


def told(package: Package) -> tuple[Mapping[str, int], Mapping[str, int]]:
    found = targets_of(package)
    return {each: len(rows) for each, rows in found.past.items()}, {
        each: len(rows) for each, rows in found.coming.items()
    }


def test_periods_with_an_outcome_are_past_the_latest_first_and_the_others_come(
    year_after: Package, package: Package
) -> None:
    assert told(year_after) == ({"2026": 35, "2025": 7}, {"2027": 11, "2026/2030": 1, "2030": 5})
    assert list(told(year_after)[0]) == ["2026", "2025"]
    assert (targets_of(year_after).next, targets_of(package).next) == ("2027", "2026")


def test_outcomes_are_counted_and_adjusted_targets_apart(year_after: Package) -> None:
    rows = [row for each in targets_of(year_after).past.values() for row in each]
    kept, adjusted = apart(rows)
    assert outcomes(kept) == {"met": 16, "missed": 10, "unclear": 9, "not_reported": 2, "not_judged": 1, "pending": 1}
    assert outcomes(adjusted) == {"not_judged": 1, "missed": 1, "pending": 1}


def test_a_year_with_results_and_no_targets_is_a_gap(year_after: Package, package: Package) -> None:
    assert [gap(each, targets_of(each)) for each in (year_after, package)] == ["", ""]
    rows = [{"period": "2025", "status": "actual"}, {"period": "2026", "status": "target"}]
    made: Any = SimpleNamespace(tables={"targets": 1, "observations": 1}, rows={"observations": rows, "targets": []})
    made.rows["targets"] = [{"period": "2026", "outcome_id": None}]
    assert gap(made, targets_of(made)) == "2025"
    rows[0]["status"] = "target"
    assert gap(made, targets_of(made)) == ""


def test_what_is_furthest_is_known_exactly(year_after: Package) -> None:
    found = [each for each in comparisons(year_after) if each.beside["period"] == "2027"]
    furthest_below = [each.target["id"] for each in furthest(found, "lower")]
    assert furthest_below == ["ind-charging-piles-added.2027.target"]
    assert [each.target["id"] for each in furthest(found, "higher")] == ["ind-budget-expenditure.2027.target"]
    assert furthest([], "lower") == []


def test_what_is_equally_far_is_told_together(year_after: Package) -> None:
    (found,) = furthest(comparisons(year_after), "lower")[:1]
    assert furthest([found, found], "lower") == [found, found]


def test_comparisons_are_ordered_by_relation_and_change(year_after: Package) -> None:
    found = by_change(comparisons(year_after))
    assert [each.relation for each in found] == sorted(
        (each.relation for each in found), key=["lower", "equal", "higher", "open"].index
    )
    changes = [each.change for each in found if each.relation == "lower" and each.change is not None]
    assert changes == sorted(changes)


def test_what_comes_next_is_counted_by_period_and_stage(year_after: Package) -> None:
    assert next_stages(year_after) == {
        "2027-06": {"opened": 1},
        "2027": {"issued": 1, "opened": 1},
        "2029": {"completed": 1},
    }


def test_the_main_document_is_the_latest_of_the_series_that_is_cited_most(
    year_after: Package, package: Package
) -> None:
    found = [main_document(each) for each in (year_after, package)]
    assert [row and row["id"] for row in found] == ["doc-linxi-gwr-2026", "doc-linxi-gwr-2025"]


def test_a_package_without_such_tables_tells_nothing() -> None:
    bare: Any = SimpleNamespace(tables={}, rows={})
    targets = targets_of(bare)
    assert (targets.past, targets.coming, targets.next) == ({}, {}, "")
    assert (gap(bare, targets), next_stages(bare), main_document(bare)) == ("", {}, None)
