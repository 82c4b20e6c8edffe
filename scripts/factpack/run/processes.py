"""Workers: processes of this machine that work on a project task by task, results in the order of the tasks."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from factpack.disk.cache import open_cache
from factpack.disk.files import OutputError
from factpack.disk.project import Project
from factpack.record.names import Names
from factpack.run.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from concurrent.futures import Future

Task = TypeVar("Task")
Work = Callable[[Workspace, Task], bytes]
"""A function of a module, so that another process finds it by its name. Bytes are cheap to hand over."""

AHEAD = 4
"""Tasks a worker that are under way at once: enough to keep it busy, few enough for their results to fit in memory."""


class Mapped(Protocol):
    """Maps work over tasks."""

    def __call__(self, work: Work[Task], tasks: Iterable[Task], /) -> Iterator[bytes]:
        """Yield the results of tasks, in their order."""


@contextmanager
def processes(space: Workspace, workers: int) -> Iterator[Mapped]:
    """Give the function that maps work over tasks in new processes; raises OutputError where one is lost."""
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor  # cost start-up time, and one worker needs none
    from multiprocessing import active_children, get_all_start_methods, get_context

    global _space
    forks = "fork" in get_all_start_methods()  # a forked worker has the workspace already
    _space = space if forks else None
    given = None if forks else (space.project.root, space.reader.names, space.cache is not None)
    context = get_context("fork" if forks else "spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_enter, initargs=(given,))

    def submit(work: Work[Task], task: Task) -> Future[bytes]:
        with _uninterrupted():
            return pool.submit(_do, work, task)

    try:
        yield lambda work, tasks: in_order((lambda task: submit(work, task)), tasks, workers * AHEAD)
    except BrokenExecutor as error:
        raise OutputError("a worker was killed, perhaps for want of memory; try fewer workers") from error
    finally:
        for worker in active_children():  # they hold nothing; one that waits for what a lost one held would never end
            worker.kill()
        pool.shutdown(cancel_futures=True)
        _space = None


def in_order(
    submit: Callable[[Task], Future[bytes]],
    tasks: Iterable[Task],
    ahead: int,
    result: Callable[[Future[bytes]], bytes] = lambda future: future.result(),
) -> Iterator[bytes]:
    """Yield the results of tasks in their order, with no more than `ahead` of them under way."""
    waiting: deque[Future[bytes]] = deque()
    left = iter(tasks)
    while True:
        waiting.extend(map(submit, islice(left, ahead - len(waiting))))
        if not waiting:
            return
        yield result(waiting.popleft())


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


def entered(root: Path, names: Names, cached: bool) -> Workspace:
    """Return a project opened in a worker that does not have it yet."""
    project = Project(root)
    return open_workspace(project, open_cache(project) if cached else None).knowing(names)


def _enter(given: tuple[Path, Names, bool] | None) -> None:
    """Make a process a worker; interrupts are for its parent, which it does not outlive."""
    import gc  # only workers need it and the next ones
    import signal
    from threading import Thread

    global _space
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it is not held back already
    Thread(target=_end_with_parent, daemon=True).start()
    if given:
        _space = entered(*given)
    gc.freeze()  # what came with the process stays, and its pages stay shared


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # only workers need it

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _do(work: Work[Task], task: Any) -> bytes:
    assert _space is not None
    return work(_space, task)
