"""Changes of a project's files, told while a command waits for them; imported only by what waits, for it is heavy.

An event says only *that* something changed. What did is found by the next check in the files themselves, so that an
event that is late, doubled or of a file half written costs a check at most, and none is needed for each file.
"""

from __future__ import annotations

import logging
import os
import stat
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from factpack.disk.files import OutputError, reason

FOLDERS = ("schemas", "sources")
"""Folders of a project that are watched with all that is in them. Links are not followed."""
SETTLED = 0.05
"""Seconds without a change after which what was saved together is taken to be complete."""
LONGEST = 1.0
"""Seconds after which changes are told although more of them keep coming."""
TICK = 0.5
"""Seconds after which a wait begins anew: not every system lets an interrupt end it."""
WRITTEN: list[type[events.FileSystemEvent]] = [
    events.FileCreatedEvent,
    events.FileModifiedEvent,
    events.FileClosedEvent,
    events.FileDeletedEvent,
    events.FileMovedEvent,
    events.DirCreatedEvent,
    events.DirDeletedEvent,
    events.DirMovedEvent,
]
"""What is told. Files that are only read are not: a check reads them all."""


class Changes(events.FileSystemEventHandler):
    """The changes of a project's folders since it was last waited for them."""

    def __init__(self, root: Path, observer: BaseObserver) -> None:
        self._root, self._observer = root.resolve(), observer  # some systems tell real paths only
        self._folders = [os.fspath(self._root / name) for name in FOLDERS]
        self._watches: list[ObservedWatch] = []
        self._changed = Event()
        self._replaced = True
        self._observe(self._root)  # tells when one of the folders itself goes or comes
        self._follow()

    def wait(self) -> None:
        """Return when something was changed since the last return, as soon as the changes pause; raises OutputError."""
        while not self._changed.wait(TICK):
            pass
        self._changed.clear()
        last = monotonic() + LONGEST
        while self._changed.wait(SETTLED) and monotonic() < last:  # what comes after the last is for the next time
            self._changed.clear()
        self._follow()

    def dispatch(self, event: events.FileSystemEvent) -> None:
        """Note an event; called by the thread of the observer."""
        for path in (os.fsdecode(event.src_path), os.fsdecode(event.dest_path)):
            if any(f"{path}{os.sep}".startswith(f"{folder}{os.sep}") for folder in self._folders):
                self._replaced |= event.is_directory
                self._changed.set()

    def _follow(self) -> None:
        """Watch the folders that are there now, where one went or came, at any level; raises OutputError."""
        if not self._replaced:
            return
        self._replaced = False  # first: what happens from here on is told again
        for watch in self._watches:
            self._observer.unschedule(watch)
        found = [folder for folder in self._folders if _is_folder(folder)]
        observed = (self._observe(folder, recursive=True) for folder in found)
        self._watches = [watch for watch in observed if watch]

    def _observe(self, folder: Path | str, *, recursive: bool = False) -> ObservedWatch | None:
        """Have the changes in a folder told; None where it has just gone, which is told. Raises OutputError."""
        try:
            return self._observer.schedule(self, folder, recursive=recursive, event_filter=WRITTEN)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise OutputError(f"changes cannot be watched: {reason(error, self._root)}") from error


@contextmanager
def watched(root: Path) -> Iterator[Changes]:
    """Give the changes of the project at `root` from now on; raises OutputError where the system tells none.

    Until they are no longer wanted, the library says nothing of folders that it lost: all are watched anew then.
    """
    observer, logger = Observer(), logging.getLogger("watchdog")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="watchdog")
        level = logger.level
        logger.setLevel(logging.CRITICAL)
        observer.start()
        try:
            yield Changes(root, observer)
        finally:
            observer.stop()
            observer.join()
            logger.setLevel(level)


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False
