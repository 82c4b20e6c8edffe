"""What was published stays: no id vanishes or is used again, and no column goes without a new major version."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from factpack.history.editions import Edition, ids_in
from factpack.record.ids import Identity

Key = tuple[str, str, str]


def order(item_id: str) -> Key:
    """Return what ids are sorted by in the table of ids: prefix of the kind, record, part."""
    record_id = item_id.partition(".")[0]
    return record_id[:3], record_id, item_id


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
