"""What a pull request changes fits into the summary of a step, in both languages, and what is left out is counted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from command_line import in_process
from factpack.check.coverage import Number
from factpack.history.changes import Change, Changes, FieldChange, Snapshot
from factpack.report.changes import markdown
from factpack.report.coverage import coverage_markdown
from factpack.report.files import files_markdown
from factpack.report.limit import LIMIT, SHARE, fitting
from factpack.report.summary import summary_markdown
from factpack.report.values import values_of
from factpack.schema.model import Schemas
from factpack.text.tokens import tokenise
from factpack.words import LANGUAGES
from projects import write_units
from report.problem_lists import ALL, COUNTS, PATHS, TITLES, TOTALS, known

FACTS = {"verified": 3, "transcribed": 0}

GITHUB = 2**20
"""Bytes that GitHub takes from a step."""
RECORDS = 789

NOTHING = Snapshot({}, {}, {}, "")
VALUES = values_of(Schemas({}, {}, {}), {}, NOTHING, NOTHING)
"""What tells values of which no schema is known."""


def many(fields: int) -> Changes:
    """Return changes of as many records as the audit poisoned, each with fields that hold all that is markup."""
    changed = tuple(FieldChange(f"parts[{number}].name", ALL, ALL[::-1]) for number in range(fields))
    names = {"zh": ALL, "en": ALL}
    records = [Change("changed", "units", f"unt-x{number}", names, changed) for number in range(RECORDS)]
    return Changes(records, [f"units.column_{number}" for number in range(200)], "major", "0.1.0", "0.1.0", "1.0.0")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fields", [1, 9, 2000])
def test_changes_find_room_or_are_counted(language: str, fields: int) -> None:
    found = many(fields)
    text = markdown(found, VALUES, language, SHARE)
    assert len(text.encode("utf-8")) <= SHARE
    shown = len(re.findall("^- ", text, re.M))
    more = re.search(r"^(?:另有 )?(\d+) (?:more changes|处改动)", text, re.M)
    assert more
    assert shown + int(more[1]) == RECORDS + len(found.columns)
    assert text.startswith(markdown(found, VALUES, language).split("\n", 1)[0])
    if fields == 9:
        assert len(markdown(found, VALUES, language).encode("utf-8")) > GITHUB


def test_changes_that_find_room_are_told_whole() -> None:
    few = Changes(many(1).records[:5], [], "patch", "0.1.0", "0.1.0", "0.1.1")
    assert markdown(few, VALUES, "en", SHARE) == markdown(few, VALUES, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_open_numbers_find_room_or_are_counted(language: str) -> None:
    token = tokenise("2100亿元")[0]
    numbers = [Number("doc-report", at, token, "unclaimed") for at in range(40_000)]
    text = coverage_markdown(numbers, {}, FACTS, language, SHARE)
    assert SHARE / 2 < len(text.encode("utf-8")) <= SHARE
    more = re.search(r"^(?:另有 )?(\d+) (?:more open numbers|个待处理)", text, re.M)
    assert more
    assert len(re.findall("^doc-report:", text, re.M)) + int(more[1]) == len(numbers)
    assert text.count("```") == 2


def test_the_reports_of_one_step_stay_below_what_github_takes() -> None:
    assert 2 * len(LANGUAGES) * SHARE <= LIMIT < GITHUB


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_of_a_check_leaves_room_for_the_files(language: str) -> None:
    files = files_markdown(None, language) + "x" * 400_000
    problems = [known(PATHS[0], line, 1, "missing-field", what_en=ALL, what_zh=ALL) for line in range(1, 9001)]
    text = summary_markdown(problems, COUNTS, TOTALS, language, TITLES, files)
    assert files in text
    assert LIMIT / 2 < len(text.encode("utf-8")) < GITHUB


def test_many_changed_records_are_appended_in_both_languages(published: Path, tmp_path: Path) -> None:
    write_units(published / "sources", RECORDS)
    summary = tmp_path / "summary.md"
    for language in LANGUAGES:
        assert in_process(published, "diff", "HEAD", "--summary", str(summary), lang=language).exit_code == 0
        assert in_process(published, "coverage", "--summary", str(summary), lang=language).exit_code == 0
    text = summary.read_text("utf-8")
    assert text.count("- `unt-x") == 2 * RECORDS
    assert text.count("## factpack coverage") == 2


def test_what_fits_ends_at_the_first_that_does_not() -> None:
    assert fitting(["字", "ab", "c"], 4) == ["字"]
    assert fitting(["字", "ab", "c"], 6) == ["字", "ab", "c"]
