"""A folder that is brought up to date file by file, so that what is in it already costs nothing."""

from __future__ import annotations

import os
from pathlib import Path

from factpack.disk.below import FILE, FOLDER, everything_below, link_below, make_below
from factpack.disk.files import remove


class Renewed:
    """A folder below `.factpack`, empty at first or left by an earlier making, and another with files to take."""

    def __init__(self, folder: Path, other: Path) -> None:
        self._folder, self._other = folder, other
        if folder.is_symlink() or not folder.is_dir():
            remove(folder)
            folder.mkdir(parents=True)
        self._there = dict(everything_below(folder))
        """What lies in the folder, by path."""
        self._wanted = set[str]()
        self._real = {path for path, kind in self._there.items() if kind == FOLDER}

    def take(self, path: str) -> None:
        """Give the folder the file at a path of the other one."""
        if self._there.get(path) == FILE and _is_one(f"{self._folder}/{path}", f"{self._other}/{path}"):
            self._want(path)
        else:
            self._make_room(path)
            link_below(self._folder, path, self._other, self._real)

    def write(self, path: str, raw: bytes) -> None:
        """Give the folder a new file at a path: what lies there may be a name of the other folder's file."""
        self._make_room(path)
        with make_below(self._folder, path, self._real) as file:
            file.write(raw)

    def clear(self) -> None:
        """Remove what was neither taken nor written."""
        for path in self._there.keys() - self._wanted:
            above = path.rpartition("/")[0]
            if not above or above in self._wanted:  # else it goes with what is above it
                remove(self._folder / path)

    def _want(self, path: str) -> None:
        while path and path not in self._wanted:
            self._wanted.add(path)
            path = path.rpartition("/")[0]

    def _make_room(self, path: str) -> None:
        """Remove what lies at a path, and what is no folder above it."""
        self._want(path)
        self._remove(path)
        above = path.rpartition("/")[0]
        while above:
            if self._there.get(above, FOLDER) != FOLDER:
                self._remove(above)
            above = above.rpartition("/")[0]

    def _remove(self, path: str) -> None:
        """Remove whatever lies at a path."""
        kind = self._there.pop(path, None)
        if kind is None:
            return
        remove(self._folder / path)
        self._real.discard(path)
        for each in [each for each in self._there if each.startswith(f"{path}/")] if kind == FOLDER else ():
            del self._there[each]
            self._real.discard(each)


def _is_one(path: str, other: str) -> bool:
    """Say whether two paths are names of one file."""
    return os.path.samestat(os.lstat(path), os.lstat(other))
