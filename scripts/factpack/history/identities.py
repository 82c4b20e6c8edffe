"""The table of ids of an earlier edition, line by line: what each line says, and which lines hold no id."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from factpack.history.damage import Damage, Damaged, text_of
from factpack.record.ids import ID, Identity
from factpack.source.conflict import CONFLICT

COLUMNS = ("id", "kind", "state", "since", "replaced_by_id")
NEEDED = ("id", "state")
STATES = {"current": False, "retired": True}
"""Whether an id is retired, by its state."""
LONGEST = 1 << 16
"""Bytes of a line: no id, and no header, has more."""


@dataclass(slots=True)
class NoIds:
    """The lines of a table that hold no id: the first of them, and how many they are."""

    first: int = 0
    count: int = 0
    conflict: bool = False
    cut: int = 0
    """The last line, where it has no end: the rest is missing."""

    def take(self, number: int, line: bytes) -> None:
        """Take a line by its number."""
        self.count += 1
        self.first = self.first or number
        self.conflict = self.conflict or CONFLICT.match(line[:LONGEST].decode("utf-8", "replace")) is not None

    def damage(self, path: str) -> Iterator[Damage]:
        """Yield the damage of the table at a path, where there are any."""
        if self.count:
            yield Damage(path, "conflict lines" if self.conflict else "no ids", self.first, {"count": self.count})
        if self.cut:
            yield Damage(path, "cut", self.cut)


def header_of(path: str, head: bytes) -> list[str]:
    """Return the columns that the first line of a table of ids names; raises Damaged where those needed are missing."""
    text = text_of(path, head)
    if CONFLICT.match(text):
        raise Damaged(path, "conflict")
    columns = _cells(text)
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise Damaged(path, "header", column=missing[0])
    return columns


def identities(columns: list[str], lines: Iterable[bytes], none: NoIds, above: int = 1) -> Iterator[Identity]:
    """Yield the ids in the lines below a header; `none` takes the lines that hold no id.

    Each line is a row of its own, for no id has a line end: a quotation mark that is never closed hides no other line.
    `above` is the number of lines before the first.
    """
    at = {name: columns.index(name) if name in columns else -1 for name in COLUMNS}
    own, kind, state, since, by = at.values()
    for number, line in enumerate(lines, above + 1):
        if not line.endswith(b"\n"):
            none.cut = number
        cells = _cells(line.decode("utf-8", "replace")) if len(line) <= LONGEST else []
        if len(cells) != len(columns) or cells[state] not in STATES or not ID.fullmatch(cells[own]):
            none.take(number, line)
            continue
        cells.append("")  # of a column that the table has not
        yield Identity(cells[own], cells[kind], STATES[cells[state]], cells[since] or None, cells[by] or None)


def _cells(line: str) -> list[str]:
    """Return the cells of a line of CSV; none where it is not one."""
    try:
        return next(csv.reader([line.rstrip("\r\n")], strict=True), [])
    except csv.Error:
        return []
