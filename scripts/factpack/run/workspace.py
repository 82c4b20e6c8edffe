"""The workspace: a project opened, with what its schemas, its package and its folders say, and its records at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from factpack.check.rules import misnamed
from factpack.disk.cache import Cache
from factpack.disk.project import Project
from factpack.problems import Problem
from factpack.record.library import Library
from factpack.record.names import Names
from factpack.schema import read
from factpack.schema.model import PACKAGE, Kind, Schemas
from factpack.schema.validate import Validator
from factpack.source.documents import Document, load
from factpack.source.marks import Marks, Record
from factpack.table.derived import DERIVATIONS
from factpack.text.text_record import Text, decode

PACKAGE_PATH = "sources/package.yaml"
State = tuple[int, int, int, str] | None
"""A file's size, its times (0 where it was too young for them to tell) and a digest of its content; None: no file."""


AHEAD_BYTES = 4 << 20
"""Bytes of record files whose documents are kept between two readings; in memory these take some ten times as much."""


class ReadAhead:
    """Documents read before their turn, each with the state of its file, as many as fit into the budget."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Document, State]] = {}
        self._room = AHEAD_BYTES

    def put(self, document: Document, state: State) -> None:
        """Keep a document if there is room."""
        if len(document.raw) <= self._room and document.path not in self._kept:
            self._room -= len(document.raw)
            self._kept[document.path] = document, state

    def take(self, path: str) -> tuple[Document, State] | None:
        """Return the document of a path and its state, and keep it no longer; None where it is not kept."""
        kept = self._kept.pop(path, None)
        if kept:
            self._room += len(kept[0].raw)
        return kept


@dataclass(slots=True)
class Workspace:
    """A project opened: its schemas, its package, its ids by kind, and the library of its records."""

    project: Project
    schemas: Schemas
    package: Record
    ids: dict[str, list[str]]
    problems: list[Problem]
    library: Library
    validators: dict[str, Validator]
    texts: set[str] = field(default_factory=set)
    """Documents that have a text record."""
    cache: Cache | None = None
    kept_records: dict[str, tuple[Record | None, State]] = field(default_factory=dict)
    kept_texts: dict[str, tuple[Text | None, State]] = field(default_factory=dict)
    """What was read lately of the records and texts that others refer to."""
    ahead: ReadAhead = field(default_factory=ReadAhead)

    def load(self, kind: Kind, record: str) -> tuple[Document, list[Problem]]:
        """Return a record's document, and what it breaks of YAML, of its name and of its schema."""
        document = read_document(self.project, kind.path(record))
        return document, self.judge(kind, document)

    def judge(self, kind: Kind, document: Document) -> list[Problem]:
        """Return what a record's document breaks of YAML, of its name and of its schema."""
        problems = [*document.problems, *misnamed(kind, document)]
        if document.data is not None:
            broken = self.validators[kind.name].problems(document)
            problems += [each for each in broken if not (problems and each.pointer == "/id")]
        return problems

    def knowing(self, names: Names) -> Workspace:
        """Return the workspace with the names that proofs must know."""
        return replace(self, library=replace(self.library, names=names))

    def reread(self, path: str) -> Document:
        """Return the document of a file, with its marks."""
        return read_document(self.project, path)

    def read(self, record: str) -> Record | None:
        """Return a record that is valid for its schema, or None."""
        kind = self.schemas.kind_of(record)
        if kind is None or not self.library.exists(record):
            return None
        document, problems = self.load(kind, record)
        return document.data if not problems else None


def read_raw(project: Project, path: str) -> tuple[bytes, tuple[Problem, ...]]:
    """Return a file's bytes, or none with the problem that it cannot be read."""
    try:
        return project.read(path), ()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return b"", (Problem(path, 1, 1, "unreadable", "", {"reason": reason}),)


def read_document(project: Project, path: str) -> Document:
    """Return the document at a path; a file that cannot be read is a problem like any other."""
    raw, problems = read_raw(project, path)
    return Document(path, None, Marks(), problems) if problems else load(path, raw)


def open_workspace(project: Project) -> Workspace:
    """Return a project opened. Where its schemas are broken, nothing else is looked at."""
    unfit = project.unfit()
    model = Schemas({}, {}, {}, tuple(unfit)) if unfit else read.read(project.schemas(), DERIVATIONS.keys())
    library = Library(model, {}, lambda _: None, lambda _: False, lambda _: None)
    space = Workspace(project, model, {}, {}, list(model.problems), library, {})
    if model.problems:
        return space
    space.validators = {name: Validator(name, model) for name in (*model.kinds, PACKAGE)}
    for kind in model.prefixes.values():
        ids, problems = project.listing(kind.folder, kind.prefix)
        space.ids[kind.name] = ids
        space.problems += problems
    space.problems += project.strangers(kind.folder for kind in model.kinds.values())
    _open_package(space)
    space.library = Library(
        model,
        space.package,
        space.read,
        partial(_exists, project, model),
        lambda document: open_text(project.read_text_record(document)),
    )
    space.problems += _unknown_references(space)
    space.problems += _strange_texts(space)
    return space


def _unknown_references(space: Workspace) -> Iterator[Problem]:
    """Yield the records that the package names and that are not there."""
    for key, schema in space.schemas.sources[PACKAGE]["properties"].items():
        kind = space.schemas.kinds.get(schema.get("x-ref") or schema.get("items", {}).get("x-ref") or "")
        value: Any = space.package.get(key)
        if kind is None or value is None:
            continue
        listed = [((key, at), each) for at, each in enumerate(value)] if isinstance(value, list) else [((key,), value)]
        for at, each in listed:
            if space.schemas.kind_of(each) is not kind or not space.library.exists(each):
                document = read_document(space.project, PACKAGE_PATH)
                title = str(kind.shape.schema["x-title"]["zh"])
                values = {"found": each, "kind": kind.name, "kind_zh": title, "folder": kind.folder}
                yield document.problem("unknown-reference", at, **values)


def _open_package(space: Workspace) -> None:
    document = read_document(space.project, PACKAGE_PATH)
    problems = [*document.problems, *space.validators[PACKAGE].problems(document)]
    space.problems += problems
    if document.data is not None and not problems:
        space.package = document.data


def _exists(project: Project, model: Schemas, record: str) -> bool:
    kind = model.kind_of(record)
    return kind is not None and project.exists(kind.folder, record)


def open_text(raw: bytes | None) -> Text | None:
    """Return the text record in a file's bytes, or None where it is none."""
    try:
        return decode(raw) if raw is not None else None
    except (ValueError, KeyError, TypeError):
        return None


def _strange_texts(space: Workspace) -> Iterator[Problem]:
    """Yield the files among the text records that belong to no document."""
    known = frozenset(space.ids[space.schemas.documents.name])
    for name in space.project.text_records():
        stem = name.removesuffix(".json")
        if name.endswith(".json") and stem in known:
            space.texts.add(stem)
        else:
            yield Problem(f"sources/texts/{name}", 1, 1, "not-a-record", "", {"name": name, "folder": "texts"})
