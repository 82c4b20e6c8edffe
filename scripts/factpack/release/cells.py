"""Fit: the cells of a table as another form holds them, each refused by its place where the form cannot.

A form never cuts, rounds or replaces a cell. What it cannot hold is an `Unfit`, so that a release is whole or not made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from factpack.package.table import Cell, Field, Table
from factpack.words import Both

Held = TypeVar("Held")
DIGITS = {
    "zh": "数字的有效位数超出双精度浮点数所能保存的范围",
    "en": "a number with more digits than a double keeps",
}
WIDE = {"zh": "整数超出 64 位", "en": "a whole number of more than 64 bits"}


@dataclass(eq=False)
class Refused(Exception):
    """A form cannot hold a cell, and why."""

    why: Both


@dataclass(eq=False)  # not frozen: Python writes the traceback on an exception that passes a context manager
class Unfit(ValueError):
    """A form cannot hold a cell: its table, the key of its row, its column, and why in both languages."""

    table: str
    row: str
    column: str
    why: Both

    def __str__(self) -> str:
        return self.said("en")

    def said(self, language: str) -> str:
        """Return the sentence in a language, `zh` or `en`."""
        colon = {"zh": "：", "en": ": "}[language]
        return f"{' / '.join(filter(None, (self.table, self.row, self.column)))}{colon}{self.why[language]}"


def fitted(table: Table, hold: Callable[[Field, Cell], Held]) -> Iterator[tuple[Held | None, ...]]:
    """Yield the rows with each cell as `hold` gives it, empty as None; raises Unfit at the first that is Refused."""
    key = [at for at, field in enumerate(table.fields) if field.name in table.key]
    for row in table.rows():
        held: list[Held | None] = []
        for field, cell in zip(table.fields, row, strict=True):
            try:
                held.append(None if cell is None else hold(field, cell))
            except Refused as refused:
                raise Unfit(table.name, " ".join(str(row[at]) for at in key), field.name, refused.why) from None
        yield tuple(held)


def double(number: Decimal) -> float:
    """Return the double whose shortest writing is this number (IEEE 754 keeps every one of 15 digits), or refuse."""
    found = float(number)
    if Decimal(repr(found)) != number:
        raise Refused(DIGITS)
    return found


def long(number: int) -> int:
    """Return a whole number that 64 bits hold, or refuse."""
    if not -(2**63) <= number < 2**63:
        raise Refused(WIDE)
    return number
