"""The executor: who works on a project task by task, this process, others of this machine or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from factpack.run.processes import Context, Mapped, Shared, processes


@dataclass(frozen=True, slots=True)
class Executor:
    """Who does the work, and who is told how far it is."""

    workers: int = 1
    """Processes on this machine."""
    scheduler: str = ""
    """Address of the scheduler of a Dask cluster that does it instead."""
    begin: Callable[[int], None] = lambda _: None
    """Is told how many records there are."""
    advance: Callable[[int], None] = lambda _: None
    """Is told how many more are done."""


IN_PROCESS = Executor()


@contextmanager
def open_executor(shared: Shared[Context], executor: Executor) -> Iterator[Mapped[Context]]:
    """Give the function that maps work over tasks; raises OutputError where a worker is lost."""
    if executor.scheduler:
        from factpack.run.cluster import cluster  # needs an optional library

        with cluster(shared, executor.scheduler) as mapped:
            yield mapped
    elif executor.workers == 1:
        yield lambda work, tasks: (work(shared.context, task) for task in tasks)
    else:
        with processes(shared, executor.workers) as mapped:
            yield mapped
