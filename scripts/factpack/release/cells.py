"""The cells of a table in another format: each is converted whole, or refused with its place.

No format cuts, rounds or replaces a cell, so a release is complete or not made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from factpack.package.table import Cell, Field, Table
from factpack.source.cells import INTEGERS
from factpack.words import texts_in

Converted = TypeVar("Converted")


class NotRepresentable(Exception):
    """A format cannot contain a value: why, as a key of `refusals` in words.yaml and what is filled in there."""

    def __init__(self, why: str, **values: object) -> None:
        super().__init__(why)
        self.why, self.values = why, values


@dataclass(eq=False)  # not frozen: Python writes the traceback on an exception that passes a context manager
class CellNotRepresentable(ValueError):
    """A format cannot contain a cell: its table, the key of its row, its column, and why (see NotRepresentable)."""

    table: str
    row: str
    column: str
    why: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.message("en")

    def message(self, language: str) -> str:
        """Return the sentence in a language, `zh` or `en`."""
        words = texts_in(language, "release", "refusals")
        place = " / ".join(filter(None, (self.table, self.row, self.column)))
        return words["cell"].format(place=place, why=words[self.why].format_map(self.values))


def convert_cells(table: Table, convert: Callable[[Field, Cell], Converted]) -> Iterator[tuple[Converted | None, ...]]:
    """Yield the rows with each cell as `convert` returns it, empty as None.

    `convert` raises NotRepresentable for a cell that its format cannot contain; the first raises CellNotRepresentable.
    """
    key = [at for at, field in enumerate(table.fields) if field.name in table.key]
    for row in table.rows():
        converted: list[Converted | None] = []
        for field, cell in zip(table.fields, row, strict=True):
            try:
                converted.append(None if cell is None else convert(field, cell))
            except NotRepresentable as error:
                place = " ".join(str(row[at]) for at in key)
                raise CellNotRepresentable(table.name, place, field.name, error.why, error.values) from None
        yield tuple(converted)


def as_double(number: Decimal) -> float:
    """Return the double whose shortest form is this number (IEEE 754 keeps any 15 digits); raises NotRepresentable."""
    found = float(number)
    if Decimal(repr(found)) != number:
        raise NotRepresentable("double")
    return found


def as_int64(number: int) -> int:
    """Return a whole number of at most 64 bits; raises NotRepresentable."""
    if number not in INTEGERS:
        raise NotRepresentable("int64")
    return number
