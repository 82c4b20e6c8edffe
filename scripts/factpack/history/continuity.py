"""What was published stays: no id vanishes or is used again, and no column goes without a new major version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, BinaryIO

from factpack.history.editions import Edition, ids_in
from factpack.record.ids import Identity, version
from factpack.schema.model import Schemas
from factpack.table.descriptor import tables

Key = tuple[str, str, str]


def order(own: str) -> Key:
    """Return what ids are sorted by in the table of ids: prefix of the kind, record, part."""
    record = own.partition(".")[0]
    return record[:3], record, own


class Continuity:
    """Matches the ids of today, met in order, with those of an earlier edition: a merge that holds neither whole.

    `vanished` are ids of then that are not met, `reused` those that were retired then and are in use. As long as the
    two tables are alike byte for byte, no id is looked at.
    """

    def __init__(self, then: Edition, header: bytes) -> None:
        self.vanished: list[str] = []
        self.reused: list[str] = []
        self._table, self._header = then.table(), header
        self._head = self._table.readline()
        self._alike = self._head == header
        self._then: Iterator[Identity] = iter(())
        self._next: Identity | None = None
        if not self._alike:
            self._part()

    def meet(self, rows: bytes) -> None:
        """Take the next rows of today's table of ids."""
        if self._alike:
            start = self._table.tell()
            if self._table.read(len(rows)) == rows:
                return
            self._table.seek(start)
            self._part()
        for each in ids_in([self._header, *rows.splitlines(keepends=True)]):
            self._pass(order(each.id))
            if self._next is not None and self._next.id == each.id:
                if self._next.retired and not each.retired:
                    self.reused.append(each.id)
                self._next = next(self._then, None)

    def end(self) -> None:
        """Take it that no id follows."""
        if self._alike:
            self._part()
        self._pass(None)
        self._table.close()

    def _part(self) -> None:
        """Go on id by id."""
        self._alike, self._then = False, _in_order(self._table, self._head)
        self._next = next(self._then, None)

    def _pass(self, until: Key | None) -> None:
        while self._next is not None and (until is None or order(self._next.id) < until):
            self.vanished.append(self._next.id)
            self._next = next(self._then, None)


def _in_order(table: BinaryIO, head: bytes) -> Iterator[Identity]:
    """Yield the ids in the rest of a table in order; they are held only where it was sorted by other hands."""
    start, before = table.tell(), ("", "", "")
    for each in ids_in(chain((head,), table)):
        if order(each.id) < before:
            table.seek(start)
            return iter(sorted(ids_in(chain((head,), table)), key=lambda each: order(each.id)))
        before = order(each.id)
    table.seek(start)
    return ids_in(chain((head,), table))


Columns = Mapping[str, Sequence[str]]
"""Columns by table."""


def columns(descriptor: Mapping[str, Any]) -> Columns:
    """Return the columns of each table that a descriptor tells of."""
    found = {}
    for each in descriptor.get("resources") or ():
        fields = (each.get("schema") or {}).get("fields")
        if fields is not None:
            found[str(each["name"])] = [str(field["name"]) for field in fields]
    return found


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


def breaking(then: Edition, schemas: Schemas, current: str) -> list[str]:
    """Return the changes of columns that need a later major version than the current one.

    The recipe of the Data Package standard asks for one where a field is added, removed or moved. What is added or
    moved since an edition that was never published has no reader to break.
    """
    was = str(then.descriptor.get("version", ""))
    if not was or version(current)[0] > version(was)[0]:
        return []
    before, now = columns(then.descriptor), columns_of(schemas)
    return [*removed(before, now), *(rearranged(before, now) if then.released else ())]
