"""What needs all records: numbers of a text, values that one record only may have, and ids published before."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from factpack.check import coverage
from factpack.check.coverage import Doubt, SharedUses
from factpack.disk.project import PACKAGE_PATH
from factpack.history.columns import breaking
from factpack.history.comparison import damage_problems, edition_problems
from factpack.history.continuity import Continuity
from factpack.history.editions import Edition
from factpack.problems import Problem
from factpack.record.ids import part_ids, version
from factpack.record.unique import duplicates, key_digest, unique_keys
from factpack.run.chunk_result import ChunkResult
from factpack.run.coverage import Batch, CoverageResult, Uses, check_coverage, numbers_of
from factpack.run.outcome import Outcome, Wanted
from factpack.run.processes import Mapped
from factpack.run.workspace import Workspace
from factpack.source import marks


@dataclass(slots=True)
class Joins:
    """What is known of all records together, chunk by chunk."""

    uses: Uses
    continuity: Continuity | None = None
    proven: int = 0
    verifications: Counter[str] = field(default_factory=Counter)
    """How many facts are verified, and how many only transcribed."""
    unique: array[int] = field(default_factory=lambda: array("Q"))
    """Digests of the values that belong to one record only."""
    doubts: set[Doubt] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    retired: list[str] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    slots: set[str] = field(default_factory=set)
    """Where the cache keeps what this run needed."""

    def take(self, result: ChunkResult) -> None:
        """Take the result of the next chunk."""
        self.uses.add(result.uses)
        self.proven += result.proven
        self.verifications.update(result.verifications)
        self.unique.extend(result.unique)
        self.doubts |= result.doubts
        self.unread.update(result.unread)
        self.retired += result.retired
        for record_id in result.references.keys() - self.references.keys():
            self.references[record_id] = result.references[record_id]
        if self.continuity:
            self.continuity.meet(result.tables["ids"])

    def problems(self, space: Workspace, earlier: Edition | None) -> Iterator[Problem]:
        """Yield values that two records have, and what of an earlier edition vanished, came back or is still used."""
        yield from _doubled(space, self)
        yield from _history_problems(space, self, earlier)


def _history_problems(space: Workspace, joins: Joins, earlier: Edition | None) -> Iterator[Problem]:
    """Yield ids that vanished or came back, retired ones still referred to, and columns that may not go yet."""
    for retired in joins.retired:
        if retired in joins.references:
            yield _at_id(space, retired, "retired-in-use", other=joins.references[retired])
    if earlier is None:
        return
    yield from edition_problems(earlier, str(space.package.get("name", "")))
    if joins.continuity is None:
        return
    joins.continuity.end()
    yield from damage_problems(earlier, joins.continuity.damage)
    for vanished in _vanished(joins.continuity.vanished, joins.unread):
        yield _at_id(space, vanished, "vanished-id", edition=earlier.name)
    yield from (_at_id(space, reused, "reused-id", edition=earlier.name) for reused in joins.continuity.reused)
    current = str(space.package.get("version", ""))
    changed = breaking(earlier, space.schemas, current) if current else []
    if changed:
        shown = {"changed": ", ".join(changed), "version": current, "edition": earlier.name}
        shown["needed"] = f"{version(earlier.version)[0] + 1}.0.0"
        yield space.reader.document(PACKAGE_PATH).problem("version-too-low", ("version",), **shown)


def _vanished(vanished: Sequence[str], unread: Collection[str]) -> Iterator[str]:
    """Yield the vanished ids but those of records that cannot be read now, and of parts whose record vanished too."""
    records = {each for each in vanished if "." not in each}
    for each in vanished:
        record_id = each.partition(".")[0]
        if record_id not in unread and (record_id == each or record_id not in records):
            yield each


def _at_id(space: Workspace, found: str, code: str, **values: str) -> Problem:
    """Return a problem of an id, where its part stands or stood in its record, else at the record's beginning."""
    record_id = found.partition(".")[0]
    kind = space.schemas.kind_of(record_id)
    path = kind.path(record_id) if kind else PACKAGE_PATH
    values = {"id": found, **values}
    if kind is None or not space.library.exists(record_id):
        return Problem(path, 1, 1, code, "", values)
    document, _ = space.load(kind, record_id)
    for name, shape in kind.shape.parts.items():
        parts = (document.data or {}).get(name)
        if found != record_id and shape.key and isinstance(parts, list):
            ids = part_ids(record_id, shape, parts, space.library.area)  # type: ignore[arg-type]
            at: marks.Path = (name, ids.index(found)) if found in ids else (name,)
            return Problem(path, *document.marks.at_key(at), code, f"/{name}#{found}", values)
    return document.key_problem(code, (kind.shape.role("retired") or "",), **values)


def coverage_problems(
    space: Workspace, mapped: Mapped[Workspace], wanted: Wanted, outcome: Outcome, joins: Joins
) -> Iterator[Problem]:
    """Check the coverage of all texts, write the table of numbers, and yield what is wrong.

    The outcome takes the totals and, where they are wanted, the numbers.
    """
    shared: SharedUses = {}

    def batches() -> Iterator[Batch]:
        for batch in joins.uses.batches(joins.doubts, wanted.build):
            joins.slots.add(batch.slot)
            outcome.numbers += numbers_of(space, batch) if wanted.numbers else ()
            yield batch

    for result in map(CoverageResult.unpacked, mapped(check_coverage, batches())):
        yield from result.problems
        for user, (use, shares) in result.shared.items():
            shared[user] = use, shares or shared.get(user, (use, False))[1]
        for how, count in result.totals.items():
            outcome.totals[how] = outcome.totals.get(how, 0) + count
        if wanted.stage and result.rows:
            wanted.stage.append("build/csv/numbers.csv", result.rows)
    yield from coverage.not_shared(shared, space.reader.document, joins.doubts)


def _doubled(space: Workspace, joins: Joins) -> list[Problem]:
    """Return a problem for each record with a value that an earlier one has; few are read again for it."""
    doubled = {one for one, other in pairwise(sorted(joins.unique)) if one == other}
    if not doubled:
        return []
    pairs = (
        pair
        for kind in space.schemas.kinds.values()
        for record_id in (space.ids[kind.name] if kind.unique else ())
        if not (loaded := space.load(kind, record_id))[1]
        for pair in unique_keys(kind, loaded[0])
    )
    return duplicates((pair for pair in pairs if key_digest(pair[0]) in doubled), space.reader.document)
