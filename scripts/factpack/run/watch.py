"""The loop of a command that answers again after each change of a project, until it is interrupted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from factpack.disk.watch import watched


def watch(root: Path, answer: Callable[[], int], waiting: Callable[[], None]) -> int:
    """Call `answer` now and after each change of the project at `root`; return its last status at an interrupt.

    `waiting` is called when nothing is left to do. What changes during an answer is answered next: watching begins
    before the first one. An interrupt before that is done ends the command as it ends every other one; so does a
    request to end, a kind of interrupt of its own, at any time.
    """
    status: int | None = None
    with watched(root) as changes:
        try:
            while True:
                status = answer()
                waiting()
                changes.wait()
        except KeyboardInterrupt as end:
            if status is None or type(end) is not KeyboardInterrupt:
                raise
    return status
