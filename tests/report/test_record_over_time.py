"""A record that is shown says which results were replaced, and what became of targets."""

from __future__ import annotations

from functools import cache

import pytest

import frozen
from factpack.package.package import Package, open_package
from factpack.report.record import record_text


@cache
def year_after() -> Package:
    return open_package(frozen.year_after())


def block(record_id: str, part_id: str, table: str, language: str = "en") -> tuple[str, list[str]]:
    """Return the heading of a part in a section of what is shown, and its facts."""
    lines = iter(record_text(year_after(), record_id, language).splitlines())
    next(line for line in lines if line.startswith(table))
    heading = next(line for line in lines if line.split()[:1] == [part_id])
    found = []
    for line in lines:
        if not line.startswith("    "):
            break
        found.append(line.strip())
    return heading.strip(), found


@pytest.mark.parametrize(
    ("language", "state", "fact"),
    [
        ("en", "[replaced]", "Replaced by: 2025, 1,180 (ind-parking-spaces-added.2025.actual.linxi-gwr-2026)"),
        ("zh", "[已被替代]", "被替代为: 2025年，1180个（ind-parking-spaces-added.2025.actual.linxi-gwr-2026）"),
    ],
)
def test_a_result_that_was_replaced_says_so(language: str, state: str, fact: str) -> None:
    table = {"en": "Observations", "zh": "观测值"}[language]
    own = "ind-parking-spaces-added.2025.actual"
    heading, facts = block("ind-parking-spaces-added", own, table, language)
    assert heading.endswith(state)
    assert fact in facts
    heading, facts = block("ind-parking-spaces-added", f"{own}.linxi-gwr-2026", table, language)
    assert state not in heading


def test_a_target_shows_what_became_of_it_and_only_what_its_observation_does_not_say() -> None:
    own = "ind-business-environment-rank.2026.target"
    _, facts = block("ind-business-environment-rank", own, "Targets")
    wanted = {
        "Kind of target: Planned",
        "Target met?: No",
        "Result as displayed: rank 5 (ind-business-environment-rank.2026.actual)",
        "Result less target: +2",
        "Earlier result as displayed: rose to rank 5 (ind-business-environment-rank.2025.actual)",
    }
    assert wanted <= set(facts)
    assert {line.partition(":")[0] for line in facts}.isdisjoint(("Value", "Quote", "Unit of the difference", "Period"))
    _, observed = block("ind-business-environment-rank", own, "Observations")
    assert "Caution: what is counted is not clear" in observed


def test_a_difference_has_its_unit() -> None:
    _, facts = block("ind-complaints-growth", "ind-complaints-growth.2026.target", "Targets")
    assert "Result less target: −5 percentage points" in facts
    _, facts = block("ind-complaints-growth", "ind-complaints-growth.2026.target", "目标", "zh")
    assert "结果减目标: −5个百分点" in facts


def test_a_milestone_names_what_it_was_moved_to() -> None:
    _, facts = block("prj-qingshi-road-south", "prj-qingshi-road-south.2026-12.opened.target", "Milestones")
    assert {"Target met?: Moved", "Moved to: 2027-06"} <= set(facts)
    assert "Result (ID): June 2027, Opened, Target (prj-qingshi-road-south.2027-06.opened.target)" in facts


def test_parts_that_differ_each_say_so_even_where_the_record_says_the_same_as_one_of_them() -> None:
    term = "trm-five-hearts-service"
    for document in ("linxi-gwr-2025", "linxi-gwr-2026"):
        _, facts = block(term, f"{term}.{document}", "Definitions of terms")
        assert {line.partition(":")[0] for line in facts} >= {"Source", "Number", "Definition"}, document
    road = "prj-qingshi-road-south"
    for part in ("2026-12.opened.target", "2027-06.opened.target"):
        _, facts = block(road, f"{road}.{part}", "Milestones")
        assert f"Period: {part.partition('.')[0]}" in facts
