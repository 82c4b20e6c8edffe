"""Pieces: what a run of records gives, each record handled alone; made in any process, and not twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import orjson

from factpack.check import coverage
from factpack.check.proof import prove
from factpack.check.rules import check
from factpack.check.windows import Use
from factpack.disk.cache import digest
from factpack.problems import Problem
from factpack.record.evidence import is_retired
from factpack.record.ids import identities
from factpack.record.names import Named, named
from factpack.record.subject import Subject, references
from factpack.record.unique import key_digest, unique_keys
from factpack.run.coverage import laid_down
from factpack.run.dependencies import Basis, remembered
from factpack.run.workspace import Workspace
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
    doubts: set[coverage.Doubt] = field(default_factory=set)
    retired: list[str] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    """Ids that records in use refer to, each with one that does."""
    proven: int = 0
    """Records and parts whose value is proven."""
    unread: list[str] = field(default_factory=list)
    """Records whose ids are not known, for they have problems."""

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

    def make(basis: Basis) -> tuple[bytes, bool]:
        piece = _piece(space, basis, run)
        return piece.packed(), not piece.problems

    return remembered(space, slot_of(run), digest(orjson.dumps(run)), make)


def _piece(space: Workspace, basis: Basis, run: Run) -> Piece:
    name, ids, build = run
    kind, piece, library = space.schemas.kinds[name], Piece(), basis.library
    found: dict[str, list[Row]] = {"ids": []}
    entries: list[bytes] = []
    uses: list[Use] = []
    for record in ids:
        document, problems = basis.load(kind, record)
        if kind is space.schemas.documents and library.text(record) is None and record in space.texts:
            path = f"sources/texts/{record}.json"
            piece.problems.append(Problem(path, 1, 1, "bad-text-record", "", {"document": record}))
        if problems:
            piece.unread.append(record)
        else:
            subject = Subject(kind, document, library)
            known = identities(kind, subject.record, library)
            found["ids"] += (shared_row("ids", each.row(), library)[1] for each in known)
            piece.retired += (each.id for each in known if each.retired)
            piece.references |= references(subject)
            problems = check(subject)
            if not problems:
                problems, used = prove(subject)
                uses += used
                piece.proven += len({use.user for use in used if use.by_value})
            piece.unique += (key_digest(key) for key, _ in unique_keys(kind, document))
        piece.problems += problems
        if problems:
            piece.doubts |= coverage.doubts(kind, document.data, problems)
        if build and not piece.problems and document.data is not None:
            done = complete(kind, document.data, library)
            for table, row in rows(kind, document.data, library, done):
                found.setdefault(table, []).append(row)
            if not is_retired(kind.shape, document.data):
                entries.append(json_bytes(done, 1))
    piece.tables = {table: csv_lines(listed) for table, listed in found.items()}
    piece.entries, piece.uses = b",\n  ".join(entries), laid_down(uses)
    return piece


def names_slot(run: tuple[str, Sequence[str]]) -> str:
    """Return where the cache keeps the names of a run."""
    return f"names.{run[1][0]}"


def names_in(space: Workspace, run: tuple[str, Sequence[str]]) -> bytes:
    """Return the names of records of a kind, for the proofs of others, as JSON."""
    kind = space.schemas.kinds[run[0]]

    def make(basis: Basis) -> tuple[bytes, bool]:
        found: list[Named] = []
        for record in run[1]:
            found.append(named(kind, record, basis.ahead(kind.path(record)).data or {}))
        return orjson.dumps(found), True

    return remembered(space, names_slot(run), digest(orjson.dumps(run)), make)
