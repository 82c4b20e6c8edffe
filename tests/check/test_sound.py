"""A fault in one place hides no other fault, and makes none where there is none."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest

from factpack.check.record import check_record
from factpack.disk.project import Project
from factpack.problems import Problem
from factpack.run.pipeline import names_known
from factpack.run.workspace import Workspace, open_workspace
from factpack.schema.model import Kind
from factpack.source.documents import Document
from factpack.source.marks import Marks

BREAKS: list[Any] = [None, 7, "x", "2026年", [], {}, True]


@pytest.fixture(scope="module")
def space(linxi: Path) -> Workspace:
    space = open_workspace(Project(linxi))
    return space.knowing(names_known(space))


def told(space: Workspace, kind: Kind, data: Any) -> tuple[list[Problem], list[Problem]]:
    """Return what a record breaks of its schema, and all that is told of it."""
    document = Document(kind.path(str(data.get("id"))), data, Marks())
    problems = space.reader.validators[kind.name].problems(document)
    return problems, list(check_record(kind, document, problems, space.library).problems)


def test_a_break_of_the_schema_makes_no_other_problem(space: Workspace) -> None:
    dice, tried = random.Random(16), 0
    for kind in space.schemas.kinds.values():
        for record_id in space.ids[kind.name]:
            for _ in range(8):
                record: Any = copy.deepcopy(space.load(kind, record_id)[0].data)
                holders = [record, *(each for field in kind.shape.parts for each in record.get(field, ()))]
                holder = dice.choice(holders)
                holder[dice.choice(list(holder))] = dice.choice(BREAKS)
                broken, all_ = told(space, kind, record)
                if broken:
                    assert all_ == broken, record
                    tried += 1
    assert tried > 500


@pytest.mark.parametrize(
    "broken", [{"status": "wrong"}, {"period": "2026年"}, {"colour": "red"}, {"period_basis": None}]
)
def test_a_broken_part_hides_no_wrong_value_of_another_part(space: Workspace, broken: dict[str, Any]) -> None:
    kind, tried = space.schemas.kinds["indicator"], 0
    for record_id in space.ids["indicator"]:
        record: Any = copy.deepcopy(space.load(kind, record_id)[0].data)
        parts = record["observations"]
        if len(parts) > 1 and "value" in parts[-1] and "retired" not in parts[-1]:
            parts[-1]["value"] += 987
            parts[-1].pop("value_high", None)
            alone = [each for each in told(space, kind, record)[1] if each.pointer]
            parts[0] |= broken
            together = told(space, kind, record)[1]
            assert alone
            assert {*alone} <= {*together}, record_id
            tried += 1
    assert tried > 3


def test_a_broken_field_of_the_record_hides_no_wrong_value(space: Workspace) -> None:
    kind = space.schemas.kinds["indicator"]
    record: Any = copy.deepcopy(space.load(kind, space.ids["indicator"][0])[0].data)
    valued = next(each for each in record["observations"] if "value" in each)
    valued["value"] += 987
    record["theme"] = "economics"
    assert {each.code for each in told(space, kind, record)[1]} >= {"not-in-vocabulary", "value-not-in-quote"}


def test_a_broken_rule_hides_no_other_rule_and_no_wrong_value_elsewhere(space: Workspace) -> None:
    kind = space.schemas.kinds["indicator"]
    for record_id in space.ids["indicator"]:
        record: Any = copy.deepcopy(space.load(kind, record_id)[0].data)
        if len(record["observations"]) > 1 and all("value" in each for each in record["observations"]):
            first, second = record["observations"][:2]
            first["period"], second["value"] = "2025-02-30", second["value"] + 987
            record["name"]["en"] = "名称"
            codes = {each.code for each in told(space, kind, record)[1]}
            assert codes >= {"bad-period", "untranslated", "value-not-in-quote"}
            return
    pytest.fail("no record with two values")
