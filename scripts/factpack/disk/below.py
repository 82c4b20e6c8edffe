"""What lies below a folder: read, listed and written there and nowhere else, whatever a path or a link says.

The folder itself may be a link, for the user named it. Below it no level is one, and every file that is read is a
regular one of a limited size. Levels are looked at and not held open: whoever can exchange a folder while a command
runs can write in the project anyway.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import IO, BinaryIO

from factpack.disk.files import NotRegular, OutputError, fingerprint, open_own, reason, sync

BUILT_LIMIT = 4 << 30
"""Bytes that a file of a package or of a release may have."""
LIST_LIMIT = 64 << 20
"""Bytes that a descriptor, or a list of checksums, may have."""
DOCUMENT_LIMIT = 16 << 20
"""Bytes that a file beside the package may have, such as README.md."""

LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
"""What the paths are made of that are written."""
LEVELS, LONGEST = 8, 160
"""Parts that such a path may have, and characters in each."""


class TooLarge(OSError):
    """A file has more bytes than any that is read in its place."""


def plain(path: str) -> str:
    """Return a path that may be written, in a folder or in an archive; raises OutputError for any other.

    Its parts are plain on every system: of `LETTERS`, and with no point at the end, which Windows would leave out.
    """
    parts = path.split("/")
    fits = len(parts) <= LEVELS and all(0 < len(each) <= LONGEST and each[-1] != "." for each in parts)
    if not fits or not LETTERS.issuperset(path.replace("/", "")):
        raise OutputError(f"{path[:200]!a}: is not a path that this program writes")
    return path


def below(root: Path | str, path: str, real: set[str] | None = None) -> str:
    """Return where a path in a folder lies; raises OSError where one of the levels between is no real folder.

    `real` keeps the folders that were looked at, so that each is looked at once.
    """
    _require_levels(root, path)
    folder = path.rpartition("/")[0]
    if folder:
        folder_below(root, folder, real)
    return f"{root}/{path}"


def folder_below(root: Path | str, path: str, real: set[str] | None = None) -> str:
    """Return where a folder in a folder lies; raises OSError where it, or a level above it, is no real folder.

    `real` is as for `below`.
    """
    if real is None or path not in real:
        _require_levels(root, path)
        at = str(root)
        for name in path.split("/"):
            at = f"{at}/{name}"
            if not stat.S_ISDIR(os.lstat(at).st_mode):
                raise NotRegular(errno.ENOTDIR, "is a link, or not a folder", at)
        if real is not None:
            real.add(path)
    return f"{root}/{path}"


def _require_levels(root: Path | str, path: str) -> None:
    """Raise NotRegular for a path whose parts are not all names."""
    if not {"", ".", ".."}.isdisjoint(path.split("/")) or "\\" in path or ":" in path or "\0" in path:
        raise NotRegular(errno.EINVAL, "is not a path in its folder", f"{root}/{path}")


def open_below(root: Path | str, path: str, limit: int) -> BinaryIO:
    """Return a regular file opened for reading; raises TooLarge for one of more bytes than `limit`, or OSError."""
    file = open_own(below(root, path))
    if os.fstat(file.fileno()).st_size > limit:
        file.close()
        raise TooLarge(errno.EFBIG, f"is larger than {limit} bytes", f"{root}/{path}")
    return file


def read_below(root: Path | str, path: str, limit: int) -> bytes:
    """Return what a regular file holds; raises TooLarge for one of more bytes than `limit`, or OSError."""
    with open_below(root, path, limit) as file:
        return file.read(os.fstat(file.fileno()).st_size + 1)


def has_below(root: Path | str, path: str) -> bool:
    """Say whether a regular file is at a path."""
    try:
        return stat.S_ISREG(os.lstat(below(root, path)).st_mode)
    except OSError:
        return False


def lies_below(root: Path | str, path: str) -> bool:
    """Say whether anything is at a path, whatever it is."""
    return os.path.lexists(f"{root}/{path}")


def is_as_made(root: Path | str, path: str, size: int, sha256: str) -> bool:
    """Say whether a regular file is at a path that has this size in bytes and this SHA-256 in hex."""
    try:
        with open_below(root, path, size) as file:
            return fingerprint(file) == (size, sha256)
    except (FileNotFoundError, IsADirectoryError, NotRegular, TooLarge):
        return False


def entries_below(root: Path | str, path: str) -> Iterator[str]:
    """Yield the path of everything at or in a folder that is no folder itself: files, links and whatever else."""
    left = [path] if os.path.lexists(below(root, path)) else []
    while left:
        at = left.pop()
        if not stat.S_ISDIR(os.lstat(f"{root}/{at}").st_mode):
            yield at
        else:
            with os.scandir(f"{root}/{at}") as scan:
                left += sorted((f"{at}/{entry.name}" for entry in scan), reverse=True)


FILE, FOLDER, OTHER = "file", "folder", "other"
"""What lies at a path: a regular file, a folder, or a link or whatever else."""


def everything_below(root: Path | str) -> Iterator[tuple[str, str]]:
    """Yield the path of everything in a folder and what it is, a folder before what is in it."""
    left = [""]
    while left:
        at = left.pop()
        with os.scandir(f"{root}/{at}") as scan:
            listed = sorted(scan, key=lambda entry: entry.name)
        for entry in listed:
            if entry.is_dir(follow_symlinks=False):
                left.append(f"{at}{entry.name}/")
                yield f"{at}{entry.name}", FOLDER
            else:
                yield f"{at}{entry.name}", FILE if entry.is_file(follow_symlinks=False) else OTHER


def make_below(root: Path | str, path: str, made: set[str]) -> IO[bytes]:
    """Return a new file opened for writing, in folders that are made where they are missing.

    `made` keeps the folders that are there. Raises OutputError for a path that is not plain, else OSError.
    """
    _make_folders(root, plain(path), made)
    return Path(f"{root}/{path}").open("xb")


def link_below(root: Path | str, path: str, other: Path | str, made: set[str]) -> None:
    """Make a file another name of the one at the same path in another folder, or a copy where that cannot be done.

    Folders are made where they are missing; `made` keeps those that are there. Raises OutputError for a path that is
    not plain, else OSError.
    """
    _make_folders(root, plain(path), made)
    try:
        os.link(below(other, path), f"{root}/{path}")
    except OSError:
        with make_below(root, path, made) as file:
            file.write(read_below(other, path, BUILT_LIMIT))


def _make_folders(root: Path | str, path: str, made: set[str]) -> None:
    """Make the folders above a path where they are missing; raises NotRegular for a link among them, or OSError."""
    for folder in accumulate(path.split("/")[:-1], "{}/{}".format):
        if folder not in made:
            at = Path(f"{root}/{folder}")
            with suppress(FileExistsError):
                at.mkdir()
            if not stat.S_ISDIR(at.lstat().st_mode):
                raise NotRegular(errno.ENOTDIR, "is a link, or not a folder", str(at))
            made.add(folder)


def write_below(root: Path | str, path: str, data: bytes) -> None:
    """Write one file, in a folder that is made where it is missing, as a whole or not at all; raises OutputError."""
    target = Path(f"{root}/{plain(path)}")
    temporary = target.with_name(f".{target.name}.part")
    try:
        _make_folders(root, path, set())
        temporary.unlink(missing_ok=True)
        with temporary.open("xb") as file:  # a new file, and not where a link leads
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
        sync(target.parent)
    except OSError as error:
        raise OutputError(reason(error, target)) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def remove_below(root: Path | str, path: str) -> None:
    """Delete one file; raises OutputError."""
    try:
        Path(below(root, plain(path))).unlink()
    except OSError as error:
        raise OutputError(reason(error, Path(f"{root}/{path}"))) from error
