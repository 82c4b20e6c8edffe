"""Coverage at any size: every number of every text against the uses of it, some documents at a time.

The uses of a country's records do not fit in memory. They are kept as bytes by document while the records are checked,
and read back one batch of documents after the other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from factpack.check import coverage
from factpack.check.coverage import Doubt, Number, SharedUses
from factpack.check.use import Use
from factpack.disk.cache import digest
from factpack.disk.overflow import Spool
from factpack.problems import Problem
from factpack.run.results import cached
from factpack.run.workspace import Workspace
from factpack.source.documents import Document
from factpack.table.encode import csv_lines, pack, unpack

if TYPE_CHECKING:
    from factpack.text.text_record import Text

BATCH = 20
"""Documents in a batch."""


def dump_uses(uses: Iterable[Use]) -> dict[str, bytes]:
    """Return uses as lines of JSON, by document."""
    by_document: dict[str, list[tuple[Any, ...]]] = {}
    for use in uses:
        by_document.setdefault(use.document, []).append(tuple(use))
    return {document: orjson.dumps(listed) + b"\n" for document, listed in by_document.items()}


def load_uses(lines: bytes) -> list[Use]:
    """Return the uses in lines that `dump_uses` returned, one after another."""
    return [_use(fields) for line in lines.splitlines() for fields in orjson.loads(line)]


def _use(fields: list[Any]) -> Use:
    """Return a use from its fields as JSON has them."""
    *rest, at = fields
    return Use._make((*rest, tuple(at)))


class Batch(NamedTuple):
    """Documents in order, what is used of their texts, and whether rows are wanted."""

    documents: Sequence[str]
    uses: bytes
    """Lines of `dump_uses`."""
    doubts: Collection[Doubt]
    build: bool

    @property
    def slot(self) -> str:
        """Where the cache keeps its result, which is one for a check and a build."""
        return f"coverage.{self.documents[0]}"

    @property
    def digest(self) -> str:
        """A digest of what it is about."""
        return digest(orjson.dumps([self.documents, sorted(self.doubts)]), self.uses)


class Uses:
    """The uses of numbers, as bytes by batches of documents in order."""

    def __init__(self, documents: Sequence[str]) -> None:
        self._batches = {
            documents[start]: documents[start : start + BATCH] for start in range(0, len(documents), BATCH)
        }
        self._firsts = list(self._batches)
        self._spool = Spool()

    def add(self, uses: Mapping[str, bytes]) -> None:
        """Add lines of `dump_uses`, by document."""
        for document, lines in uses.items() if self._firsts else ():
            self._spool.add(self._firsts[max(0, bisect_right(self._firsts, document) - 1)], lines)

    def batches(self, doubts: Collection[Doubt], build: bool) -> Iterator[Batch]:
        """Yield the documents batch by batch."""
        for first, documents in self._batches.items():
            yield Batch(documents, b"".join(self._spool.read(first)), doubts, build)


@dataclass(slots=True)
class CoverageResult:
    """What a batch gives: problems, rows of the table of numbers, and totals by use."""

    problems: list[Problem] = field(default_factory=list)
    rows: bytes = b""
    totals: dict[str, int] = field(default_factory=dict)
    shared: SharedUses = field(default_factory=dict)

    def packed(self) -> bytes:
        """Return it as bytes."""
        shared = [(tuple(use), shares) for use, shares in self.shared.values()]
        return pack({"problems": self.problems, "totals": self.totals, "shared": shared}, [self.rows])

    @staticmethod
    def unpacked(packed: bytes) -> CoverageResult:
        """Return the result that was packed."""
        head, (rows,) = unpack(packed)
        uses = ((_use(fields), shares) for fields, shares in head["shared"])
        shared = {use.user: (use, shares) for use, shares in uses}
        return CoverageResult([Problem(**each) for each in head["problems"]], rows, head["totals"], shared)


def check_coverage(space: Workspace, batch: Batch) -> bytes:
    """Check that every number of the texts of some documents is used: a `CoverageResult`, packed."""

    def make(reading: Workspace, _: bytes | None) -> tuple[bytes, bool]:
        result = _result(reading, batch)
        return result.packed(), not result.problems

    return cached(space, batch.slot, batch.digest, make, rows=batch.build)


def _result(space: Workspace, batch: Batch) -> CoverageResult:
    from factpack.table.rows import shared_row  # with all derivations, which a run of kept results never needs

    result, uses, kind = CoverageResult(), load_uses(batch.uses), space.schemas.documents
    result.problems += coverage.used_twice(uses, space.reader.document, result.shared)
    for document, text, used, numbers in _numbered(space, batch.documents, uses):
        result.problems += coverage.problems(kind, document, text, used, batch.doubts)
        for use, count in coverage.totals(numbers).items():
            result.totals[use] = result.totals.get(use, 0) + count
        if batch.build:
            result.rows += csv_lines(shared_row("numbers", number.row(), space.library)[1] for number in numbers)
    return result


def numbers_of(space: Workspace, batch: Batch) -> Iterator[Number]:
    """Yield the numbers of the texts of a batch."""
    for *_, numbers in _numbered(space, batch.documents, load_uses(batch.uses)):
        yield from numbers


def _numbered(
    space: Workspace, documents: Iterable[str], uses: Iterable[Use]
) -> Iterator[tuple[Document, Text, list[Use], list[Number]]]:
    """Yield of some documents those that are sound, each with its text, the uses of its numbers, and its numbers."""
    kind = space.schemas.documents
    by_document: dict[str, list[Use]] = {}
    for use in uses:
        by_document.setdefault(use.document, []).append(use)
    for record_id in documents:
        document, problems = space.load(kind, record_id)
        text = space.library.text(record_id)
        if text and not problems:
            used = by_document.get(record_id, [])
            yield document, text, used, list(coverage.numbers(text, used, coverage.waivers(kind, document)))
