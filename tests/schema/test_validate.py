"""Validation: jsonschema-rs decides as jsonschema does, and each breach is told in the words of records and fields."""

from __future__ import annotations

import copy
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from command_line import Run
from factpack.disk.project import Project
from factpack.run.workspace import Workspace, open_workspace
from factpack.schema.engines import explainer
from factpack.source.documents import Document
from factpack.source.marks import Marks

MUTANTS = 1_500


@pytest.fixture(scope="module")
def space(linxi: Path) -> Workspace:
    return open_workspace(Project(linxi))


def records(space: Workspace) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for kind in space.schemas.kinds.values():
        for name in space.ids[kind.name]:
            data = space.load(kind, name)[0].data
            if data is not None:
                found.append((kind.name, data))
    return found


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return (container, key) of every value inside a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, each in inner for found in [(value, key), *places(each)]]


STRANGE: list[Any] = [
    None, True, 0, -1, 12, 10**12, Decimal("12.0"), Decimal("0.5"), "", "x", "ind-gdp", "ind-gdp\n",
    "2025", "2025\n",
    "over", "actual", [], ["x"], ["x", "x"], {}, {"zh": "一"}, {"zh": "一", "en": "one"},
    {"zh": "", "en": "one", "fr": "un"},
]  # fmt: skip


def mutate(record: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    mutant = copy.deepcopy(record)
    holder, key = dice.choice(places(mutant))
    match dice.randrange(3):
        case 0:
            del holder[key]
        case 1:
            holder[key] = dice.choice(STRANGE)
        case _:
            if isinstance(holder, dict):
                holder[dice.choice(["colour", "value", "bound", "claim", "whole", "locator", "unit"])] = dice.choice(
                    STRANGE
                )
            else:
                holder.append(copy.deepcopy(holder[key]))
    return mutant


def test_every_record_is_valid_for_both(space: Workspace) -> None:
    assert records(space)
    for kind, record in records(space):
        validator = space.reader.validators[kind]
        assert validator.decides.is_valid(record)
        assert list(validator.errors(record)) == []


def test_the_two_validators_agree_on_mutations_of_right_records(space: Workspace) -> None:
    dice, real, refused = random.Random(20251229), records(space), 0
    for _ in range(MUTANTS):
        kind, record = dice.choice(real)
        mutant = mutate(record, dice)
        validator = space.reader.validators[kind]
        decided = validator.decides.is_valid(mutant)
        assert decided == (not list(validator.errors(mutant))), mutant
        refused += not decided
    assert refused > MUTANTS // 2


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("theme: economy", "thema: economy", "unknown-field]: there is no field 'thema' here"),
        ("theme: economy", "theme: economics", "not-in-vocabulary]: 'economics' is not a value of 'theme'"),
        ("timing: flow\n", "", "missing-field]: the field 'timing' is missing"),
        ("timing: flow", "timing: flow\nwhole:\n  zh: 全部\n  en: all",
         "field-not-allowed]: `whole` cannot be used"),
        ("unit: unt-cny-100m", "unit: 元", "wrong-form]: '元' is not written as 'unit' must be"),
        ("value: 220", "value: '220'", "wrong-type]: 'value' must be a number, but '220' is a text"),
        ("period: '2026'", "period: 2026", "wrong-type]: 'period' must be a text, but '2026' is a whole number"),
        ("paragraph: 4", "paragraph: 0", "out-of-range]: 'paragraph' is 0; it must be at least 1"),
        ("theme: economy", "theme:", "no-value]: the field 'theme' has no value"),
        ("theme: economy", "theme: 3", "wrong-type]: 'theme' must be a text, but '3' is a whole number"),
        ("value: 220", "vlaue: 220", "unknown-field]: there is no field 'vlaue' here"),
        ("measure: level", "maesure: level", "unknown-field]: there is no field 'maesure' here"),
        ("    value: 220\n", "", "missing-choice]: `value` or `claim` is missing"),
        ("        paragraph: 4\n        quote: 力争地区生产总值突破220亿元\n", "",
         "missing-choice]: `locator` or `paragraph` and `quote` is missing"),
        ("        quote: 力争地区生产总值突破220亿元\n", "", "missing-field]: the field 'quote' is missing"),
        ("paragraph: 4\n", "locator: page 4\n", "field-not-allowed]: `quote` cannot be used"),
    ],
)  # fmt: skip
def test_a_breach_is_one_problem_in_the_words_of_fields(minimal: Path, run: Run, old: str, new: str, line: str) -> None:
    path = minimal / "sources/indicators/ind-gdp.yaml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    code, out, _ = run(minimal, "check")
    assert code == 1
    assert line in out
    assert out.count("error[") == 1


def test_a_near_miss_is_named_in_the_hint(minimal: Path, run: Run) -> None:
    path = minimal / "sources/indicators/ind-gdp.yaml"
    path.write_text(path.read_text("utf-8").replace("theme:", "them:"), "utf-8")
    assert "  hint: did you mean: theme?" in run(minimal, "check")[1].splitlines()


def test_a_schema_can_fetch_nothing(minimal: Path, run: Run) -> None:
    path = minimal / "schemas/place.schema.json"
    text = path.read_text("utf-8")
    for address in ("http://127.0.0.1:9/x.json", "file:///etc/hostname"):
        dialect = minimal / "schemas/dialect.schema.json"
        kept = dialect.read_text("utf-8")
        dialect.write_text(kept.replace('"$ref": "#/$defs/bilingual"', f'"$ref": "{address}"', 1), "utf-8")
        assert "error[dialect-differs]" in run(minimal, "check")[1]
        dialect.write_text(kept, "utf-8")
        path.write_text(text.replace("defs.schema.json#/$defs/text", address, 1), "utf-8")
        code, out, _ = run(minimal, "check")
        assert code == 1
        assert "schemas/place.schema.json" in out
        assert "schema-dialect" in out


@pytest.mark.parametrize(
    ("items", "unique"),
    [
        ([1, True, "1", None, [1], {"a": 1}], True),
        ([0, False, "", [], {}], True),
        ([1, Decimal("1.0")], False),
        ([{"a": 1, "b": [2]}, {"b": [2], "a": 1}], False),
        ([{"a": 1}, {"a": True}], True),
        ([[1], [1, 1], [[1]]], True),
        ([["x"], "x", ["x"]], False),
        ([None, None], False),
    ],
)
def test_items_are_the_same_where_both_validators_say_so(items: list[Any], unique: bool) -> None:
    schema = {"uniqueItems": True}
    assert (list(explainer(schema).iter_errors(items)) == []) is unique
    assert jsonschema_rs.Draft202012Validator(schema).is_valid(items) is unique


MIXED = [number if number % 2 else {"n": number} for number in range(9_000)]


@pytest.mark.parametrize(
    "changed",
    [
        {"aliases": MIXED},
        {"aliases": [str(each) for each in MIXED]},
        {"kind": MIXED},
        {"evidence": [{}] * 9_000},
        {f"k{number}": 1 for number in range(9_000)},
    ],
    ids=["mixed", "texts", "no text", "parts", "fields"],
)
@pytest.mark.timeout(60)
def test_a_record_of_thousands_of_faults_is_judged(space: Workspace, changed: dict[str, Any]) -> None:
    marks = Document("sources/places/plc-x.yaml", {**records(space)[0][1], **changed}, Marks())
    assert space.reader.validators["place"].problems(marks)
