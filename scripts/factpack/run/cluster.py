"""The cluster: work on a project done by the workers of a Dask scheduler, which all see its folder at the same path."""

from __future__ import annotations

import itertools
import logging
import pickle
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread, local
from typing import Any

from distributed import Client, KilledWorker
from distributed.comm.core import CommClosedError

from factpack.disk.cache import world
from factpack.disk.files import OutputError
from factpack.disk.project import Project
from factpack.run.processes import AHEAD, Mapped, Task, Work, entered, in_order
from factpack.run.workspace import Workspace

PATIENCE = 10
"""Seconds for the scheduler to answer and for a first worker to be there."""
GLANCE = 1
"""Seconds after which one who waits for a result looks whether all workers are still there."""
SCHEMES = ("tcp", "tls", "ws", "wss", "ucx")
_calls = itertools.count()


class _Client(Client):
    def __del__(self) -> None:
        """Leave it: `cluster` closes what was reached, and closing what was not takes long and fails."""


@contextmanager
def cluster(space: Workspace, scheduler: str) -> Iterator[Mapped]:
    """Give the function that maps work over tasks; raises OutputError where the scheduler or a worker is lost."""
    logging.disable(logging.CRITICAL)  # what matters is told once, by us
    client: Any = None
    try:
        client = _reached(scheduler)
        if client is None:
            raise OutputError(f"there is no Dask scheduler at {scheduler}")
        yield _mapping(space, client, scheduler)
    finally:
        with suppress(Exception):  # of a scheduler that is gone; what was wrong is told already
            client.close(timeout=PATIENCE)
        logging.disable(logging.NOTSET)


def _reached(scheduler: str) -> Any:
    """Return a client of a scheduler, or None where there is none.

    It is made aside: one that speaks to a server of another kind waits for ever.
    """
    found: list[Any] = []

    def reach() -> None:
        with suppress(Exception):
            found.append(_Client(scheduler, timeout=PATIENCE, set_as_default=False))

    aside = Thread(target=reach, daemon=True)
    if scheduler.partition("://")[0] in SCHEMES:
        aside.start()
        aside.join(2 * PATIENCE)
    return found[0] if found else None


def _mapping(space: Workspace, client: Any, scheduler: str) -> Mapped:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        first = client.nthreads()
        names = client.scatter(pickle.dumps(space.reader.names), broadcast=True, hash=False)
    except (OSError, CommClosedError, CancelledError) as error:
        raise OutputError(f"the Dask scheduler at {scheduler} has no workers") from error
    executor = client.get_executor(pure=False)
    root, own = str(space.project.root.resolve()), world(space.project)
    opened = f"{own}.{space.reader.names.digest('')}.{next(_calls)}.{client.id}"

    def submit(work: Work[Task], task: Task) -> Future[bytes]:
        found: Future[bytes] = executor.submit(_do, opened, root, own, names, space.cache is not None, work, task)
        return found

    def result(future: Future[bytes]) -> bytes:
        try:
            while True:
                with suppress(NotYet):
                    return future.result(timeout=GLANCE)
                _all_there(client, first)
        except (KilledWorker, CancelledError, CommClosedError) as error:
            raise OutputError(LOST) from error

    def mapped(work: Work[Task], tasks: Any) -> Iterator[bytes]:
        for each in in_order(lambda task: submit(work, task), tasks, AHEAD * sum(first.values()), result):
            _all_there(client, first)
            yield each

    return mapped


LOST = "a worker of the cluster was lost, perhaps for want of memory; what it had finished need not be done again"


def _all_there(client: Any, first: dict[str, int]) -> None:
    """Raise OutputError where one of the first workers is gone."""
    try:
        gone = first.keys() - client.nthreads().keys()
    except (OSError, CommClosedError, CancelledError) as error:
        raise OutputError("the scheduler of the cluster was lost") from error
    if gone:
        raise OutputError(f"{LOST} ({', '.join(sorted(gone))})")


_own = local()
"""Of each thread of a worker the workspace that it has open, and for which call."""


def _do(opened: str, root: str, own: str, names: bytes, cached: bool, work: Work[Task], task: Any) -> bytes:
    """Do a task in a worker, which opens the project with its first one."""
    if getattr(_own, "opened", None) != opened:
        there = world(Project(Path(root)))
        if there != own:
            raise OutputError(f"a worker sees another project at {root}, or has another factpack or Python")
        _own.space, _own.opened = entered(Path(root), pickle.loads(names), cached), opened
    return work(_own.space, task)
