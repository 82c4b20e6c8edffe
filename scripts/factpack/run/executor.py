"""The crew: who works on a project task by task: this process, others of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from factpack.run.processes import Mapped, processes
from factpack.run.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does the work, and who is told how far it is."""

    workers: int = 1
    """Processes on this machine."""
    scheduler: str = ""
    """Address of the scheduler of a Dask cluster that does it instead."""
    begin: Callable[[int], None] = lambda _: None
    """Is told how many records there are."""
    advance: Callable[[int], None] = lambda _: None
    """Is told how many more are done."""


ALONE = Hands()


@contextmanager
def crew(space: Workspace, hands: Hands) -> Iterator[Mapped]:
    """Give the function that maps work over tasks; raises OutputError where a worker is lost."""
    if hands.scheduler:
        from factpack.run.cluster import cluster  # needs an optional library

        with cluster(space, hands.scheduler) as mapped:
            yield mapped
    elif hands.workers == 1:
        yield lambda work, tasks: (work(space, task) for task in tasks)
    else:
        with processes(space, hands.workers) as mapped:
            yield mapped
