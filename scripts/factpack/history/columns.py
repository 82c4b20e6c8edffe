"""Columns of an earlier edition and of today, and what a change of them asks of the version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from factpack.history.editions import Edition
from factpack.record.ids import version
from factpack.schema.model import Schemas
from factpack.table.descriptor import tables

Columns = Mapping[str, Sequence[str]]
"""Columns by table."""


def columns(descriptor: Mapping[str, Any]) -> Columns:
    """Return the columns of each table that a descriptor tells of."""
    found = {}
    for each in _mappings(descriptor.get("resources")):
        for schema in _mappings([each.get("schema")]):
            if "fields" in schema:
                names = (str(field.get("name")) for field in _mappings(schema["fields"]))
                found[str(each.get("name"))] = list(dict.fromkeys(names))
    return found


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects in what should be a list of them."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def columns_of(schemas: Schemas) -> Columns:
    """Return the columns of each table that the schemas make."""
    return {name: [column.name for column in table.columns] for name, table in tables(schemas).items()}


def removed(then: Columns, today: Columns) -> Iterator[str]:
    """Yield each table and column that is no longer there."""
    for table, names in then.items():
        if table not in today:
            yield table
        else:
            yield from (f"{table}.{name}" for name in names if name not in today[table])


def rearranged(then: Columns, today: Columns) -> Iterator[str]:
    """Yield each column that was added to a table or moved in it."""
    for table, names in then.items():
        kept = [name for name in today.get(table, ()) if name in names]
        was = [name for name in names if name in kept]
        yield from (f"{table}.{name}" for name in today.get(table, ()) if name not in names)
        yield from (f"{table}.{now}" for now, before in zip(kept, was, strict=True) if now != before)


def broken(then: Columns, today: Columns, released: bool) -> list[str]:
    """Return the changes of columns since an edition that need a new major version.

    The recipe of the Data Package standard asks for one where a field is added, removed or moved. What is added or
    moved since an edition that was never published has no reader to break.
    """
    return [*removed(then, today), *(rearranged(then, today) if released else ())]


def breaking(then: Edition, schemas: Schemas, current: str) -> list[str]:
    """Return the changes of columns that need a later major version than the current one."""
    was = then.version
    if not was or version(current)[0] > version(was)[0]:
        return []
    return broken(columns(then.descriptor), columns_of(schemas), then.released)
