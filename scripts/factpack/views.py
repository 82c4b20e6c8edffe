"""Views: an item as the row that shows it sees it, with the roles of its fields and what other records say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

from factpack.lookups import Library, Record
from factpack.schemas import Shape
from factpack.tokens import Token, relation, tokens_of

EXACT = Context(prec=60)
"""Digits enough for the product of any value and factor; the default of 28 rounds without a word."""


@dataclass(frozen=True, slots=True)
class View:
    """An item as its row sees it: the item, its record, the parts beside it, and the library."""

    item: Record
    shape: Shape
    record: Record
    record_shape: Shape
    siblings: Sequence[Record]
    library: Library

    def get(self, role: str) -> Any:
        """Return what plays a role in the item, else in its record, else None."""
        for item, shape in ((self.item, self.shape), (self.record, self.record_shape)):
            field = shape.role(role)
            if field and item.get(field) is not None:
                return item[field]
        return None

    def word(self, role: str, value: object) -> Mapping[str, str]:
        """Return the label of a value in the vocabulary of a role, by language."""
        for shape in (self.shape, self.record_shape):
            labels = shape.fields.get(shape.role(role) or "", {}).get("x-labels", {})
            if value in labels:
                found: Mapping[str, str] = labels[value]
                return found
        return {"zh": str(value), "en": str(value)}


def token_of(view: View) -> Token | None:
    """Return the token of the item's quotes that gives its value, or None."""
    value = view.get("value")
    for piece in view.get("evidence") or () if value is not None else ():
        for token in tokens_of(piece.get("quote", "")):
            if relation(token)[0] == value:
                return token
    return None


def plain_unit(view: View) -> str | None:
    """Return the id of the plain unit that the value converts to."""
    unit = view.get("unit")
    if unit is None or view.get("value") is None:
        return None
    return str(view.library.role(unit, "plain_unit") or unit)


def plain_value(view: View) -> Decimal | None:
    """Return value times factor, in the plain unit, by exact decimal arithmetic."""
    value, unit = view.get("value"), view.get("unit")
    if value is None or unit is None:
        return None
    factor = view.library.role(unit, "factor")
    return shortest(EXACT.multiply(Decimal(value), Decimal(factor if isinstance(factor, (int, Decimal)) else 1)))


def shortest(number: Decimal) -> Decimal:
    """Return a number without exponent and without zeros after its last digit behind the point."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1), context=EXACT) if whole == number else number.normalize(EXACT)
