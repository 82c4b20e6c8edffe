"""Pieces: what a run of records gives, each record handled alone; made in any process, and not twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import orjson

from factpack.check.coverage import Doubt
from factpack.check.record import Checked, check_record
from factpack.disk.cache import digest
from factpack.problems import Problem
from factpack.record.evidence import is_retired
from factpack.record.ids import Identity
from factpack.record.library import Library
from factpack.record.names import named
from factpack.record.unique import key_digest
from factpack.run.coverage import laid_down
from factpack.run.results import cached
from factpack.run.workspace import Workspace
from factpack.schema.model import Kind
from factpack.source.marks import Record
from factpack.table.encode import csv_lines, json_bytes, pack, unpack
from factpack.table.rows import Row, complete, rows, shared_row

RUN = 200
"""Record files in a run, about: the unit of work that a worker takes."""
LONGEST = 3 * RUN


def runs(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield ids in runs. An id tells by itself whether a run ends with it, so one more or less changes one run."""
    start = 0
    for end, own in enumerate(ids, 1):
        if crc32(own.encode()) % RUN == 0 or end - start == LONGEST:
            yield ids[start:end]
            start = end
    if start < len(ids):
        yield ids[start:]


@dataclass(slots=True)
class Piece:
    """What a run of records gives: its problems, its rows of each table and its JSON, already encoded."""

    problems: list[Problem] = field(default_factory=list)
    tables: dict[str, bytes] = field(default_factory=dict)
    """Rows by table; those of the table of ids even where no others are wanted."""
    entries: bytes = b""
    """The records as JSON, parted as in a list."""
    unique: list[int] = field(default_factory=list)
    """Digests of the values that belong to one record only."""
    uses: dict[str, bytes] = field(default_factory=dict)
    """The uses of tokens, laid down by document."""
    doubts: set[Doubt] = field(default_factory=set)
    retired: list[str] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    """Ids that records in use refer to, each with one that does."""
    proven: int = 0
    """Records and parts whose value is proven."""
    unread: list[str] = field(default_factory=list)
    """Records whose ids are not known, for they have problems."""

    def take(self, record_id: str, checked: Checked) -> None:
        """Take what the check of the next record gives."""
        if not checked.valid:
            self.unread.append(record_id)
        self.problems += checked.problems
        self.doubts |= checked.doubts
        self.retired += (each.id for each in checked.identities if each.retired)
        self.references |= checked.references or {}
        for document, lines in laid_down(checked.uses).items():
            self.uses[document] = self.uses.get(document, b"") + lines
        self.proven += len({use.user for use in checked.uses if use.by_value})
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
            "unread": self.unread,
        }
        return pack(head, [*self.tables.values(), *self.uses.values(), self.entries])

    @staticmethod
    def unpacked(packed: bytes) -> Piece:
        """Return the piece that was packed."""
        head, blobs = unpack(packed)
        tables, uses = head.pop("tables"), head.pop("uses")
        problems = [Problem(**each) for each in head.pop("problems")]
        doubts = {(document, paragraph) for document, paragraph in head.pop("doubts")}
        texts = dict(zip(uses, blobs[len(tables) : -1], strict=True))
        rows = dict(zip(tables, blobs[: len(tables)], strict=True))
        return Piece(problems, rows, blobs[-1], uses=texts, doubts=doubts, **head)


Run = tuple[str, Sequence[str], bool]
"""Records of a kind in order, and whether to make their rows."""


def slot_of(run: Run) -> str:
    """Return where the cache keeps the piece of a run."""
    return f"piece.{run[1][0]}.{'build' if run[2] else 'check'}"


def process(space: Workspace, run: Run) -> bytes:
    """Return the piece of a run of records, packed."""

    def make(reading: Workspace) -> tuple[bytes, bool]:
        piece = _piece(reading, run)
        return piece.packed(), not piece.problems

    return cached(space, slot_of(run), digest(orjson.dumps(run)), make)


def _piece(space: Workspace, run: Run) -> Piece:
    name, ids, build = run
    kind, piece, tables = space.schemas.kinds[name], Piece(), Tables(space.library)
    for record_id in ids:
        document, problems = space.load(kind, record_id)
        checked = check_record(kind, document, problems, space.library)
        piece.problems += _unreadable_text(space, kind, record_id)
        piece.take(record_id, checked)
        tables.add_ids(checked.identities)
        if build and document.data is not None and not piece.problems:
            tables.add(kind, document.data)
    piece.tables, piece.entries = tables.encoded(), b",\n  ".join(tables.entries)
    return piece


def _unreadable_text(space: Workspace, kind: Kind, record_id: str) -> Iterator[Problem]:
    """Yield that a document has a text record which cannot be read."""
    if kind is space.schemas.documents and record_id in space.texts and space.library.text(record_id) is None:
        path = f"sources/texts/{record_id}.json"
        yield Problem(path, 1, 1, "bad-text-record", "", {"document": record_id})


class Tables:
    """The rows of valid records by table, and their entries in the JSON."""

    def __init__(self, library: Library) -> None:
        self.entries: list[bytes] = []
        self._library = library
        self._rows: dict[str, list[Row]] = {"ids": []}

    def add_ids(self, identities: Iterable[Identity]) -> None:
        """Add the rows of ids."""
        self._rows["ids"] += (shared_row("ids", each.row(), self._library)[1] for each in identities)

    def add(self, kind: Kind, record: Record) -> None:
        """Add the other rows of a record and, unless it is retired, its entry."""
        done = complete(kind, record, self._library)
        for table, row in rows(kind, record, self._library, done):
            self._rows.setdefault(table, []).append(row)
        if not is_retired(kind.shape, record):
            self.entries.append(json_bytes(done, 1))

    def encoded(self) -> dict[str, bytes]:
        """Return the rows of each table as CSV."""
        return {table: csv_lines(listed) for table, listed in self._rows.items()}


def names_slot(run: tuple[str, Sequence[str]]) -> str:
    """Return where the cache keeps the names of a run."""
    return f"names.{run[1][0]}"


def names_in(space: Workspace, run: tuple[str, Sequence[str]]) -> bytes:
    """Return the names of records of a kind, for the proofs of others, as JSON."""
    kind = space.schemas.kinds[run[0]]

    def make(reading: Workspace) -> tuple[bytes, bool]:
        documents = ((record_id, reading.reader.read_ahead(kind.path(record_id))) for record_id in run[1])
        return orjson.dumps([named(kind, record_id, each.data or {}) for record_id, each in documents]), True

    return cached(space, names_slot(run), digest(orjson.dumps(run)), make)
