"""The pipeline: a map over runs of files and a concatenation of their pieces, the same for any number of workers."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from factpack import coverage, documents, schemas
from factpack.changes import Snapshot
from factpack.derived import DERIVATIONS
from factpack.descriptor import descriptor, tables
from factpack.documents import Document
from factpack.editions import Edition
from factpack.encode import csv_lines, json_array, json_bytes
from factpack.history import Continuity, breaking, columns_of
from factpack.ids import Identity, identities, is_retired, part_ids, version
from factpack.lookups import Holder, Library, Record, UniqueKey, duplicates, names_of, unique_keys
from factpack.output import DESCRIPTOR, OutputError, Stage
from factpack.problems import Problem
from factpack.project import Project
from factpack.proof import Use, prove
from factpack.rules import Subject, check, misnamed, references
from factpack.schemas import PACKAGE, Kind, Schemas
from factpack.shrinkage import shrinkage
from factpack.tables import Row, complete, rows, shared_row
from factpack.texts import Text, decode
from factpack.validate import Validator

if TYPE_CHECKING:
    from concurrent.futures import Executor

RUN = 250
"""Record files in a run: the unit of work that a worker takes."""
KEPT = 5_000
"""Documents kept in memory once loaded; larger projects load what they need again."""

PACKAGE_PATH = "sources/package.yaml"


@dataclass(slots=True)
class Piece:
    """What a run of records gives: its problems, its rows of each table and its JSON, already encoded."""

    problems: list[Problem] = field(default_factory=list)
    tables: dict[str, bytes] = field(default_factory=dict)
    entries: list[bytes] = field(default_factory=list)
    unique: list[tuple[UniqueKey, Holder]] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    doubts: set[coverage.Doubt] = field(default_factory=set)
    ids: list[Identity] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    """Ids that records in use refer to, each with one that does."""
    unread: list[str] = field(default_factory=list)
    """Records whose ids are not known, for they have problems."""


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
    kept: dict[str, tuple[Document, list[Problem]]]

    def load(self, kind: Kind, record: str) -> tuple[Document, list[Problem]]:
        """Return a record's document, and what it breaks of YAML, of its name and of its schema."""
        path = f"sources/{kind.folder}/{record}.yaml"
        if path in self.kept:
            return self.kept[path]
        document = read_document(self.project, path)
        problems = [*document.problems, *misnamed(kind, document)]
        if document.data is not None:
            broken = self.validators[kind.name].problems(document)
            problems += [each for each in broken if not (problems and each.pointer == "/id")]
        if len(self.kept) < KEPT:
            self.kept[path] = (document, problems)
        return document, problems

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
    return Document(path, None, documents.Marks(), problems) if problems else documents.load(path, raw)


def open_workspace(project: Project) -> Workspace:
    """Return a project opened. Where its schemas are broken, nothing else is looked at."""
    unfit = project.unfit()
    model = Schemas({}, {}, {}, tuple(unfit)) if unfit else schemas.read(project.schemas(), DERIVATIONS.keys())
    library = Library(model, {}, lambda _: None, lambda _: False, lambda _: None)
    space = Workspace(project, model, {}, {}, list(model.problems), library, {}, {})
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
        partial(_open_text, space),
        _names(space),
    )
    area = space.library.area
    if area and not space.library.exists(area):
        document = read_document(project, PACKAGE_PATH)
        kind = model.kinds[model.sources[PACKAGE]["properties"]["area"]["x-ref"]]
        title = str(kind.shape.schema["x-title"]["zh"])
        values = {"found": area, "kind": kind.name, "kind_zh": title, "folder": kind.folder}
        space.problems.append(document.problem("unknown-reference", ("area",), **values))
    space.problems += _text_problems(space)
    return space


def _open_package(space: Workspace) -> None:
    document = read_document(space.project, PACKAGE_PATH)
    problems = [*document.problems, *space.validators[PACKAGE].problems(document)]
    space.problems += problems
    if document.data is not None and not problems:
        space.package = document.data


def _exists(project: Project, model: Schemas, record: str) -> bool:
    kind = model.kind_of(record)
    return kind is not None and project.exists(kind.folder, record)


def _open_text(space: Workspace, document: str) -> Text | None:
    raw = space.project.read_text_record(document)
    try:
        return decode(raw) if raw is not None else None
    except (ValueError, KeyError, TypeError):
        return None


def _text_problems(space: Workspace) -> Iterator[Problem]:
    """Yield text records that cannot be read, and files that belong to no document."""
    known = space.ids[space.schemas.documents.name]
    for name in space.project.text_records():
        stem = name.removesuffix(".json")
        if not name.endswith(".json") or stem not in known:
            yield Problem(f"sources/texts/{name}", 1, 1, "not-a-record", "", {"name": name, "folder": "texts"})
        elif space.library.text(stem) is None:
            yield Problem(f"sources/texts/{name}", 1, 1, "bad-text-record", "", {"document": stem})


def _names(space: Workspace) -> dict[str, tuple[str, ...]]:
    """Lookup: the names and aliases of all records of the kinds whose names others' proofs must know."""
    found = {}
    for kind in space.schemas.kinds.values():
        for record in space.ids[kind.name] if kind.named else ():
            document, _ = space.load(kind, record)
            found[record] = names_of(kind, document.data or {})
    return found


def process(space: Workspace, kind: Kind, ids: Sequence[str], *, build: bool) -> Piece:
    """Return the piece of a run of records, each handled alone."""
    piece = Piece()
    found: dict[str, list[Row]] = {}
    for record in ids:
        document, problems = space.load(kind, record)
        if problems:
            piece.unread.append(record)
        else:
            subject = Subject(kind, document, space.library)
            piece.ids += identities(kind, subject.record, space.library)
            piece.references |= references(subject)
            problems = check(subject)
            if not problems:
                problems, uses = prove(subject)
                piece.uses += uses
            piece.unique += unique_keys(kind, document)
        piece.problems += problems
        if problems:
            piece.doubts |= coverage.doubts(document.data, problems)
        if build and not piece.problems and document.data is not None:
            done = complete(kind, document.data, space.library)
            for table, row in rows(kind, document.data, space.library, done):
                found.setdefault(table, []).append(row)
            if not is_retired(kind.shape, document.data):
                piece.entries.append(json_bytes(done, 1))
    piece.tables = {table: csv_lines(listed) for table, listed in found.items()}
    return piece


@dataclass(slots=True)
class Outcome:
    """What a check or build found: its problems, and how much was looked at."""

    problems: list[Problem]
    counts: dict[str, int]
    titles: dict[str, str] = field(default_factory=dict)
    """Chinese titles of the kinds counted, by folder."""
    numbers: list[coverage.Number] = field(default_factory=list)
    ids: dict[str, list[str]] = field(default_factory=dict)
    """The records that were looked at, by folder."""

    def paths(self) -> Iterator[str]:
        """Yield the path of each record that was looked at."""
        return (f"sources/{folder}/{record}.yaml" for folder, ids in self.ids.items() for record in ids)


def check_project(
    space: Workspace, only: frozenset[str] | None = None, workers: int = 1, then: Edition | None = None
) -> Outcome:
    """Return every problem of a project; `only` keeps to some paths, and leaves out what needs all records.

    `then` is the edition whose ids and columns must still be there.
    """
    return _run(space, workers, None, only, then)


def snapshot(space: Workspace) -> Snapshot:
    """Return the package that the sources give, as far as their records are valid."""
    records: dict[str, dict[str, Record]] = {}
    known: dict[str, Identity] = {}
    unread: list[str] = []
    for kind in space.schemas.prefixes.values():
        for name in space.ids[kind.name]:
            document, problems = space.load(kind, name)
            if problems or document.data is None or check(Subject(kind, document, space.library)):
                unread.append(name)
                continue
            known |= {each.id: each for each in identities(kind, document.data, space.library)}
            if not is_retired(kind.shape, document.data):
                records.setdefault(kind.folder, {})[name] = complete(kind, document.data, space.library)
    version = str(space.package.get("version", ""))
    return Snapshot(records, known, columns_of(space.schemas), version, frozenset(unread))


def build_project(
    space: Workspace, stage: Stage, workers: int = 1, then: Edition | None = None, *, may_shrink: bool = False
) -> Outcome:
    """Make the whole package in a stage; with a problem of severity error it must not be committed.

    `then` is the edition whose ids and columns must still be there. Unless it `may_shrink`, a package that is much
    smaller than the one in place is a problem.
    """
    names = tables(space.schemas)
    for name, table in names.items():
        stage.append(f"build/csv/{name}.csv", csv_lines([[column.name for column in table.columns]]))
    outcome = _run(space, workers, stage, None, then)
    if any(problem.severity == "error" for problem in outcome.problems):
        return outcome
    listed = [space.library.record(each) for each in space.ids[space.schemas.documents.name]]
    sources = [each for each in listed if each]
    stage.append(
        DESCRIPTOR,
        json_bytes(descriptor(space.schemas, space.package, sources, stage.made())) + b"\n",
    )
    stage.close()
    if not may_shrink:
        outcome.problems += shrinkage(space.schemas, stage.rows())
    return outcome


def _run(
    space: Workspace, workers: int, stage: Stage | None, only: frozenset[str] | None, then: Edition | None
) -> Outcome:
    outcome = Outcome(list(space.problems), {})
    joined = Joined(Continuity(then) if then and only is None else None)
    if not space.validators:
        return outcome
    with _mapper(space, workers) as pieces:
        for kind in space.schemas.prefixes.values():
            ids = [
                each for each in space.ids[kind.name] if only is None or f"sources/{kind.folder}/{each}.yaml" in only
            ]
            runs = [ids[start : start + RUN] for start in range(0, len(ids), RUN)]
            entries = _take(pieces(kind.name, runs, stage is not None), outcome, joined, stage)
            for part in json_array(entries):
                if stage:
                    stage.append(f"build/json/{kind.folder}.json", part)
            outcome.counts[kind.folder] = len(ids)
            outcome.ids[kind.folder] = ids
            outcome.titles[kind.folder] = kind.shape.schema["x-title"]["zh"]
    if only is None:
        outcome.problems += [*duplicates(joined.unique, space.reread), *_coverage(space, joined, outcome, stage)]
        outcome.problems += _history(space, joined, then)
    outcome.problems = sorted(set_of(outcome.problems))
    return outcome


def set_of(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems once each."""
    return list({(each.path, each.line, each.column, each.code, each.pointer): each for each in problems}.values())


@dataclass(slots=True)
class Joined:
    """What is known of all records together, piece by piece."""

    continuity: Continuity | None
    unique: list[tuple[UniqueKey, Holder]] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    doubts: set[coverage.Doubt] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    retired: list[str] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)

    def take(self, piece: Piece) -> None:
        """Take the next piece."""
        self.unique += piece.unique
        self.uses += piece.uses
        self.doubts |= piece.doubts
        self.unread.update(piece.unread)
        self.retired += (each.id for each in piece.ids if each.retired)
        self.references = {**piece.references, **self.references}
        if self.continuity:
            self.continuity.meet(piece.ids)


def _take(pieces: Iterable[Piece], outcome: Outcome, joined: Joined, stage: Stage | None) -> Iterator[bytes]:
    """Write the tables of pieces as they come; yield their JSON entries."""
    for piece in pieces:
        outcome.problems += piece.problems
        joined.take(piece)
        if stage and not outcome.problems:
            for table, data in piece.tables.items():
                stage.append(f"build/csv/{table}.csv", data)
        yield from piece.entries


def _history(space: Workspace, joined: Joined, then: Edition | None) -> Iterator[Problem]:
    """Join: yield ids that vanished or came back, retired ones still referred to, and columns that may not go yet."""
    for own in joined.retired:
        if own in joined.references:
            yield _at_id(space, own, "retired-in-use", other=joined.references[own])
    if then is None or joined.continuity is None:
        return
    joined.continuity.end()
    for own in _gone(joined.continuity.vanished, joined.unread):
        yield _at_id(space, own, "vanished-id", edition=then.name)
    yield from (_at_id(space, own, "reused-id", edition=then.name) for own in joined.continuity.reused)
    current = str(space.package.get("version", ""))
    changed = breaking(then, space.schemas, current) if current else []
    if changed:
        shown = {"changed": ", ".join(changed), "version": current, "edition": then.name}
        was = str(then.descriptor["version"])
        shown["needed"] = f"{version(was)[0] + 1}.0.0"
        yield read_document(space.project, PACKAGE_PATH).problem("version-too-low", ("version",), **shown)


def _gone(vanished: Sequence[str], unread: Collection[str]) -> Iterator[str]:
    """Yield the vanished ids less those of records that cannot be read now, and of parts whose whole record is gone."""
    records = {own for own in vanished if "." not in own}
    for own in vanished:
        record = own.partition(".")[0]
        if record not in unread and (record == own or record not in records):
            yield own


def _at_id(space: Workspace, own: str, code: str, **values: str) -> Problem:
    """Return a problem of an id, where its part stands or stood in its record, else at the record's beginning."""
    name = own.partition(".")[0]
    kind = space.schemas.kind_of(name)
    path = f"sources/{kind.folder}/{name}.yaml" if kind else PACKAGE_PATH
    values = {"id": own, **values}
    if kind is None or not space.library.exists(name):
        return Problem(path, 1, 1, code, "", values)
    document, _ = space.load(kind, name)
    for field_name, shape in kind.shape.parts.items():
        listed = (document.data or {}).get(field_name)
        if own != name and shape.key and isinstance(listed, list):
            ids = part_ids(name, shape, listed, space.library)  # type: ignore[arg-type]
            at: documents.Path = (field_name, ids.index(own)) if own in ids else (field_name,)
            return Problem(path, *document.marks.at_key(at), code, f"/{field_name}#{own}", values)
    return document.key_problem(code, (kind.shape.role("retired") or "",), **values)


def _coverage(space: Workspace, joined: Joined, outcome: Outcome, stage: Stage | None) -> Iterator[Problem]:
    """Join: account for every number of every text, write the table of numbers, and yield what is left over."""
    kind, uses = space.schemas.documents, joined.uses
    yield from coverage.sharing(uses, space.reread)
    listed: list[coverage.Number] = []
    for name in space.ids[kind.name]:
        document, wrong = space.load(kind, name)
        text = space.library.text(name)
        if text and not wrong:
            own = [use for use in uses if use.document == name]
            listed += coverage.numbers(text, own, coverage.waivers(kind, document))
            yield from coverage.problems(kind, document, text, own, joined.doubts)
    outcome.numbers = listed
    outcome.counts["values proven"] = len({use.user for use in uses if use.by_value})
    claimed = {(each.document, each.paragraph, each.token.start) for each in listed if each.use != "unclaimed"}
    outcome.counts["numbers accounted for"] = len(claimed)
    if stage and listed:
        rows = [shared_row("numbers", number.row(), space.library)[1] for number in listed]
        stage.append("build/csv/numbers.csv", csv_lines(rows))


Mapper = Callable[[str, list[list[str]], bool], Iterable[Piece]]


class _mapper:  # noqa: N801 - used as a context manager function
    """Gives the function that maps runs to pieces in order, in this process or in worker processes."""

    def __init__(self, space: Workspace, workers: int) -> None:
        self.space = space
        self.pool: Executor | None = None
        if workers > 1:
            from concurrent.futures import ProcessPoolExecutor  # costs start-up time, and one worker needs none

            self.pool = ProcessPoolExecutor(workers, initializer=_enter, initargs=(space.project.root,))

    def __enter__(self) -> Mapper:
        return self._pooled if self.pool else self._alone

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if self.pool:
            from concurrent.futures import BrokenExecutor  # as above

            self.pool.shutdown(cancel_futures=True)
            if isinstance(error, BrokenExecutor):
                raise OutputError("a worker was killed, perhaps for want of memory; try fewer workers") from error

    def _alone(self, kind: str, runs: list[list[str]], build: bool) -> Iterator[Piece]:
        return (process(self.space, self.space.schemas.kinds[kind], run, build=build) for run in runs)

    def _pooled(self, kind: str, runs: list[list[str]], build: bool) -> Iterator[Piece]:
        assert self.pool
        with _uninterrupted():
            return self.pool.map(partial(_work, kind, build), runs)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold interrupts back while workers start: one would leave those behind that nobody knows of yet."""
    import signal  # only workers need it

    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_space: Workspace | None = None
"""The workspace of a worker process."""


def _enter(root: Path) -> None:
    """Open the project in a worker; interrupts are for its parent, which it does not outlive."""
    import signal  # only workers need it and the next one
    from threading import Thread

    global _space
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGTERM,))  # held back when the worker was started
    Thread(target=_end_with_parent, daemon=True).start()
    _space = open_workspace(Project(root))


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # only workers need it

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _work(kind: str, build: bool, ids: list[str]) -> Piece:
    assert _space is not None
    return process(_space, _space.schemas.kinds[kind], ids, build=build)
