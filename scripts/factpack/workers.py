"""Workers: work on a project done task by task, in this process or in others, its results in the order of the tasks."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from factpack.lookups import Names
from factpack.output import OutputError
from factpack.project import Project
from factpack.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Task = TypeVar("Task")
Result = TypeVar("Result")
Work = Callable[[Workspace, Task], Result]
"""A function of a module, so that another process finds it by its name."""

AHEAD = 4
"""Tasks a worker that are under way at once: enough to keep it busy, few enough for their results to fit in memory."""


@contextmanager
def crew(space: Workspace, workers: int) -> Iterator[Callable[[Work[Task, Result], Iterable[Task]], Iterator[Result]]]:
    """Give the function that maps work over tasks, with this many workers; raises OutputError where one is lost."""
    if workers == 1:
        yield lambda work, tasks: (work(space, task) for task in tasks)
        return
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor  # cost start-up time, and one worker needs none
    from multiprocessing import active_children, get_all_start_methods, get_context

    global _space
    forks = "fork" in get_all_start_methods()  # a forked worker has the workspace already
    _space = space if forks else None
    given = None if forks else (space.project.root, space.library.names)
    context = get_context("fork" if forks else "spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_enter, initargs=(given,))
    try:
        yield lambda work, tasks: in_order(pool, work, tasks, workers * AHEAD)
    except BrokenExecutor as error:
        raise OutputError("a worker was killed, perhaps for want of memory; try fewer workers") from error
    finally:
        for worker in active_children():  # they hold nothing; one that waits for what a lost one held would never end
            worker.kill()
        pool.shutdown(cancel_futures=True)
        _space = None


def in_order(pool: Executor, work: Work[Task, Result], tasks: Iterable[Task], ahead: int) -> Iterator[Result]:
    """Yield the results of tasks in their order, with no more than `ahead` of them under way."""
    waiting: deque[Future[Result]] = deque()
    left = iter(tasks)
    while True:
        with _uninterrupted():
            waiting.extend(pool.submit(_do, work, task) for task in islice(left, ahead - len(waiting)))
        if not waiting:
            return
        yield waiting.popleft().result()


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


def _enter(given: tuple[Path, Names] | None) -> None:
    """Make a process a worker; interrupts are for its parent, which it does not outlive."""
    import signal  # only workers need it and the next one
    from threading import Thread

    global _space
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it is not held back already
    Thread(target=_end_with_parent, daemon=True).start()
    if given:
        root, names = given
        _space = open_workspace(Project(root)).knowing(names)


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # only workers need it

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _do(work: Work[Task, Any], task: Task) -> Any:
    assert _space is not None
    return work(_space, task)
