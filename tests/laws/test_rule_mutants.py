"""Each rule of what is right over time is held: a small change of the program that breaks it is noticed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from laws.over_time import holders
from laws.over_time.mutant import NOTICED, listed

TESTS = Path(__file__).resolve().parent.parent
MUTANTS = listed()
FILES = sorted({each.file for each in MUTANTS})
HOUSE = (
    *(f"record/{each}.py" for each in ("figures", "given_again", "ids", "intervals", "library", "results", "reviews")),
    *("record/verification.py", "run/prove.py", "draft/quote.py", "history/turns.py"),
    *(f"table/{each}.py" for each in ("answers", "complete", "derived", "given", "milestones", "outcomes", "targets")),
    *(f"check/{each}.py" for each in ("over_time", "results", "transcribed")),
)
"""Where the rules are."""


def ended(numbers: list[int]) -> Iterator[tuple[int, str, str]]:
    """Yield how mutants end, each with its number and what was noticed."""
    command = [sys.executable, "-m", "laws.over_time.mutant", *map(str, numbers)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=TESTS, check=True)
    for line in done.stdout.splitlines():
        number, how, noticed = json.loads(line)
        yield number, how, noticed


@pytest.mark.parametrize("by", holders.names())
def test_the_program_as_it_is_differs_in_nothing(by: str, tmp_path: Path) -> None:
    assert holders.differs(by, tmp_path) is None


@pytest.mark.parametrize("file", FILES)
def test_every_mutant_is_noticed(file: str) -> None:
    numbers = [number for number, each in enumerate(MUTANTS) if each.file == file]
    found = list(ended(numbers))
    assert [number for number, _, _ in found] == numbers
    assert [(MUTANTS[number], how, noticed) for number, how, noticed in found if how != NOTICED] == []


def test_a_mutant_changes_a_place_that_is_there_once_and_no_two_are_alike() -> None:
    changed = [(each.file, each.changed()) for each in MUTANTS]
    assert len(set(changed)) == len(changed)


def test_every_module_of_the_rules_has_mutants_and_every_case_holds_one() -> None:
    assert set(HOUSE) <= set(FILES)
    assert set(holders.names()) == {each.by for each in MUTANTS}
