"""Which errors of a schema are causes: what follows from another error is not told, for one cause is one problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from factpack.schema.model import Schema
from factpack.source.marks import Path

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

Branch = tuple[object, ...]
"""The path in its schema of what a condition demands, with the path of the object; empty if there is no condition."""


class Cause(NamedTuple):
    """An error that is told: what demands what, of which value, where."""

    validator: str
    validator_value: Any
    instance: Any
    absolute_path: Path
    otherwise: Sequence[str] = ()
    """The fields that an object may have in place of those that are missing."""


def causes(errors: Sequence[ValidationError], schema: Schema) -> list[Cause]:
    """Return the errors that do not follow from another, those that hold in any case before those of a condition.

    A value of the wrong type is not in the vocabulary either. If a condition does not allow a field, it is not also
    reported which one it requires instead; but where an object has none of the fields of either side of a condition, it
    lacks one of the two, and no more is told of that condition.
    """
    mistyped = {tuple(error.absolute_path) for error in errors if error.validator == "type"}
    choices = {_branch(error): sides for error in errors if (sides := _choice(error, schema))}
    refused = {_branch(error) for error in errors if _is_refusal(error)}
    found = [_cause(error) for error in sorted(errors, key=lambda error: bool(_branch(error)))]
    kept = [
        cause
        for error, cause in found
        if (error.validator == "type" or cause.absolute_path not in mistyped)
        and _branch(error) not in choices
        and not (error.validator == "required" and _branch(error) in refused)
        and not any(_waits_for(cause, choice) for choice in choices.values())
    ]
    return [*kept, *choices.values()]


def _waits_for(cause: Cause, choice: Cause) -> bool:
    """Say whether a list lacks an item that one of its items may be yet: it is still to be chosen what that is."""
    if cause.validator != "contains" or choice.absolute_path[:-1] != cause.absolute_path:
        return False
    return not {*cause.validator_value.get("required", ())}.isdisjoint(choice.otherwise)


def _cause(error: ValidationError) -> tuple[ValidationError, Cause]:
    return error, Cause(error.validator, error.validator_value, error.instance, tuple(error.absolute_path))


def _is_refusal(error: ValidationError) -> bool:
    """Say whether an error is about a field that a condition does not allow."""
    return error.validator == "not" and not error.validator_value


def _branch(error: ValidationError) -> Branch:
    steps = tuple(error.absolute_schema_path)
    last = max((at for at, step in enumerate(steps) if step in ("then", "else")), default=-1)
    return (*steps[: last + 1], _holder(error)) if last >= 0 else ()


def _holder(error: ValidationError) -> Path:
    """Return the path of the object that has the field of an error."""
    path = tuple(error.absolute_path)
    return path[:-1] if _is_refusal(error) else path


def _choice(error: ValidationError, schema: Schema) -> Cause | None:
    """Return the cause of an error that an object has neither what a condition asks for nor what else it needs."""
    steps = tuple(error.absolute_schema_path)
    if error.validator != "required" or steps[-2:-1] != ("else",):
        return None
    condition, wanted = _led(schema, steps[:-2])["if"], error.validator_value
    if condition.keys() != {"required"} or any(key in error.instance for key in wanted):
        return None
    return Cause("required", wanted, error.instance, tuple(error.absolute_path), condition["required"])


def _led(schema: Schema, steps: Sequence[object]) -> Any:
    """Return what the steps of an error lead to in its schema; they do not name the references on their way."""
    found: Any = schema
    for step in steps:
        while isinstance(found, dict) and step not in found and "$ref" in found:
            found = _led(schema, found["$ref"].removeprefix("#/").split("/"))
        found = found[step]
    return found
