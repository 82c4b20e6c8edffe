"""A table of the built package, read back: its fields, links, rows and cells."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from factpack.words import Both, text_in

Cell = str | int | Decimal | bool | datetime.date | None
Row = Mapping[str, Cell]
"""A row by column."""


@dataclass(frozen=True)
class Field:
    """A column: its type is `string`, `integer`, `number`, `boolean` or `date`, as Table Schema calls them."""

    name: str
    type: str
    title: Both
    description: Both
    required: bool
    format: str
    categories: Mapping[str, str]
    """Labels by value, where the column has a vocabulary."""

    @property
    def vocabulary(self) -> str:
        """Its vocabulary as a text, a line a value; empty where it has none."""
        return "\n".join(f"{value}: {label}" for value, label in self.categories.items())

    def heading(self, language: str) -> str:
        """Return its title in a language, without the words that name the language: `Name`, not `Name (English)`."""
        return self.title[language].removesuffix(text_in(language, "table", "columns", f"in {language}", title=""))

    @cached_property
    def labels(self) -> Mapping[str, Both]:
        """Its labels by value in both languages, which the descriptor prints as one: `Report / 报告`."""
        halves = {value: label.rpartition(" / ") for value, label in self.categories.items()}
        return {value: {"zh": zh, "en": en or zh} for value, (en, _, zh) in halves.items()}


@dataclass(frozen=True, slots=True)
class Link:
    """A foreign key: a column, the table it points into, and the column there."""

    field: str
    table: str
    target: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns and keys, and its rows as they stand in its CSV."""

    name: str
    path: str
    title: Both
    description: Both
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    links: tuple[Link, ...]
    raw: bytes
    """Its CSV."""

    def field(self, name: str) -> Field | None:
        """Return a column by its name; None where the table has no such column."""
        return next((each for each in self.fields if each.name == name), None)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows, each with a cell for each field; empty is None."""
        read = [_READ[field.type] for field in self.fields]
        lines = csv.reader(io.StringIO(self.raw.decode("utf-8"), newline=""))
        next(lines)
        for line in lines:
            yield tuple(each(cell) if cell else None for each, cell in zip(read, line, strict=True))

    def items(self) -> Iterator[Row]:
        """Yield the rows as mappings of columns to cells."""
        names = [field.name for field in self.fields]
        return (dict(zip(names, row, strict=True)) for row in self.rows())


def name_text(row: Row, language: str) -> str:
    """Return one of the other names of a record in a language, with the Chinese one where that is another."""
    name = str(row["name"])
    own = row.get("name_en") if language == "en" else None
    return f"{own} ({name})" if own else name


def shared(record: Row, parts: Sequence[Row]) -> Row:
    """Return what a record says that each of its parts in a table says too: beside it, no part need say it again."""
    return {name: value for name, value in record.items() if all(part.get(name) == value for part in parts)}


_READ: Mapping[str, Callable[[str], Cell]] = {
    "string": str,
    "integer": int,
    "number": Decimal,
    "boolean": lambda cell: cell == "true",
    "date": datetime.date.fromisoformat,
}
