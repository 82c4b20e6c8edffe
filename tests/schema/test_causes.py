"""All that a record lacks is told in one run, and nothing that only follows from it."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factpack.disk.project import Project
from factpack.problems import Problem, pointer
from factpack.run.outcome import once_each
from factpack.run.workspace import Workspace, open_workspace
from factpack.schema.model import Kind, Schema, resolve
from factpack.source.documents import Document, load
from factpack.source.marks import Marks
from factpack.source.marks import Path as Steps

MOST = 4
"""Fields that are deleted together, at most."""


@pytest.fixture(scope="module")
def space(linxi: Path) -> Workspace:
    return open_workspace(Project(linxi))


def told(space: Workspace, kind: str, data: Any) -> list[Problem]:
    """Return what a check says of a record by its schema."""
    document = Document(space.schemas.kinds[kind].path(str(data.get("id"))), data, Marks())
    return once_each(space.reader.validators[kind].problems(document))


def objects(schema: Schema, value: Any, sources: Any, path: Steps = ()) -> Iterator[tuple[Steps, Schema]]:
    """Yield each object of a record with its schema."""
    schema = resolve(schema, sources)
    if isinstance(value, list):
        for at, each in enumerate(value):
            yield from objects(schema.get("items", {}), each, sources, (*path, at))
    elif isinstance(value, dict):
        yield path, schema
        for key, each in value.items():
            yield from objects(schema["properties"][key], each, sources, (*path, key))


def at(value: Any, path: Steps) -> Any:
    for step in path:
        value = value[step]
    return value


def missing(problem: Problem) -> set[tuple[str, str]]:
    """Return the fields that a problem says are missing, each with the pointer of its object."""
    values = problem.values
    fields = [values["field"]] + (values["others"].split(", ") if problem.code == "missing-choice" else [])
    return {(problem.pointer, field) for field in fields}


def test_all_deleted_fields_that_a_record_needs_are_told_at_once_and_no_others(space: Workspace) -> None:
    dice, sources, conditional = random.Random(20260119), space.schemas.sources, 0
    for kind in space.schemas.kinds.values():
        for record_id in space.ids[kind.name]:
            whole: Any = space.load(kind, record_id)[0].data
            there = list(objects(sources[kind.name], whole, sources))
            for count in range(1, MOST + 1):
                record = copy.deepcopy(whole)
                fields = [(path, schema, key) for path, schema in there for key in at(whole, path)]
                deleted = dice.sample(fields, min(count, len(fields)))
                gone = {(*path, key) for path, _, key in deleted}
                seen = [each for each in deleted if not any(each[0][: len(path)] == path for path in gone)]
                for path, _, key in seen:
                    del at(record, path)[key]
                plain = {(pointer(path), key) for path, schema, key in seen if key in schema.get("required", ())}
                conditional += _judge(space, kind.name, record, whole, seen, plain)
    assert conditional > 10, "the conditions were tried too"


def _judge(
    space: Workspace, kind: str, record: Any, whole: Any, deleted: list[Any], plain: set[tuple[str, str]]
) -> int:
    """Assert that what was deleted is told; return whether more was deleted than a record needs in any case."""
    problems = told(space, kind, record)
    lacking = [each for each in problems if each.code in ("missing-field", "missing-choice")]
    named = {field for each in lacking for field in missing(each)}
    places = {(pointer(path), key): path for path, _, key in deleted}
    assert plain <= named, (record.get("id"), plain - named)
    for each in lacking:
        assert missing(each) & places.keys(), (each, "is told, and was not deleted")
    for each in problems:  # what a field that is still there needs was deleted, and is no field that must be there
        if each not in lacking:
            assert each.code == "field-not-allowed", each
            assert each.pointer.rpartition("/")[0] in {place for place, _ in places.keys() - named}
    mended = copy.deepcopy(record)
    for place, key in named & places.keys():
        at(mended, places[place, key])[key] = at(whole, places[place, key])[key]
    left = [each for each in told(space, kind, mended) if each.code != "field-not-allowed"]
    for each in left:  # what only a condition asks for, of a field that came back
        assert missing(each) & places.keys()
        for place, key in missing(each) & places.keys():
            at(mended, places[place, key])[key] = at(whole, places[place, key])[key]
    assert [each for each in told(space, kind, mended) if each.code != "field-not-allowed"] == []
    return len(named) > len(plain)


def test_an_empty_record_of_each_type_lacks_all_its_fields_in_one_run(space: Workspace) -> None:
    for kind in space.schemas.kinds.values():
        problems = told(space, kind.name, {"id": f"{kind.prefix}-new"})
        needed = [field for field in kind.shape.schema["required"] if field != "id"]
        assert [each.values["field"] for each in problems] == needed


def test_what_a_record_needs_in_any_case_stands_before_what_a_condition_asks(space: Workspace) -> None:
    kind = space.schemas.kinds["indicator"]
    data = {"id": "ind-new", "measure": "level", "observations": [{"value": 1}]}
    fields = [each.values["field"] for each in told(space, "indicator", data) if not each.pointer]
    needed = [field for field in kind.shape.schema["required"] if field not in data]
    assert fields[: len(needed)] == needed
    assert sorted(fields[len(needed) :]) == ["timing", "unit"]


LINE = re.compile(r"^( *(?:- )?[a-z_]+: )[^\s{\[|>].*$", re.MULTILINE)
"""A field with a value on its line."""


def loaded(space: Workspace, kind: Kind, text: str) -> list[Problem]:
    """Return what a check says of the YAML of a record."""
    document = load(kind.path("ind-any"), text.encode())
    return once_each([*document.problems, *space.reader.validators[kind.name].problems(document)])


def test_a_value_that_cannot_be_read_is_one_problem(space: Workspace, linxi: Path) -> None:
    for kind in space.schemas.kinds.values():
        for record_id in space.ids[kind.name]:
            text = (linxi / kind.path(record_id)).read_text("utf-8")
            for line in LINE.finditer(text):
                broken = f"{text[: line.start()]}{line[1]}012{text[line.end() :]}"
                assert [each.code for each in loaded(space, kind, broken)] == ["ambiguous-scalar"], (record_id, line[0])


def test_a_value_that_cannot_be_read_hides_no_field_that_is_missing_or_unknown(space: Workspace) -> None:
    kind = space.schemas.kinds["indicator"]
    written = "id: ind-any\ntheme: 012\nunitt: unt-set\nobservations:\n  - period: 2025-12-29\n    reading: clear\n"
    problems = loaded(space, kind, written)
    assert [each.pointer for each in problems if each.code == "ambiguous-scalar"] == [
        "/theme",
        "/observations/0/period",
    ]
    assert {(each.pointer, each.values["field"]) for each in problems if each.code == "missing-field"} >= {
        ("", "name"),
        ("", "measure"),
        ("/observations/0", "status"),
        ("/observations/0", "evidence"),
    }
    assert {each.code for each in problems} == {"ambiguous-scalar", "missing-field", "unknown-field"}
