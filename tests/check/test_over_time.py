"""What documents call a record and say of it one after another: names and terms over time."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from command_line import Run
from projects import EXAMPLES, MINIMAL, assemble, replace, write_text_record

OVER_TIME = EXAMPLES / "good" / "names-and-terms-over-time"
PLACE, TERM, RATE = "plc-linxi-lake-park", "trm-one-lake-two-belts", "ind-good-air-rate"
FORMER_RATE = "former_names:\n  - zh: 空气优良率\n    en: Share of days with good air\n    document: doc-report\n"
NORTH = "      - group:\n          zh: 三带\n          en: Three belts\n        name:\n          zh: 北绿带\n"
NORTH += "          en: North belt\n"
WEST = "  - group:\n      zh: 两带\n      en: Two belts\n    name:\n      zh: 西绿带\n      en: West belt\n"
CASES = [
    (
        RATE,
        FORMER_RATE,
        "",
        [("list-order", "/observations/0/evidence/0/quote"), ("subject-not-in-quote", "/observations/0/evidence")],
    ),
    (RATE, "    en: Share of days with good air\n", "    en: 优良率\n", [("untranslated", "/former_names/0/en")]),
    (
        RATE,
        "air\n    document: doc-report\n",
        "air\n    document: doc-none\n",
        [
            ("unknown-reference", "/former_names/0/document"),
            ("former-name-not-in-quote", "/former_names/0/zh"),
        ],
    ),
    (
        RATE,
        "air\n    document: doc-report\n",
        f"air\n    document: doc-report\n{FORMER_RATE.partition(chr(10))[2]}",
        [("former-name-in-use", "/former_names/1/zh")],
    ),
    (TERM, NORTH, "", [("component-count", "/given_again/0/components")]),
    (TERM, WEST, "", [("component-count", "/components")]),
    (TERM, "    number: 2\n", "    number: 3\n", [("value-not-in-quote", "/given_again/0/number")]),
    (
        TERM,
        "  - document: doc-report-2026\n    number",
        "  - document: doc-report\n    number",
        [
            ("given-twice", "/given_again/0/document"),
            ("component-count", "/given_again/0/components"),
            ("other-document", "/given_again/0/evidence/0/document"),
        ],
    ),
    (TERM, "2.“一湖三带”", "2.“一湖", [("name-not-in-quote", "/given_again/0/evidence")]),
]


@pytest.fixture
def over_time(tmp_path: Path) -> Path:
    return assemble(tmp_path / "project", MINIMAL, OVER_TIME)


def file_of(root: Path, record: str) -> Path:
    return next((root / "sources").glob(f"*/{record}.yaml"))


def told(root: Path, run: Run, record: str) -> set[tuple[str, str]]:
    problems = json.loads(run(root, "check", "--format", "json")[1])["problems"]
    return {(each["code"], each["pointer"]) for each in problems if each["path"].endswith(f"{record}.yaml")}


def table(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "build" / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(("record", "old", "new", "expected"), CASES)
def test_one_change_trips_its_rule_at_its_place(
    over_time: Path, run: Run, record: str, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    replace(file_of(over_time, record), old, new)
    found = told(over_time, run, record)
    assert {each for each in found if each[0] != "unverified-quote"} == set(expected)


@pytest.mark.parametrize(
    ("delivered", "expected"),
    [
        ("2026-12-28", {("subject-not-in-quote", "/observations/1/evidence")}),
        ("2025-12-29", set()),
        ("2024-12-28", set()),
    ],
)
def test_a_former_name_counts_in_documents_delivered_by_the_one_that_used_it_last(
    over_time: Path, run: Run, delivered: str, expected: set[tuple[str, str]]
) -> None:
    replace(file_of(over_time, "doc-report-2026"), "'2026-12-28'", f"'{delivered}'")
    replace(file_of(over_time, RATE), "quote: 空气质量优良天数比率为83.5%", "quote: 空气优良率为83.5%")
    text = (OVER_TIME / "texts" / "doc-report-2026.txt").read_text("utf-8")
    write_text_record(over_time, "doc-report-2026", text.replace("空气质量优良天数比率", "空气优良率"))
    assert told(over_time, run, RATE) == expected


def test_in_an_undated_document_a_former_name_counts_only_if_it_used_it_last(over_time: Path, run: Run) -> None:
    replace(file_of(over_time, "doc-report"), "delivered_on: '2025-12-29'\n", "")
    assert told(over_time, run, RATE) == set()


def test_a_former_name_of_another_record_is_a_longer_name_only_while_it_was_used(over_time: Path, run: Run) -> None:
    lake = file_of(over_time, "plc-linxi-lake")
    text = (OVER_TIME / "texts" / "doc-report-2026.txt").read_text("utf-8")
    text = text.replace("社会保持稳定", "临溪湖公园旧址开放")
    old = lake.read_text("utf-8").partition("evidence:\n")[0]
    for document, paragraph, quote, expected in (
        ("doc-report", 3, "临溪湖公园", {("name-within-longer", "/evidence")}),
        ("doc-report-2026", 2, "临溪湖公园旧址", set()),
    ):
        lake.write_text(
            f"{old}evidence:\n  - document: {document}\n    paragraph: {paragraph}\n    quote: {quote}\n", "utf-8"
        )
        write_text_record(over_time, "doc-report-2026", text)
        found = told(over_time, run, "plc-linxi-lake")
        assert {each for each in found if each[0] != "unverified-quote"} == expected


def test_the_glossary_shows_what_was_delivered_last_and_each_document_keeps_its_own(over_time: Path, run: Run) -> None:
    assert run(over_time, "build")[0] == 0
    shown = next(row for row in table(over_time, "glossary") if row["id"] == TERM)
    assert [shown[each] for each in ("number", "name_zh", "document_id", "quote")] == [
        "2",
        "一湖三带",
        "doc-report-2026",
        "2.“一湖三带”",
    ]
    assert shown["definition_zh"].endswith("三条绿带。")
    kept = [(row["id"], row["document_id"], row["number"]) for row in table(over_time, "glossary_definitions")]
    assert kept == [
        ("trm-lakeside-talks.report-2026", "doc-report-2026", ""),
        (f"{TERM}.report", "doc-report", "1"),
        (f"{TERM}.report-2026", "doc-report-2026", "2"),
    ]
    parts = [(row["id"], row["glossary_id"], row["document_id"]) for row in table(over_time, "glossary_components")]
    assert parts == [
        *((f"{TERM}.c{number}", TERM, "doc-report") for number in (1, 2, 3)),
        *((f"{TERM}.report-2026.c{number}", TERM, "doc-report-2026") for number in (1, 2, 3, 4)),
    ]
    evidence = [(row["id"], row["part_id"]) for row in table(over_time, "evidence") if row["record_id"] == TERM]
    assert evidence == [(f"{TERM}.e1", ""), (f"{TERM}.report-2026.e1", f"{TERM}.report-2026")]
    used = [(row["token"], row["use"], row["part_id"]) for row in table(over_time, "numbers") if TERM in row["id"]]
    assert used == [("1", "record", TERM), ("2", "record", TERM)]
    assert {row["id"] for row in table(over_time, "ids") if row["kind"] == "glossary_definitions"} == {
        each[0] for each in kept
    }


def test_the_latest_is_by_the_day_of_delivery_and_not_by_the_order_of_names(over_time: Path, run: Run) -> None:
    replace(file_of(over_time, "doc-report-2026"), "delivered_on: '2026-12-28'", "delivered_on: '2024-12-28'")
    replace(file_of(over_time, TERM), "document: doc-report\ndefinition", "document: doc-report-2026\ndefinition")
    replace(
        file_of(over_time, TERM),
        "  zh: 一湖三带\n  en: One lake, three belts\n",
        "  zh: 一湖两带\n  en: One lake, two belts\n",
    )
    replace(
        file_of(over_time, TERM),
        "  - zh: 一湖两带\n    en: One lake, two belts\n",
        "  - zh: 一湖三带\n    en: Three belts\n",
    )
    assert told(over_time, run, TERM) == set()
    assert run(over_time, "build")[0] == 0
    shown = next(row for row in table(over_time, "glossary") if row["id"] == TERM)
    assert [shown[each] for each in ("number", "document_id")] == ["1", "doc-report"]


def test_a_retired_definition_is_not_the_latest_and_keeps_its_id(over_time: Path, run: Run) -> None:
    retired = "    retired:\n      since: 0.1.0\n      reason:\n        zh: 误记\n        en: A mistake\n"
    path = file_of(over_time, TERM)
    path.write_text(path.read_text("utf-8") + retired, "utf-8")
    replace(
        path,
        "  zh: 一湖三带\n  en: One lake, three belts\nformer_names:\n  - zh: 一湖两带\n    en:",
        "  zh: 一湖两带\n  en:",
    )
    replace(path, "belts\n    document: doc-report\n", "belts\n")
    replace(
        file_of(over_time, "doc-report-2026"),
        "waivers:\n",
        "waivers:\n  - paragraph: 4\n    token: '2'\n    reason: numbering\n",
    )
    code, out, _ = run(over_time, "build")
    assert code == 0, out
    shown = next(row for row in table(over_time, "glossary") if row["id"] == TERM)
    assert [shown[each] for each in ("number", "document_id")] == ["1", "doc-report"]
    states = {row["id"]: row["state"] for row in table(over_time, "ids")}
    assert states[f"{TERM}.report-2026"] == "retired"


def test_other_names_say_whether_they_are_in_use_and_what_used_them_last(over_time: Path, run: Run) -> None:
    assert run(over_time, "build")[0] == 0
    rows = {row["record_id"]: row for row in table(over_time, "aliases") if row["kind"] == "former"}
    assert {row: tuple(each.values())[2:] for row, each in rows.items()} == {
        RATE: ("空气优良率", "Share of days with good air", "former", "doc-report"),
        PLACE: ("临溪湖公园", "Linxi Lake Park", "former", "doc-report"),
        TERM: ("一湖两带", "One lake, two belts", "former", "doc-report"),
    }


def test_a_rename_is_told_in_one_line_with_both_names(minimal: Path, tmp_path: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    root = assemble(tmp_path / "later", MINIMAL, OVER_TIME)
    _, out, err = run(root, "diff", str(minimal))
    lines = out[out.index(f"~ {PLACE}") :].splitlines()[1:4]
    assert lines[0] == ("    renamed: 临溪湖公园 / Linxi Lake Park → 临溪湖生态公园 / Linxi Lake Ecological Park"), (
        out + err
    )
    assert not any("former_names" in line or "name.zh" in line for line in lines)
    _, out, _ = run(root, "diff", str(minimal), "--format", "markdown")
    assert "  - renamed: 临溪湖公园 / Linxi Lake Park → 临溪湖生态公园 / Linxi Lake Ecological Park\n" in out
