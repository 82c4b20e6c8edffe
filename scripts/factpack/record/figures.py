"""Figures of records: which of its parts give numbers that are judged, and each number in its plain unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from factpack.record.intervals import EXACT, Figure
from factpack.record.library import Library
from factpack.schema.model import Shape, kept
from factpack.source.marks import Record


@kept
def judged_part(shape: Shape) -> tuple[str, Shape] | None:
    """Return the field and shape of the parts of a record that give results and targets, or None."""
    wanted = ("period", "status", "value", "bound")
    return next(((field, part) for field, part in shape.parts.items() if all(map(part.role, wanted))), None)


def figure_of(shape: Shape, item: Record, record: Record, library: Library) -> Figure | None:
    """Return the number of a part of a record in its plain unit, or None where it has none."""
    value, high, bound, unit = (item.get(shape.role(role) or "") for role in ("value", "value_high", "bound", "unit"))
    if unit is None:
        unit = record.get(shape.fields.get(shape.role("unit") or "", {}).get("x-inherit", ""))
    if not isinstance(value, (int, Decimal)):
        return None
    factor: Any = library.role(str(unit), "factor")
    scale = Decimal(factor) if isinstance(factor, (int, Decimal)) else Decimal(1)
    plain = str(library.role(str(unit), "plain_unit") or unit)
    upper = EXACT.multiply(Decimal(high), scale) if isinstance(high, (int, Decimal)) else None
    return Figure(
        EXACT.multiply(Decimal(value), scale),
        str(bound or "exact"),
        upper,
        EXACT.multiply(_half(Decimal(value)), abs(scale)),
        library.role(plain, "quantity") in ("ratio", "difference"),
        plain,
    )


def _half(value: Decimal) -> Decimal:
    """Return half of the last digit that is written."""
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb(min(exponent if isinstance(exponent, int) else 0, 0) - 1)
