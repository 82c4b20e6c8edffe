"""Accounts: every number of every text against the uses that records make of it, some documents at a time.

The uses of a country's records do not fit in memory. They are laid down by document while the records are checked, and
taken up again one batch of documents after the other.
"""

from __future__ import annotations

import pickle
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from factpack import coverage
from factpack.coverage import Doubt, Number, Said
from factpack.encode import csv_lines
from factpack.problems import Problem
from factpack.proof import Use
from factpack.tables import shared_row
from factpack.workspace import Workspace

BATCH = 50
"""Documents accounted for at a time."""
HELD = 1 << 20
"""Bytes of a batch's uses that are held before they go to a file."""


class Uses:
    """The uses of tokens, by batches of documents in order."""

    def __init__(self, documents: Sequence[str]) -> None:
        self._batches = [documents[start : start + BATCH] for start in range(0, len(documents), BATCH)]
        self._firsts = [batch[0] for batch in self._batches]
        self._files = [tempfile.SpooledTemporaryFile(HELD) for _ in self._batches]  # noqa: SIM115 - batches() closes them

    def add(self, uses: Iterable[Use]) -> None:
        """Lay uses down."""
        found: dict[int, list[Use]] = {}
        for use in uses:
            found.setdefault(max(0, bisect_right(self._firsts, use.document) - 1), []).append(use)
        for place, listed in found.items():
            pickle.dump([tuple(use) for use in listed], self._files[place], pickle.HIGHEST_PROTOCOL)

    def batches(self) -> Iterator[tuple[Sequence[str], list[Use]]]:
        """Yield each batch of documents with the uses of their tokens, and forget them."""
        for batch, file in zip(self._batches, self._files, strict=True):
            with file:
                end = file.tell()
                file.seek(0)
                found: list[Use] = []
                while file.tell() < end:
                    found += (Use(*each) for each in pickle.load(file))
            yield batch, found


Batch = tuple[Sequence[str], list[Use], frozenset[Doubt], bool, bool]
"""Documents, the uses of their tokens, what is in doubt, and whether rows and numbers are wanted."""


@dataclass(slots=True)
class Account:
    """What a batch comes to: problems, rows of the table of numbers, and totals by use."""

    problems: list[Problem] = field(default_factory=list)
    rows: bytes = b""
    totals: dict[str, int] = field(default_factory=dict)
    said: Said = field(default_factory=dict)
    numbers: list[Number] = field(default_factory=list)


def account(space: Workspace, batch: Batch) -> Account:
    """Account for every number of the texts of some documents."""
    names, uses, doubts, build, keep = batch
    kind, found = space.schemas.documents, Account()
    found.problems += coverage.used_twice(uses, space.reread, found.said)
    by_document: dict[str, list[Use]] = {}
    for use in uses:
        by_document.setdefault(use.document, []).append(use)
    for name in names:
        document, wrong = space.load(kind, name)
        text = space.library.text(name)
        if not text or wrong:
            continue
        own = by_document.get(name, [])
        numbers = list(coverage.numbers(text, own, coverage.waivers(kind, document)))
        found.problems += coverage.problems(kind, document, text, own, doubts)
        for how, count in coverage.totals(numbers).items():
            found.totals[how] = found.totals.get(how, 0) + count
        if build:
            found.rows += csv_lines(shared_row("numbers", number.row(), space.library)[1] for number in numbers)
        if keep:
            found.numbers += numbers
    return found
