"""Files and folders in single steps that know nothing of packages: read, write, compare, exchange, remove."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import sys
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 20
"""Bytes read at a time."""
PLAINLY = sum(getattr(os, flag, 0) for flag in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"))
"""Flags with which files are opened, where the system has them: links are not followed, pipes not waited for."""


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


class NotRegular(OSError):
    """What is at a path is not a regular file: a link that could lead anywhere, a pipe or device without an end."""


def open_own(path: Path | str) -> BinaryIO:
    """Return a regular file of a project or package opened for reading; raises NotRegular, or another OSError.

    Links are not followed, and pipes not waited for.
    """
    return os.fdopen(_own(path)[0], "rb")


def _own(path: Path | str) -> tuple[int, os.stat_result]:
    """Return the descriptor of a file as `open_own` opens it, and its status."""
    if not hasattr(os, "O_NOFOLLOW") and os.path.islink(path):  # noqa: PTH114 - a path of text, as most are
        raise NotRegular(errno.EINVAL, "not a regular file", str(path))
    return _opened(path, PLAINLY)


def _opened(path: Path | str, flags: int) -> tuple[int, os.stat_result]:
    """Return the descriptor of a regular file opened for reading, and its status; raises NotRegular, or an OSError."""
    try:
        file = os.open(path, os.O_RDONLY | flags)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK, errno.ENXIO):
            raise NotRegular(errno.EINVAL, "not a regular file", str(path)) from error
        raise
    status = os.fstat(file)
    if not stat.S_ISREG(status.st_mode):
        os.close(file)
        raise NotRegular(errno.EINVAL, "not a regular file", str(path))
    return file, status


def fingerprint(file: BinaryIO) -> tuple[int, str]:
    """Return the size of an open file in bytes and its SHA-256 in hex."""
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


def rows_in(file: BinaryIO) -> int:
    """Return how many rows an open CSV file has below its header."""
    ends, quoted = 0, False
    while chunk := file.read(CHUNK):
        for part in chunk.split(b'"'):
            ends += 0 if quoted else part.count(b"\n")
            quoted = not quoted
        quoted = not quoted  # the last part goes on in the next chunk
    return max(ends - 1, 0)


class OutputError(Exception):
    """The output cannot be written; the old package stays as it was."""


def read_file(path: Path, limit: int = -1) -> bytes:
    """Return what a regular file holds that the user named or that travels with the program, up to a limit in bytes.

    It may be a link, and pipes are not waited for; raises NotRegular, or another OSError.
    """
    return _read(*_opened(path, PLAINLY & ~getattr(os, "O_NOFOLLOW", 0)), limit)


def read_own(path: Path | str, limit: int = -1) -> bytes:
    """Return what a regular file of a project or package holds, up to a limit in bytes; raises OSError."""
    return read_with_status(path, limit)[0]


def read_with_status(path: Path | str, limit: int = -1) -> tuple[bytes, os.stat_result]:
    """Return what `read_own` does, and the status of the file before it was read; raises OSError."""
    file, status = _own(path)
    return _read(file, status, limit), status


def _read(file: int, status: os.stat_result, limit: int) -> bytes:
    """Return what an open file holds, up to a limit in bytes, and close it.

    It is asked for in one call, for as much as the file has: a buffer, or room for the limit, costs more than the file.
    """
    try:
        size, room, pieces = status.st_size + 1, sys.maxsize if limit < 0 else limit, []
        while piece := os.read(file, min(size, room)):
            pieces.append(piece)
            room -= len(piece)
        return b"".join(pieces)
    finally:
        os.close(file)


def has_file(path: Path) -> bool:
    """Say whether a path is that of a regular file, and not of a link to one."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def private_folder(path: Path) -> None:
    """Make a folder that only this user may read and write, where it is missing; raises OSError where it is a link."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = path.lstat().st_mode
    if not stat.S_ISDIR(mode):
        raise NotRegular(errno.ENOTDIR, "is not a folder of its own", str(path))
    if stat.S_IMODE(mode) & 0o077:
        path.chmod(0o700)


def append_to(path: Path, text: str) -> None:
    """Add a text to a file that another program keeps, such as the summary of a step; raises OutputError."""
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error


def reason(error: OSError, path: Path) -> str:
    """Return the file and the system's words for what went wrong with it."""
    return f"{error.filename or path}: {error.strerror or error}"
