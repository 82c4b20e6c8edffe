"""The pipeline: a map over runs of files and a concatenation of their pieces, the same for any number of workers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from factpack import coverage, documents
from factpack.accounts import Account, Uses, account
from factpack.changes import Snapshot
from factpack.descriptor import descriptor, tables
from factpack.editions import Edition
from factpack.encode import csv_lines, json_array, json_bytes
from factpack.history import Continuity, breaking, columns_of
from factpack.ids import Identity, identities, is_retired, part_ids, version
from factpack.lookups import Names, Record, UniqueKey, duplicates, unique_keys
from factpack.output import DESCRIPTOR, Stage
from factpack.problems import Problem
from factpack.proof import Use, prove
from factpack.rules import Subject, check, references
from factpack.shrinkage import shrinkage
from factpack.tables import Row, complete, rows
from factpack.workers import crew
from factpack.workspace import PACKAGE_PATH, Workspace, names_in, read_document

RUN = 250
"""Record files in a run: the unit of work that a worker takes."""
MANY_RUNS = 40
"""Runs whose names take longer to read than workers take to start."""


@dataclass(slots=True)
class Piece:
    """What a run of records gives: its problems, its rows of each table and its JSON, already encoded."""

    problems: list[Problem] = field(default_factory=list)
    tables: dict[str, bytes] = field(default_factory=dict)
    entries: list[bytes] = field(default_factory=list)
    unique: list[UniqueKey] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    doubts: set[coverage.Doubt] = field(default_factory=set)
    ids: list[Identity] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    """Ids that records in use refer to, each with one that does."""
    proven: int = 0
    """Records and parts whose value is proven."""
    unread: list[str] = field(default_factory=list)
    """Records whose ids are not known, for they have problems."""


Run = tuple[str, Sequence[str], bool]
"""Records of a kind in order, and whether to make their rows."""


def process(space: Workspace, run: Run) -> Piece:
    """Return the piece of a run of records, each handled alone."""
    name, ids, build = run
    kind, piece = space.schemas.kinds[name], Piece()
    found: dict[str, list[Row]] = {}
    for record in ids:
        document, problems = space.load(kind, record)
        if kind is space.schemas.documents and record in space.texts and space.library.text(record) is None:
            path = f"sources/texts/{record}.json"
            piece.problems.append(Problem(path, 1, 1, "bad-text-record", "", {"document": record}))
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
                piece.proven += len({use.user for use in uses if use.by_value})
            piece.unique += (key for key, _ in unique_keys(kind, document))
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
    """The numbers of all texts, where they were asked for."""
    totals: dict[str, int] = field(default_factory=dict)
    """How many of them there are by use."""
    ids: dict[str, list[str]] = field(default_factory=dict)
    """The records that were looked at, by folder."""

    def paths(self) -> Iterator[str]:
        """Yield the path of each record that was looked at."""
        return (f"sources/{folder}/{record}.yaml" for folder, ids in self.ids.items() for record in ids)


def check_project(
    space: Workspace,
    only: frozenset[str] | None = None,
    workers: int = 1,
    then: Edition | None = None,
    *,
    keep: bool = False,
) -> Outcome:
    """Return every problem of a project; `only` keeps to some paths, and leaves out what needs all records.

    `then` is the edition whose ids and columns must still be there. To `keep` the numbers of all texts takes memory.
    """
    return _run(space, workers, None, only, then, keep)


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
    outcome = _run(space, workers, stage, None, then, keep=False)
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
    space: Workspace,
    workers: int,
    stage: Stage | None,
    only: frozenset[str] | None,
    then: Edition | None,
    keep: bool,
) -> Outcome:
    outcome = Outcome(list(space.problems), {})
    if not space.validators:
        return outcome
    documents = space.ids[space.schemas.documents.name]
    joined = Joined(Uses(documents), Continuity(then) if then and only is None else None)
    space = space.knowing(names_known(space, workers))
    with crew(space, workers) as mapped:
        for kind in space.schemas.prefixes.values():
            ids = [
                each for each in space.ids[kind.name] if only is None or f"sources/{kind.folder}/{each}.yaml" in only
            ]
            pieces = mapped(process, ((kind.name, run, stage is not None) for run in _runs(ids)))
            entries = _take(pieces, outcome, joined, stage)
            for part in json_array(entries):
                if stage:
                    stage.append(f"build/json/{kind.folder}.json", part)
            outcome.counts[kind.folder] = len(ids)
            outcome.ids[kind.folder] = ids
            outcome.titles[kind.folder] = kind.shape.schema["x-title"]["zh"]
        if only is None:
            batches = ((*each, frozenset(joined.doubts), stage is not None, keep) for each in joined.uses.batches())
            outcome.problems += _accounted(space, mapped(account, batches), outcome, stage)
    if only is None:
        outcome.counts["values proven"] = joined.proven
        outcome.counts["numbers accounted for"] = sum(outcome.totals.values()) - outcome.totals.get("unclaimed", 0)
        outcome.problems += [*_duplicates(space, joined), *_history(space, joined, then)]
    outcome.problems = sorted(set_of(outcome.problems))
    return outcome


def _runs(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + RUN] for start in range(0, len(ids), RUN))


def names_known(space: Workspace, workers: int = 1) -> Names:
    """Lookup: return the names of all records of the kinds whose names others' proofs must know."""
    kinds = [kind for kind in space.schemas.kinds.values() if kind.named]
    runs = [(kind.name, run) for kind in kinds for run in _runs(space.ids[kind.name])]
    with crew(space, workers if len(runs) > MANY_RUNS else 1) as mapped:
        return Names(each for listed in mapped(names_in, runs) for each in listed)


def set_of(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems once each."""
    return list({(each.path, each.line, each.column, each.code, each.pointer): each for each in problems}.values())


@dataclass(slots=True)
class Joined:
    """What is known of all records together, piece by piece."""

    uses: Uses
    continuity: Continuity | None
    proven: int = 0
    unique: set[int] = field(default_factory=set)
    """Hashes of the values that belong to one record only; a value takes too much memory."""
    doubled: set[UniqueKey] = field(default_factory=set)
    doubts: set[coverage.Doubt] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    retired: list[str] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)

    def take(self, piece: Piece) -> None:
        """Take the next piece."""
        self.uses.add(piece.uses)
        self.proven += piece.proven
        for key in piece.unique:
            if hash(key) in self.unique:
                self.doubled.add(key)
            self.unique.add(hash(key))
        self.doubts |= piece.doubts
        self.unread.update(piece.unread)
        self.retired += (each.id for each in piece.ids if each.retired)
        for own, other in piece.references.items():
            self.references.setdefault(own, other)
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


def _accounted(
    space: Workspace, accounts: Iterable[Account], outcome: Outcome, stage: Stage | None
) -> Iterator[Problem]:
    """Join: take the accounts of all texts, write the table of numbers, and yield what is left over."""
    said: coverage.Said = {}
    for each in accounts:
        yield from each.problems
        for user, (use, shares) in each.said.items():
            said[user] = use, shares or said.get(user, (use, False))[1]
        for kind, count in each.totals.items():
            outcome.totals[kind] = outcome.totals.get(kind, 0) + count
        outcome.numbers += each.numbers
        if stage and each.rows:
            stage.append("build/csv/numbers.csv", each.rows)
    yield from coverage.not_shared(said, space.reread)


def _duplicates(space: Workspace, joined: Joined) -> list[Problem]:
    """Join: return a problem for each record with a value that an earlier one has; few are read again for it."""
    if not joined.doubled:
        return []
    pairs = (
        pair
        for kind in space.schemas.kinds.values()
        for record in (space.ids[kind.name] if kind.unique else ())
        if not (loaded := space.load(kind, record))[1]
        for pair in unique_keys(kind, loaded[0])
    )
    return duplicates((pair for pair in pairs if pair[0] in joined.doubled), space.reread)
