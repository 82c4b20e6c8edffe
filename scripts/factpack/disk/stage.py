"""A data package is written as a whole or not at all, or compared with what is there.

All files are made in `.factpack/stage`, read back, and renamed to `.factpack/next`: that is the commit. From there
`build/` and then `datapackage.json` move into place; a command that finds a `next` first finishes the move. If nothing
can be moved, the package is not committed and the old one stays.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from factpack.disk.files import (
    NotRegular,
    OutputError,
    exchange,
    fingerprint,
    has_file,
    private_folder,
    read_own,
    reason,
    remove,
    rows_in,
    same,
    sync,
)

DESCRIPTOR = "datapackage.json"
BUILD = "build"
LEFT = ("stage", "next", "old")
"""What an interrupted build may leave in `.factpack`."""


class Busy(OutputError):
    """Another build of the folder is running."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lock a folder for one build, and first finish or discard what an interrupted build left.

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
            _recover(folder)
            yield
        finally:
            os.close(lock)
    except BrokenPipeError:  # the reader of our output has gone: not a fault of the disk
        raise
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


def _recover(folder: Path) -> None:
    for left in (folder / ".factpack" / name for name in LEFT):
        if left.name == "stage" or left.is_symlink() or left.is_file():
            remove(left)
    finish(folder)


class Stage:
    """The files of a package being made in `.factpack/stage`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stage = folder / ".factpack" / "stage"
        self._files: dict[str, IO[bytes]] = {}
        self._digests: dict[str, tuple[int, hashlib._Hash]] = {}
        self.stage.mkdir()

    def append(self, path: str, data: bytes) -> None:
        """Add bytes to a file, which is made on its first use."""
        if path not in self._files:
            target = self.stage / path
            target.parent.mkdir(parents=True, exist_ok=True)
            self._files[path] = target.open("wb")
            self._digests[path] = (0, hashlib.sha256())
        self._files[path].write(data)
        size, digest = self._digests[path]
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
            if fingerprint(self.stage / path) != (made.size, made.sha256):
                raise OutputError(f"{path} does not read back as it was written")

    def rows(self) -> dict[str, tuple[int, int]]:
        """Return by path the number of rows of each CSV: (in the package in place, in this one once it is closed)."""
        found = (path for path in (self.folder / BUILD).rglob("*.csv") if has_file(path))
        there = {path.relative_to(self.folder).as_posix() for path in found}
        made = {path for path in self._digests if path.endswith(".csv")}
        return {
            path: (
                rows_in(self.folder / path) if path in there else 0,
                rows_in(self.stage / path) if path in made else 0,
            )
            for path in sorted(there | made)
        }

    def differences(self) -> list[tuple[str, str]]:
        """Return (path, `changed`, `missing` or `extra`) for each file on disk that is not as made."""
        found = []
        for path in sorted(self._digests):
            there = self.folder / path
            if not has_file(there):
                found.append((path, "missing"))
            elif not same(there, self.stage / path):
                found.append((path, "changed"))
        for there in sorted((self.folder / BUILD).rglob("*")):
            path = there.relative_to(self.folder).as_posix()
            if not there.is_dir() and path not in self._digests:
                found.append((path, "extra"))
        return sorted(found)

    def commit(self) -> None:
        """Put the package in place; raises OutputError where that cannot be done."""
        for path, usual in ((self.folder / BUILD, Path.is_dir), (self.folder / DESCRIPTOR, Path.is_file)):
            if path.is_symlink() or (path.exists() and not usual(path)):
                raise OutputError(f"{path}: is a link, or not what a build writes; move it away")
        following, before = self.folder / ".factpack" / "next", _listing(self.folder / BUILD)
        try:
            self.stage.rename(following)
            sync(following.parent)
            done = finish(self.folder)
        except OSError:
            if _listing(self.folder / BUILD) == before and following.exists():  # nothing has moved yet
                following.rename(self.stage)
            raise
        except BaseException:  # interrupted: what is committed is finished first
            finish(self.folder)
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
def staged(folder: Path) -> Iterator[Stage]:
    """Give a stage in a locked folder. Whatever fails, the stage is discarded and the old package stays.

    Raises OutputError in place of OSError.
    """
    with locked(folder):
        stage = Stage(folder)
        try:
            yield stage
        finally:
            stage.discard()


def recover(folder: Path) -> None:
    """Finish an interrupted build that was committed; discard one that was not.

    A running build is left alone; so is an uncommitted one where nothing can be written.
    """
    private = folder / ".factpack"
    if any((private / name).exists() for name in LEFT):
        with suppress(Busy if (private / "next").exists() else OutputError), locked(folder):
            pass


def finish(folder: Path) -> bool:
    """Move a committed package into place, `build/` in one exchange, then the descriptor; say whether there was one.

    A package that is not whole is discarded: the disk has lost some of it, or its `build/` was already in place and has
    been changed by hand since.
    """
    private, build = folder / ".factpack", folder / BUILD
    following, aside = private / "next", private / "old"
    made = following / DESCRIPTOR
    moved = _in_place(folder, made)
    if not moved and _in_place(following, made):
        exchange(following / BUILD, build, aside)
        sync(folder)
        moved = True
    if moved:
        made.replace(folder / DESCRIPTOR)
        sync(folder)
    elif aside.is_dir() and not build.exists():
        aside.rename(build)
    for left in (following, aside):
        with suppress(OSError):
            remove(left)
    return moved


def _listing(folder: Path) -> set[tuple[Path, int]]:
    """Return every path in a folder with its inode number."""
    return {(path, path.lstat().st_ino) for path in folder.rglob("*")}


def _in_place(folder: Path, descriptor: Path) -> bool:
    """Say whether a folder's `build/` holds exactly the files a descriptor lists, with their sizes and checksums."""
    try:
        listed = json.loads(read_own(descriptor))["resources"]
        wanted = {each["path"]: (each["bytes"], each["hash"].removeprefix("sha256:")) for each in listed}
        there = {path.relative_to(folder).as_posix() for path in (folder / BUILD).rglob("*") if not path.is_dir()}
        return there == wanted.keys() and all(fingerprint(folder / path) == made for path, made in wanted.items())
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, NotRegular):
        return False
    except (ValueError, LookupError, TypeError, AttributeError):  # not a descriptor: the disk has lost some of it
        return False


@dataclass(frozen=True, slots=True)
class Made:
    """A file made: where it lies, its size in bytes and its SHA-256 in hex."""

    path: str
    size: int
    sha256: str
