"""What was published stays: no id vanishes or is used again, and no column goes without a new major version."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from factpack.history.damage import Damage, Damaged
from factpack.history.editions import IDS, Edition
from factpack.history.identities import LONGEST, NoIds, header_of, identities
from factpack.record.ids import Identity

Key = tuple[str, str, str]


def order(item_id: str) -> Key:
    """Return what ids are sorted by in the table of ids: prefix of the kind, record, part."""
    record_id = item_id.partition(".")[0]
    return record_id[:3], record_id, item_id


class Continuity:
    """Matches the ids of today, met in order, with those of an earlier edition: a merge that holds neither whole.

    `vanished` are ids of then that are not met, `reused` those that were retired then and are in use, `damage` what is
    wrong with the table of then. As long as the two tables are alike byte for byte, no id is looked at.
    """

    def __init__(self, then: Edition, header: bytes) -> None:
        self.vanished: list[str] = []
        self.reused: list[str] = []
        self.damage: list[Damage] = []
        self._header = header_of(IDS, header)
        self._columns: list[str] | None = None
        """Those of the table of then; None where it cannot be read."""
        self._table: BinaryIO = io.BytesIO(b"")
        self._none = NoIds()
        try:
            self._table = then.table()
            head = self._table.readline(LONGEST)
            self._columns = header_of(IDS, head) if head or then.published else None
        except Damaged as error:
            head, self.damage = b"", [error.damage]
        self._alike, self._lines = head == header, 1
        self._then: Iterator[Identity] = iter(())
        self._next: Identity | None = None
        if not self._alike:
            self._part()

    def meet(self, rows: bytes) -> None:
        """Take the next rows of today's table of ids."""
        if self._alike:
            start = self._table.tell()
            if self._table.read(len(rows)) == rows:
                self._lines += rows.count(b"\n")
                return
            self._table.seek(start)
            self._part()
        if self._next is None:  # none of then is left to be met
            return
        for each in identities(self._header, rows.splitlines(keepends=True), NoIds()):
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
        self.damage += self._none.damage(IDS)

    def _part(self) -> None:
        """Go on id by id."""
        self._alike = False
        if self._columns is not None:
            self._then = self._in_order(self._columns)
            self._next = next(self._then, None)

    def _pass(self, until: Key | None) -> None:
        while self._next is not None and (until is None or order(self._next.id) < until):
            self.vanished.append(self._next.id)
            self._next = next(self._then, None)

    def _in_order(self, columns: list[str]) -> Iterator[Identity]:
        """Yield the ids in the rest of the table in order; they are held only where it was sorted by other hands."""
        start, before = self._table.tell(), ("", "", "")
        for each in identities(columns, self._table, NoIds()):
            if order(each.id) < before:
                self._table.seek(start)
                found = identities(columns, self._table, self._none, self._lines)
                return iter(sorted(found, key=lambda each: order(each.id)))
            before = order(each.id)
        self._table.seek(start)
        return identities(columns, self._table, self._none, self._lines)
