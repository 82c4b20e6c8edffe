"""`factpack outcomes`: what became of promises, in each form and in both languages."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from command_line import Run
from factpack.package.package import Package
from factpack.words import LANGUAGES, texts

MISSED = """\
Targets, missed (1)
  Parking spaces added, 2025: at least 1,500 (target) → 1,250 (difference −250)
      ind-parking-spaces-added.2025.target (doc-linxi-gwr-2024 paragraph 6) → \
ind-parking-spaces-added.2025.actual (doc-linxi-gwr-2025 paragraph 14)
"""


def test_text_tells_each_promise_below_its_outcome(linxi: Path, run: Run) -> None:
    code, out, err = run(linxi, "outcomes", "2025")
    assert (code, err) == (0, "")
    assert out.startswith("Targets due in 2025: 7 (3 met, 1 missed, 2 unclear, 1 not reported)\n")
    assert MISSED in out
    assert "ind-gdp-growth.2025.estimate (doc-linxi-gwr-2025 paragraph 9); Approximate\n" in out
    assert "18,000 persons (difference +2,000 persons)\n" in out
    assert "\nMilestones due in 2025: 3 (3 on time)\n" in out


def test_all_periods_are_counted_by_kind(linxi: Path, run: Run) -> None:
    lines = run(linxi, "outcomes").stdout.splitlines()
    assert lines[0].startswith("Targets: 28 (3 met, 1 missed, ")
    assert [line.split(":")[0] for line in lines[1:4]] == ["  Planned", "  Strive for", "  Five-year"]


def test_chinese_says_it_in_chinese(linxi: Path, run: Run) -> None:
    out = run(linxi, "outcomes", "2025", lang="zh").stdout
    assert out.startswith("2025 到期的目标：7（完成 3、未完成 1、无法判断 2、未作报告 1）\n")
    assert "  新增停车位数，2025：至少1500个（目标） → 1250个（相差−250个）\n" in out


@pytest.mark.parametrize("form", ["csv", "json"])
def test_programs_get_every_promise_with_its_ids_and_places(linxi: Path, run: Run, package: Package, form: str) -> None:
    out = run(linxi, "outcomes", "--format", form).stdout
    if form == "csv":
        listed = {row["id"]: row for row in csv.DictReader(io.StringIO(out))}
        numbers = {"outcome_difference": "0", "paragraph": "6", "outcome_paragraph": "14"}
    else:
        listed = {row["id"]: row for row in json.loads(out)["outcomes"]}
        numbers = {"outcome_difference": 0, "paragraph": 6, "outcome_paragraph": 14}  # type: ignore[dict-item]
    aimed = [*package.rows["targets"], *(row for row in package.rows["milestones"] if row["status"] == "target")]
    assert [*listed] == [row["id"] for row in aimed]
    piles = listed["ind-charging-piles-added.2025.target"]
    assert {name: piles[name] for name in numbers} == numbers
    assert piles["outcome_document_id"] == "doc-linxi-gwr-2025"


def test_json_counts_by_table_outcome_and_kind(linxi: Path, run: Run) -> None:
    summary = json.loads(run(linxi, "outcomes", "2025", "--format", "json").stdout)["summary"]
    assert summary["period"] == "2025"
    assert summary["tables"]["targets"]["outcomes"] == {"met": 3, "missed": 1, "unclear": 2, "not_reported": 1}
    assert summary["tables"]["targets"]["kinds"] == {"plan": summary["tables"]["targets"]["outcomes"]}
    assert summary["tables"]["milestones"] == {"total": 3, "outcomes": {"kept": 3}, "kinds": {}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown_is_a_table_for_each_outcome_with_a_row_for_each_promise(
    linxi: Path, run: Run, package: Package, language: str
) -> None:
    out = run(linxi, "outcomes", "--format", "markdown", lang=language).stdout
    rows = [line for line in out.splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {8}
    ids = re.findall(r"\| `([^`]+)`", out)
    aimed = [*package.rows["targets"], *(row for row in package.rows["milestones"] if row["status"] == "target")]
    assert sorted(ids) == sorted(str(row["id"]) for row in aimed)


@pytest.mark.parametrize("period", ["2026-13", "26", "2026/2025", "soon", "2026-02-30", "٢٠٢٦"])
def test_what_is_no_period_is_a_mistake_of_use(linxi: Path, run: Run, period: str) -> None:
    code, out, err = run(linxi, "outcomes", period)
    assert (code, out) == (2, "")
    assert f"'{period}' is not a period" in err


def test_where_nothing_falls_due_the_counts_are_none(linxi: Path, run: Run) -> None:
    assert run(linxi, "outcomes", "2013") == (0, "Targets due in 2013: 0\n\nMilestones due in 2013: 0\n", "")


def test_each_outcome_has_a_word_for_counting_it(package: Package) -> None:
    tables = (package.tables[each] for each in ("targets", "milestones"))
    outcomes = [
        value for table in tables for field in table.fields if field.name == "outcome" for value in field.labels
    ]
    assert set(texts("report", "outcome words")) == set(outcomes)
