"""Facts of documents without a text: what they need, what they are counted as, and what a warning leaves alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from command_line import Run
from projects import EXAMPLES, MINIMAL, assemble, replace

REVENUE = "sources/indicators/ind-budget-revenue.yaml"


@pytest.fixture
def transcribed(tmp_path: Path) -> Path:
    """The project of the example whose accounts have no text."""
    return assemble(tmp_path / "project", MINIMAL, EXAMPLES / "good" / "transcribed")


def rows(root: Path, table: str) -> dict[str, dict[str, str]]:
    with (root / "build" / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


def test_each_row_says_whether_it_is_verified_or_transcribed(transcribed: Path, run: Run) -> None:
    code, _, err = run(transcribed, "--lang", "en", "build")
    assert (code, " 10 facts verified, 3 only transcribed, " in err) == (0, True), err
    observations, evidence = rows(transcribed, "observations"), rows(transcribed, "evidence")
    states = {name: row["verification"] for name, row in observations.items()}
    assert states["ind-budget-revenue.2025.actual"] == states["ind-budget-expenditure.2025.actual"] == "transcribed"
    assert states["ind-gdp.2025.actual"] == "verified"
    assert rows(transcribed, "targets")["ind-gdp.2026.target"]["verification"] == "verified"
    assert rows(transcribed, "milestones")["prj-accounts-hall.2025.completed.actual"]["verification"] == "transcribed"
    assert (observations["ind-budget-revenue.2025.actual"]["value"], evidence["ind-budget-revenue.2025.actual.e1"]) == (
        "21.30",
        evidence["ind-budget-revenue.2025.actual.e1"]
        | {"paragraph": "", "quote": "", "readings": "2", "verified": "false"},
    )


def test_a_quote_beside_a_locator_has_to_prove_the_value(transcribed: Path, run: Run) -> None:
    more = "      - document: doc-report\n        paragraph: 2\n        quote: 新增企业320家\n"
    path = transcribed / REVENUE
    replace(path, "21.30", "21.3")
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    code, out, _ = run(transcribed, "--lang", "en", "check")
    assert (code, "error[value-not-in-quote]" in out) == (1, True), out


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("        readings: 2\n", "", "no-readings"),
        ("readings: 2", "readings: 3", "out-of-range"),
        ("readings: 2", "readings: 0", "out-of-range"),
        ("readings: 2", "paragraph: 1", "field-not-allowed"),
        ("readings: 2", "quote: 收入", "field-not-allowed"),
        ("locator: 第2页表1第3行 / page 2, table 1, row 3", "paragraph: 1\n        quote: 收入", "field-not-allowed"),
        ("        locator: 第2页表1第3行 / page 2, table 1, row 3\n", "", "missing-choice"),
    ],
)
def test_a_wrong_mix_is_a_problem(old: str, new: str, code: str, transcribed: Path, run: Run) -> None:
    replace(transcribed / REVENUE, old, new)
    status, out, _ = run(transcribed, "--lang", "en", "check")
    assert (status, f"error[{code}]" in out) == (1, True), out


def test_a_document_without_a_text_that_is_quoted_is_not_verified(transcribed: Path, run: Run) -> None:
    locator = "locator: 第2页表1第3行 / page 2, table 1, row 3\n        readings: 2"
    replace(transcribed / REVENUE, locator, "paragraph: 1\n        quote: 一般公共预算收入21.30亿元")
    assert "error[unverified-quote]" in run(transcribed, "--lang", "en", "check")[1]
    code, _, err = run(transcribed, "--lang", "en", "check", "--pull-request")
    assert (code, " 10 facts verified, 3 only transcribed, " in err) == (0, True), err


def test_a_warning_of_a_document_that_is_curated_in_part_hides_nothing(minimal: Path, run: Run) -> None:
    replace(minimal / "sources" / "documents" / "doc-report.yaml", "type: report", "type: report\ncoverage: partial")
    path = minimal / "sources" / "indicators" / "ind-gdp.yaml"
    replace(path, "paragraph: 4\n        quote: 力争地区生产总值突破220亿元", "locator: p. 4\n        readings: 1")
    code, out, err = run(minimal, "--lang", "en", "build")
    assert (code, "0 errors, 2 warnings" in err) == (0, True), out
    assert "warning[locator-with-text]" in out
    assert "warning[uncovered-number]" in out
    assert rows(minimal, "observations")["ind-gdp.2026.target"]["verification"] == "transcribed"
    replace(path, "value: 210", "value: 211")
    code, out, _ = run(minimal, "--lang", "en", "check")
    assert (code, "error[value-not-in-quote]" in out) == (1, True), out


def test_a_fact_with_a_quote_that_nobody_verified_yet_is_not_transcribed(transcribed: Path, run: Run) -> None:
    record = transcribed / "sources" / "indicators" / "ind-gdp.yaml"
    quote = next(line for line in record.read_text("utf-8").splitlines() if "quote: " in line)
    replace(record, quote, f"{quote}与此")
    code, _, err = run(transcribed, "--lang", "en", "check", "--pull-request")
    assert " 9 facts verified, 3 only transcribed, " in err, (code, err)
