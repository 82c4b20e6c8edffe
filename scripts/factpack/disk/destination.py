"""Where output may go: not among what a project is made of, and in place of nothing but earlier output."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from factpack.disk.below import LIST_LIMIT, entries_below, read_below
from factpack.disk.files import OutputError, reason
from factpack.disk.listed import DESCRIPTOR, listed
from factpack.disk.stage import BUILD

OWN = ("sources", "schemas", ".git", ".factpack", BUILD)
"""Folders of a project into which no option leads output."""


def for_package(root: Path, out: Path, *, replaces: bool) -> Path:
    """Return the folder that a package is built in; raises OutputError where it may not be.

    It may hold an earlier package, which is replaced, and anything beside `build/` and the descriptor.
    """
    folder = _allowed(root, out)
    try:
        strange = next(_no_part_of_a_package(folder), None) if replaces and folder != root else None
    except OSError as error:
        raise OutputError(reason(error, folder)) from error
    if strange:
        raise OutputError(f"{folder}: {strange} was not made by this program; name another folder")
    return folder


def for_files(root: Path, out: Path) -> Path:
    """Return a folder that is replaced as a whole; raises OutputError where it may not be."""
    folder = _allowed(root, out)
    if _is_within(root, folder):
        raise OutputError(f"{folder}: the project is in it; name another folder")
    return folder


def _allowed(root: Path, out: Path) -> Path:
    """Return a folder by a path without `..`; raises OutputError for one among a project's own, or behind its links."""
    folder = Path(os.path.abspath(out))  # noqa: PTH100 - without following links
    top = Path(os.path.realpath(root))
    real = Path(os.path.realpath(folder))
    for name in OWN:
        if _is_within(real, top / name):
            raise OutputError(f"{folder}: is part of {name}/ of the project; name another folder")
    if ".git" in set(real.parts) - set(top.parts):
        raise OutputError(f"{folder}: is part of a repository of git; name another folder")
    above = next((each for each in (folder, *folder.parents) if _is_same(each, top)), None)
    if above and above != folder:
        _through_no_link(above, folder)
    return root if above == folder else folder


def _through_no_link(root: Path, folder: Path) -> None:
    """Raise OutputError where a link in a project leads to a folder: a branch may bring one."""
    for each in (folder, *folder.parents):
        if each == root:
            return
        if each.is_symlink():
            raise OutputError(f"{each}: is a link in the project; name another folder")


def _is_within(path: Path, folder: Path) -> bool:
    """Say whether a path is a folder or lies in it, by whatever name the system has for it."""
    return any(_is_same(each, folder) for each in (path, *path.parents))


def _is_same(one: Path, other: Path) -> bool:
    if str(one).casefold() == str(other).casefold():
        return True
    try:
        return one.samefile(other)
    except OSError:
        return False


def _no_part_of_a_package(folder: Path) -> Iterator[str]:
    """Yield what is in the place of a package and not of one; a build that was broken off has a descriptor, too."""
    known = set[str]()
    for path in (DESCRIPTOR, f".factpack/next/{DESCRIPTOR}"):
        try:
            known |= listed(read_below(folder, path, LIST_LIMIT)).keys()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError):
            if path == DESCRIPTOR:
                yield path
    yield from (path for path in entries_below(folder, BUILD) if path not in known)
