"""The pipeline: a map over runs of files and a concatenation of their pieces, the same for any number of workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

import orjson

from factpack.disk.stage import DESCRIPTOR, Stage
from factpack.history.columns import columns_of
from factpack.history.continuity import Continuity
from factpack.history.editions import Edition
from factpack.history.shrinkage import shrinkage
from factpack.problems import Problem
from factpack.record.names import Names
from factpack.run.chunk import Piece, Run, names_in, names_slot, process, runs
from factpack.run.chunk import slot_of as piece_slot
from factpack.run.coverage import Uses
from factpack.run.executor import IN_PROCESS, Executor, open_executor
from factpack.run.joins import Joined, doubled, history_problems, numbers_accounted
from factpack.run.outcome import Outcome
from factpack.run.processes import Shared, itself
from factpack.run.workspace import Workspace
from factpack.table.descriptor import descriptor
from factpack.table.encode import csv_lines, json_array, json_bytes

MANY_RUNS = 8
"""Runs whose names take longer to read than workers take to start."""


def check_project(
    space: Workspace,
    only: frozenset[str] | None = None,
    executor: Executor = IN_PROCESS,
    then: Edition | None = None,
    *,
    keep: bool = False,
) -> Outcome:
    """Return every problem of a project; `only` keeps to some paths, and leaves out what needs all records.

    `then` is the edition whose ids and columns must still be there. To `keep` the numbers of all texts takes memory.
    """
    return _run(space, executor, None, only, then, keep)


def build_project(
    space: Workspace,
    stage: Stage,
    executor: Executor = IN_PROCESS,
    then: Edition | None = None,
    *,
    may_shrink: bool = False,
) -> Outcome:
    """Make the whole package in a stage; with a problem of severity error it must not be committed.

    `then` is the edition whose ids and columns must still be there. Unless it `may_shrink`, a package that is much
    smaller than the one in place is a problem.
    """
    for name in columns_of(space.schemas):
        stage.append(f"build/csv/{name}.csv", _header(space, name))
    outcome = _run(space, executor, stage, None, then, keep=False)
    if any(problem.severity == "error" for problem in outcome.problems):
        return outcome
    listed = (space.library.record(each) for each in space.ids[space.schemas.documents.name])
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
    executor: Executor,
    stage: Stage | None,
    only: frozenset[str] | None,
    then: Edition | None,
    keep: bool,
) -> Outcome:
    outcome = Outcome(list(space.problems), {})
    if space.schemas.problems:
        return outcome
    listed = list(space.schemas.prefixes.values())
    ids = {
        kind.name: [each for each in space.ids[kind.name] if only is None or kind.path(each) in only] for kind in listed
    }
    executor.begin(sum(map(len, ids.values())))
    continuity = Continuity(then, _header(space, "ids")) if then and only is None else None
    joined = Joined(Uses(space.ids[space.schemas.documents.name]), continuity)
    used: set[str] = set()
    """Slots of the cache that hold what this run needed."""
    space = space.knowing(names_known(space, executor, used))
    tasks = {kind.name: [(kind.name, run, stage is not None) for run in runs(ids[kind.name])] for kind in listed}
    used.update(piece_slot(task) for each in tasks.values() for task in each)
    with open_executor(Shared(space, space, itself), executor) as mapped:
        made = mapped(process, chain.from_iterable(tasks.values()))  # one stream: no worker waits for the end of a kind
        for kind in listed:
            pieces = _told(islice(made, len(tasks[kind.name])), tasks[kind.name], executor)
            for part in json_array(_take(pieces, outcome, joined, stage)):
                if stage:
                    stage.append(f"build/json/{kind.folder}.json", part)
            outcome.counts[kind.folder] = len(ids[kind.name])
            outcome.ids[kind.folder] = ids[kind.name]
            titles = {"en": kind.name.replace("_", " "), "zh": str(kind.shape.schema["x-title"]["zh"])}
            outcome.titles[kind.folder] = titles
        if only is None:
            outcome.problems += numbers_accounted(space, mapped, outcome, joined, stage, keep, used)
    if only is None:
        outcome.counts["values proven"] = joined.proven
        outcome.counts["numbers accounted for"] = sum(outcome.totals.values()) - outcome.totals.get("unclaimed", 0)
        outcome.problems += [*doubled(space, joined), *history_problems(space, joined, then)]
        if space.cache:
            space.cache.keep(used | {_other(slot) for slot in used})
    outcome.problems = sorted(set_of(outcome.problems))
    return outcome


def names_known(space: Workspace, executor: Executor = IN_PROCESS, used: set[str] | None = None) -> Names:
    """Lookup: return the names of all records of the kinds whose names others' proofs must know.

    `used` takes the slots of the cache that hold them.
    """
    kinds = [kind for kind in space.schemas.kinds.values() if kind.named]
    tasks = [(kind.name, run) for kind in kinds for run in runs(space.ids[kind.name])]
    if used is not None:
        used.update(map(names_slot, tasks))
    with open_executor(Shared(space, space, itself), executor if len(tasks) > MANY_RUNS else IN_PROCESS) as mapped:
        return Names((each for listed in mapped(names_in, tasks) for each in orjson.loads(listed)), space.texts)


def set_of(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems once each."""
    return list({(each.path, each.line, each.column, each.code, each.pointer): each for each in problems}.values())


def _told(pieces: Iterable[bytes], tasks: Sequence[Run], executor: Executor) -> Iterator[Piece]:
    """Yield pieces as they come, and tell how far the work is."""
    for packed, task in zip(pieces, tasks, strict=True):
        yield Piece.unpacked(packed)
        executor.advance(len(task[1]))


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
