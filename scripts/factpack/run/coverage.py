"""Accounts: every number of every text against the uses that records make of it, some documents at a time.

The uses of a country's records do not fit in memory. They are laid down by document while the records are checked, and
taken up again one batch of documents after the other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from factpack.check import coverage
from factpack.check.coverage import Doubt, Number, Said
from factpack.check.windows import Use
from factpack.disk.cache import digest
from factpack.disk.overflow import Spool
from factpack.problems import Problem
from factpack.run.results import cached
from factpack.run.workspace import Workspace
from factpack.source.documents import Document
from factpack.table.encode import csv_lines, pack, unpack
from factpack.table.rows import shared_row
from factpack.text.text_record import Text

BATCH = 20
"""Documents accounted for at a time."""


def laid_down(uses: Iterable[Use]) -> dict[str, bytes]:
    """Return uses as bytes, by document."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for use in uses:
        found.setdefault(use.document, []).append(tuple(use))
    return {document: orjson.dumps(listed) + b"\n" for document, listed in found.items()}


def taken_up(lines: bytes) -> list[Use]:
    """Return the uses in the bytes that they were laid down in, one batch after another."""
    return [_use(each) for line in lines.splitlines() for each in orjson.loads(line)]


def _use(listed: list[Any]) -> Use:
    """Return a use from its fields as JSON has them."""
    *rest, at = listed
    return Use._make((*rest, tuple(at)))


class Uses:
    """The uses of tokens, as bytes by batches of documents in order."""

    def __init__(self, documents: Sequence[str]) -> None:
        self._batches = {
            documents[start]: documents[start : start + BATCH] for start in range(0, len(documents), BATCH)
        }
        self._firsts = list(self._batches)
        self._spool = Spool()

    def add(self, uses: Mapping[str, bytes]) -> None:
        """Keep what was laid down, by document."""
        for document, lines in uses.items() if self._firsts else ():
            self._spool.add(self._firsts[max(0, bisect_right(self._firsts, document) - 1)], lines)

    def batches(self) -> Iterator[tuple[Sequence[str], bytes]]:
        """Yield each batch of documents with the uses of their tokens."""
        for first, batch in self._batches.items():
            yield batch, b"".join(self._spool.read(first))


Batch = tuple[Sequence[str], bytes, Collection[Doubt], bool]
"""Documents, the uses of their tokens, what is in doubt, and whether rows are wanted."""


@dataclass(slots=True)
class Account:
    """What a batch comes to: problems, rows of the table of numbers, and totals by use."""

    problems: list[Problem] = field(default_factory=list)
    rows: bytes = b""
    totals: dict[str, int] = field(default_factory=dict)
    said: Said = field(default_factory=dict)

    def packed(self) -> bytes:
        """Return it as bytes."""
        said = [(tuple(use), shares) for use, shares in self.said.values()]
        return pack({"problems": self.problems, "totals": self.totals, "said": said}, [self.rows])

    @staticmethod
    def unpacked(packed: bytes) -> Account:
        """Return the account that was packed."""
        head, (rows,) = unpack(packed)
        said = {use.user: (use, shares) for use, shares in ((_use(each), shares) for each, shares in head["said"])}
        return Account([Problem(**each) for each in head["problems"]], rows, head["totals"], said)


def slot_of(batch: Batch) -> str:
    """Return where the cache keeps the account of a batch."""
    return f"account.{batch[0][0]}.{'build' if batch[3] else 'check'}"


def account(space: Workspace, batch: Batch) -> bytes:
    """Account for every number of the texts of some documents: an `Account`, packed."""
    names, uses, doubts, build = batch
    given = digest(orjson.dumps([names, sorted(doubts), build]), uses)

    def make(reading: Workspace) -> tuple[bytes, bool]:
        made = _account(reading, batch)
        return made.packed(), not made.problems

    return cached(space, slot_of(batch), given, make)


def _account(space: Workspace, batch: Batch) -> Account:
    names, lines, doubts, build = batch
    found, uses = Account(), taken_up(lines)
    found.problems += coverage.used_twice(uses, space.reader.document, found.said)
    for document, text, own, numbers in _numbered(space, names, uses):
        found.problems += coverage.problems(space.schemas.documents, document, text, own, doubts)
        for how, count in coverage.totals(numbers).items():
            found.totals[how] = found.totals.get(how, 0) + count
        if build:
            found.rows += csv_lines(shared_row("numbers", number.row(), space.library)[1] for number in numbers)
    return found


def numbers_of(space: Workspace, names: Iterable[str], lines: bytes) -> Iterator[Number]:
    """Yield the numbers of the texts of some documents, with the uses that were laid down."""
    for *_, numbers in _numbered(space, names, taken_up(lines)):
        yield from numbers


def _numbered(
    space: Workspace, names: Iterable[str], uses: Iterable[Use]
) -> Iterator[tuple[Document, Text, list[Use], list[Number]]]:
    """Yield of some documents those that are sound, each with its text, the uses of its tokens, and its numbers."""
    kind = space.schemas.documents
    by_document: dict[str, list[Use]] = {}
    for use in uses:
        by_document.setdefault(use.document, []).append(use)
    for name in names:
        document, wrong = space.load(kind, name)
        text = space.library.text(name)
        if text and not wrong:
            own = by_document.get(name, [])
            yield document, text, own, list(coverage.numbers(text, own, coverage.waivers(kind, document)))
