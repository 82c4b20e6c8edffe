"""What `factpack next` finds in the report of the year after, and what it leaves, beside what was curated by hand."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import frozen
from command_line import Run
from projects import LINXI, LINXI_NEXT, assemble, replace, tree

REPORT = "doc-linxi-gwr-2026"
TEXT = str(LINXI_NEXT / "texts" / f"{REPORT}.txt")
ANSWERED = {"met", "missed", "unclear", "kept", "late", "moved"}
"""Outcomes that the new report gives."""
Rows = dict[str, dict[str, str]]


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """The project with the record of the new report, and nothing recorded of it yet."""
    root = assemble(tmp_path / "project", LINXI)
    record = root / "sources" / "documents" / f"{REPORT}.yaml"
    shutil.copy(LINXI_NEXT / "sources" / "documents" / record.name, record)
    replace(record, "delivered_basis: printed\n", "delivered_basis: printed\ncoverage: partial\n")
    return root


@pytest.fixture
def told(before: Path, run: Run) -> dict[str, Any]:
    """What the command says of the report."""
    code, out, err = run(before, "next", REPORT, TEXT, "--format", "json")
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


def table(name: str) -> Rows:
    """Return a table of the project in which the report is recorded."""
    with (frozen.year_after() / "build" / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


def curated() -> dict[tuple[int, int], dict[str, str]]:
    """Return the observations of the report by the paragraph and offset of their numbers."""
    observations, numbers = table("observations"), table("numbers").values()
    used = [row for row in numbers if row["document_id"] == REPORT and row["use"] == "observation"]
    return {
        (int(row["paragraph"]), int(row["start"])): observations[row["part_id"]]
        for row in used
        if row["part_id"] in observations
    }


def test_it_drafts_what_was_curated_by_hand(told: dict[str, Any], before: Path) -> None:
    by_hand, drafts = curated(), {(each["paragraph"], each["offset"]): each for each in told["drafts"]}
    both = [(row, drafts[place]) for place, row in by_hand.items() if place in drafts]
    assert len(by_hand) - len(both) <= 1
    columns = {"bound": "bound", "unit": "unit_id", "status": "status", "measure": "measure", "period": "period"}
    right = Counter(name for row, each in both for name, column in columns.items() if each[name] == row[column])
    right["value"] = sum(Decimal(each["value"]) == Decimal(row["value"]) for row, each in both)
    right["quote"] = sum(bool(each["quote"]) for _, each in both)
    assert {name: len(both) - count for name, count in right.items()} == dict.fromkeys((*columns, "value", "quote"), 0)
    known = [(row, each) for row, each in both if (before / f"sources/indicators/{row['indicator_id']}.yaml").is_file()]
    first = [row["indicator_id"] for row, each in known if each["matches"][:1] and _first(each) == row["indicator_id"]]
    assert len(known) - len(first) <= 2 < len(known) // 10


def _first(draft: dict[str, Any]) -> str:
    return str(draft["matches"][0]["id"])


def test_it_finds_every_promise_that_the_report_answers(told: dict[str, Any]) -> None:
    rows = table("targets") | table("milestones")
    promises = {each["id"]: each for each in told["promises"]}
    answered = {own for own in promises if rows[own]["outcome"] in ANSWERED}
    silent = {own for own in promises if rows[own]["outcome"] == "not_reported"}
    assert (len(promises), len(answered), len(silent)) == (37, 24, 7)
    assert {own for own in answered if not promises[own]["mentions"]} == set()
    assert {own for own in silent if promises[own]["mentions"]} == {"prj-wangyun-tunnel.2026.listed.target"}


def test_the_number_beside_a_name_is_that_of_the_answer(told: dict[str, Any]) -> None:
    observations, targets = table("observations"), table("targets")
    missing = []
    for each in told["promises"]:
        result = observations.get(targets.get(each["id"], {}).get("outcome_id", ""))
        if result and result["document_id"] == REPORT and result["value"]:
            printed = {number["token"] for mention in each["mentions"] for number in mention["numbers"]}
            missing += [each["id"]] if not any(_number(result["printed"]) in token for token in printed) else []
    assert missing == []


def _number(printed: str) -> str:
    found = re.search(r"[0-9.,]+", printed)
    return found[0] if found else printed


def test_text_and_markdown_say_the_same_in_both_languages(before: Path, run: Run) -> None:
    for lang, silent, closing in (
        ("en", "    not mentioned", "37 promises without an outcome: 31 mentioned, 6 not"),
        ("zh", "    未提到", "尚无结果的目标和里程碑 37 个：提到 31 个，未提到 6 个"),
    ):
        text = run(before, "next", REPORT, TEXT, lang=lang)[1]
        assert text.splitlines()[-1] == closing
        assert text.splitlines().count(silent) == 6
        listed = run(before, "next", REPORT, TEXT, "--format", "markdown", lang=lang)[1]
        assert listed.count("- [ ] ") == 37
        assert listed.count(f"  - {silent.strip()}\n") == 6


def test_twice_it_drafts_nothing_new(before: Path, run: Run) -> None:
    run(before, "next", REPORT, TEXT)
    drafted = tree(before)
    assert run(before, "next", REPORT, TEXT)[0] == 0
    assert tree(before) == drafted


def test_what_became_of_promises_is_not_known_where_records_have_errors(before: Path, run: Run) -> None:
    replace(before / "sources/places/plc-linxi.yaml", "kind: county", "kind: shire")
    code, out, err = run(before, "next", REPORT, TEXT, "--format", "json")
    assert (code, json.loads(out)["promises"]) == (1, [])
    assert "1 record with errors" in err


def test_a_promise_of_the_same_document_is_not_asked_for(before: Path, run: Run) -> None:
    shutil.copytree(LINXI_NEXT / "sources", before / "sources", dirs_exist_ok=True)
    code, out, _ = run(before, "next", REPORT, TEXT, "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert REPORT not in {each["document"] for each in found["promises"]}
    assert found["drafts"] == []
