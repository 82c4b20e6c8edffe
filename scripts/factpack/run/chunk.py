"""Chunks: records of one type that are checked one by one and tabulated in one go, in any process, and not twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import orjson

from factpack.check.coverage import Doubt
from factpack.disk.cache import digest
from factpack.problems import Problem
from factpack.record.names import Named, named
from factpack.record.unique import key_digest
from factpack.run.coverage import dump_uses
from factpack.run.results import cached
from factpack.run.workspace import Workspace
from factpack.table.encode import pack, unpack

if TYPE_CHECKING:
    from factpack.check.record import Checked

CHUNK_SIZE = 200
"""Records in a chunk, about: the unit of work that a worker takes."""
MAX_CHUNK = 3 * CHUNK_SIZE


class Chunk(NamedTuple):
    """Records of a type in order, and what is wanted of them: `check`, `build` (which checks too) or `names`."""

    kind: str
    ids: Sequence[str]
    wanted: str

    @property
    def slot(self) -> str:
        """Where the cache keeps its result, which is one for a check and a build."""
        return f"{'names' if self.wanted == 'names' else 'chunk'}.{self.ids[0]}"

    @property
    def digest(self) -> str:
        """A digest of the records."""
        return digest(orjson.dumps((self.kind, self.ids)))


def chunks(kind: str, ids: Sequence[str], wanted: str) -> Iterator[Chunk]:
    """Yield ids in chunks. Each id says by itself whether a chunk ends with it: one more or less changes one chunk."""
    start = 0
    for end, record_id in enumerate(ids, 1):
        if crc32(record_id.encode()) % CHUNK_SIZE == 0 or end - start == MAX_CHUNK:
            yield Chunk(kind, ids[start:end], wanted)
            start = end
    if start < len(ids):
        yield Chunk(kind, ids[start:], wanted)


@dataclass(slots=True)
class ChunkResult:
    """What a chunk gives: its problems, its rows of each table and its JSON, already encoded."""

    problems: list[Problem] = field(default_factory=list)
    tables: dict[str, bytes] = field(default_factory=dict)
    """Rows by table; those of the table of ids even where no others are wanted."""
    entries: bytes = b""
    """The records as JSON, parted as in a list."""
    unique: list[int] = field(default_factory=list)
    """Digests of the values that belong to one record only."""
    uses: dict[str, bytes] = field(default_factory=dict)
    """The uses of numbers by document, as `dump_uses` returns them."""
    doubts: set[Doubt] = field(default_factory=set)
    retired: list[str] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    """Ids that records in use refer to, each with one that does."""
    proven: int = 0
    """How many records and parts have a value that was found in a quote."""
    verifications: Counter[str] = field(default_factory=Counter)
    """How many facts are verified, and how many only transcribed."""
    unread: list[str] = field(default_factory=list)
    """Records whose ids are not known, for they are not valid."""

    def take(self, record_id: str, checked: Checked) -> None:
        """Take what the check of the next record gives."""
        if not checked.valid:
            self.unread.append(record_id)
        self.problems += checked.problems
        self.doubts |= checked.doubts
        self.retired += (each.id for each in checked.identities if each.retired)
        self.references |= checked.references
        for document, lines in dump_uses(checked.uses).items():
            self.uses[document] = self.uses.get(document, b"") + lines
        self.proven += len({use.user for use in checked.uses if use.by_value})
        self.verifications.update(checked.verifications)
        self.unique += (key_digest(key) for key, _ in checked.unique)

    def packed(self) -> bytes:
        """Return it as bytes: these are cheap to hand to another process."""
        head = {
            "problems": self.problems,
            "tables": list(self.tables),
            "unique": self.unique,
            "uses": list(self.uses),
            "doubts": list(self.doubts),
            "retired": self.retired,
            "references": self.references,
            "proven": self.proven,
            "verifications": self.verifications,
            "unread": self.unread,
        }
        return pack(head, [*self.tables.values(), *self.uses.values(), self.entries])

    @staticmethod
    def unpacked(packed: bytes) -> ChunkResult:
        """Return the result that was packed."""
        head, blobs = unpack(packed)
        tables, uses = head.pop("tables"), head.pop("uses")
        problems = [Problem(**each) for each in head.pop("problems")]
        doubts = {(document, paragraph) for document, paragraph in head.pop("doubts")}
        counted = Counter(head.pop("verifications"))
        lines = dict(zip(uses, blobs[len(tables) : -1], strict=True))
        rows = dict(zip(tables, blobs[: len(tables)], strict=True))
        return ChunkResult(problems, rows, blobs[-1], uses=lines, doubts=doubts, verifications=counted, **head)


def check_chunk(space: Workspace, chunk: Chunk) -> bytes:
    """Check the records of a chunk and, for a build, make their rows: a `ChunkResult`, packed."""

    def make(reading: Workspace, found: bytes | None) -> tuple[bytes, bool]:
        from factpack.run import making  # with all that checks and tabulates, which a run of kept results never needs

        kept = ChunkResult.unpacked(found) if found else None
        result = making.with_rows(reading, chunk, kept) if kept else making.result(reading, chunk)
        return result.packed(), not result.problems

    if space.memory and chunk.wanted == "check" and space.memory.lacks(chunk.ids):  # the cache has them all in one
        return make(space.anew(), None)[0]
    given = f"{chunk.digest}{space.reader.reviews_digest}"
    return cached(space, chunk.slot, given, make, rows=chunk.wanted == "build")


def chunk_names(space: Workspace, chunk: Chunk) -> bytes:
    """Return the names of the records of a chunk, which the proofs of others must know, as JSON."""
    kind = space.schemas.kinds[chunk.kind]

    def make(reading: Workspace, _: bytes | None) -> tuple[bytes, bool]:
        documents = ((record_id, reading.reader.read_ahead(kind.path(record_id))) for record_id in chunk.ids)
        found = (named(kind, record_id, document.data or {}) for record_id, document in documents)
        return orjson.dumps([tuple(each) for each in found]), True

    return cached(space, chunk.slot, chunk.digest, make)


def load_names(names: bytes) -> Iterator[Named]:
    """Yield the names that `chunk_names` returned."""
    return (Named(*each) for each in orjson.loads(names))
