"""Files and folders in single steps that know nothing of packages: read, write, compare, exchange, remove."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TextIO

CHUNK = 1 << 20
"""Bytes read at a time."""


def exchange(one: Path, other: Path, aside: Path) -> None:
    """Exchange a folder with another that may be missing: in one step where the system can, else by way of `aside`."""
    if not other.exists():
        one.rename(other)
    elif not _renameat2(one, other):
        remove(aside)
        _set_aside(other, aside)
        try:
            one.rename(other)
        except OSError:
            if aside.exists():
                aside.rename(other)
            raise


def _set_aside(folder: Path, aside: Path) -> None:
    """Rename a folder, or remove it where it lies in the image of a container: such folders cannot be renamed."""
    try:
        folder.rename(aside)
    except OSError as error:
        if error.errno != errno.EXDEV or folder.stat().st_dev != aside.parent.stat().st_dev:
            raise
        remove(folder)


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
    if code in (errno.ENOSYS, errno.EINVAL, errno.EXDEV):
        return False
    raise OSError(code, os.strerror(code), str(other))


def sync(folder: Path) -> None:
    """Write a folder's entries through to the disk, where the system can do that."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Remove a file, a link, or a folder with all that is in it, where it is there; raises OSError."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def fingerprint(path: Path) -> tuple[int, str]:
    """Return a file's size in bytes and its SHA-256 in hex."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def rows_in(path: Path) -> int:
    """Return how many rows a CSV file has below its header."""
    ends, quoted = 0, False
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            for part in chunk.split(b'"'):
                ends += 0 if quoted else part.count(b"\n")
                quoted = not quoted
            quoted = not quoted  # the last part goes on in the next chunk
    return max(ends - 1, 0)


def same(one: Path, other: Path) -> bool:
    """Say whether two files hold the same bytes."""
    return one.stat().st_size == other.stat().st_size and fingerprint(one) == fingerprint(other)


class OutputError(Exception):
    """The output cannot be written; the old package stays as it was."""


def read_file(path: Path) -> bytes:
    """Return what a file holds; raises OSError."""
    return path.read_bytes()


def open_file(path: Path) -> BinaryIO:
    """Return a file opened for reading; raises OSError."""
    return path.open("rb")


def has_file(path: Path) -> bool:
    """Say whether a path leads to a regular file."""
    return path.is_file()


def write_file(path: Path, data: bytes) -> None:
    """Write one file, in a folder that is made where it is missing, as a whole or not at all; raises OutputError."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(exist_ok=True)
        temporary.unlink(missing_ok=True)
        with temporary.open("xb") as file:  # a new file, and not where a link leads
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync(path.parent)
    except OSError as error:
        raise OutputError(reason(error, path)) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def append_to(path: Path, text: str) -> None:
    """Add a text to a file that another program keeps, such as the summary of a step; raises OutputError."""
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error


def discard_output(stream: TextIO) -> None:
    """Lead a stream that nobody reads any more into nothing, so that closing it cannot fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def reason(error: OSError, path: Path) -> str:
    """Return the file and the system's words for what went wrong with it."""
    return f"{error.filename or path}: {error.strerror or error}"
