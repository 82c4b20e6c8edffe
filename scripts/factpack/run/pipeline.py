"""The pipeline: a map over runs of files and a concatenation of their pieces, the same for any number of workers."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise

import orjson

from factpack.check import coverage
from factpack.check.rules import check
from factpack.disk.stage import DESCRIPTOR, Stage
from factpack.history.changes import Snapshot
from factpack.history.columns import breaking, columns_of
from factpack.history.continuity import Continuity
from factpack.history.editions import Edition
from factpack.history.shrinkage import shrinkage
from factpack.problems import Problem
from factpack.record.ids import Identity, identities, is_retired, part_ids, version
from factpack.record.names import Names
from factpack.record.subject import Subject
from factpack.record.unique import duplicates, key_digest, unique_keys
from factpack.run.chunk import Piece, Run, names_in, names_slot, process, runs
from factpack.run.chunk import slot_of as piece_slot
from factpack.run.coverage import Account, Batch, Uses, account, numbers_of
from factpack.run.coverage import slot_of as account_slot
from factpack.run.executor import ALONE, Hands, crew
from factpack.run.processes import Mapped
from factpack.run.workspace import PACKAGE_PATH, Workspace, read_document
from factpack.source import marks
from factpack.source.marks import Record
from factpack.table.descriptor import descriptor
from factpack.table.encode import csv_lines, json_array, json_bytes
from factpack.table.rows import complete

MANY_RUNS = 8
"""Runs whose names take longer to read than workers take to start."""


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
    hands: Hands = ALONE,
    then: Edition | None = None,
    *,
    keep: bool = False,
) -> Outcome:
    """Return every problem of a project; `only` keeps to some paths, and leaves out what needs all records.

    `then` is the edition whose ids and columns must still be there. To `keep` the numbers of all texts takes memory.
    """
    return _run(space, hands, None, only, then, keep)


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
    space: Workspace, stage: Stage, hands: Hands = ALONE, then: Edition | None = None, *, may_shrink: bool = False
) -> Outcome:
    """Make the whole package in a stage; with a problem of severity error it must not be committed.

    `then` is the edition whose ids and columns must still be there. Unless it `may_shrink`, a package that is much
    smaller than the one in place is a problem.
    """
    for name in columns_of(space.schemas):
        stage.append(f"build/csv/{name}.csv", _header(space, name))
    outcome = _run(space, hands, stage, None, then, keep=False)
    if any(problem.severity == "error" for problem in outcome.problems):
        return outcome
    listed = (space.read(each) for each in space.ids[space.schemas.documents.name])
    sources = (each for each in listed if each)
    stage.append(
        DESCRIPTOR,
        json_bytes(descriptor(space.schemas, space.package, sources, stage.made())) + b"\n",
    )
    stage.close()
    if not may_shrink:
        outcome.problems += shrinkage(space.schemas, stage.rows())
    return outcome


def _header(space: Workspace, table: str) -> bytes:
    return csv_lines([columns_of(space.schemas)[table]])


def _run(
    space: Workspace,
    hands: Hands,
    stage: Stage | None,
    only: frozenset[str] | None,
    then: Edition | None,
    keep: bool,
) -> Outcome:
    outcome = Outcome(list(space.problems), {})
    if not space.validators:
        return outcome
    listed = list(space.schemas.prefixes.values())
    ids = {
        kind.name: [each for each in space.ids[kind.name] if only is None or kind.path(each) in only] for kind in listed
    }
    hands.begin(sum(map(len, ids.values())))
    continuity = Continuity(then, _header(space, "ids")) if then and only is None else None
    joined = Joined(Uses(space.ids[space.schemas.documents.name]), continuity)
    used: set[str] = set()
    """Slots of the cache that hold what this run needed."""
    space = space.knowing(names_known(space, hands, used))
    tasks = {kind.name: [(kind.name, run, stage is not None) for run in runs(ids[kind.name])] for kind in listed}
    used.update(piece_slot(task) for each in tasks.values() for task in each)
    with crew(space, hands) as mapped:
        made = mapped(process, chain.from_iterable(tasks.values()))  # one stream: no worker waits for the end of a kind
        for kind in listed:
            pieces = _told(islice(made, len(tasks[kind.name])), tasks[kind.name], hands)
            for part in json_array(_take(pieces, outcome, joined, stage)):
                if stage:
                    stage.append(f"build/json/{kind.folder}.json", part)
            outcome.counts[kind.folder] = len(ids[kind.name])
            outcome.ids[kind.folder] = ids[kind.name]
            outcome.titles[kind.folder] = kind.shape.schema["x-title"]["zh"]
        if only is None:
            outcome.problems += _accounted(space, mapped, outcome, joined, stage, keep, used)
    if only is None:
        outcome.counts["values proven"] = joined.proven
        outcome.counts["numbers accounted for"] = sum(outcome.totals.values()) - outcome.totals.get("unclaimed", 0)
        outcome.problems += [*_duplicates(space, joined), *_history(space, joined, then)]
        if space.cache:
            space.cache.keep(used | {_other(slot) for slot in used})
    outcome.problems = sorted(set_of(outcome.problems))
    return outcome


def names_known(space: Workspace, hands: Hands = ALONE, used: set[str] | None = None) -> Names:
    """Lookup: return the names of all records of the kinds whose names others' proofs must know.

    `used` takes the slots of the cache that hold them.
    """
    kinds = [kind for kind in space.schemas.kinds.values() if kind.named]
    tasks = [(kind.name, run) for kind in kinds for run in runs(space.ids[kind.name])]
    if used is not None:
        used.update(map(names_slot, tasks))
    with crew(space, hands if len(tasks) > MANY_RUNS else ALONE) as mapped:
        return Names((each for listed in mapped(names_in, tasks) for each in orjson.loads(listed)), space.texts)


def set_of(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems once each."""
    return list({(each.path, each.line, each.column, each.code, each.pointer): each for each in problems}.values())


@dataclass(slots=True)
class Joined:
    """What is known of all records together, piece by piece."""

    uses: Uses
    continuity: Continuity | None
    proven: int = 0
    unique: array[int] = field(default_factory=lambda: array("Q"))
    """Digests of the values that belong to one record only."""
    doubts: set[coverage.Doubt] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    retired: list[str] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)

    def take(self, piece: Piece) -> None:
        """Take the next piece."""
        self.uses.add(piece.uses)
        self.proven += piece.proven
        self.unique.extend(piece.unique)
        self.doubts |= piece.doubts
        self.unread.update(piece.unread)
        self.retired += piece.retired
        for own in piece.references.keys() - self.references.keys():
            self.references[own] = piece.references[own]
        if self.continuity:
            self.continuity.meet(piece.tables["ids"])


def _told(pieces: Iterable[bytes], tasks: Sequence[Run], hands: Hands) -> Iterator[Piece]:
    """Yield pieces as they come, and tell how far the work is."""
    for packed, task in zip(pieces, tasks, strict=True):
        yield Piece.unpacked(packed)
        hands.advance(len(task[1]))


def _other(slot: str) -> str:
    """Return the slot of the same run for a check where this is one for a build, and the other way round."""
    head, _, tail = slot.rpartition(".")
    return f"{head}.{'check' if tail == 'build' else 'build'}"


def _take(pieces: Iterable[Piece], outcome: Outcome, joined: Joined, stage: Stage | None) -> Iterator[bytes]:
    """Write the tables of pieces as they come; yield their JSON entries."""
    for piece in pieces:
        outcome.problems += piece.problems
        joined.take(piece)
        if stage and not outcome.problems:
            for table, data in piece.tables.items():
                stage.append(f"build/csv/{table}.csv", data)
        if piece.entries:
            yield piece.entries


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
    path = kind.path(name) if kind else PACKAGE_PATH
    values = {"id": own, **values}
    if kind is None or not space.library.exists(name):
        return Problem(path, 1, 1, code, "", values)
    document, _ = space.load(kind, name)
    for field_name, shape in kind.shape.parts.items():
        listed = (document.data or {}).get(field_name)
        if own != name and shape.key and isinstance(listed, list):
            ids = part_ids(name, shape, listed, space.library)  # type: ignore[arg-type]
            at: marks.Path = (field_name, ids.index(own)) if own in ids else (field_name,)
            return Problem(path, *document.marks.at_key(at), code, f"/{field_name}#{own}", values)
    return document.key_problem(code, (kind.shape.role("retired") or "",), **values)


def _accounted(
    space: Workspace,
    mapped: Mapped,
    outcome: Outcome,
    joined: Joined,
    stage: Stage | None,
    keep: bool,
    used: set[str],
) -> Iterator[Problem]:
    """Join: take the accounts of all texts, write the table of numbers, and yield what is left over."""
    said: coverage.Said = {}

    def batches() -> Iterator[Batch]:
        for names, lines in joined.uses.batches():
            if keep:
                outcome.numbers += numbers_of(space, names, lines)
            batch = names, lines, joined.doubts, stage is not None
            used.add(account_slot(batch))
            yield batch

    for each in map(Account.unpacked, mapped(account, batches())):
        yield from each.problems
        for user, (use, shares) in each.said.items():
            said[user] = use, shares or said.get(user, (use, False))[1]
        for kind, count in each.totals.items():
            outcome.totals[kind] = outcome.totals.get(kind, 0) + count
        if stage and each.rows:
            stage.append("build/csv/numbers.csv", each.rows)
    yield from coverage.not_shared(said, space.reread)


def _duplicates(space: Workspace, joined: Joined) -> list[Problem]:
    """Join: return a problem for each record with a value that an earlier one has; few are read again for it."""
    doubled = {one for one, other in pairwise(sorted(joined.unique)) if one == other}
    if not doubled:
        return []
    pairs = (
        pair
        for kind in space.schemas.kinds.values()
        for record in (space.ids[kind.name] if kind.unique else ())
        if not (loaded := space.load(kind, record))[1]
        for pair in unique_keys(kind, loaded[0])
    )
    return duplicates((pair for pair in pairs if key_digest(pair[0]) in doubled), space.reread)
