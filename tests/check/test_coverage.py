"""Every number of a text is used or waived; `factpack coverage` shows how."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from command_line import Run

WAIVER = "waivers:\n  - paragraph: 4\n    token: 2026年\n    reason: date\n"


def drop_waiver(root: Path) -> None:
    path = root / "sources/documents/doc-report.yaml"
    text = path.read_text("utf-8")
    assert WAIVER in text
    path.write_text(text.replace(WAIVER, ""), "utf-8")


def test_coverage_says_for_each_paragraph_what_is_used_and_waived(minimal: Path, run: Run) -> None:
    code, out, _ = run(minimal, "coverage")
    assert code == 0
    lines = out.splitlines()
    assert "doc-report:4: used 1, excluded 1, open 0" in lines
    assert lines[-1].endswith(" excluded, 0 open")
    assert any(line.startswith("doc-report: Chinese number words that are not counted") for line in lines)


def test_coverage_names_the_reasons_by_their_labels(minimal: Path, run: Run) -> None:
    assert "excluded: Date or period of other data " in run(minimal, "coverage")[1]
    assert "waived" not in run(minimal, "coverage")[1]
    chinese = run(minimal, "--lang", "zh", "coverage")[1]
    assert "不收录：日期标注 " in chinese
    assert "date" not in chinese


def test_a_number_that_nothing_accounts_for_is_listed_and_fails(minimal: Path, run: Run) -> None:
    drop_waiver(minimal)
    code, out, _ = run(minimal, "coverage")
    assert code == 1
    assert "doc-report:4: open: 2026年" in out.splitlines()
    assert out.splitlines()[-1].endswith(", 1 open")
    assert "[uncovered-number]" in run(minimal, "check")[1]


def test_coverage_as_json_lists_every_number_and_the_words_outside_the_grammar(minimal: Path, run: Run) -> None:
    data = json.loads(run(minimal, "coverage", "--format", "json")[1])
    assert {"numbers", "totals", "words"} == set(data)
    assert {each["use"] for each in data["numbers"]} == {"observation", "record", "waived"}
    assert sum(data["totals"].values()) == len({(each["paragraph"], each["start"]) for each in data["numbers"]})
    assert any(each["word"] == "一湖两带" for each in data["words"])


def test_the_published_table_has_a_row_for_each_token_and_user(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    rows = list(csv.DictReader((minimal / "build/csv/numbers.csv").open(encoding="utf-8", newline="")))
    tokens = json.loads((minimal / "sources/texts/doc-report.json").read_text("utf-8"))["paragraphs"]
    wanted = {(str(n), str(each["start"])) for n, part in enumerate(tokens, 1) for each in part["tokens"]}
    assert {(row["paragraph"], row["start"]) for row in rows} == wanted
    assert len({row["id"] for row in rows}) == len(rows)
    assert all((row["use"] == "waived") == bool(row["reason"]) for row in rows)
    assert all((row["use"] in ("observation", "record")) == bool(row["part_id"]) for row in rows)
    order = [(row["document_id"], int(row["paragraph"]), int(row["start"])) for row in rows]
    assert order == sorted(order)


def test_coverage_speaks_chinese(minimal: Path, run: Run) -> None:
    assert run(minimal, "--lang", "zh", "coverage")[1].splitlines()[-1].endswith("，待处理 0")
