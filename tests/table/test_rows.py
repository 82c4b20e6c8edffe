"""Records to rows, on a kind that has a field of every shape, whose schema is made here and read by the real reader."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factpack.disk.project import Project
from factpack.record.ids import identities, part_ids
from factpack.record.library import Library
from factpack.schema import model
from factpack.schema.model import Column, Shape, Table
from factpack.schema.read import read as read_model
from factpack.table.complete import complete
from factpack.table.derived import DERIVATIONS
from factpack.table.encode import csv_lines
from factpack.table.rows import Row, rows, shared_row
from factpack.text.text_record import digest, make, with_quotes
from projects import ROOT


def words(en: str) -> dict[str, Any]:
    both = {"zh": f"{en}（中）", "en": en}
    return {"title": en, "description": en, "x-title": both, "x-description": both}


def part(table: str, fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    head = {**words(table), "type": "object", "x-table": table, "additionalProperties": False}
    return {"type": "array", "minItems": 1, "items": {**head, "required": [], "properties": fields, **more}}


def field(**more: Any) -> dict[str, Any]:
    return {**words("Field"), **more}


ID, TEXT = {"$ref": "defs.schema.json#/$defs/id"}, {"$ref": "defs.schema.json#/$defs/text"}
EVIDENCE = {"$ref": "defs.schema.json#/$defs/evidence", "x-role": "evidence"}
RETIRED = {"$ref": "defs.schema.json#/$defs/retired", "x-role": "retired"}
THING = {
    "$schema": "dialect.schema.json",
    "$id": "thing.schema.json",
    **words("Thing"),
    "x-folder": "things",
    "x-prefix": "thg",
    "x-table": "things",
    "x-label": "name",
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "name"],
    "properties": {
        "id": field(**ID, **{"x-role": "id"}),
        "name": field(**TEXT, **{"x-role": "name"}),
        "aliases": field(**{"$ref": "defs.schema.json#/$defs/aliases", "x-role": "aliases"}),
        "former_names": field(**{"$ref": "defs.schema.json#/$defs/former_names", "x-role": "former_names"}),
        "word": field(type="string"),
        "count": field(type="integer"),
        "size": field(type="number"),
        "seen": field(type="boolean"),
        "reading": field(**{"$ref": "defs.schema.json#/$defs/reading"}),
        "place": field(**ID, **{"x-ref": "place"}),
        "within": field(**ID, **{"x-ref": "place", "x-column": "inside"}),
        "units": field(type="array", items={**ID, "x-ref": "unit"}),
        "tags": field(type="array", items={"type": "string"}),
        "evidence": field(**EVIDENCE),
        "spans": field(
            **part(
                "spans",
                {
                    "period": field(type="string", **{"x-role": "period", "x-format": "period"}),
                    "state": field(type="string"),
                    "size": field(type="number"),
                    "home": field(**ID, **{"x-ref": "place", "x-role": "area"}),
                    "label": field(**TEXT),
                    "unit": field(**ID, **{"x-ref": "unit", "x-inherit": "place"}),
                    "apart": field(type="boolean", const=True, **{"x-role": "qualified"}),
                    "evidence": field(**EVIDENCE),
                    "retired": field(**RETIRED),
                },
                **{"x-key": ["period", "state"]},
            )
        ),
        "steps": field(**part("steps", {"note": field(**TEXT), "level": field(type="integer")}, **{"x-letter": "s"})),
        "retired": field(**RETIRED),
    },
    "x-derived": {
        "twice": field(type="string", **{"x-from": "word"}),
        "place_name": field(**TEXT, **{"x-from": "place/name", "x-column": "place"}),
    },
}


def read(**more: dict[str, Any]) -> model.Schemas:
    files = dict(Project(ROOT).schemas())
    return read_model(files | {name: json.dumps(each).encode() for name, each in more.items()}, DERIVATIONS)


SCHEMAS = read(thing=THING)
KIND = SCHEMAS.kinds["thing"]
RECORDS = {
    "doc-one": {"id": "doc-one", "delivered_on": "2025-12-29"},
    "doc-two": {"id": "doc-two", "delivered_on": "2026-12-29"},
    "plc-here": {"id": "plc-here", "name": {"zh": "此地", "en": "Here"}},
}
LINE = "甲乙丙"
TEXTS = {"doc-one": with_quotes(make("doc-one", [LINE], frozenset()), [LINE], {1: ["乙丙"]})}
LIBRARY = Library(SCHEMAS, {"area": "plc-here"}, RECORDS.get, RECORDS.__contains__, TEXTS.get)


def thing(**fields: Any) -> dict[str, Any]:
    return {"id": "thg-x", "name": {"zh": "某", "en": "X"}, **fields}


def span(period: str = "2025", state: str = "actual", document: str = "doc-one", **fields: Any) -> dict[str, Any]:
    evidence = [{"document": document, "paragraph": 1, "quote": "乙丙"}]
    return {"period": period, "state": state, "evidence": evidence, **fields}


def all_rows(record: dict[str, Any]) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a record, those of the table of ids first."""
    yield from (shared_row("ids", each.row(), LIBRARY) for each in identities(KIND, record, LIBRARY))
    yield from rows(KIND, record, LIBRARY)


def made(record: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a record by table, as mappings of columns to values."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in HOLDERS}
    for name, row in all_rows(record):
        found[name].append(dict(zip((column.name for column in HOLDERS[name].columns), row, strict=True)))
    return found


def holders(shape: Shape) -> dict[str, Table]:
    found = {table.name: table for table in (*shape.tables, *shape.links.values())}
    for each in shape.parts.values():
        found |= holders(each)
    return found


HOLDERS = {**holders(KIND.shape), **SCHEMAS.shared}
GONE = {"since": "1.0.0", "reason": {"zh": "误", "en": "wrong"}, "replaced_by": "thg-y"}


def test_the_schema_of_these_tests_is_within_the_dialect() -> None:
    assert SCHEMAS.problems == ()


# ---- each shape of a field


@pytest.mark.parametrize(
    ("fields", "columns"),
    [
        ({"word": "a"}, {"word": "a", "twice": "a"}),
        ({"count": 3}, {"count": 3}),
        ({"size": Decimal("2.50")}, {"size": Decimal("2.50")}),
        ({"seen": True}, {"seen": True}),
        ({}, {"word": None, "count": None, "size": None, "seen": None, "place_id": None, "place_zh": None}),
        ({}, {"reading": "clear"}),
        ({"reading": "damaged"}, {"reading": "damaged"}),
        ({"name": {"zh": "名", "en": "Name"}}, {"name_zh": "名", "name_en": "Name"}),
        ({"place": "plc-here"}, {"place_id": "plc-here", "place_zh": "此地", "place_en": "Here"}),
        ({"place": "plc-gone"}, {"place_id": "plc-gone", "place_zh": None, "place_en": None}),
        ({"within": "plc-here"}, {"inside": "plc-here"}),
        ({"evidence": span()["evidence"]}, {"document_id": "doc-one", "paragraph": 1, "quote": "乙丙"}),
        ({"evidence": [{"document": "doc-two", "locator": "p. 3"}]}, {"document_id": "doc-two", "paragraph": None}),
    ],
)
def test_a_field_becomes_columns_of_its_shape(fields: dict[str, Any], columns: dict[str, Any]) -> None:
    row = made(thing(**fields))["things"][0]
    assert {name: row[name] for name in columns} == columns


def test_a_list_of_references_is_a_link_table() -> None:
    found = made(thing(units=["unt-b", "unt-a"]))["things_units"]
    assert found == [{"thing_id": "thg-x", "unit_id": "unt-b"}, {"thing_id": "thg-x", "unit_id": "unt-a"}]


def test_a_list_of_values_is_a_table_with_positions() -> None:
    found = made(thing(tags=["b", "a"]))["things_tags"]
    assert found == [
        {"thing_id": "thg-x", "position": 1, "tags": "b"},
        {"thing_id": "thg-x", "position": 2, "tags": "a"},
    ]


def test_positional_parts_keep_their_order_and_count_from_one() -> None:
    found = made(thing(steps=[{"level": 9}, {"level": 1}]))["steps"]
    assert [(each["id"], each["thing_id"], each["position"], each["level"]) for each in found] == [
        ("thg-x.s1", "thg-x", 1, 9),
        ("thg-x.s2", "thg-x", 2, 1),
    ]


def test_parts_with_a_key_are_ordered_by_their_ids_and_inherit_what_they_do_not_say() -> None:
    found = made(thing(place="plc-here", spans=[span("2026"), span("2021/2025", unit="unt-a"), span("2025")]))["spans"]
    assert [(each["id"], each["thing_id"], each["unit_id"], each["home_id"]) for each in found] == [
        ("thg-x.2021--2025.actual", "thg-x", "unt-a", "plc-here"),
        ("thg-x.2025.actual", "thg-x", "plc-here", "plc-here"),
        ("thg-x.2026.actual", "thg-x", "plc-here", "plc-here"),
    ]


def test_evidence_of_records_and_parts_shares_one_table_and_says_whether_it_was_verified() -> None:
    pieces = [
        {"document": "doc-one", "paragraph": 1, "quote": " 乙 丙"},
        {"document": "doc-one", "paragraph": 1, "quote": "甲乙"},
        {"document": "doc-one", "paragraph": 9, "quote": "乙丙"},
        {"document": "doc-two", "paragraph": 1, "quote": "乙丙"},
        {"document": "doc-one", "locator": "p. 3"},
    ]
    found = made(thing(evidence=pieces, spans=[span()]))["evidence"]
    assert [(each["id"], each["part_id"], each["position"], each["verified"]) for each in found] == [
        ("thg-x.e1", None, 1, True),
        ("thg-x.e2", None, 2, False),
        ("thg-x.e3", None, 3, False),
        ("thg-x.e4", None, 4, False),
        ("thg-x.e5", None, 5, False),
        ("thg-x.2025.actual.e1", "thg-x.2025.actual", 1, True),
    ]
    assert {each["record_id"] for each in found} == {"thg-x"}
    assert TEXTS["doc-one"].paragraphs[0].quotes[0].sha256 == digest("乙丙")


def test_other_names_have_their_record_and_position_those_of_before_last() -> None:
    former = {"zh": "丙", "en": "Third", "document": "doc-one"}
    found = made(thing(aliases=["乙", "甲"], former_names=[former]))["aliases"]
    printed = {"record_id": "thg-x", "name_en": None, "kind": "printed", "document_id": None}
    assert found == [
        {**printed, "position": 1, "name": "乙"},
        {**printed, "position": 2, "name": "甲"},
        {**printed, "position": 3, "name": "丙", "name_en": "Third", "kind": "former", "document_id": "doc-one"},
    ]


# ---- ids


@pytest.mark.parametrize(
    ("part", "own"),
    [
        (span(), "thg-x.2025.actual"),
        (span("2021/2025"), "thg-x.2021--2025.actual"),
        (span(home="plc-here"), "thg-x.2025.actual"),
        (span(home="plc-there"), "thg-x.2025.actual.plc-there"),
    ],
)
def test_a_parts_id_is_made_of_its_key_and_of_its_area_if_not_the_default(part: dict[str, Any], own: str) -> None:
    assert made(thing(spans=[part]))["spans"][0]["id"] == own


def test_a_qualified_part_has_the_slug_of_its_document_in_its_id_and_no_other_has_it() -> None:
    listed = [span(document="doc-two", apart=True, size=2), span(size=1), span(home="plc-there", apart=True)]
    found = made(thing(spans=listed))
    assert [(each["id"], each["size"]) for each in found["spans"]] == [
        ("thg-x.2025.actual", 1),
        ("thg-x.2025.actual.plc-there.one", None),
        ("thg-x.2025.actual.two", 2),
    ]
    assert [each["id"] for each in found["ids"]] == ["thg-x", *(each["id"] for each in found["spans"])]


SPANS = st.builds(
    span,
    period=st.sampled_from(["2024", "2025"]),
    document=st.sampled_from(["doc-one", "doc-two", "doc-undated"]),
    home=st.sampled_from(["plc-here", "plc-there"]),
    apart=st.just(True),
) | st.builds(span, period=st.sampled_from(["2024", "2025"]), document=st.sampled_from(["doc-one", "doc-undated"]))


@given(st.lists(SPANS, max_size=5), SPANS)
def test_the_id_of_a_part_does_not_depend_on_the_parts_beside_it(before: list[Any], own: dict[str, Any]) -> None:
    shape = KIND.shape.parts["spans"]
    alone = part_ids("thg-x", shape, [own], "plc-here")
    assert part_ids("thg-x", shape, [*before, own], "plc-here")[-1:] == alone
    assert part_ids("thg-x", shape, [own, *before], "plc-here")[:1] == alone


def test_a_retired_part_is_in_ids_only() -> None:
    found = made(thing(spans=[span("2024", retired=GONE), span("2025")]))
    assert [each["id"] for each in found["spans"]] == ["thg-x.2025.actual"]
    assert [each["part_id"] for each in found["evidence"]] == ["thg-x.2025.actual"]
    told = ("since", "replaced_by_id", "name_zh", "name_en", "reason_zh", "reason_en")
    assert [(each["id"], each["kind"], each["state"]) for each in found["ids"]] == [
        ("thg-x", "thing", "current"),
        ("thg-x.2024.actual", "spans", "retired"),
        ("thg-x.2025.actual", "spans", "current"),
    ]
    used, gone, other = ([each[name] for name in told] for each in found["ids"])
    names: Any = thing()["name"]
    assert gone == ["1.0.0", "thg-y", names["zh"], names["en"], "误", "wrong"]
    assert used == other == [None] * len(told)


def test_a_retired_record_and_all_its_parts_are_in_ids_only() -> None:
    record = thing(retired=GONE, tags=["a"], aliases=["b"], spans=[span()], evidence=span()["evidence"], steps=[{}])
    found = made(record)
    assert {name for name, listed in found.items() if listed} == {"ids"}
    assert [(each["id"], each["state"], each["since"]) for each in found["ids"]] == [
        ("thg-x", "retired", "1.0.0"),
        ("thg-x.2025.actual", "retired", "1.0.0"),
    ]


# ---- the record as published


def test_a_published_record_has_its_defaults_its_part_ids_its_keys_in_schema_order_and_nothing_retired() -> None:
    record = {"spans": [span(), span("2024", retired=GONE)], "steps": [{"level": 1}], **thing(tags=["a"])}
    done = complete(KIND, record, LIBRARY)
    assert list(done) == ["id", "name", "reading", "tags", "spans", "steps"]
    assert done["steps"] == [{"id": "thg-x.s1", "level": 1}]
    assert [list(each) for each in done["spans"]] == [["id", "period", "state", "home", "evidence"]]


# ---- the law: tables give the records back


TEXT_VALUE = st.text("ab中 ，,\"'\n;é", min_size=1, max_size=6)
BOTH = st.fixed_dictionaries({"zh": TEXT_VALUE, "en": TEXT_VALUE})
NUMBER = st.decimals(min_value=-(10**6), max_value=10**6, places=3) | st.integers(-(10**14), 10**14)
PLACE = st.sampled_from(["plc-here", "plc-there"])
PIECES = st.lists(
    st.fixed_dictionaries(
        {"document": st.sampled_from(["doc-one", "doc-two"]), "paragraph": st.integers(1, 3)}
    ).flatmap(lambda piece: TEXT_VALUE.map(lambda quote: {**piece, "quote": quote}))
    | st.fixed_dictionaries({"document": st.just("doc-one"), "locator": TEXT_VALUE}),
    min_size=1,
    max_size=3,
)
SPANS = st.lists(
    st.fixed_dictionaries(
        {"period": st.sampled_from(["2024", "2025", "2021/2025"]), "state": st.sampled_from(["actual", "target"])},
        optional={"size": NUMBER, "home": PLACE, "label": BOTH, "unit": PLACE, "evidence": PIECES},
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda each: (each["period"], each["state"], each.get("home", "plc-here")),
)
THINGS = st.fixed_dictionaries(
    {"id": st.just("thg-x"), "name": BOTH},
    optional={
        "aliases": st.lists(TEXT_VALUE, min_size=1, max_size=3, unique=True),
        "word": TEXT_VALUE,
        "count": st.integers(-(10**9), 10**9),
        "size": NUMBER,
        "seen": st.booleans(),
        "reading": st.sampled_from(["clear", "damaged"]),
        "place": PLACE,
        "within": PLACE,
        "units": st.lists(st.sampled_from(["unt-a", "unt-b", "unt-c"]), min_size=1, unique=True),
        "tags": st.lists(TEXT_VALUE, min_size=1, max_size=3),
        "evidence": PIECES,
        "spans": SPANS,
        "steps": st.lists(
            st.fixed_dictionaries({"note": BOTH}, optional={"level": st.integers(0, 9)}), min_size=1, max_size=3
        ),
    },
)


def published(record: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the tables of a record as a reader of the CSV files finds them, values read by their column's type."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in HOLDERS}
    for name, row in all_rows(record):
        cells = next(csv.reader(io.StringIO(csv_lines([row]).decode("utf-8"), newline="")))
        pairs = zip(HOLDERS[name].columns, cells, strict=True)
        found[name].append({column.name: value(column, cell) for column, cell in pairs})
    return found


def value(column: Column, cell: str) -> Any:
    if not cell:
        return None
    if "properties" in column.schema:
        return cell
    return {"integer": int, "number": Decimal, "boolean": "true".__eq__}.get(column.schema.get("type"), str)(cell)


def rebuilt(shape: Shape, row: dict[str, Any], tables: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Return the published record or part that a row and the rows of other tables that name it tell of."""
    record: dict[str, Any] = {"id": row["id"]}
    for name in shape.fields:
        found = rebuilt_field(shape, name, row, tables)
        if found not in (None, []):
            record[name] = found
    return record


def rebuilt_field(shape: Shape, name: str, row: dict[str, Any], tables: dict[str, list[dict[str, Any]]]) -> Any:
    schema, own = shape.fields[name], row["id"]
    if name in shape.parts:
        part = shape.parts[name]
        return [rebuilt(part, each, tables) for each in tables[part.tables[0].name] if each["thing_id"] == own]
    if name in shape.links:
        link = shape.links[name]
        return [each[link.columns[-1].name] for each in tables[link.name] if each["thing_id"] == own]
    if schema.get("x-role") == "evidence":
        pieces = [each for each in tables["evidence"] if own == (each["part_id"] or each["record_id"])]
        columns = {"document": "document_id", "paragraph": "paragraph", "quote": "quote", "locator": "locator"}
        return [{key: each[column] for key, column in columns.items() if each[column]} for each in pieces]
    if schema.get("x-role") == "aliases":
        return [each["name"] for each in tables["aliases"] if each["record_id"] == own]
    if "properties" in schema:
        both = {language: row.get(f"{name}_{language}") for language in ("zh", "en")}
        return both if both["zh"] else None
    return row.get(schema.get("x-column") or (f"{name}_id" if "x-ref" in schema else name))


@settings(max_examples=200, deadline=None)
@given(record=THINGS)
def test_the_tables_give_the_record_back(record: dict[str, Any]) -> None:
    tables = published(record)
    assert len(tables["things"]) == 1
    assert rebuilt(KIND.shape, tables["things"][0], tables) == complete(KIND, record, LIBRARY)


@settings(max_examples=100, deadline=None)
@given(record=THINGS)
def test_no_two_rows_of_a_table_have_the_same_id_and_every_part_is_in_ids(record: dict[str, Any]) -> None:
    tables = made(record)
    for listed in tables.values():
        own = [each["id"] for each in listed if "id" in each]
        assert len(own) == len(set(own))
    parts = {each["id"] for each in tables["spans"]}
    assert {each["id"] for each in tables["ids"]} == {"thg-x", *parts}
    assert {each["part_id"] for each in tables["evidence"]} <= parts | {None}
