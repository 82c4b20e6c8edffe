"""The proof on the good project: each way to misquote or misread is caught, alone and together with its quote."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Run
from projects import MINIMAL, assemble, write_text_record

TEXT = (MINIMAL / "texts" / "doc-report.txt").read_text("utf-8")

ONE = [
    ("ind-gdp", "value: 210", "value: 211", "value-not-in-quote"),
    ("ind-gdp", "value: 210\n    bound: over", "value: 210\n    bound: exact", "bound-mismatch"),
    ("ind-gdp", "unit: unt-cny-100m", "unit: unt-cny", "unit-mismatch"),
    ("ind-complaints-growth", "value: -7.8", "value: 7.8", "sign-mismatch"),
    ("ind-gdp", "paragraph: 2", "paragraph: 3", "unverified-quote"),
    ("ind-gdp", "zh: 地区生产总值\n", "zh: 财政收入\n", "subject-not-in-quote"),
    ("ind-gdp", "全区地区生产总值突破210亿元", "全区地区生产总值突破21", "unverified-quote"),
]
JOINT = [
    ("cut at a digit", [("quote: 2025年，全区地区生产总值突破210亿元", "quote: 10亿元"), ("value: 210", "value: 10")]),
    (
        "cut before its bound word",
        [
            ("quote: 2025年，全区地区生产总值突破210亿元", "quote: 210亿元"),
            ("210\n    bound: over", "210\n    bound: exact"),
        ],
    ),
    (
        "cut after its number",
        [("quote: 2025年，全区地区生产总值突破210亿元", "quote: 全区地区生产总值突破210")],
    ),
]


def edit(root: Path, record: str, changes: list[tuple[str, str]]) -> None:
    path = next((root / "sources").glob(f"*/{record}.yaml"))
    text = path.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(("record", "old", "new", "code"), ONE)
def test_one_wrong_field_is_caught(minimal: Path, run: Run, record: str, old: str, new: str, code: str) -> None:
    edit(minimal, record, [(old, new)])
    assert f"[{code}]" in run(minimal, "check")[1]


@pytest.mark.parametrize(("how", "changes"), JOINT, ids=[how for how, _ in JOINT])
def test_a_value_changed_together_with_its_quote_is_caught(
    tmp_path: Path, run: Run, how: str, changes: list[tuple[str, str]]
) -> None:
    root = assemble(tmp_path / "project", MINIMAL)
    edit(root, "ind-gdp", changes)
    write_text_record(root, "doc-report", TEXT)  # as if a maintainer had verified the mutant's quote
    assert "[cut-token]" in run(root, "check")[1]


def test_the_values_of_a_list_belong_to_its_subjects_in_order(minimal: Path, run: Run) -> None:
    edit(minimal, "ind-good-air-rate", [("value: 82.5", "value: 31.0")])
    assert "[list-order]" in run(minimal, "check")[1]


def test_the_hint_shows_the_numbers_that_were_found(minimal: Path, run: Run) -> None:
    edit(minimal, "ind-gdp", [("value: 210", "value: 2100")])
    out = run(minimal, "check")[1]
    assert "210亿元 = 210 亿元 (over)" in out
    assert out.startswith("sources/indicators/ind-gdp.yaml:16:12: error[value-not-in-quote]: ")


def test_a_wrong_value_is_one_problem_and_not_also_a_number_that_nothing_uses(minimal: Path, run: Run) -> None:
    edit(minimal, "ind-gdp", [("value: 210", "value: 2100")])
    assert len(run(minimal, "check")[1].splitlines()) == 2


def test_a_file_that_does_not_parse_makes_no_number_look_unused(minimal: Path, run: Run) -> None:
    edit(minimal, "ind-gdp", [("value: 210", "value: 1e3")])
    assert len(run(minimal, "check")[1].splitlines()) == 2


def test_a_name_only_inside_a_longer_known_name_is_not_named(minimal: Path, run: Run) -> None:
    edit(minimal, "plc-linxi-lake", [("quote: 临溪湖畔", "quote: 临溪湖公园")])
    assert "[name-within-longer]" in run(minimal, "check")[1]


def test_the_closing_line_says_how_much_was_proven(minimal: Path, run: Run) -> None:
    assert " values matched to quotes, " in run(minimal, "check")[2]
    assert " numbers used or excluded; 0 errors, 0 warnings" in run(minimal, "check")[2]
