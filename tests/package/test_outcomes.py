"""What became of promises, as the package tells it: by table and outcome, with results, differences and places."""

from __future__ import annotations

from decimal import Decimal

import pytest

from factpack.package.outcomes import Promise, promised
from factpack.package.package import Package


def promise(package: Package, promise_id: str) -> Promise:
    """Return the promise of an id."""
    return next(each for table in promised(package) for each in table.promises if each.id == promise_id)


def test_every_target_and_every_milestone_that_is_aimed_at_is_listed_once(package: Package) -> None:
    targets, milestones = promised(package)
    assert [each.id for each in targets.promises] == [row["id"] for row in package.rows["targets"]]
    aimed = [row["id"] for row in package.rows["milestones"] if row["status"] == "target"]
    assert [each.id for each in milestones.promises] == aimed
    assert targets.promises
    assert milestones.promises


def test_a_target_tells_its_result_the_difference_and_where_both_stand(package: Package) -> None:
    missed = promise(package, "ind-parking-spaces-added.2025.target")
    assert (missed.outcome, missed.kind, missed.reason) == ("missed", "plan", "")
    assert missed.target["en"] == "at least 1,500 (target)"
    assert (missed.result["zh"], missed.result_id) == ("1250个", "ind-parking-spaces-added.2025.actual")
    assert (missed.difference, missed.unit["en"]) == (Decimal(-250), "items")
    assert (missed.document, missed.paragraph) == ("doc-linxi-gwr-2024", 6)
    assert (missed.result_document, missed.result_paragraph) == ("doc-linxi-gwr-2025", 14)
    points = promise(package, "ind-good-air-rate.2025.target")
    assert (points.difference, points.unit["en"]) == (Decimal("0.5"), "percentage points")


def test_a_milestone_tells_what_was_to_happen_and_what_did(package: Package) -> None:
    kept = promise(package, "prj-qingshi-road-north.2025.completed.target")
    assert (kept.outcome, kept.target["en"], kept.result["en"]) == ("kept", "Completed", "Completed")
    assert (kept.name["en"], kept.difference) == ("Qingshi Road, northern part", None)


def test_counts_by_kind_add_up_to_those_of_all(package: Package) -> None:
    targets = promised(package)[0]
    assert targets.kinds == ["plan", "stretch", "five_year"]
    for outcome in targets.outcomes:
        assert sum(targets.count(outcome, kind) for kind in targets.kinds) == targets.count(outcome) > 0
    assert sum(map(targets.count, targets.outcomes)) == len(targets.promises)


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("2025", {"2025"}),
        ("2026", {"2026", "2026-12"}),
        ("2026-12", {"2026", "2026-12"}),
        ("2030", {"2030", "2026/2030"}),
        ("2026/2030", {"2026", "2026-12", "2027", "2030", "2026/2030"}),
        ("2031", set()),
    ],
)
def test_a_promise_falls_due_in_a_period_that_its_last_day_lies_in(
    package: Package, period: str, due: set[str]
) -> None:
    found = {each.period for table in promised(package, period) for each in table.promises}
    assert found == due
