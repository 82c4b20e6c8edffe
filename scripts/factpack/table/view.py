"""Views: an item as the row that shows it sees it, with the roles of its fields and what other records say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import wraps
from typing import Any, TypeVar

from factpack.record.evidence import Evidence, decoded
from factpack.record.intervals import EXACT
from factpack.record.library import Library
from factpack.record.roles import by_role
from factpack.schema.model import Shape
from factpack.source.marks import Record
from factpack.text.ratios import as_quantity
from factpack.text.token import Token, normal_form, relation
from factpack.text.tokens import tokens_of


class Whole:
    """A record as the views of its items share it, with what they found out of other records."""

    def __init__(self, record: Record, shape: Shape, library: Library) -> None:
        self.record = record
        self.shape = shape
        self.library = library
        self.by_role = by_role(shape, record)
        self.role = library.role
        """The function that returns what plays a role in another record, or None."""
        self.known: dict[Callable[[Whole], Any], Any] = {}
        """What was found `once`."""


class View:
    """An item as its row sees it: the item, its record as a whole, and its place among the parts beside it."""

    def __init__(
        self,
        item: Record,
        shape: Shape,
        whole: Whole,
        above: View | None = None,
        siblings: Sequence[Record] = (),
        position: int = 1,
    ) -> None:
        self.item = item
        self.shape = shape
        self.whole = whole
        self.above = above
        self.siblings = siblings
        self.position = position
        self.known: dict[Callable[[View], Any], Any] = {}
        """What was found `once`."""
        values = whole.by_role if item is whole.record else {**whole.by_role, **by_role(shape, item)}
        self.get: Callable[[str], Any] = values.get
        """The function that returns what plays a role in the item, else in its record, else None."""

    def word(self, role: str, value: object) -> Mapping[str, str]:
        """Return the label of a value in the vocabulary of a role, by language."""
        for shape in (self.shape, self.whole.shape):
            labels = shape.fields.get(shape.role(role) or "", {}).get("x-labels", {})
            if value in labels:
                found: Mapping[str, str] = labels[value]
                return found
        return {"zh": str(value), "en": str(value)}


Found = TypeVar("Found")
Seen = TypeVar("Seen", View, Whole)


def once(derive: Callable[[Seen], Found]) -> Callable[[Seen], Found]:
    """Return a function that is called once a view, or once a record, however many others need what it finds."""

    @wraps(derive)
    def found(seen: Seen) -> Found:
        if derive not in seen.known:
            seen.known[derive] = derive(seen)
        known: Found = seen.known[derive]
        return known

    return found


@once
def evidence(view: View) -> tuple[Evidence, ...]:
    """Return the evidence of the item, else that of its record."""
    return decoded(view.get("evidence"))


@once
def printed_number(view: View) -> tuple[str, Token] | None:
    """Return the number of the item's quotes that gives its value, and its token; of a range both ends, and the later.

    None if none gives it.
    """
    value, high, member = (view.get(role) for role in ("value", "value_high", "member"))
    units: Any = view.whole.role(str(view.get("unit")), "printed_forms") or ()
    wanted = {value} if high is None else {value, high}
    for entry in evidence(view) if value is not None else ():
        found = tokens_of(entry.quote or "")
        for first, last in zip(found, found if high is None else found[1:], strict=False):
            if {relation(as_quantity(token, units, member))[0] for token in (first, last)} == wanted:
                return normal_form(entry.quote or "")[first.start : last.end], last
    return None


def token_of(view: View) -> Token | None:
    """Return the token of the item's quotes that gives its value and unit, or None."""
    found = printed_number(view)
    return found[1] if found else None


@once
def plain_unit(view: View) -> str | None:
    """Return the id of the plain unit that the value converts to."""
    unit = view.get("unit")
    if unit is None or view.get("value") is None:
        return None
    return str(view.whole.role(unit, "plain_unit") or unit)


@once
def plain_value(view: View) -> Decimal | None:
    """Return value times factor, in the plain unit, by exact decimal arithmetic."""
    return in_plain_unit(view, view.get("value"))


def in_plain_unit(view: View, value: Any) -> Decimal | None:
    """Return a number in the item's unit in the plain unit, exactly."""
    unit = view.get("unit")
    if value is None or unit is None:
        return None
    factor = view.whole.role(unit, "factor")
    return shortest(EXACT.multiply(Decimal(value), Decimal(factor if isinstance(factor, (int, Decimal)) else 1)))


def shortest(number: Decimal) -> Decimal:
    """Return a number without exponent and without zeros after its last digit behind the point."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1), context=EXACT) if whole == number else number.normalize(EXACT)
