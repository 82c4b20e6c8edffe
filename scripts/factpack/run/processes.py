"""Processes of this machine that work on a project task by task; their results come in the order of the tasks."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from factpack.disk.cache import Cache
from factpack.disk.files import OutputError
from factpack.disk.project import Project
from factpack.record.names import Names
from factpack.record.reviews import Review
from factpack.run.workspace import Workspace, reopened

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.process import BaseProcess

Task = TypeVar("Task")
Context = TypeVar("Context")
Context_co = TypeVar("Context_co", covariant=True)
Work = Callable[[Context, Task], bytes]
"""A function of a module, so that another process finds it by its name. Bytes are cheap to hand over."""

TASKS_AHEAD = 4
"""Tasks for each worker at a time: enough to keep it busy, few enough for their results to fit in memory."""


class Mapped(Protocol[Context_co]):
    """Maps work over tasks; work is given the context that all tasks share, and its task."""

    def __call__(self, work: Work[Context_co, Task], tasks: Iterable[Task], /) -> Iterator[bytes]:
        """Yield the results of tasks, in their order."""


@dataclass(frozen=True, slots=True)
class Elsewhere(Generic[Context]):
    """How a process that does not have the context makes it: of the project, which it opens itself."""

    root: Path
    names: Names
    reviews: tuple[Review, ...]
    cache: Cache | None
    """With its key, for another machine has another secret."""
    make: Callable[[Workspace], Context]

    def context(self) -> Context:
        """Return the context."""
        return self.make(reopened(Project(self.root), self.cache).knowing(self.names, self.reviews))


@dataclass(frozen=True, slots=True)
class Shared(Generic[Context]):
    """The context that all tasks share: what it is here, and the function of a module that makes it anywhere else."""

    context: Context
    space: Workspace
    make: Callable[[Workspace], Context]

    def elsewhere(self) -> Elsewhere[Context]:
        """Return what another process needs to make it."""
        root, reader = self.space.project.root.resolve(), self.space.reader
        return Elsewhere(root, reader.names, reader.reviews, self.space.cache, self.make)


def itself(space: Workspace) -> Workspace:
    """Return a workspace as it is: the context of work that needs nothing else."""
    return space


class _Processes:
    """A context of `multiprocessing` that keeps the processes which it starts, for their pool does not tell them."""

    def __init__(self, method: str) -> None:
        from multiprocessing import get_context  # costs start-up time

        self._context: Any = get_context(method)
        self.started: list[BaseProcess] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def Process(self, *args: Any, **kwargs: Any) -> BaseProcess:  # noqa: N802 - the name that a pool calls
        process: BaseProcess = self._context.Process(*args, **kwargs)
        self.started.append(process)
        return process


@contextmanager
def processes(shared: Shared[Context], workers: int) -> Iterator[Mapped[Context]]:
    """Give the function that maps work over tasks in new processes; raises OutputError where one is lost."""
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor  # cost start-up time, and one worker needs none
    from multiprocessing import get_all_start_methods

    forks = "fork" in get_all_start_methods()  # a forked worker has the context already
    given = (shared.context, None) if forks else (None, shared.elsewhere())
    context: Any = _Processes("fork" if forks else "spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_enter, initargs=given)

    def submit(work: Work[Context, Task], task: Task) -> Future[bytes]:
        with _uninterrupted():
            return pool.submit(_do, work, task)

    try:
        yield lambda work, tasks: in_order((lambda task: submit(work, task)), tasks, workers * TASKS_AHEAD)
    except BrokenExecutor as error:
        raise OutputError("a worker was killed, perhaps for want of memory; try fewer workers") from error
    finally:
        for process in context.started:  # they hold nothing; one that waits for what a lost one held would never end
            if process.pid is not None:
                process.kill()
        pool.shutdown(cancel_futures=True)


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


_context: Any = None
"""In a worker, the context that it was started with."""


def _enter(context: Context | None, elsewhere: Elsewhere[Context] | None) -> None:
    """Make a process a worker; interrupts are for its parent, which it does not outlive."""
    import gc  # only workers need it and the next ones
    import signal
    from threading import Thread

    global _context
    gc.freeze()  # what the parent made stays shared: looking for circles would write on each page of it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it is not held back already
    Thread(target=_end_with_parent, daemon=True).start()
    _context = elsewhere.context() if elsewhere else context


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # only workers need it

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _do(work: Work[Any, Task], task: Any) -> bytes:
    return work(_context, task)
