"""A file is laid out in one way only: whoever wrote it, the same data and comments give the same bytes."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from factpack.disk.project import Project
from factpack.edit.layout import canonical, lay_out
from factpack.edit.modeline import modeline
from factpack.schema import read
from factpack.source import documents
from factpack.table.derived import DERIVATIONS
from projects import ROOT

PROJECT = Project(ROOT)
SCHEMAS = read.read(PROJECT.schemas(), DERIVATIONS)
FOLDERS = {kind.folder: kind for kind in SCHEMAS.kinds.values()}
FREE = frozenset({"observations", "milestones", "places"})
PATH = "sources/units/unt-x.yaml"
HEAD = modeline(PATH, "unit") + "\n"


def laid_out(text: str | bytes, name: str = "unit", path: str = PATH) -> str:
    """Return a file laid out, without its modeline; what is laid out already stays as it is."""
    layout = lay_out(path, text.encode("utf-8") if isinstance(text, str) else text, name, SCHEMAS)
    assert layout.problems == ()
    assert lay_out(path, layout.raw, name, SCHEMAS).raw == layout.raw
    head, _, body = layout.raw.decode("utf-8").partition("\n")
    assert head == modeline(path, name)
    return body


def test_fields_stand_in_the_order_of_the_schema_and_unknown_ones_behind_them() -> None:
    text = "zoo: 1\nprinted: [x]\nname: {en: a, zh: b}\nape: 2\nid: unt-x\n"
    assert laid_out(text) == "id: unt-x\nname:\n  zh: b\n  en: a\nprinted:\n  - x\nzoo: 1\nape: 2\n"


@pytest.mark.parametrize(
    "text",
    [
        *("'2025'", "'2021/2025'", "'2025-12-29'", "'12:30'", "'420106'", "'1.0'", "'true'", "'no'", "'null'", "'~'"),
        *("'CNY {}'", "'[a]'", "'%'", "'a: b'", "'a:'", "'a #b'", "'- a'", "'''a'' b'", "'\"a\" b'", "'@a'", "'---'"),
        *("2025年", "0.1.0", "a,b", "C#", "a:b", "-a", "it's", "“引文”", "https://example.org/?a=b&c=d", "a 'b'"),
    ],
)
def test_a_text_is_quoted_only_where_it_could_be_taken_for_something_else(text: str) -> None:
    record: Any = documents.load("x", f"id: {text}\n".encode()).data
    assert laid_out(f"id:   {text}\n") == laid_out(f"id: {json.dumps(record['id'], ensure_ascii=False)}\n")
    assert laid_out(f"id:   {text}\n") == f"id: {text}\n"


@pytest.mark.parametrize("value", ["2025", "-7.8", "0.50", "true", "100000000"])
def test_a_number_stays_as_it_is_written(value: str) -> None:
    assert laid_out(f"factor:   {value}\n") == f"factor: {value}\n"


def test_a_long_text_stays_on_its_line_and_one_of_several_lines_is_a_block() -> None:
    words = ["word"] * 1000
    assert laid_out("id: >-\n  " + "\n  ".join(words)) == f"id: {' '.join(words)}\n"
    assert laid_out('id: "a\\n\\n b # c\\n- d"\n') == "id: |-\n  a\n\n   b # c\n  - d\n"


def test_line_ends_become_those_of_unix_with_one_at_the_end() -> None:
    assert laid_out("\r\nid: unt-x\r\n# c \r\nfactor: 2\r\n\r\n\r\n") == "\nid: unt-x\n# c\nfactor: 2\n"
    assert laid_out("id: unt-x") == "id: unt-x\n"


def test_lists_whose_order_means_nothing_are_sorted_and_others_are_not() -> None:
    text = "places: [plc-b, plc-a]\naliases: [b, a]\nevidence: [{document: doc-b}, {document: doc-a}]\n"
    wanted = "aliases:\n  - b\n  - a\nplaces:\n  - plc-a\n  - plc-b\n"
    assert laid_out(text, "project") == wanted + "evidence:\n  - document: doc-b\n  - document: doc-a\n"


def test_parts_with_a_permanent_id_are_sorted_by_what_makes_it_in_the_order_of_vocabularies() -> None:
    parts = ["{stage: opened, period: '2026'}", "{stage: started, period: '2026'}", "{period: '2025', stage: held}"]
    found = laid_out(f"milestones: [{', '.join(parts)}]\n", "project")
    assert [line.split()[-1] for line in found.splitlines() if "stage" in line] == ["held", "started", "opened"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("factor: 2\n# of the id\nid: unt-x\n", "# of the id\nid: unt-x\nfactor: 2\n"),
        ("factor: 2  # two\nid: unt-x\n", "id: unt-x\n# two\nfactor: 2\n"),
        ("# file\n\n# two\nfactor: 2\nid: unt-x\n", "# file\n\nid: unt-x\n# two\nfactor: 2\n"),
        ("name: # n\n  # e\n  en: a\n  zh: b\n", "# n\nname:\n  zh: b\n  # e\n  en: a\n"),
        ("name:\n  en: a\n  zh: b\n  # end\nid: x\n", "id: x\nname:\n  zh: b\n  en: a\n  # end\n"),
        ("name:\n  en: a\n# i\nid: x\n# end\n", "# i\nid: x\nname:\n  en: a\n# end\n"),
        ("name: {en: a, # a\n  zh: b} # b\nid: x\n", "id: x\n# a\n# b\nname:\n  zh: b\n  en: a\n"),
        ("printed:\n- a\n# b\n- b\n# id\nid: x\n", "# id\nid: x\nprinted:\n  - a\n  # b\n  - b\n"),
        ("printed:\n-\n  # a\n  a\n- # b\n  b\n", "printed:\n  # a\n  - a\n  # b\n  - b\n"),
        ("printed: |- # p\n  a\n  # text\n\n# id\nid: x\n", "\n# id\nid: x\n# p\nprinted: |-\n  a\n  # text\n"),
        ("factor: 2\n\n\n# i\n\nid: x\n", "\n# i\n\nid: x\nfactor: 2\n"),
        ("printed:\n# id\nid: x#text\n", "# id\nid: x#text\nprinted:\n"),
    ],
)
def test_a_comment_goes_where_its_key_or_item_goes(before: str, after: str) -> None:
    assert laid_out(before) == after


@pytest.mark.parametrize("comment", ["# yaml-language-server: $schema=../x.json", HEAD.strip()])
def test_the_modeline_is_the_first_line_and_names_the_right_schema(comment: str) -> None:
    assert laid_out(f"# own\n{comment}\nid: unt-x\n") == "# own\nid: unt-x\n"
    assert HEAD == "# yaml-language-server: $schema=../../schemas/unit.schema.json\n"
    assert modeline("sources/package.yaml", "package").endswith("=../schemas/package.schema.json")


@pytest.mark.parametrize("raw", [b"id: [", b"id: no\n", b"- a\n", b"", b"id: a # b\n", b"id: '\xff'\n"])
def test_a_file_with_problems_is_left_as_it_is_and_tells_them(raw: bytes) -> None:
    layout = lay_out(PATH, raw, "unit", SCHEMAS)
    assert layout.raw == raw
    assert layout.problems == documents.load(PATH, raw).problems != ()


def test_a_file_that_would_become_too_large_is_left_as_it_is() -> None:
    raw = b"a:" + b" {a: [" * 14 + b"1, " * 6_000 + b"1" + b"]}" * 14 + b"\n"
    assert documents.load(PATH, raw).problems == ()
    layout = lay_out(PATH, raw, "unit", SCHEMAS)
    assert (layout.raw, [each.code for each in layout.problems]) == (raw, ["file-too-large"])


def test_what_only_one_of_the_parsers_reads_is_a_problem_at_its_line() -> None:
    raw = b'id: x\nname: ["a":b]\n'
    assert documents.load(PATH, raw).problems == ()
    layout = lay_out(PATH, raw, "unit", SCHEMAS)
    assert layout.raw == raw
    assert [(each.code, each.line, each.column) for each in layout.problems] == [("yaml-syntax", 2, 11)]


def test_data_that_differs_is_told_apart_and_order_that_means_nothing_is_not() -> None:
    def told(record: Any) -> str:
        return canonical(record, SCHEMAS.sources["project"], SCHEMAS)

    assert told({"id": "x", "places": ["a", "b"]}) == told({"places": ["b", "a"], "id": "x"})
    milestones = [{"stage": "opened", "period": "2026"}, {"period": "2025", "stage": "held"}]
    assert told({"milestones": milestones}) == told({"milestones": milestones[::-1]})
    different = [*({"aliases": each} for each in (["a", "b"], ["b", "a"], ["a"])), {"evidence": milestones}]
    different += [{"evidence": milestones[::-1]}]
    different += [{"id": each} for each in (1, True, Decimal("1.0"), "1", "True", None)]
    assert len({told(each) for each in different}) == len(different)
