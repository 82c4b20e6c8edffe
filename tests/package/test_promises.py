"""What one page, table or command promises of ids, each other command keeps: permanence, retirement, order."""

from __future__ import annotations

import json
from itertools import groupby, islice

import pytest

import frozen
from command_line import in_process
from factpack.package.citation import citation_of, permanent_id
from factpack.package.styles import STYLES
from factpack.report.record import record_text
from factpack.words import LANGUAGES

POSITION = {"en": "and not permanent", "zh": "不是永久编号"}
PACKAGE = frozen.package()
TABLES = [name for name, table in PACKAGE.tables.items() if table.key == ("id",)]
RETIRED = [each for each, row in PACKAGE.states.items() if row["state"] == "retired"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_an_id_of_a_table_is_permanent_or_said_not_to_be(name: str, language: str) -> None:
    rows = PACKAGE.rows[name]
    for row in islice(rows, 0, None, max(1, len(rows) // 10)):
        row_id = str(row["id"])
        owner = permanent_id(PACKAGE, row_id)
        assert owner in PACKAGE.states
        assert (owner == row_id) == (row_id in PACKAGE.states)
        shown = record_text(PACKAGE, row_id, language)
        assert (POSITION[language] in shown) == (owner != row_id), row_id
        assert f"factpack cite {owner}\n" in shown or owner in RETIRED


def test_a_position_is_not_cited_but_what_it_is_in() -> None:
    entry = str(PACKAGE.rows["evidence"][0]["id"])
    owner = permanent_id(PACKAGE, entry)
    ended, plain = in_process(frozen.root(), "cite", entry), in_process(frozen.root(), "cite", owner)
    assert ended.exit_code == 0
    assert entry not in ended.stdout
    assert ended.stdout == plain.stdout
    assert ended.stderr.count(entry) == 1
    assert owner in ended.stderr
    assert plain.stderr == ""
    told = in_process(frozen.root(), "show", entry, "--format", "json")
    assert told.stderr == ended.stderr


def test_an_id_of_a_part_shows_its_record_with_only_that_part_in_json_too() -> None:
    for name in ("observations", "milestones", "glossary_components"):
        for row in islice(PACKAGE.rows[name], 0, None, 20):
            part_id = str(row["id"])
            shown = json.loads(in_process(frozen.root(), "show", part_id, "--format", "json").stdout)
            listed = [
                part for each in shown.values() if isinstance(each, list) for part in each if isinstance(part, dict)
            ]
            assert shown["id"] == part_id.partition(".")[0]
            assert [part["id"] for part in listed if "id" in part] == [part_id]
    part = next(each for each in RETIRED if "." in each)
    shown = json.loads(in_process(frozen.root(), "show", part, "--format", "json").stdout)
    assert (shown["id"], shown["state"]) == (part, "retired")


def test_what_no_row_has_is_not_taken_for_a_position() -> None:
    entry = str(PACKAGE.rows["evidence"][0]["id"])
    for command in ("show", "cite"):
        ended = in_process(frozen.root(), command, f"{entry}9")
        assert (ended.exit_code, ended.stdout) == (2, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_retired_says_its_name_since_when_why_and_what_replaces_it(language: str) -> None:
    assert RETIRED
    for each in RETIRED:
        row = PACKAGE.states[each]
        reason = str(row[f"reason_{language}"]).rstrip(".。")
        citation = citation_of(PACKAGE, each, language)
        shown = record_text(PACKAGE, each, language)
        texts = [shown, *(STYLES[style](citation) for style in ("gbt7714", "apa", "ris"))]
        for text in texts:
            for said in (row[f"name_{language}"], row["since"], reason, row["replaced_by_id"] or each):
                assert said, each
                assert str(said) in text, (each, said)


def test_what_is_in_use_has_no_reason() -> None:
    told = ("name_zh", "name_en", "reason_zh", "reason_en", "since", "replaced_by_id")
    for each, row in PACKAGE.states.items():
        if each not in RETIRED:
            assert [row[name] for name in told] == [None] * len(told)


@pytest.mark.parametrize("name", list(PACKAGE.tables))
def test_rows_are_in_the_order_that_the_docs_give(name: str) -> None:
    table, rows = PACKAGE.tables[name], PACKAGE.rows[name]
    keys = [str(row[table.key[0]]) for row in rows]
    records = [each.partition(".")[0] for each in keys]
    assert records == sorted(records)
    permanent = [(record, key) for record, key in zip(records, keys, strict=True) if key in PACKAGE.states]
    assert permanent == sorted(permanent)
    if name == "numbers":
        places = [(row["document_id"], row["paragraph"], row["start"]) for row in rows]
        assert places == sorted(places)
    elif rows and "position" in rows[0]:
        owned = zip(rows, records, strict=True)
        groups = groupby(owned, key=lambda each: each[0].get("part_id") or each[1])
        positions = [(owner, [row["position"] for row, _ in group]) for owner, group in groups]
        assert len({owner for owner, _ in positions}) == len(positions)
        assert all(found == list(range(1, len(found) + 1)) for _, found in positions)
