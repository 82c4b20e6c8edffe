"""What is done for a chunk whose result is not kept: its records are checked one by one and tabulated in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from factpack.check.record import Checked, check_record
from factpack.problems import Problem, errors
from factpack.record.evidence import is_retired
from factpack.record.ids import Identity
from factpack.record.library import Library
from factpack.run.chunk_result import Chunk, ChunkResult
from factpack.run.workspace import Workspace
from factpack.schema.model import Kind
from factpack.source.marks import Record
from factpack.table.complete import complete
from factpack.table.encode import csv_lines, json_bytes
from factpack.table.rows import Row, rows, shared_row


def with_rows(space: Workspace, chunk: Chunk, found: ChunkResult) -> ChunkResult:
    """Return what a check found, which had no problems, with the rows and entries of the records."""
    kind, tables = space.schemas.kinds[chunk.kind], Tables(space.library)
    for record_id in chunk.ids:
        document, problems = space.load(kind, record_id)
        if document.data is None or problems:  # it has changed since
            return ChunkResult(problems)
        tables.add(kind, document.data)
    return replace(found, tables=tables.encoded() | found.tables, entries=tables.joined())


def result(space: Workspace, chunk: Chunk) -> ChunkResult:
    """Return what the check of the records gives and, for a build, their rows and entries."""
    kind, made, tables = space.schemas.kinds[chunk.kind], ChunkResult(), Tables(space.library)
    for record_id in chunk.ids:
        checked, record = (_checked if chunk.wanted == "build" else _checked_once)(space, kind, record_id)
        made.problems += _unreadable_text(space, kind, record_id)
        made.take(record_id, checked)
        tables.add_ids(checked.identities)
        if record is not None and not errors(made.problems):
            tables.add(kind, record)
    made.tables, made.entries = tables.encoded(), tables.joined()
    return made


def _checked(space: Workspace, kind: Kind, record_id: str) -> tuple[Checked, Record | None]:
    """Return the check of a record, and the record."""
    document, problems = space.load(kind, record_id)
    return check_record(kind, document, problems, space.library), document.data


def _checked_once(space: Workspace, kind: Kind, record_id: str) -> tuple[Checked, None]:
    """Return the check of a record, from memory where that has it; what it rests on is noted as if it was made."""
    if space.memory is None:
        return _checked(space, kind, record_id)[0], None
    alone = space.anew()
    checked, noted = space.memory.checked(
        alone.reader, space.package, record_id, lambda: _checked(alone, kind, record_id)[0]
    )
    space.reader.noted.add(noted)
    return checked, None


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

    def joined(self) -> bytes:
        """Return the entries, parted as in a list."""
        return b",\n  ".join(self.entries)

    def encoded(self) -> dict[str, bytes]:
        """Return the rows of each table as CSV."""
        return {table: csv_lines(listed) for table, listed in self._rows.items()}
