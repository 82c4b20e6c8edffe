"""Outcomes: each case in `outcomes.yaml` is a record of promises, seen in the rows that the tables show of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from projects import ROOT
from promised import CHOICES, MILESTONES, TARGETS, Told, choice_of, fate_of, number, outcome_of


@pytest.mark.parametrize("case", TARGETS, ids=lambda each: str(each["case"]))
def test_a_target_has_the_outcome_that_its_results_give(case: dict[str, Any]) -> None:
    found, wanted = outcome_of(case)
    assert found == wanted


@pytest.mark.parametrize("case", CHOICES, ids=lambda each: str(each["case"]))
def test_at_most_one_result_of_a_key_is_preferred_and_the_others_say_why_not(case: dict[str, Any]) -> None:
    found, wanted = choice_of(case)
    assert found == wanted


@pytest.mark.parametrize("case", MILESTONES, ids=lambda each: str(each["case"]))
def test_a_milestone_has_the_outcome_that_later_documents_give(case: dict[str, Any]) -> None:
    found, wanted = fate_of(case)
    assert found == wanted


# ---- the examples of docs/data.md

GUIDES = [ROOT / "docs" / name for name in ("data.md", "data.zh-CN.md")]
EXAMPLE = re.compile(r"\| `(.+)` \| `(.+)` \| `(floor|ceiling)` \| `(\w+)` \| (?:`(\w+)`)? \| .+ \|")


def examples(guide: Path) -> list[tuple[str, ...]]:
    return [found.groups() for line in guide.read_text("utf-8").splitlines() if (found := EXAMPLE.fullmatch(line))]


def written(text: str) -> dict[str, Any]:
    """Return a number as the guides write it: qualifier, number, and the other end of a range."""
    words = [each for each in text.split() if each not in ("%", "rank", "level", "to")]
    bound = words.pop(0) if words[0].isalpha() or "_" in words[0] else "exact"
    value, *high = (number(yaml.safe_load(each)) for each in words)
    return {"value": value, "bound": bound} | ({"value_high": high[0]} if high else {})


@pytest.mark.parametrize("example", examples(GUIDES[0]), ids=lambda each: each[0])
def test_each_example_of_the_guide_has_its_outcome(example: tuple[str, ...]) -> None:
    aim, result, side, outcome, reason = example
    level = {"measure": "level", "timing": "flow", "unit": "unt-count", "concept": "thing"}
    own = level
    if "%" in aim:
        own = {"measure": "growth", "unit": "unt-percent", "concept": "thing"}
    elif "rank" in aim:
        own = {"measure": "rank", "unit": "unt-rank", "concept": "thing"}
    whose = "level" if "level" in result else "own"
    case = {
        "indicators": {"own": own, "level": level},
        "target": written(aim),
        "results": {"a": {"indicator": whose, **written(result)}},
    }
    (row,) = Told(case).table("targets")
    assert (row["aim"], row["outcome"], row["outcome_reason"]) == (side, outcome, reason)


def test_the_guides_have_the_same_examples() -> None:
    first, second = map(examples, GUIDES)
    assert len(first) > 10
    assert first == second
