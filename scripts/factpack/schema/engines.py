"""The two validators of a JSON Schema: one decides quickly, the other says what is wrong. They agree.

Neither can fetch anything, and both ask the same engine for `pattern`. It takes a time in proportion to the text
whatever the pattern, since it has no look-around and no back references.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn

from factpack.disk.interrupts import at_once
from factpack.schema.model import Schema

if TYPE_CHECKING:
    import jsonschema_rs
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator as Explainer


def decider(schema: Schema) -> jsonschema_rs.Draft202012Validator:
    """Return the validator that decides; raises ValueError or TypeError for what is not a JSON Schema."""
    with at_once():
        import jsonschema_rs  # takes a tenth of the time of a check of which all results are kept

    return jsonschema_rs.Draft202012Validator(
        schema, validate_formats=False, retriever=refuse, pattern_options=jsonschema_rs.RegexOptions()
    )


def explainer(schema: Schema) -> Explainer:
    """Return the jsonschema validator, whose errors say what is wrong, set to agree with the one that decides.

    12.0 read as a Decimal is an integer, as JSON Schema says; the linear engine matches patterns.
    """
    import jsonschema  # heavy, and only needed to word what is wrong
    from referencing import Registry

    def is_integer(_: object, value: object) -> bool:
        if isinstance(value, Decimal):
            return value == value.to_integral_value()
        return (isinstance(value, int) and not isinstance(value, bool)) or (
            isinstance(value, float) and value.is_integer()
        )

    def pattern(_: object, wanted: str, value: object, __: object) -> Iterator[ValidationError]:
        if not pattern_decider(wanted).is_valid(value):
            yield jsonschema.ValidationError(f"{value!r} does not match {wanted!r}")

    def unique(_: object, wanted: bool, value: object, __: object) -> Iterator[ValidationError]:
        if wanted and isinstance(value, list) and repeated(value):
            yield jsonschema.ValidationError(f"{value!r} has non-unique elements")

    base = jsonschema.Draft202012Validator
    checker = base.TYPE_CHECKER.redefine("integer", is_integer)
    ours = {"pattern": pattern, "uniqueItems": unique}
    return jsonschema.validators.extend(base, ours, type_checker=checker)(schema, registry=Registry())


@lru_cache(maxsize=256)
def pattern_decider(pattern: str) -> jsonschema_rs.Draft202012Validator:
    """Return the validator of a pattern alone; raises ValueError where the linear engine does not support it."""
    return decider({"pattern": pattern})


def refuse(address: str) -> NoReturn:
    """Raise ValueError: nothing that a schema refers to is fetched."""
    raise ValueError(f"not fetched: {address}")


def repeated(items: Iterable[object]) -> list[object]:
    """Return the first item that is in a list a second time, alone, or an empty list."""
    seen: set[Hashable] = set()
    for item in items:
        key = _key(item)
        if key in seen:
            return [item]
        seen.add(key)
    return []


def _key(value: object) -> Hashable:
    """Return what two values share when JSON Schema takes them for equal: 1 and 1.0 are, 1 and true are not."""
    if isinstance(value, dict):
        return frozenset((name, _key(item)) for name, item in value.items())
    return tuple(map(_key, value)) if isinstance(value, list) else (isinstance(value, bool), value)
