"""The pipeline: chunks of records are checked and joined in order, with the same outcome for any number of workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

import orjson

from factpack.disk.cache import digest
from factpack.disk.listed import DESCRIPTOR
from factpack.disk.stage import Stage
from factpack.history.columns import columns_of
from factpack.history.continuity import Continuity
from factpack.history.editions import Edition, is_other
from factpack.history.shrinkage import measured, shrinkage
from factpack.problems import errors
from factpack.record.names import Names
from factpack.record.reviews import Review
from factpack.record.verification import TRANSCRIBED, VERIFIED
from factpack.run.chunk import check_chunk, chunk_names, chunks, load_names
from factpack.run.chunk_result import Chunk, ChunkResult
from factpack.run.coverage import Uses
from factpack.run.executor import IN_PROCESS, Executor, open_executor
from factpack.run.joins import Joins, coverage_problems
from factpack.run.outcome import Outcome, Wanted, once_each
from factpack.run.processes import Mapped, Shared, itself
from factpack.run.results import cached
from factpack.run.workspace import Workspace
from factpack.schema.model import Kind
from factpack.table.descriptor import descriptor
from factpack.table.encode import csv_lines, json_array, json_bytes

REVIEWS = "reviews.all"
"""The slot of the cache for the years that documents look back on."""
MANY_CHUNKS = 20
"""Chunks whose names workers read. Of fewer, this process keeps most of what it reads, and forked workers have it."""


def check_project(
    space: Workspace,
    only: frozenset[str] | None = None,
    executor: Executor = IN_PROCESS,
    earlier: Edition | None = None,
    *,
    numbers: bool = False,
) -> Outcome:
    """Return every problem of a project; `only` keeps to some paths, and leaves out what needs all records.

    `earlier` is the edition whose ids and columns must still be there. `numbers` asks for those of all texts, which
    takes memory.
    """
    return _run(space, executor, Wanted(None, only, earlier, numbers))


def build_project(
    space: Workspace,
    stage: Stage,
    executor: Executor = IN_PROCESS,
    earlier: Edition | None = None,
    *,
    may_shrink: bool = False,
) -> Outcome:
    """Make the whole package in a stage; with a problem of severity error it must not be committed.

    `earlier` is the edition whose ids and columns must still be there. Unless it `may_shrink`, a package that is much
    smaller than the one in place is a problem, where that has the same name.
    """
    for name in columns_of(space.schemas):
        stage.append(f"build/csv/{name}.csv", _header(space, name))
    outcome = _run(space, executor, Wanted(stage, None, earlier))
    if errors(outcome.problems):
        return outcome
    records = (space.reader.record(each) for each in space.ids[space.schemas.documents.name])
    documents = (record for record in records if record)
    made = descriptor(space.schemas, space.package, documents, stage.made())
    stage.append(DESCRIPTOR, json_bytes(made) + b"\n")
    stage.close()
    package = str(space.package["name"])
    if not may_shrink and not is_other(Edition(DESCRIPTOR, stage.folder), package):
        known = earlier if earlier and not is_other(earlier, package) else None
        rows, unknown = measured(stage.rows(), known)
        told = {each.path for each in outcome.problems if each.code == "damaged-edition"}
        outcome.problems += [each for each in unknown if told.isdisjoint((each.path, DESCRIPTOR))]
        outcome.problems += shrinkage(space.schemas, rows)
    return outcome


def _header(space: Workspace, table: str) -> bytes:
    return csv_lines([columns_of(space.schemas)[table]])


def _run(space: Workspace, executor: Executor, wanted: Wanted) -> Outcome:
    """Check all chunks and join them; with a stage, write their rows as they come."""
    outcome = Outcome(list(space.problems))
    if space.schemas.problems:
        return outcome
    kinds = list(space.schemas.prefixes.values())
    ids = {kind.name: wanted.records(kind, space.ids[kind.name]) for kind in kinds}
    executor.begin(sum(map(len, ids.values())))
    joins = _joins(space, wanted)
    space = space.knowing(names_known(space, executor, joins.slots), _reviews_known(space, joins.slots))
    work = {name: list(chunks(name, listed, "build" if wanted.build else "check")) for name, listed in ids.items()}
    joins.slots.update(chunk.slot for listed in work.values() for chunk in listed)
    with open_executor(Shared(space, space, itself), executor) as mapped:
        results = _results(mapped, list(chain.from_iterable(work.values())), executor)
        for kind in kinds:
            _take(kind, islice(results, len(work[kind.name])), wanted, outcome, joins)
            outcome.take(kind, ids[kind.name])
        if wanted.only is None:
            outcome.problems += coverage_problems(space, mapped, wanted, outcome, joins)
    if wanted.only is None:
        _close(space, wanted, outcome, joins)
    outcome.problems = once_each(outcome.problems)
    return outcome


def _joins(space: Workspace, wanted: Wanted) -> Joins:
    """Return joins that have taken no chunk yet."""
    compared, package = wanted.earlier if wanted.only is None else None, str(space.package.get("name", ""))
    comparable = compared is not None and not is_other(compared, package)
    continuity = Continuity(compared, _header(space, "ids")) if compared and comparable else None
    return Joins(Uses(space.ids[space.schemas.documents.name]), continuity)


def _results(mapped: Mapped[Workspace], work: Sequence[Chunk], executor: Executor) -> Iterator[ChunkResult]:
    """Yield the results of all chunks as they come; in one stream, so that no worker waits for the end of a type."""
    for chunk, result in zip(work, map(ChunkResult.unpacked, mapped(check_chunk, work)), strict=True):
        yield result
        executor.advance(len(chunk.ids))


def _take(kind: Kind, results: Iterable[ChunkResult], wanted: Wanted, outcome: Outcome, joins: Joins) -> None:
    """Take the results of a record type; with a stage, write their tables and JSON as they come."""

    def entries() -> Iterator[bytes]:
        for result in results:
            outcome.problems += result.problems
            joins.take(result)
            if wanted.stage and not errors(outcome.problems):
                for table, rows in result.tables.items():
                    wanted.stage.append(f"build/csv/{table}.csv", rows)
            if result.entries:
                yield result.entries

    for part in json_array(entries()):
        if wanted.stage:
            wanted.stage.append(f"build/json/{kind.folder}.json", part)


def _close(space: Workspace, wanted: Wanted, outcome: Outcome, joins: Joins) -> None:
    """Count what all records give, add what is wrong with them together, and keep no more results than are needed."""
    outcome.counts["values proven"] = joins.proven
    outcome.counts |= {f"facts {each}": joins.verifications[each] for each in (VERIFIED, TRANSCRIBED)}
    outcome.counts["numbers accounted for"] = sum(outcome.totals.values()) - outcome.totals.get("unclaimed", 0)
    outcome.problems += joins.problems(space, wanted.earlier)
    left = sum(each.code == "uncovered-number" and each.severity == "warning" for each in outcome.problems)
    outcome.counts |= {"numbers open": left} if left else {}
    if space.cache:
        space.cache.keep(joins.slots)


def names_known(space: Workspace, executor: Executor = IN_PROCESS, slots: set[str] | None = None) -> Names:
    """Return the names of all records of the types whose names the proofs of others must know.

    `slots` takes those of the cache that hold them.
    """
    kinds = [kind for kind in space.schemas.kinds.values() if kind.named]
    work = [chunk for kind in kinds for chunk in chunks(kind.name, space.ids[kind.name], "names")]
    if slots is not None:
        slots.update(chunk.slot for chunk in work)
    with open_executor(Shared(space, space, itself), executor if len(work) > MANY_CHUNKS else IN_PROCESS) as mapped:
        return Names((each for listed in mapped(chunk_names, work) for each in load_names(listed)), space.texts)


def _reviews_known(space: Workspace, slots: set[str]) -> tuple[Review, ...]:
    """Return the years that each document looks back on; `slots` takes the slot of the cache that holds them."""

    def make(reading: Workspace, _: bytes | None) -> tuple[bytes, bool]:
        return orjson.dumps([tuple(each) for each in reading.reviewed()]), True

    slots.add(REVIEWS)
    given = digest(orjson.dumps([space.ids[space.schemas.documents.name], sorted(space.texts)]))
    kept = orjson.loads(cached(space, REVIEWS, given, make))
    return tuple(
        Review(document, series, publisher, tuple(years), whole) for document, series, publisher, years, whole in kept
    )
