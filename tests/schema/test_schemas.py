"""The dialect: the real schemas keep it, and each way to leave it is a problem at a line of the schema's file."""

from __future__ import annotations

import csv
import json
import re
import socketserver
import threading
from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest

from factpack.disk.project import FILE_LIMIT, Project
from factpack.schema import dialect, model
from factpack.schema.read import read as read_model
from factpack.source.strict import DEPTH_LIMIT
from factpack.table.derived import DERIVATIONS
from factpack.words import LANGUAGES
from projects import ROOT

FILES = Project(ROOT).schemas()
ID_PATTERN = '"pattern": "^plc-[a-z0-9](-?[a-z0-9])*$",'
CODE_PATTERN = '"pattern": "^([0-9]{6}|[0-9]{9}|[0-9]{12})$"'
KIND = '"kind": {\n      "type": "string",\n'
CODE = '"code": {\n      "title": "Administrative code",\n'
DERIVED = """"x-derived": {
    "own": {
      "type": "string",
      "title": "T",
      "description": "D",
      "x-title": {"zh": "题", "en": "T"},
      "x-description": {"zh": "述", "en": "D"},
      "x-from": "%s"
    }
  },
  "x-columns": [
    "id","""
PART = """"parts": {
      "type": "array",
      "title": "T",
      "description": "D",
      "x-title": {"zh": "题", "en": "T"},
      "x-description": {"zh": "述", "en": "D"},
      "items": {
        "type": "object",
        "x-table": "place_parts",
        "title": "T",
        "description": "D",
        "x-title": {"zh": "题", "en": "T"},
        "x-description": {"zh": "述", "en": "D"},
        "additionalProperties": false,
        "required": ["name"],
        "properties": {
          "name": {
            "$ref": "defs.schema.json#/$defs/name",
            "title": "T",
            "description": "D",
            "x-title": {"zh": "题", "en": "T"},
            "x-description": {"zh": "述", "en": "D"}
          }
        },
        "x-key": [
          "name"
        ]
      }
    },
    "kind": {
      "type": "string",
"""


class Breach(NamedTuple):
    """An edit of a schema that leaves the dialect, and where the problem must stand."""

    what: str
    old: str
    new: str
    code: str
    line: str
    """The beginning of the one line (indent aside) that the problem must be at."""
    schema: str = "place"


def _pattern(what: str, pattern: str) -> Breach:
    return Breach(what, CODE_PATTERN, f'"pattern": "{pattern}"', "schema-dialect", f'"pattern": "{pattern}"')


BREACHES = [
    Breach("an unknown keyword", KIND, KIND + '"x-colour": "red",\n', "schema-dialect", '"kind": {'),
    Breach("oneOf", KIND, KIND + '"oneOf": [{"minLength": 1}],\n', "schema-dialect", '"kind": {'),
    Breach("multipleOf", KIND, KIND + '"multipleOf": 2,\n', "schema-dialect", '"kind": {'),
    Breach("unevaluatedProperties", '"x-names": true,', '"unevaluatedProperties": false,', "schema-dialect", "{"),
    _pattern("a pattern open at its beginning", "[0-9]{6}$"),
    _pattern("a pattern open at its end", "^[0-9]{6}"),
    _pattern("a pattern with a class that engines read differently", "^\\\\d{6}$"),
    _pattern("a pattern with an escaped word class", "^\\\\w+$"),
    _pattern("a pattern with nested quantifiers", "^(a+)+$"),
    _pattern("a pattern with a nested star", "^(a*b)*$"),
    _pattern("a pattern with a nested counted quantifier", "^(a{1,}b)+$"),
    _pattern("a pattern that looks ahead", "^(?=[0-9])[0-9]+$"),
    _pattern("a pattern with many counts", "^([0-9]?){9}{9}$"),
    _pattern("a pattern with a large count", "^[0-9]{100000}$"),
    Breach(
        "a bad pattern among the shared definitions",
        '"pattern": "^[a-z0-9](-?[a-z0-9])*$"',
        '"pattern": "^[a-z0-9](-?[a-z0-9]+)*$"',
        "schema-dialect",
        '"pattern": "^[a-z0-9](-?[a-z0-9]+)*$"',
        "defs",
    ),
    Breach("no conditions", '"x-label"', '"allOf": [],\n"x-label"', "schema-dialect", '"allOf": []', "term"),
    Breach("a record without id", '"required": [\n    "id",', '"required": [', "schema-dialect", '"required": ['),
    Breach(
        "a name that a record need not have",
        '"required": [\n    "id",\n    "name",',
        '"required": [\n    "id",',
        "schema-reference",
        '"x-label"',
    ),
    Breach(
        "a definition that is not there",
        '"$ref": "defs.schema.json#/$defs/aliases"',
        '"$ref": "defs.schema.json#/$defs/alias"',
        "schema-reference",
        '"$ref": "defs.schema.json#/$defs/alias"',
    ),
    Breach("a role of texts", '"x-role": "part_of"', '"x-role": "symbol"', "schema-dialect", '"x-role": "symbol"'),
    Breach(
        "a role played twice", '"x-role": "part_of"', '"x-role": "aliases"', "schema-dialect", '"x-role": "aliases"'
    ),
    Breach("a value without label", '"country",', '"star",\n"country",', "schema-label", '"star"'),
    Breach("an escape that hides", '"Six-digit', '"\\u200bSix-digit', "forbidden-character", '"description"'),
    Breach("a letter that looks like another", '"Six-digit', '"\uff33ix-digit', "lookalike-character", '"description"'),
    Breach("a hidden character", '"Six-digit', '"\u200bSix-digit', "forbidden-character", '"description"'),
    Breach(
        "a number without end", '"x-role": "part_of"', '"maxLength": 1e999', "ambiguous-scalar", '"maxLength": 1e999'
    ),
    Breach("a field without title", CODE, '"code": {\n', "schema-dialect", '"code": {'),
    Breach(
        "a field without x-title",
        '"x-title": {\n        "zh": "行政区划代码",\n        "en": "Administrative code"\n      },\n',
        "",
        "schema-dialect",
        '"code": {',
    ),
    Breach("an x-title without Chinese", '"zh": "行政区划代码",\n', "", "schema-dialect", '"x-title": {'),
    Breach("an empty title", '"title": "Administrative code"', '"title": ""', "schema-dialect", '"title": ""'),
    Breach(
        "an open record",
        '"additionalProperties": false,',
        '"additionalProperties": true,',
        "schema-dialect",
        '"additionalProperties": true',
    ),
    Breach("a record without additionalProperties", '"additionalProperties": false,\n', "", "schema-dialect", "{"),
    Breach(
        "an object field that cannot be tabulated",
        KIND,
        '"kind": {\n      "type": "object", "additionalProperties": false, "properties": {},\n',
        "schema-dialect",
        '"kind": {',
    ),
    Breach("a list without items", KIND, '"kind": {\n      "type": "array",\n', "schema-dialect", '"kind": {'),
    Breach(
        "a list of numbers",
        KIND,
        '"kind": {\n      "type": "array",\n"items": {"type": "integer"},\n',
        "schema-dialect",
        '"items": {"type": "integer"}',
    ),
    Breach(
        "an x-sorted list that is published with positions",
        '"title": "As printed in the report",',
        '"x-sorted": true,\n"title": "As printed in the report",',
        "schema-dialect",
        '"items": {',
        "unit",
    ),
    Breach(
        "a reference to the network",
        '"$ref": "defs.schema.json#/$defs/aliases",',
        '"$ref": "https://example.org/schema.json#/$defs/aliases",',
        "schema-dialect",
        '"$ref": "https:',
    ),
    Breach("a role nobody plays", '"x-role": "part_of"', '"x-role": "tint"', "schema-dialect", '"x-role": "tint"'),
    Breach("a field name in capitals", CODE, CODE.replace("code", "Code", 1), "schema-dialect", '"properties": {'),
    Breach("an x-ref to an unknown kind", '"x-ref": "place"', '"x-ref": "star"', "schema-reference", '"part_of": {'),
    Breach(
        "an x-ref to unknown parts", '"x-ref": "place"', '"x-ref": "place/gates"', "schema-reference", '"part_of": {'
    ),
    Breach(
        "an x-from to an unknown function",
        '"x-columns": [\n    "id",',
        DERIVED % "@nothing",
        "schema-reference",
        '"x-from": "@nothing"',
    ),
    Breach(
        "an x-from to an unknown field",
        '"x-columns": [\n    "id",',
        DERIVED % "part_of/colour",
        "schema-reference",
        '"x-from": "part_of/colour"',
    ),
    Breach(
        "an x-columns with an unknown column", '"part_of_id",', '"part_of_ids",', "schema-reference", '"part_of_ids"'
    ),
    Breach("an x-label that is no field", '"x-label": "name"', '"x-label": "nam"', "schema-reference", '"x-label"'),
    Breach(
        "an unknown required field",
        '"required": [\n    "id",',
        '"required": [\n    "id",\n    "colour",',
        "schema-reference",
        '"colour",',
    ),
    Breach(
        "an unknown x-key",
        KIND,
        PART.replace('"x-key": [\n          "name"', '"x-key": [\n          "colour"'),
        "schema-reference",
        '"colour"',
    ),
    Breach(
        "an unknown required field of a part",
        KIND,
        PART.replace('"required": ["name"]', '"required": [\n"colour"\n]'),
        "schema-reference",
        '"colour"',
    ),
    Breach(
        "a title that differs from x-title",
        '"title": "Administrative code"',
        '"title": "Code"',
        "schema-title",
        '"title": "Code"',
    ),
    Breach(
        "a description that differs from x-description",
        '"description": "What it is: a street, a lake, a park and so on."',
        '"description": "Sort."',
        "schema-title",
        '"description": "Sort."',
    ),
    Breach(
        "a folder of another kind", '"x-folder": "units"', '"x-folder": "places"', "schema-clash", '"x-folder"', "unit"
    ),
    Breach("a prefix of another kind", '"x-prefix": "unt"', '"x-prefix": "plc"', "schema-clash", '"x-prefix"', "unit"),
    Breach("a table of another kind", '"x-table": "units"', '"x-table": "places"', "schema-clash", '"x-table"', "unit"),
    Breach(
        "a table of the shared definitions",
        '"x-table": "places"',
        '"x-table": "evidence"',
        "schema-clash",
        '"x-table": "evidence"',
    ),
    Breach(
        "two equal keys",
        '"x-role": "part_of"',
        '"x-role": "part_of",\n      "x-role": "value"',
        "duplicate-key",
        '"x-role": "value"',
    ),
    Breach("a lost comma", '"x-prefix": "plc",', '"x-prefix": "plc"', "schema-syntax", '"x-table": "places"'),
    Breach("a lost quote", '"x-prefix": "plc",', '"x-prefix": plc,', "schema-syntax", '"x-prefix": plc'),
    Breach(
        "a shared definition that is open",
        '"additionalProperties": false,\n      "required": [\n        "zh",',
        '"required": [\n        "zh",',
        "schema-dialect",
        '"text": {',
        "defs",
    ),
    Breach(
        "a package field with a bad pattern",
        '"pattern": "^[A-Za-z0-9.-]+$"',
        '"pattern": "[A-Za-z0-9.-]+"',
        "schema-dialect",
        '"pattern": "[A-Za-z0-9.-]+"',
        "package",
    ),
]


def read(files: Mapping[str, bytes]) -> model.Schemas:
    return read_model(files, DERIVATIONS)


def edited(name: str, old: str, new: str, times: int = 1) -> dict[str, bytes]:
    text = FILES[name].decode("utf-8")
    assert text.count(old) >= 1, f"{name} does not hold: {old}"
    return {**FILES, name: text.replace(old, new, times).encode("utf-8")}


def test_the_real_schemas_are_clean() -> None:
    found = read(FILES)
    assert found.problems == ()
    assert set(found.kinds) >= {"document", "indicator", "place", "project", "term", "unit"}


def test_the_dialect_is_itself_a_json_schema() -> None:
    import jsonschema

    jsonschema.Draft202012Validator.check_schema(json.loads(FILES["dialect"]))


@pytest.mark.parametrize("breach", BREACHES, ids=[each.what for each in BREACHES])
def test_a_breach_of_the_dialect_is_one_problem_at_its_line(breach: Breach) -> None:
    files = edited(breach.schema, breach.old, breach.new)
    found = [(each.path, each.code, each.line) for each in read(files).problems]
    lines = files[breach.schema].decode("utf-8").splitlines()
    expected = [number for number, line in enumerate(lines, 1) if line.strip().startswith(breach.line)]
    assert len(found) == 1, found
    assert found[0][:2] == (f"schemas/{breach.schema}.schema.json", breach.code)
    assert found[0][2] in expected
    assert found[0][2] > 1 or breach.line == "{"


@pytest.mark.parametrize("name", sorted(set(FILES) - {"dialect"}))
def test_an_unknown_keyword_is_found_in_every_schema(name: str) -> None:
    found = read(edited(name, '"$schema"', '"x-colour": "red",\n  "$schema"')).problems
    assert [(each.path, each.code) for each in found] == [(f"schemas/{name}.schema.json", "schema-dialect")]
    assert "x-colour" in found[0].message()


def test_the_part_that_the_table_of_breaches_edits_is_itself_clean() -> None:
    found = read(edited("place", KIND, PART))
    assert found.problems == ()
    assert found.kinds["place"].shape.parts["parts"].key == ("name",)


def test_a_derived_column_that_leads_somewhere_is_clean() -> None:
    assert read(edited("place", '"x-columns": [\n    "id",', DERIVED % "part_of/kind")).problems == ()


@pytest.mark.parametrize("name", ["dialect", "defs", "package"])
def test_a_schema_that_must_exist_is_missed(name: str) -> None:
    found = read({key: raw for key, raw in FILES.items() if key != name}).problems
    assert [(each.path, each.code) for each in found] == [(f"schemas/{name}.schema.json", "schema-missing")]


def test_breaches_in_two_schemas_are_both_reported() -> None:
    files = edited("place", CODE_PATTERN, '"pattern": "[0-9]{6}"')
    files["unit"] = FILES["unit"].replace(b'"x-prefix": "unt"', b'"x-prefix": "UNT"')
    assert [each.path for each in read(files).problems] == ["schemas/place.schema.json", "schemas/unit.schema.json"]


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"3", b"null", b"\xff\xfe", "\ufeff{}".encode(), b"{" * 100_000, b"[" * 100_000, b'{"a": NaN}'],
    ids=["empty", "list", "number", "null", "not UTF-8", "BOM", "braces", "brackets", "NaN"],
)
@pytest.mark.parametrize("name", ["place", "defs", "package", "dialect"])
def test_rubbish_in_a_schema_file_is_a_problem_of_that_file_and_no_crash(name: str, raw: bytes) -> None:
    found = read({**FILES, name: raw}).problems
    assert f"schemas/{name}.schema.json" in {each.path for each in found}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"additionalProperties": false', '"additionalProperties": 7'),
        ('"pattern": "^[a-z][a-z0-9_]*$"', '"pattern": "^.*$"'),
        ('"title": "Rules for schemas"', '"title": "Rules"'),
    ],
)
def test_rules_that_are_not_the_programs_own_are_the_only_problem(old: str, new: str) -> None:
    found = read({**edited("dialect", old, new), "place": b"{}"}).problems
    assert [(each.path, each.code) for each in found] == [("schemas/dialect.schema.json", "dialect-differs")]


def test_the_program_knows_the_fingerprint_of_its_rules() -> None:
    found = dialect.rules_fingerprint(json.loads(FILES["dialect"]))
    assert found == dialect.RULES, f"the rules changed: RULES is now {found}"


def test_the_layout_of_the_rules_in_a_project_does_not_matter() -> None:
    other = json.dumps(json.loads(FILES["dialect"]), indent=8, sort_keys=True).replace("\n", "\r\n")
    assert read({**FILES, "dialect": other.encode()}).problems == ()


@pytest.mark.parametrize("depth", [DEPTH_LIMIT + 1, 200, 400, 900])
def test_a_deep_schema_is_a_problem_and_no_crash(depth: int) -> None:
    deep = '{"not": ' * depth + "{}" + "}" * depth
    found = read(edited("place", '"x-label"', f'"allOf": [{{"if": {deep}, "then": {{}}}}],\n"x-label"')).problems
    assert [(each.path, each.code) for each in found] == [("schemas/place.schema.json", "too-deep")]


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("patternProperties", {"^(a+)+$": {}}),
        ("propertyNames", {"pattern": "^(a+)+$"}),
        ("$dynamicRef", "##[error]x\n::error file=README.md::forged"),
        ("$recursiveRef", "#"),
        ("$anchor", "x"),
        ("unevaluatedItems", False),
        ("##[error]x\n::error file=README.md::forged", 1),
    ],
)
def test_a_keyword_that_the_rules_do_not_have_is_a_problem_of_one_line(keyword: str, value: object) -> None:
    schema = json.loads(FILES["place"])
    schema["properties"]["code"][keyword] = value
    found = read({**FILES, "place": json.dumps(schema, indent=2).encode()}).problems
    assert [(each.path, each.code) for each in found] == [("schemas/place.schema.json", "schema-dialect")]
    for language in LANGUAGES:
        shown = found[0].message(language)
        assert "\n" not in shown
        assert "##[" not in shown


class _Recorder(socketserver.StreamRequestHandler):
    """Counts who comes, and gives each an empty schema."""

    def handle(self) -> None:
        self.server.visits.append(self.rfile.readline())  # type: ignore[attr-defined]
        self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")


@pytest.mark.parametrize("name", ["place", "defs", "package"])
def test_a_reference_to_a_server_is_refused_and_the_server_is_not_asked(name: str) -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), _Recorder) as server:
        visits: list[bytes] = []
        server.visits = visits  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        there = f'"$ref": "http://127.0.0.1:{server.server_address[1]}/x.json'
        found = read(edited(name, '"$ref": "defs.schema.json', there)).problems
        server.shutdown()
    assert "schema-dialect" in {each.code for each in found}
    assert visits == []


def test_each_role_of_the_dialect_is_played_by_a_field_and_named_in_the_code() -> None:
    roles = json.loads(FILES["dialect"])["$defs"]["field"]["properties"]["x-role"]["enum"]
    schemas = b"".join(raw for name, raw in FILES.items() if name != "dialect").decode("utf-8")
    code = "".join(path.read_text("utf-8") for path in (ROOT / "scripts" / "factpack").rglob("*.py"))
    assert [role for role in roles if f'"x-role": "{role}"' not in schemas] == []
    assert [role for role in roles if f'"{role}"' not in code] == []


def test_a_resolved_field_keeps_its_own_words_over_the_shared_ones() -> None:
    found: Any = read(FILES).kinds["place"].shape.fields["id"]
    assert (found["pattern"], found["maxLength"]) == ("^plc-[a-z0-9](-?[a-z0-9])*$", 80)


REAL = read(FILES)


def test_kinds_are_found_by_the_prefix_of_an_id() -> None:
    for kind in REAL.kinds.values():
        assert REAL.kind_of(f"{kind.prefix}-x") is kind
    assert REAL.kind_of("xxx-x") is None
    assert list(REAL.prefixes) == sorted(REAL.prefixes)


def test_the_kind_that_evidence_cites_is_that_of_documents() -> None:
    assert REAL.documents is REAL.kinds["document"]


def test_columns_stand_in_the_order_that_the_schema_gives() -> None:
    assert any(kind.shape.schema.get("x-columns") for kind in REAL.kinds.values())
    for kind in REAL.kinds.values():
        for shape in (kind.shape, *kind.shape.parts.values()):
            wanted = shape.schema.get("x-columns")
            assert not wanted or [column.name for column in shape.tables[0].columns] == wanted


def test_a_list_of_references_is_a_link_table_with_both_ids() -> None:
    link = REAL.kinds["project"].shape.links["places"]
    columns = [(column.name, column.target) for column in link.columns]
    assert (link.name, columns) == ("projects_places", [("project_id", "project"), ("place_id", "place")])


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"", ("schema-syntax", 1, 1)),
        (b"[,]", ("schema-syntax", 1, 2)),
        (b'{\n  "a": 1\n  "b": 2\n}', ("schema-syntax", 3, 3)),
        (b'{\n  "a": 1,\n  "a": 2\n}', ("duplicate-key", 3, 3)),
        (b'{\n  "a": "\xff"\n}', ("not-utf8", 2, 9)),
        (b"[" * 100_000, ("too-deep", 1, 33)),
    ],
)
def test_a_file_that_is_not_json_is_a_problem_where_it_stops(raw: bytes, place: tuple[str, int, int]) -> None:
    problems = read({**FILES, "new": raw}).problems
    assert [(each.code, each.line, each.column) for each in problems] == [place]


@pytest.mark.parametrize("raw", [b'{\n  "a": 1,}', b'{"a": [\n1,\n]}'])
def test_a_comma_too_many_is_a_problem_at_it_or_behind_it(raw: bytes) -> None:
    """Python 3.13 tells where the comma is, older ones what follows it."""
    (problem,) = read({**FILES, "new": raw}).problems
    assert (problem.code, problem.line in (2, 3)) == ("schema-syntax", True)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("unit", '"x-prefix": "unt"', '"x-prefix": "UNT"'),
        ("unit", '"x-folder": "units"', '"x-folder": "../units"'),
        ("unit", '"x-table": "units"', '"x-table": "Units"'),
        ("unit", '"x-label": "name"', '"x-label": 5'),
        ("unit", '"$id": "unit.schema.json"', '"$id": "https://example.org/unit"'),
        ("unit", '"$schema": "dialect.schema.json"', '"$schema": "https://json-schema.org/draft-07/schema"'),
        ("unit", '"x-role": "factor"', '"x-role": ["factor"]'),
        ("place", '"x-names": true', '"x-names": 1'),
        ("project", '"x-table": "milestones"', '"x-table": "Milestones"'),
        ("defs", '"x-table": "ids"', '"x-table": "Ids"'),
        ("defs", '"x-letter": "c"', '"x-letter": "cc"'),
        ("indicator", '"x-from": "area/name"', '"x-from": "area.name"'),
    ],
)
def test_a_wrong_value_of_a_keyword_is_told_on_its_very_line(name: str, old: str, new: str) -> None:
    assert FILES[name].decode("utf-8").count(old) == 1
    line = FILES[name].decode("utf-8").partition(old)[0].count("\n") + 1
    found = [(each.code, each.path, each.line) for each in read(edited(name, old, new)).problems]
    assert found == [("schema-dialect", f"schemas/{name}.schema.json", line)]


@pytest.mark.parametrize(
    "keyword",
    [
        *('"format": "email"', '"x-format": "interval"', '"x-ref": "Place"', '"minimum": "0"', '"const": null'),
        *('"default": []', '"minLength": -1', '"x-column": "Factor"', '"enum": []', '"enum": ["Two Words"]'),
        *('"x-labels": {"a": "A"}', '"$ref": "unit.schema.json#/$defs/x"', '"$comment": "x"', '"examples": [1]'),
        *('"nullable": true', '"if": {}', '"not": {}', '"anyOf": []', '"properties": {}', '"patternProperties": {}'),
    ],
)
def test_a_field_has_only_what_can_be_tabulated_and_shown(keyword: str) -> None:
    found = read(edited("unit", '"type": "number",', f'"type": "number", {keyword},')).problems
    assert {each.code for each in found} == {"schema-dialect"}


@pytest.mark.parametrize(
    "word",
    ["$id", "type", "additionalProperties", "required", "properties", "title", "x-prefix", "x-table", "x-label"],
)
def test_a_kind_says_all_that_makes_it_one(word: str) -> None:
    source = {key: value for key, value in json.loads(FILES["unit"]).items() if key != word}
    found = read({**FILES, "unit": json.dumps(source).encode()}).problems
    assert {each.code for each in found} == {"schema-dialect"}


def test_a_part_has_a_key_or_a_letter_and_not_both() -> None:
    found = read(edited("defs", '"x-letter": "c"', '"x-letter": "c", "x-key": ["name"]')).problems
    assert [each.code for each in found] == ["schema-dialect"]


@pytest.mark.parametrize(
    ("name", "old", "new", "missed"),
    [
        ("defs", '"x-table": "ids"', '"x-table": "ids2"', "ids"),
        ("defs", '"x-role": "document"', '"x-role": "label"', "document"),
        ("defs", '"x-ref": "document"', '"x-ref": "star"', "star"),
        ("package", '"title",', "", "title"),
        ("package", '"x-ref": "place"', '"x-ref": "star"', "area"),
    ],
)
def test_what_the_engine_itself_needs_is_missed(name: str, old: str, new: str, missed: str) -> None:
    found = [(each.path, each.code, each.values) for each in read(edited(name, old, new)).problems]
    assert (f"schemas/{name}.schema.json", "schema-reference", {"found": missed}) in found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"name": {\n      "type": "string"', '"name": {\n      "$ref": "defs.schema.json#/$defs/name"'),
        ('"aliases": {\n      "type": "array"', '"aliases": {\n      "$ref": "defs.schema.json#/$defs/evidence"'),
    ],
)
def test_a_definition_that_leads_back_to_itself_is_refused(old: str, new: str) -> None:
    evidence = '"document": {\n            "$ref": "defs.schema.json#/$defs/id"'
    files = edited("defs", old, new)
    text = files["defs"].decode("utf-8")
    assert evidence in text
    files["defs"] = text.replace(evidence, evidence.replace("/id", "/aliases"), 1).encode("utf-8")
    found = read(files).problems
    assert found
    assert {(each.path, each.code) for each in found} == {("schemas/defs.schema.json", "schema-reference")}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig", "gb18030"])
def test_a_schema_is_utf_8_like_every_source(encoding: str) -> None:
    found = read({**FILES, "place": FILES["place"].decode("utf-8").encode(encoding)}).problems
    assert [each.path for each in found] == ["schemas/place.schema.json"]
    assert found[0].code in ("not-utf8", "byte-order-mark")


def test_a_schema_has_the_size_of_a_source_at_most() -> None:
    found = read({**FILES, "place": FILES["place"] + b" " * FILE_LIMIT}).problems
    assert [(each.path, each.code) for each in found] == [("schemas/place.schema.json", "file-too-large")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"x-folder": "places",', '"x-folder": "places"'),
        ('"x-folder": "places",', "x,"),
        ('"x-folder": "places",', '"x-folder" "places",'),
        ('"x-folder": "places",', '"x-folder": "places,'),
        ('"x-folder": "places",', '"x-folder": "places", "colour": 1,'),
        ('"x-folder": "places",', '"x-folder": 3,'),
        ('"x-prefix": "plc",', ""),
        ('"x-prefix": "plc",', '"x-prefix": "PLC",'),
        ('"type": "object",', '"type": "array",'),
        ('"pattern": "^([0-9]{6}|[0-9]{9}|[0-9]{12})$"', '"pattern": "[0-9]{6}"'),
    ],
)
def test_what_is_wrong_with_a_schema_is_said_in_words_of_our_own_in_both_languages(old: str, new: str) -> None:
    problems = read(edited("place", old, new)).problems
    assert problems
    for each in problems:
        said = each.values["words_zh"]
        assert re.search("[\u4e00-\u9fff]", said), said
        assert not re.search(
            "[Ee]xpect|is not of type|were unexpected|is a required|does not match|delimiter", str(each.values)
        )


NAMES_OF_PARTS = {
    "replaced_by": ("defs", "$defs", "retired", "properties"),
    "revises": ("indicator", "properties", "observations", "items", "properties"),
}


@pytest.mark.parametrize("field", NAMES_OF_PARTS)
def test_the_id_of_every_part_can_be_written_where_one_is_asked_for(field: str) -> None:
    file, *steps = NAMES_OF_PARTS[field]
    found = json.loads(FILES[file])
    for step in steps:
        found = found[step]
    with (ROOT / "build" / "csv" / "ids.csv").open(encoding="utf-8", newline="") as lines:
        ids = [row["id"] for row in csv.DictReader(lines)]
    shapes = [part for kind in read_model(FILES, DERIVATIONS).kinds.values() for part in kind.shape.parts.values()]
    words = {word for shape in shapes for key in shape.key for word in shape.fields[key].get("enum", ())}
    periods = ("2025", "2025-12", "2025-12-29", "2021--2025", "2025-01--2025-06", "2025-01-01--2025-06-30")
    ids += [f"prj-a1.{period}.{word}.target" for period in periods for word in words]
    ids += ["ind-gdp.2025.target.plc-linxi-lake.linxi-gwr-2026", "trm-a.linxi-gwr-2025"]
    assert {"set_up", "target"} <= words
    assert [each for each in ids if not re.match(found[field]["pattern"], each)] == []
    wrong = (
        "ind",
        "IND-gdp",
        "ind-gdp.",
        "ind--gdp",
        "ind_gdp",
        "ind-g_p",
        "ind-gdp..2025",
        "ind-gdp.2025/2026",
        "ind-gdp.2025-",
    )
    assert [each for each in wrong if re.match(found[field]["pattern"], each)] == []
