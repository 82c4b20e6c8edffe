"""Every number of a text is used or waived; `factpack coverage` shows how."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from command_line import Run
from factpack.report.coverage import coverage_markdown
from factpack.text import text_record
from factpack.text.set_phrases import phrases, set_words
from factpack.text.tokens import outside_words, tokenise
from projects import MINIMAL

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
    assert {"numbers", "totals", "facts", "unknown_units", "words"} == set(data)
    assert {each["use"] for each in data["numbers"]} == {"observation", "record", "waived"}
    assert sum(data["totals"].values()) == len({(each["paragraph"], each["start"]) for each in data["numbers"]})
    assert any(each["word"] == "一湖两带" for each in data["words"])


def reported(root: Path, added: str) -> None:
    """Add a paragraph to the text of the report."""
    text = (MINIMAL / "texts" / "doc-report.txt").read_text("utf-8")
    path = root / "sources/texts/doc-report.json"
    old = json.loads(path.read_text("utf-8"))["paragraphs"]
    made = json.loads(text_record.encode(text_record.make("doc-report", text_record.split(text + added), frozenset())))
    for new, known in zip(made["paragraphs"], old, strict=False):
        new["quotes"] = known["quotes"]
    path.write_text(json.dumps(made, ensure_ascii=False), "utf-8")


@pytest.mark.parametrize(
    ("lang", "told", "counted"),
    [
        (
            "en",
            "doc-report:6: 5 (character 3) is followed by no known unit: 俄里…",
            "more numbers without a known unit",
        ),
        ("zh", "doc-report:6: 第3字起的“5”后面不是已知单位：俄里…", "个数字后面不是已知单位"),
    ],
)
def test_a_word_that_is_no_known_unit_is_told_in_each_form(
    minimal: Path, run: Run, lang: str, told: str, counted: str
) -> None:
    reported(minimal, "河长5俄里。\n")
    assert told in run(minimal, "--lang", lang, "coverage")[1].splitlines()
    assert f"```text\n{told}\n```" in run(minimal, "--lang", lang, "coverage", "--format", "markdown")[1]
    data = json.loads(run(minimal, "coverage", "--format", "json")[1])
    place = {"document": "doc-report", "paragraph": 6, "start": 2}
    assert data["unknown_units"] == [{**place, "token": "5", "word": "俄里"}]
    text = text_record.make("doc-report", ["河长5俄里。"] * 20, frozenset())
    cut = coverage_markdown((), {"doc-report": text}, {"verified": 1, "transcribed": 0}, lang, 900)
    assert len(cut.encode("utf-8")) <= 900
    assert counted in cut
    assert 0 < cut.count("俄里") == 20 - int(re.findall("[0-9]+", cut)[-1]) < 20


def test_set_phrases_are_counted_and_not_listed(minimal: Path, run: Run) -> None:
    reported(minimal, "一般来说，进一步统一思想，三级医院，一年来。\n")
    (line,) = (line for line in run(minimal, "coverage")[1].splitlines() if "Chinese number words" in line)
    assert line.endswith("(4): 一年, 一湖两带×2, 三级; 3 set phrases such as 一步 and 统一 not listed")
    listed = json.loads(run(minimal, "coverage", "--format", "json")[1])["words"]
    assert {each["word"]: each["set_phrase"] for each in listed if each["paragraph"] == 6} == {
        "一般": True,
        "一步": True,
        "统一": True,
        "三级": False,
        "一年": False,
    }


@pytest.mark.parametrize("phrase", phrases())
def test_a_set_phrase_counts_nothing_and_is_listed_as_one_word(phrase: str) -> None:
    text = f"要{phrase}地"
    assert tokenise(text) == ()
    ((_, _, word),) = outside_words(text, ())
    assert word in set_words()


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
