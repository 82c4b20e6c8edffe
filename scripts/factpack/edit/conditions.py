"""On what it depends that an object needs a field, as its schema says it with `if` and `then`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from factpack.schema.model import Schema

Steps = tuple[str, ...]
"""The path of a field from an object, through lists of parts."""


class Condition(NamedTuple):
    """What makes a field needed: that another one has one of some values, is there, or is not.

    `kind` is `value`, `with`, `without`, or `entry`: an entry of the list `field` has the field `values[0]`.
    """

    kind: str
    field: str
    values: tuple[str, ...] = ()


Demands = Mapping[Steps, tuple[Condition, ...]]
"""Conditions by the paths of the fields that they make needed."""


def demands(schema: Schema) -> Demands:
    """Return what makes fields of an object and of the parts in it needed."""
    found: dict[Steps, list[Condition]] = {}
    for clause in schema.get("allOf", ()):
        for condition in _conditions(clause.get("if", {})):
            for steps in _required(clause.get("then", {})):
                found.setdefault(steps, []).append(condition)
            if condition.kind == "with":
                for steps in _required(clause.get("else", {})):
                    found.setdefault(steps, []).append(Condition("without", condition.field))
    return {steps: tuple(each) for steps, each in found.items()}


def below(found: Demands, field: str) -> Demands:
    """Return what an object demands of the parts in one of its fields."""
    return {steps[1:]: each for steps, each in found.items() if len(steps) > 1 and steps[0] == field}


def joined(one: Demands, other: Demands) -> Demands:
    """Return the demands of both."""
    return {steps: (*one.get(steps, ()), *other.get(steps, ())) for steps in {**one, **other}}


def _conditions(test: Schema) -> Iterator[Condition]:
    """Yield what a condition asks for: the values of a field, else that the field is there."""
    asked = test.get("properties", {})
    for field, schema in asked.items():
        if "enum" in schema:
            yield Condition("value", field, tuple(map(str, schema["enum"])))
        elif "contains" in schema:
            yield Condition("entry", field, tuple(schema["contains"].get("required", ())))
    yield from (Condition("with", field) for field in test.get("required", ()) if field not in asked)


def _required(demanded: Schema) -> Iterator[Steps]:
    """Yield the paths of the fields that are needed then."""
    yield from ((field,) for field in demanded.get("required", ()))
    for field, schema in demanded.get("properties", {}).items():
        if isinstance(schema, dict):
            yield from ((field, *steps) for steps in _required(schema.get("items", {})))
