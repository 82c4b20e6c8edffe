"""What only schemas say of columns: which one plays a role, and what a reference is called where it leads.

Of a package whose schemas are not at hand nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from factpack.schema.model import Schema, Schemas, Shape, Table


@dataclass(frozen=True, slots=True)
class Columns:
    """Fields of schemas by table and column."""

    fields: Mapping[str, Mapping[str, Schema]] = field(default_factory=dict)
    found: dict[tuple[str, str], str] = field(default_factory=dict)
    """Columns by table and role, once they were asked for."""

    def of_role(self, table: str, role: str) -> str:
        """Return the column of a table that plays a role, empty if none does."""
        if (table, role) not in self.found:
            named = (name for name, each in self.fields.get(table, {}).items() if each.get("x-role") == role)
            self.found[table, role] = next(named, "")
        return self.found[table, role]

    def reverse(self, table: str, column: str, language: str) -> str:
        """Return what the records that refer to one by a column are called on its page, empty if nobody says."""
        texts: Mapping[str, str] = self.fields.get(table, {}).get(column, {}).get("x-reverse", {})
        return texts.get(language, "")


def columns_of(schemas: Schemas) -> Columns:
    """Return what schemas say of the columns of all their tables."""
    tables = _tables(kind.shape for kind in schemas.kinds.values())
    return Columns({table.name: {each.name: each.schema for each in table.columns} for table in tables})


def _tables(shapes: Iterable[Shape]) -> Iterator[Table]:
    for each in shapes:
        yield from each.tables
        yield from each.links.values()
        yield from _tables(each.parts.values())
