"""The reader: records and texts of a project, each read once where it can be, and a note of whatever was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from factpack.check.file_name import misnamed
from factpack.check.modelines import foreign_schema
from factpack.disk.project import Project
from factpack.problems import Problem
from factpack.record.library import RECORDS_KEPT
from factpack.record.names import Names, Standing, make_room
from factpack.record.reviews import Review
from factpack.run.dependencies import Dependencies, State, state_of
from factpack.schema.model import Kind, Schemas
from factpack.schema.validate import Validator
from factpack.source.documents import Document, load
from factpack.source.marks import Marks, Record

if TYPE_CHECKING:
    from factpack.text.text_record import Text

TEXT_BYTES = 8 << 20
"""Bytes of text records that are kept in memory, where they take some four times as much."""
AHEAD_BYTES = 4 << 20
"""Bytes of record files whose documents are kept between two readings; in memory these take some ten times as much."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Read(Generic[Value]):
    """What was read of a file, with the state of the file then."""

    value: Value
    state: State | None


class ReadAhead:
    """Documents read before their turn, as many as fit into the budget."""

    def __init__(self) -> None:
        self._kept: dict[str, Read[Document]] = {}
        self._room = AHEAD_BYTES

    def put(self, read: Read[Document]) -> None:
        """Keep a document if there is room."""
        if len(read.value.raw) <= self._room and read.value.path not in self._kept:
            self._room -= len(read.value.raw)
            self._kept[read.value.path] = read

    def take(self, path: str) -> Read[Document] | None:
        """Return the document of a path, which is kept no longer; None where it is not kept."""
        read = self._kept.pop(path, None)
        if read:
            self._room += len(read.value.raw)
        return read


class Texts(dict[str, Read["Text | None"]]):
    """Texts by document, as many as fit into the budget, and the last one: those opened first make room."""

    def __init__(self) -> None:
        super().__init__()
        self._sizes: dict[str, int] = {}

    def put(self, document: str, read: Read[Text | None], size: int) -> None:
        """Keep a text whose record has so many bytes."""
        self._sizes[document] = size
        self[document] = read
        while sum(self._sizes.values()) > TEXT_BYTES and len(self) > 1:
            oldest = next(iter(self))
            del self[oldest], self._sizes[oldest]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was read and may be wanted again: records and texts that others refer to, and documents read ahead."""

    records: dict[str, Read[Record | None]] = field(default_factory=dict)
    texts: Texts = field(default_factory=Texts)
    ahead: ReadAhead = field(default_factory=ReadAhead)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads records and texts of a project, and notes in `noted` what a result that is made from them rests on.

    Readers of one process share what they have `kept`; what is used of it is noted like what is read.
    """

    project: Project
    schemas: Schemas
    validators: Mapping[str, Validator] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    reviews: tuple[Review, ...] = ()
    reviews_digest: str = ""
    """A digest of these, on which every result rests."""
    kept: Kept = field(default_factory=Kept)
    noted: Dependencies = field(default_factory=Dependencies)

    def anew(self) -> Reader:
        """Return a reader that has noted nothing yet."""
        return replace(self, noted=Dependencies())

    def document(self, path: str) -> Document:
        """Return the document of a file; that it cannot be read is a problem like any other."""
        return self._noted(path, self._read(path))

    def read_ahead(self, path: str) -> Document:
        """Return the document of a file, and keep it until it is loaded, if there is room."""
        read = self._read(path)
        self.kept.ahead.put(read)
        return self._noted(path, read)

    def load(self, kind: Kind, record_id: str) -> tuple[Document, list[Problem]]:
        """Return a record's document, and what it breaks of YAML, of its name and of its schema."""
        path = kind.path(record_id)
        document = self._noted(path, self.kept.ahead.take(path) or self._read(path))
        problems = [*document.problems, *misnamed(kind, document)]
        broken = self.validators[kind.name].problems(document)
        problems += [each for each in broken if not (problems and each.pointer == "/id")]
        if document.data is not None:
            problems += foreign_schema(path, document.raw, kind.name)
        return document, problems

    def record(self, record_id: str) -> Record | None:
        """Return a record that is valid for its schema, or None."""
        kind = self.schemas.kind_of(record_id)
        if kind is None or not self.exists(record_id):
            return None
        path = kind.path(record_id)
        if record_id not in self.kept.records:
            document, problems = self.load(kind, record_id)
            make_room(self.kept.records, RECORDS_KEPT)
            self.kept.records[record_id] = Read(document.data if not problems else None, self.noted.files[path])
        return self._noted(path, self.kept.records[record_id])

    def exists(self, record_id: str) -> bool:
        """Say whether there is a file of a record."""
        self.noted.records[record_id] = self.is_there(record_id)
        return self.noted.records[record_id]

    def is_there(self, record_id: str) -> bool:
        """Say whether there is a file of a record, and do not note it."""
        kind = self.schemas.kind_of(record_id)
        return kind is not None and self.project.exists(kind.folder, record_id)

    def text(self, document: str) -> Text | None:
        """Return the text record of a document, or None where it has none that can be read."""
        path = f"sources/texts/{document}.json"
        if document not in self.kept.texts:
            stamp = self.project.stamp(path)
            raw = self.project.read_text_record(document)
            read = Read(open_text(raw), state_of(stamp, raw or b""))
            self.kept.texts.put(document, read, len(raw or b""))
        return self._noted(path, self.kept.texts[document])

    def names_in(self, text: str, document: str) -> list[Standing]:
        """Return the names that stand in a text of a document, each with its record."""
        if document not in self.noted.names:
            self.noted.names[document] = self.names.digest(document)
        return self.names.standing_in(text, document)

    def related(self, key: str) -> tuple[str, ...]:
        """Return the ids of the records with a key of a concept."""
        if key not in self.noted.names:
            self.noted.names[key] = self.names.digest(key)
        return self.names.related(key)

    def _read(self, path: str) -> Read[Document]:
        try:
            raw, stamp = self.project.read_stamped(path)
        except OSError as error:
            return Read(_unread(path, error), state_of(self.project.stamp(path), b""))
        return Read(load(path, raw), state_of(stamp, raw))

    def _noted(self, path: str, read: Read[Value]) -> Value:
        self.noted.files[path] = read.state
        return read.value


def read_raw(project: Project, path: str) -> tuple[bytes, tuple[Problem, ...]]:
    """Return a file's bytes, or none with the problem that it cannot be read."""
    try:
        return project.read(path), ()
    except OSError as error:
        return b"", _unread(path, error).problems


def read_document(project: Project, path: str) -> Document:
    """Return the document at a path; that it cannot be read is a problem like any other."""
    try:
        return load(path, project.read(path))
    except OSError as error:
        return _unread(path, error)


def _unread(path: str, error: OSError) -> Document:
    """Return the document of a file that cannot be read."""
    reason = error.strerror or type(error).__name__
    return Document(path, None, Marks(), (Problem(path, 1, 1, "unreadable", "", {"reason": reason}),))


def open_text(raw: bytes | None) -> Text | None:
    """Return the text record in a file's bytes, or None where it is none."""
    from factpack.text.text_record import decode  # costs start-up time, and a run of kept results opens none

    try:
        return decode(raw) if raw is not None else None
    except (ValueError, KeyError, TypeError):
        return None
