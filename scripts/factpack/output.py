"""Output: bytes to disk as a whole or not at all, or compared with what is there (DESIGN 8).

Everything is made in `.factpack/stage`, read back, and renamed to `.factpack/next`: that is the commit. From there
`build/` and then `datapackage.json` move into place; whoever finds a `next` finishes it first.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from factpack.descriptor import Made

DESCRIPTOR = "datapackage.json"
BUILD = "build"
_CHUNK = 1 << 20


class OutputError(Exception):
    """The output cannot be written; the old package stays as it was."""


class Busy(OutputError):
    """Another build of the folder is running."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the only build of a folder, after finishing or discarding what an interrupted one left.

    Raises Busy while another build holds it, OutputError where the folder cannot be written.
    """
    try:
        (folder / ".factpack").mkdir(parents=True, exist_ok=True)
        lock = (folder / ".factpack" / "lock").open("w")
    except OSError as error:
        raise OutputError(_reason(error)) from error
    with lock:
        _take(lock)
        _recover(folder)
        yield


def _take(lock: IO[str]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows has no advisory locks of this kind
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Busy("another build of this folder is running") from error


class Stage:
    """The files of a package being made in `.factpack/stage`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stage = folder / ".factpack" / "stage"
        self._files: dict[str, IO[bytes]] = {}
        self._digests: dict[str, tuple[int, hashlib._Hash]] = {}
        shutil.rmtree(self.stage, ignore_errors=True)
        self.stage.mkdir(parents=True)

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
        """Return what has been made so far, by path."""
        return {path: Made(path, size, digest.hexdigest()) for path, (size, digest) in self._digests.items()}

    def close(self) -> None:
        """Write everything through to the disk, then read it back and compare; raises OutputError."""
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

    def differences(self) -> list[tuple[str, str]]:
        """Return (path, `changed`, `missing` or `extra`) for each file on disk that is not as made."""
        found = []
        for path in sorted(self._digests):
            there = self.folder / path
            if not there.is_file():
                found.append((path, "missing"))
            elif not same(there, self.stage / path):
                found.append((path, "changed"))
        for there in sorted((self.folder / BUILD).rglob("*")):
            path = there.relative_to(self.folder).as_posix()
            if not there.is_dir() and path not in self._digests:
                found.append((path, "extra"))
        return sorted(found)

    def commit(self) -> None:
        """Put the package in place."""
        following = self.folder / ".factpack" / "next"
        self.stage.rename(following)
        sync(following.parent)
        finish(self.folder)

    def discard(self) -> None:
        """Remove what has been made."""
        for file in self._files.values():
            with suppress(OSError):
                file.close()
        shutil.rmtree(self.stage, ignore_errors=True)


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Hold a stage in a locked folder; whatever fails, it is discarded and the old package stays.

    Raises OutputError in place of OSError.
    """
    with locked(folder):
        try:
            stage = Stage(folder)
        except OSError as error:
            raise OutputError(_reason(error)) from error
        try:
            yield stage
        except OSError as error:
            raise OutputError(_reason(error)) from error
        finally:
            stage.discard()


def recover(folder: Path) -> None:
    """Finish a committed build that was interrupted, and discard one that was not committed.

    What a running build holds is left alone.
    """
    if any((folder / ".factpack" / name).exists() for name in ("stage", "next", "old")):
        with suppress(Busy), locked(folder):
            pass


def _recover(folder: Path) -> None:
    try:
        shutil.rmtree(folder / ".factpack" / "stage", ignore_errors=True)
        if (folder / ".factpack" / "next").is_dir():
            _drop_outdated(folder)
            finish(folder)
        shutil.rmtree(folder / ".factpack" / "old", ignore_errors=True)
    except OSError as error:
        raise OutputError(_reason(error)) from error


def _drop_outdated(folder: Path) -> None:
    """Discard a committed package whose `build/` was in place already and has been changed by hand since."""
    following = folder / ".factpack" / "next"
    if (following / DESCRIPTOR).is_file() and not any(
        _in_place(each, following / DESCRIPTOR) for each in (folder, following)
    ):
        shutil.rmtree(following)


def finish(folder: Path) -> None:
    """Move a committed package into place: `build/` in one exchange, then the descriptor."""
    following, build = folder / ".factpack" / "next", folder / BUILD
    if (following / DESCRIPTOR).is_file() and not _in_place(folder, following / DESCRIPTOR):
        if build.exists():
            exchange(following / BUILD, build, folder / ".factpack" / "old")
        else:
            (following / BUILD).rename(build)
        sync(folder)
    if (following / DESCRIPTOR).is_file():
        (following / DESCRIPTOR).replace(folder / DESCRIPTOR)
        sync(folder)
    shutil.rmtree(following, ignore_errors=True)
    shutil.rmtree(folder / ".factpack" / "old", ignore_errors=True)


def _in_place(folder: Path, descriptor: Path) -> bool:
    """Say whether a folder's `build/` holds the files that a descriptor says, as it says, and no others."""
    wanted = {
        each["path"]: (each["bytes"], each["hash"].removeprefix("sha256:"))
        for each in json.loads(descriptor.read_bytes())["resources"]
    }
    there = {path.relative_to(folder).as_posix() for path in (folder / BUILD).rglob("*") if not path.is_dir()}
    try:
        return there == wanted.keys() and all(fingerprint(folder / path) == made for path, made in wanted.items())
    except OSError:
        return False


def exchange(one: Path, other: Path, aside: Path) -> None:
    """Exchange two folders: in one step where the system can, else by two renames by way of `aside`."""
    if not _renameat2(one, other):
        shutil.rmtree(aside, ignore_errors=True)
        other.rename(aside)
        one.rename(other)


def _renameat2(one: Path, other: Path) -> bool:
    """Exchange two paths with Linux's renameat2(2) and RENAME_EXCHANGE; say whether the system could."""
    import ctypes  # costs start-up time, and only a build needs it

    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    if call(-100, os.fsencode(one), -100, os.fsencode(other), 2) == 0:  # AT_FDCWD, RENAME_EXCHANGE
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(code, os.strerror(code), str(other))


def sync(folder: Path) -> None:
    """Write a folder's entries through to the disk, where the system lets folders be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def fingerprint(path: Path) -> tuple[int, str]:
    """Return a file's size in bytes and its SHA-256 in hex."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def same(one: Path, other: Path) -> bool:
    """Say whether two files hold the same bytes."""
    return one.stat().st_size == other.stat().st_size and fingerprint(one) == fingerprint(other)


def write_file(path: Path, data: bytes) -> None:
    """Write one file as a whole or not at all; raises OutputError."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync(path.parent)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise OutputError(_reason(error)) from error


def _reason(error: OSError) -> str:
    return f"{error.filename or 'output'}: {error.strerror or error}"
