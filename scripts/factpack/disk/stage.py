"""A data package is written as a whole or not at all, or compared with what is there.

All files are made in `.factpack/stage`, read back, and renamed to `.factpack/next`: that is the commit. From there
`build/` and then `datapackage.json` move into place. If nothing can be moved, or an interrupt comes first, the package
is not committed and the old one stays. Where a process dies in between, the next build finishes the move, and no other
command does; what this machine has not sealed is discarded, for a branch may have brought it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from factpack.disk.below import (
    BUILT_LIMIT,
    LIST_LIMIT,
    entries_below,
    has_below,
    is_as_made,
    lies_below,
    make_below,
    open_below,
)
from factpack.disk.files import OutputError, exchange, private_folder, reason, remove, rows_in, sync
from factpack.disk.interrupts import at_once
from factpack.disk.listed import DESCRIPTOR, files_listed
from factpack.disk.secret import seals_in, write_seals

BUILD = "build"


class Busy(OutputError):
    """Another build of the folder is running."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lock a folder for one build.

    Raises Busy while another build holds the lock, OutputError in place of OSError.
    """
    private = folder / ".factpack"
    if private.is_symlink():  # what is discarded there might be somebody else's
        raise OutputError(f"{private}: is a link; remove it")
    try:
        private.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(PermissionError):  # somebody else's folder: whether it may be used, its lock tells
            private_folder(private)
        lock = os.open(private / "lock", os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            _take(lock)
            yield
        finally:
            os.close(lock)
    except OSError as error:
        raise OutputError(reason(error, folder)) from error


def _take(lock: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows has no advisory locks of this kind
        return
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # not flock, which workers would inherit and hold on to
    except (BlockingIOError, PermissionError) as error:
        raise Busy("another build of this folder is running") from error


def recover(folder: Path) -> None:
    """Finish in a locked folder a build that was committed and broke off; discard what was not made here."""
    following, aside = (folder / ".factpack" / name for name in ("next", "old"))
    package, ours = seals_in(folder, following, DESCRIPTOR)
    if not package:
        remove(following)
    if not ours or aside.is_symlink() or aside.is_file():
        remove(aside)
    finish(folder)


def broken_off(folder: Path) -> bool:
    """Say whether a build was committed and broke off before all of it was in place."""
    private = folder / ".factpack"
    if not has_below(folder, f".factpack/next/{DESCRIPTOR}"):
        return False
    try:
        lock = os.open(private / "lock", os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return True
    try:
        _take(lock)
    except Busy:
        return False
    except OSError:
        return True
    finally:
        os.close(lock)
    return True


class Stage:
    """The files of a package being made in `.factpack/stage`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stage = folder / ".factpack" / "stage"
        self._files: dict[str, IO[bytes]] = {}
        self._digests: dict[str, tuple[int, hashlib._Hash]] = {}
        self._folders = set[str]()

    def begin(self) -> None:
        """Make its folder, empty."""
        remove(self.stage)
        self.stage.mkdir(mode=0o700)

    def append(self, path: str, data: bytes) -> None:
        """Add bytes to a file, which is made on its first use; raises OutputError for a path that is not plain."""
        if path not in self._files:
            self._files[path] = make_below(self.stage, path, self._folders)
            self._digests[path] = (0, hashlib.sha256())
        size, digest = self._digests[path]
        limit = LIST_LIMIT if path == DESCRIPTOR else BUILT_LIMIT  # what is made can be read again
        if size + len(data) > limit:
            raise OutputError(f"{path}: is larger than {limit} bytes")
        self._files[path].write(data)
        digest.update(data)
        self._digests[path] = (size + len(data), digest)

    def made(self) -> dict[str, Made]:
        """Return the files made so far, by path."""
        return {path: Made(path, size, digest.hexdigest()) for path, (size, digest) in self._digests.items()}

    def close(self) -> None:
        """Flush everything to the disk, then read it back and compare; raises OutputError."""
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
            file.close()
        for parent in {folder for path in self._files for folder in (self.stage / path).parents}:
            if parent.is_relative_to(self.stage):
                sync(parent)
        for path, made in self.made().items():
            if not is_as_made(self.stage, path, made.size, made.sha256):
                raise OutputError(f"{path} does not read back as it was written")

    def rows(self) -> dict[str, tuple[int | None, int]]:
        """Return by path the number of rows of each CSV: (in the package in place, in this one once it is closed).

        None stands for a file in place that is not as its package lists it: what it holds is no measure.
        """
        wanted = files_listed(self.folder, DESCRIPTOR)
        return {
            path: (_rows(self.folder, path, wanted), self._made_rows(path))
            for path in sorted(wanted.keys() | self._digests.keys())
            if path.endswith(".csv")
        }

    def _made_rows(self, path: str) -> int:
        if path not in self._digests:
            return 0
        with open_below(self.stage, path, BUILT_LIMIT) as file:
            return rows_in(file)

    def differences(self) -> list[tuple[str, str]]:
        """Return (path, `changed`, `missing` or `extra`) for each file on disk that is not as made."""
        found = []
        for path, made in self.made().items():
            if not has_below(self.folder, path):
                found.append((path, "missing"))
            elif not is_as_made(self.folder, path, made.size, made.sha256):
                found.append((path, "changed"))
        there = (path for path in entries_below(self.folder, BUILD) if path not in self._digests)
        return sorted([*found, *((path, "extra") for path in there)])

    def commit(self) -> None:
        """Put the package in place; raises OutputError where that cannot be done."""
        for path, usual in ((self.folder / BUILD, Path.is_dir), (self.folder / DESCRIPTOR, Path.is_file)):
            if path.is_symlink() or (path.exists() and not usual(path)):
                raise OutputError(f"{path}: is a link, or not what a build writes; move it away")
        following, before = self.folder / ".factpack" / "next", _listing(self.folder / BUILD)
        write_seals(self.folder, self.stage, DESCRIPTOR)
        try:
            self.stage.rename(following)
            sync(following.parent)
            done = finish(self.folder)
        except BaseException:  # a failure, or an interrupt, which ends this stage like any other
            if _listing(self.folder / BUILD) == before and following.exists():  # nothing has moved yet
                following.rename(self.stage)
            raise
        if not done:
            raise OutputError(f"{DESCRIPTOR} does not list the files that were made")

    def discard(self) -> None:
        """Remove what has been made."""
        for file in self._files.values():
            with suppress(OSError):
                file.close()
        with suppress(OSError):
            remove(self.stage)


@contextmanager
def staged(folder: Path, *, finishing: bool = False) -> Iterator[Stage]:
    """Give a stage in a locked folder. Whatever fails, the stage is discarded and the old package stays.

    A build that will be committed asks for `finishing`: what one before it left is finished or discarded first. Raises
    OutputError in place of OSError.
    """
    with locked(folder):
        if finishing:
            recover(folder)
        stage = Stage(folder)
        try:
            with at_once():
                stage.begin()
            yield stage
        finally:
            with at_once():
                stage.discard()


def finish(folder: Path) -> bool:
    """Move a committed package into place, `build/` in one exchange, then the descriptor; say whether there was one.

    A package that is not whole is discarded: the disk has lost some of it, or its `build/` was already in place and has
    been changed by hand since.
    """
    private, build = folder / ".factpack", folder / BUILD
    following, aside = private / "next", private / "old"
    made = following / DESCRIPTOR
    moved = _in_place(folder, made)
    whole = moved or _in_place(following, made)
    with at_once():
        if whole and not moved:
            exchange(following / BUILD, build, aside)
            sync(folder)
        if whole:
            made.replace(folder / DESCRIPTOR)
            sync(folder)
        elif aside.is_dir() and not build.exists():
            aside.rename(build)
        for left in (following, aside):
            with suppress(OSError):
                remove(left)
    return whole


def _listing(folder: Path) -> set[tuple[Path, int]]:
    """Return every path in a folder with its inode number."""
    return {(path, path.lstat().st_ino) for path in folder.rglob("*")}


def _in_place(folder: Path, descriptor: Path) -> bool:
    """Say whether a folder's `build/` holds exactly the files a descriptor lists, with their sizes and checksums."""
    wanted = files_listed(descriptor.parent, descriptor.name)
    there = set(entries_below(folder, BUILD)) if wanted else set()
    return bool(wanted) and there == wanted.keys() and all(is_as_made(folder, each, *wanted[each]) for each in wanted)


def _rows(folder: Path, path: str, wanted: Mapping[str, tuple[int, str]]) -> int | None:
    """Return the rows of a CSV file, 0 where nothing is there and nothing wanted; None of one that is not as wanted."""
    if path not in wanted:
        return None if lies_below(folder, path) else 0
    if not is_as_made(folder, path, *wanted[path]):
        return None
    with open_below(folder, path, BUILT_LIMIT) as file:
        return rows_in(file)


@dataclass(frozen=True, slots=True)
class Made:
    """A file made: where it lies, its size in bytes and its SHA-256 in hex."""

    path: str
    size: int
    sha256: str
