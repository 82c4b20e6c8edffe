"""The cluster: work on a project done by the workers of a Dask scheduler, which all see its folder at the same path."""

from __future__ import annotations

import itertools
import logging
import pickle
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager, suppress
from threading import Thread, local
from typing import Any

from distributed import Client, KilledWorker
from distributed.comm.core import CommClosedError

from factpack.disk.cache import world
from factpack.disk.files import OutputError
from factpack.disk.project import Project
from factpack.run.processes import TASKS_AHEAD, Context, Elsewhere, Mapped, Shared, Task, Work, in_order

PATIENCE = 10
"""Seconds for the scheduler to answer and for a first worker to be there."""
GLANCE = 1
"""Seconds after which one who waits for a result looks whether all workers are still there."""
LOGGERS = ("distributed", "distributed.client", "tornado", "tornado.application", "asyncio")
"""Those that Dask gives a level of their own, and that of the event loop."""
SCHEMES = ("tcp", "tls", "ws", "wss", "ucx")
_calls = itertools.count()


class _Client(Client):
    def __del__(self) -> None:
        """Leave it: `cluster` closes what was reached, and closing what was not takes long and fails."""


@contextmanager
def cluster(shared: Shared[Context], scheduler: str) -> Iterator[Mapped[Context]]:
    """Give the function that maps work over tasks; raises OutputError where the scheduler or a worker is lost."""
    with _quiet():
        client: Any = _reached(scheduler)
        if client is None:
            raise OutputError(f"there is no Dask scheduler at {scheduler}")
        try:
            yield _mapping(shared, client, scheduler)
        finally:
            with suppress(Exception):  # of a scheduler that is gone; what was wrong is told already
                client.close(timeout=PATIENCE)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back what the loggers of Dask say: what matters is told once, by us."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


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


def _mapping(shared: Shared[Context], client: Any, scheduler: str) -> Mapped[Context]:
    elsewhere = shared.elsewhere()
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        first = client.nthreads()
        packed = client.scatter(pickle.dumps(elsewhere), broadcast=True, hash=False)
    except (OSError, CommClosedError, CancelledError) as error:
        raise OutputError(f"the Dask scheduler at {scheduler} has no workers") from error
    executor = client.get_executor(pure=False)
    current = world(shared.space.project)
    call = f"{current}.{elsewhere.names.digest('')}.{next(_calls)}.{client.id}"

    def submit(work: Work[Context, Task], task: Task) -> Future[bytes]:
        future: Future[bytes] = executor.submit(_do, call, current, packed, work, task)
        return future

    def result(future: Future[bytes]) -> bytes:
        try:
            while True:
                with suppress(NotYet):
                    return future.result(timeout=GLANCE)
                _all_there(client, first)
        except (KilledWorker, CancelledError, CommClosedError) as error:
            raise OutputError(LOST) from error

    def mapped(work: Work[Context, Task], tasks: Any) -> Iterator[bytes]:
        ahead = TASKS_AHEAD * sum(first.values())
        for each in in_order(lambda task: submit(work, task), tasks, ahead, result):
            _all_there(client, first)
            yield each

    return mapped


LOST = "a worker of the cluster was lost, perhaps for want of memory; what it had finished need not be done again"


def _all_there(client: Any, first: dict[str, int]) -> None:
    """Raise OutputError where one of the first workers is gone."""
    try:
        lost = first.keys() - client.nthreads().keys()
    except (OSError, CommClosedError, CancelledError) as error:
        raise OutputError("the scheduler of the cluster was lost") from error
    if lost:
        raise OutputError(f"{LOST} ({', '.join(sorted(lost))})")


_opened = local()
"""Of each thread of a worker the context that it made last, and for which call."""


def _do(call: str, current: str, packed: bytes, work: Work[Any, Task], task: Any) -> bytes:
    """Do a task in a worker, which makes the context with its first one; `current` is the state of our project."""
    if getattr(_opened, "call", None) != call:
        elsewhere: Elsewhere[Any] = pickle.loads(packed)  # noqa: S301 - members of a cluster trust each other anyway
        if world(Project(elsewhere.root)) != current:
            where = f"a worker sees another project at {elsewhere.root}"
            raise OutputError(f"{where}, or has another factpack or Python")
        _opened.context, _opened.call = elsewhere.context(), call
    return work(_opened.context, task)
