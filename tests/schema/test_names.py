"""Names that become files, sheets, tables and columns: those that cannot be used are problems at their lines."""

from __future__ import annotations

import json
from typing import Any

import pytest

from factpack.disk.project import Project
from factpack.problems import Problem
from factpack.schema.names import NAME_LIMIT, TABLE_LIMIT, name_fault
from factpack.schema.read import read
from factpack.table.derived import DERIVATIONS
from festivals import FESTIVAL
from projects import ROOT

FILES = Project(ROOT).schemas()


def problems(schema: str, content: dict[str, Any]) -> list[Problem]:
    return list(read({**FILES, schema: json.dumps(content, indent=2).encode()}, DERIVATIONS).problems)


def festival(**changed: Any) -> dict[str, Any]:
    """Return the schema of festivals with other keywords."""
    return {**json.loads(json.dumps(FESTIVAL)), **changed}


def found(schema: str, content: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(each.code, each.pointer, each.values.get("found", "")) for each in problems(schema, content)]


def test_the_schema_that_is_changed_here_is_clean() -> None:
    assert problems("festival", festival()) == []


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("sqlite_master", "SQLite keeps"),
        ("sqlite_x", "SQLite keeps"),
        ("history", "Excel allows no sheet"),
        ("con", "Windows keeps"),
        ("lpt1", "Windows keeps"),
        ("units_en", "a view of this name"),
        ("festivals_zh", "a view of this name"),
        ("f" * (TABLE_LIMIT + 1), "more than 31"),
        ("f" * 300, "more than 31"),
    ],
)
def test_a_table_that_a_form_cannot_have_is_a_problem_at_its_name(table: str, why: str) -> None:
    content = festival()
    content["properties"]["zones"]["items"]["x-table"] = table
    (problem,) = problems("festival", content)
    assert (problem.code, problem.pointer) == ("unfit-name", "/properties/zones/items/x-table")
    assert why in problem.message()


@pytest.mark.parametrize("table", ["../../../../../pwned", "a/b", "A", "a b", "a-b", "1a", "数", 'a"; --'])
@pytest.mark.parametrize("keyword", ["x-table", "x-folder"])
def test_a_table_or_folder_leads_nowhere_else(keyword: str, table: str) -> None:
    assert name_fault(table)
    assert found("festival", festival(**{keyword: table}))[0][:2] == ("schema-dialect", f"/{keyword}")


@pytest.mark.parametrize("name", ["con", "Festival", "a-b", "a.b", "f" * (NAME_LIMIT + 1)])
def test_a_schema_is_named_as_a_record_type_may_be(name: str) -> None:
    content = festival(**{"$id": "festival.schema.json"})
    assert ("unfit-name", "", name) in found(name, content)


@pytest.mark.parametrize(
    ("folder", "code"), [("texts", "schema-clash"), ("places", "schema-clash"), ("aux", "unfit-name")]
)
def test_a_folder_that_is_taken_is_a_problem(folder: str, code: str) -> None:
    assert found("festival", festival(**{"x-folder": folder})) == [(code, "/x-folder", folder)]


@pytest.mark.parametrize("table", ["units", "festivals", "projects_places", "evidence", "festivals_hosts"])
def test_a_table_of_parts_has_a_name_of_its_own(table: str) -> None:
    content = festival()
    listed = {"type": "array", "items": {"$ref": "defs.schema.json#/$defs/id", "x-ref": "place"}}
    texts = {key: value for key, value in content["properties"]["host"].items() if key not in ("$ref", "x-ref")}
    content["properties"] |= {"hosts": {**texts, **listed}}  # a list of references has the table festivals_hosts
    assert problems("festival", content) == []
    content["properties"]["zones"]["items"]["x-table"] = table
    clashes = found("festival", content)
    assert [each[0] for each in clashes] == ["schema-clash"]
    assert clashes[0][2] == table


def test_two_columns_of_one_name_are_a_problem() -> None:
    content = festival()
    texts = {key: content["properties"]["name"][key] for key in ("title", "description", "x-title", "x-description")}
    content["properties"]["name_zh"] = {"type": "string", **texts}
    assert found("festival", content) == [("unfit-name", "/properties/name_zh", "name_zh")]


def test_a_table_has_no_more_columns_than_a_database_takes() -> None:
    content = festival()
    texts = dict.fromkeys(("title", "description"), "x")
    texts |= {f"x-{word}": {"zh": "x", "en": "x"} for word in ("title", "description")}  # type: ignore[misc]
    content["properties"] |= {f"f{n}": {"type": "string", **texts} for n in range(1_001)}
    raw = json.dumps(content, ensure_ascii=False).encode()
    (problem,) = read({**FILES, "festival": raw}, DERIVATIONS).problems
    assert (problem.code, problem.pointer) == ("schema-dialect", "/x-table")


@pytest.mark.parametrize(
    "name", ["../../../../evil", "a/b", ".", "..", "", "A", "a--b", "-a", "con", "nul", "a" * 61, "数据", "a\n", "a.b"]
)
def test_a_package_cannot_be_named_so(name: str) -> None:
    assert name_fault(name, form="package")["found"] == name


@pytest.mark.parametrize("name", ["a", "wuchang-government-work-report", "2025-report", "a" * 60])
def test_a_package_can_be_named_so(name: str) -> None:
    assert name_fault(name, form="package") == {}


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        (("properties", "name", "$ref"), "defs.schema.json#/$defs/text"),
        (("properties", "title", "$ref"), "defs.schema.json#/$defs/slug"),
        (("properties", "version", "$ref"), "defs.schema.json#/$defs/aliases"),
        (("properties", "licenses", "items", "required"), ["name", "title"]),
        (("properties", "contributors", "items", "required"), ["title"]),
    ],
)
def test_the_package_keeps_the_fields_that_the_program_needs(keyword: tuple[str, ...], value: object) -> None:
    package = json.loads(FILES["package"])
    node = package
    for step in keyword[:-1]:
        node = node[step]
    node[keyword[-1]] = value
    assert found("package", package)[0][:2] == ("schema-dialect", f"/properties/{keyword[1]}")
