"""What the front page tells of the real tables is what they hold."""

from __future__ import annotations

import pytest

from factpack.package.comparisons import comparisons
from factpack.package.findings import main_document, next_stages, outcomes, targets_of
from factpack.package.package import Package, open_package
from projects import ROOT


@pytest.fixture(scope="module")
def real() -> Package:
    return open_package(ROOT)


def test_every_target_is_past_or_to_come_and_has_one_outcome(real: Package) -> None:
    targets = targets_of(real)
    rows = [row for each in targets.past.values() for row in each]
    assert sum(outcomes(rows).values()) == len(rows)
    assert len(rows) + sum(map(len, targets.coming.values())) == len(real.rows["targets"])
    assert all(row["outcome"] == "pending" for each in targets.coming.values() for row in each)


def test_a_change_goes_the_way_that_a_relation_says(real: Package) -> None:
    found = list(comparisons(real))
    assert {each.relation for each in found} == {"lower", "equal", "higher", "open"}
    for each in found:
        assert each.target["plain_unit_id"] == each.result["plain_unit_id"]
        assert each.relation != "lower" or each.less < 0
        assert each.relation != "higher" or each.less > 0
        assert each.relation != "equal" or each.less == 0


def test_what_a_review_counted_by_hand_is_what_is_counted(real: Package) -> None:
    """Of the targets for 2026, 14 stand beside a result of 2025: nine lower, one equal, four higher as printed."""
    found = [each for each in comparisons(real) if each.beside["period"] == "2026"]
    relations = [each.relation for each in found]
    assert (len(found), relations.count("lower"), relations.count("equal")) == (14, 9, 1)
    assert sum(each.less > 0 for each in found) == 4
    charging = next(each for each in found if each.target["id"] == "ind-charging-piles-added.2026.target")
    assert (charging.relation, str(charging.change)) == ("lower", "-0.7")


def test_the_main_document_is_the_latest_work_report(real: Package) -> None:
    found = main_document(real)
    assert found is not None
    assert found["id"] == "doc-wuchang-gwr-2025"
    assert next_stages(real)["2026"]["started"] > 0
