"""Targets are compared with results in one unit, a bound as a bound, and what cannot be compared is left out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

import frozen
from factpack.package.comparisons import Comparison, comparisons
from factpack.package.package import Package, open_package
from factpack.package.table import Row


@pytest.fixture(scope="module")
def year_after() -> dict[str, Comparison]:
    """The comparisons of the frozen project with the documents of the year after, by the id of the target."""
    return {str(each.target["id"]): each for each in comparisons(open_package(frozen.year_after()))}


def value(status: str, number: int | str, year: int, **more: Any) -> Row:
    made = {
        "id": f"ind-x.{year}.{status}",
        "period": str(year),
        "period_start": datetime.date(year, 1, 1),
        "period_end": datetime.date(year, 12, 31),
        "bound": None,
        "measure": "level",
        "plain_value": Decimal(number),
        "plain_value_high": None,
        "plain_unit_id": "unt-count",
        "plain_unit_en": "items",
    }
    return {**made, **more}


def compared(target: Row, result: Row, **more: Any) -> list[Comparison]:
    """Return the comparisons of a package of one target, set at the end of the year before its period."""
    beside = {
        "id": target["id"],
        "baseline_id": result["id"],
        "revises_id": None,
        "set_on": f"{int(str(target['period'])) - 1}-12-29",
        **more,
    }
    known: Mapping[str, tuple[None, Row]] = {str(each["id"]): (None, each) for each in (target, result)}
    package: Any = SimpleNamespace(tables={"targets": None}, rows={"targets": [beside]}, find=known.get)
    return list(comparisons(package))


def one(target: Row, result: Row) -> Comparison:
    (found,) = compared(target, result)
    return found


@pytest.mark.parametrize(
    ("target", "result", "relation"),
    [
        ({"number": 10}, {"number": 12}, "lower"),
        ({"number": 12}, {"number": 12}, "equal"),
        ({"number": 13}, {"number": 12}, "higher"),
        ({"number": 10, "bound": "at_least"}, {"number": 12}, "lower"),
        ({"number": 3, "bound": "at_least"}, {"number": 3}, "equal"),
        ({"number": 500, "bound": "over"}, {"number": 460, "bound": "over"}, "open"),
        ({"number": 400}, {"number": 460, "bound": "over"}, "lower"),
        ({"number": 500}, {"number": 460, "bound": "under"}, "higher"),
        ({"number": 400}, {"number": 460, "bound": "at_most"}, "open"),
        ({"number": 100}, {"number": 101, "bound": "about"}, "open"),
        ({"number": 90}, {"number": 101, "bound": "about"}, "lower"),
        ({"number": 100, "bound": "about"}, {"number": 100}, "open"),
        ({"number": 9, "plain_value_high": Decimal(11)}, {"number": 10}, "open"),
        ({"number": 9, "plain_value_high": Decimal(11)}, {"number": 8}, "higher"),
        ({"number": 1, "measure": "rank"}, {"number": 3, "measure": "rank"}, "higher"),
    ],
)
def test_a_number_with_a_bound_is_all_that_it_may_be(
    target: dict[str, Any], result: dict[str, Any], relation: str
) -> None:
    found = one(value("target", year=2026, **target), value("actual", year=2025, **result))
    assert found.relation == relation


@pytest.mark.parametrize(
    ("target", "result", "change", "bound"),
    [
        ({"number": 3}, {"number": 10}, "-0.7", "exact"),
        ({"number": 10, "bound": "at_least"}, {"number": 8}, "0.25", "exact"),
        ({"number": 6}, {"number": 5, "bound": "over"}, "0.2", "at_most"),
        ({"number": 6}, {"number": 5, "bound": "under"}, "0.2", "at_least"),
        ({"number": 6}, {"number": 5, "bound": "nearly"}, "0.2", "about"),
        ({"number": 6, "plain_value_high": Decimal(7)}, {"number": 5}, "0.2", "about"),
        ({"number": 6, "plain_unit_en": "%"}, {"number": 5, "plain_unit_en": "%"}, None, "exact"),
        ({"number": 6, "measure": "rank"}, {"number": 5}, None, "exact"),
        ({"number": 6}, {"number": 0}, None, "exact"),
    ],
)
def test_a_change_is_a_share_of_the_result_where_shares_have_a_meaning(
    target: dict[str, Any], result: dict[str, Any], change: str | None, bound: str
) -> None:
    found = one(value("target", year=2026, **target), value("actual", year=2025, **result))
    assert (found.change, found.bound) == (None if change is None else Decimal(change), bound)


def test_what_cannot_be_compared_is_left_out() -> None:
    target = value("target", 10, 2026)
    assert len(compared(target, value("actual", 12, 2025))) == 1
    assert compared(target, value("actual", 12, 2023)) == []  # of long ago
    assert compared(target, value("actual", 12, 2025, plain_unit_id="unt-cny")) == []
    assert compared(target, value("actual", 12, 2025, plain_value=None)) == []
    assert compared({**target, "plain_value": None}, value("actual", 12, 2025)) == []
    assert compared(target, value("actual", 12, 2025), baseline_id=None) == []


def test_a_target_far_ahead_stands_beside_the_year_in_which_it_was_set() -> None:
    target = value("target", 10, 2030)
    assert len(compared(target, value("actual", 12, 2025), set_on="2025-12-29")) == 1
    assert compared(target, value("actual", 12, 2025), set_on=None) == []


def test_units_of_one_kind_are_compared_by_their_plain_values(year_after: dict[str, Comparison]) -> None:
    found = year_after["ind-charging-piles-added.2027.target"]
    assert (found.relation, found.less) == ("lower", Decimal(-500))


def test_a_target_that_was_changed_is_left_to_the_one_that_it_was_changed_to(
    year_after: dict[str, Comparison], package: Package
) -> None:
    assert "ind-population.2030.target" not in year_after
    assert {str(each.target["period"]) for each in comparisons(package)} == {"2025", "2026", "2030"}


def test_no_targets_are_no_comparisons() -> None:
    package: Any = SimpleNamespace(tables={}, rows={})
    assert list(comparisons(package)) == []
