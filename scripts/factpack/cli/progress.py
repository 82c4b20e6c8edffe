"""Progress: a bar on a terminal for what takes longer than a moment."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click

from factpack.run.executor import Executor

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

AFTER = 1.0
"""Seconds before a bar is shown."""


class _Progress:
    def __init__(self, stream: TextIO, label: str) -> None:
        self._stream, self._label = stream, label
        self._count = self._done = 0
        self._start = time.monotonic()
        self.bar: ProgressBar[Any] | None = None

    def begin(self, count: int) -> None:
        self._count = count

    def advance(self, more: int) -> None:
        self._done += more
        if self.bar is None and time.monotonic() - self._start > AFTER:
            self.bar = click.progressbar(length=self._count, label=self._label, file=self._stream)
            self.bar.__enter__()
            self.bar.update(self._done)
        elif self.bar is not None:
            self.bar.update(more)


@contextmanager
def with_progress(stream: TextIO, label: str, workers: int, scheduler: str) -> Iterator[Executor]:
    """Give an executor that tells a terminal how far the work is; to any other stream nothing is written."""
    if not stream.isatty():
        yield Executor(workers, scheduler)
        return
    progress = _Progress(stream, label)
    try:
        yield Executor(workers, scheduler, progress.begin, progress.advance)
    finally:
        if progress.bar is not None:
            progress.bar.render_finish()  # whatever ends the work, the cursor comes back
