"""The pipeline: a map over runs of files and a concatenation of their pieces, the same for any number of workers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from factpack import coverage, documents, schemas
from factpack.derived import DERIVATIONS
from factpack.descriptor import descriptor, tables
from factpack.documents import Document
from factpack.encode import csv_lines, json_array, json_text
from factpack.lookups import Library, Record, UniqueKey, duplicates, names_of, unique_keys
from factpack.output import DESCRIPTOR, OutputError, Stage
from factpack.problems import Problem
from factpack.project import Project
from factpack.proof import Use, prove
from factpack.rules import Subject, check, misnamed
from factpack.schemas import PACKAGE, Kind, Schemas
from factpack.shrinkage import shrinkage
from factpack.tables import Row, complete, is_retired, rows, shared_row
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
    unique: list[tuple[UniqueKey, Problem]] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    doubts: set[coverage.Doubt] = field(default_factory=set)


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

    def read(self, record: str) -> Record | None:
        """Return a record that is valid for its schema, or None."""
        kind = self.schemas.kind_of(record)
        if kind is None or not self.library.exists(record):
            return None
        document, problems = self.load(kind, record)
        return document.data if not problems else None


def read_document(project: Project, path: str) -> Document:
    """Return the document at a path; a file that cannot be read is a problem like any other."""
    try:
        raw = project.read(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Document(path, None, documents.Marks(), (Problem(path, 1, 1, "unreadable", "", {"reason": reason}),))
    return documents.load(path, raw)


def open_workspace(project: Project) -> Workspace:
    """Return a project opened. Where its schemas are broken, nothing else is looked at."""
    model = schemas.read(project.schemas(), DERIVATIONS.keys())
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
        if not problems:
            subject = Subject(kind, document, space.library)
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
                piece.entries.append(json_text(done, 1).encode("utf-8"))
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


def check_project(space: Workspace, only: frozenset[str] | None = None, workers: int = 1) -> Outcome:
    """Return every problem of a project; `only` keeps to some paths, and leaves out what needs all records."""
    return _run(space, workers, None, only)


def build_project(space: Workspace, stage: Stage, workers: int = 1, *, may_shrink: bool = False) -> Outcome:
    """Make the whole package in a stage; with a problem of severity error it must not be committed.

    Unless it `may_shrink`, a package that is much smaller than the one in place is a problem.
    """
    names = tables(space.schemas)
    for name, table in names.items():
        stage.append(f"build/csv/{name}.csv", csv_lines([[column.name for column in table.columns]]))
    outcome = _run(space, workers, stage, None)
    if any(problem.severity == "error" for problem in outcome.problems):
        return outcome
    listed = [space.library.record(each) for each in space.ids[space.schemas.documents.name]]
    sources = [each for each in listed if each]
    stage.append(
        DESCRIPTOR,
        (json_text(descriptor(space.schemas, space.package, sources, stage.made())) + "\n").encode(),
    )
    stage.close()
    if not may_shrink:
        outcome.problems += shrinkage(space.schemas, stage.rows())
    return outcome


def _run(space: Workspace, workers: int, stage: Stage | None, only: frozenset[str] | None) -> Outcome:
    outcome = Outcome(list(space.problems), {})
    joined = Piece()
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
            outcome.titles[kind.folder] = kind.shape.schema["x-title"]["zh"]
    if only is None:
        outcome.problems += [*duplicates(joined.unique), *_coverage(space, joined, outcome, stage)]
    outcome.problems = sorted(set_of(outcome.problems))
    return outcome


def set_of(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems once each."""
    return list({(each.path, each.line, each.column, each.code, each.pointer): each for each in problems}.values())


def _take(pieces: Iterable[Piece], outcome: Outcome, joined: Piece, stage: Stage | None) -> Iterator[bytes]:
    """Write the tables of pieces as they come; yield their JSON entries."""
    for piece in pieces:
        outcome.problems += piece.problems
        joined.unique += piece.unique
        joined.uses += piece.uses
        joined.doubts |= piece.doubts
        if stage and not outcome.problems:
            for table, data in piece.tables.items():
                stage.append(f"build/csv/{table}.csv", data)
        yield from piece.entries


def _coverage(space: Workspace, joined: Piece, outcome: Outcome, stage: Stage | None) -> Iterator[Problem]:
    """Join: account for every number of every text, write the table of numbers, and yield what is left over."""
    kind, uses = space.schemas.documents, joined.uses
    yield from coverage.sharing(uses)
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
    """Hold interrupts back while workers start, and from them for good: one would leave some that nobody knows of."""
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
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it is not held back already
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
