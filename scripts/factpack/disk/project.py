"""A project's files: where the project is, which files it has, and their bytes. Nothing else reads sources."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from factpack.disk.below import below, folder_below
from factpack.disk.files import read_own, read_with_status
from factpack.problems import Problem

FILE_LIMIT = 256 * 1024
"""Bytes that a source file may have."""
TEXT_RECORD_LIMIT = 4 * 1024 * 1024
"""Bytes that the record of a text may have."""

FILE_NAME = re.compile(r"[a-z]{3}-[a-z0-9]+(?:-[a-z0-9]+)*")
ID_LIMIT = 80
SCHEMA, TEXTS = ".schema.json", "sources/texts/"
PACKAGE_PATH, SEARCH_PATH = "sources/package.yaml", "sources/search.yaml"
Stamp = tuple[int, int, int]
"""A file's size in bytes, and the times of the last change of its content and of its entry, in nanoseconds."""


class NotAProject(Exception):
    """No parent folder has `sources/package.yaml`."""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with `sources/` and `schemas/`; every path in and out is relative to it, with forward slashes."""

    root: Path
    _folders: set[str] = field(default_factory=set, compare=False, repr=False)
    """Folders that were looked at: they are real ones, with no link above them."""

    @staticmethod
    def find(start: Path) -> Project:
        """Return the nearest project at `start` or above it, or raise `NotAProject`."""
        for folder in (start, *start.parents):
            if os.path.isfile(folder / "sources" / "package.yaml"):  # noqa: PTH113 - False where it may not look
                return Project(folder)
        raise NotAProject(f"no sources/package.yaml in {start} or any folder above it")

    @staticmethod
    def at(folder: Path) -> Project:
        """Return the project in a folder, or raise `NotAProject`."""
        if not (folder / "sources" / "package.yaml").is_file():
            raise NotAProject(f"no sources/package.yaml in {folder}")
        return Project(folder.resolve())

    def anew(self) -> Project:
        """Return the project as it is now, with nothing known of its folders; raises `NotAProject`."""
        return Project.at(self.root)

    def inside(self, path: Path) -> str:
        """Return a path as the project names it; raises ValueError for one outside the project."""
        return path.resolve().relative_to(self.root.resolve()).as_posix()

    def read(self, path: str) -> bytes:
        """Return a file's bytes, one more than its limit at most, which tells that it is too large; raises OSError."""
        return self.read_stamped(path)[0]

    def read_stamped(self, path: str) -> tuple[bytes, Stamp]:
        """Return a file's bytes as `read` does, and its size and times before it was read; raises OSError."""
        limit = TEXT_RECORD_LIMIT if path.startswith(TEXTS) else FILE_LIMIT
        raw, status = read_with_status(below(self.root, path, self._folders), limit + 1)
        return raw, _stamp(status)

    def stamp(self, path: str) -> Stamp | None:
        """Return a file's size and times, or None where no regular file is there."""
        try:
            status = os.lstat(below(self.root, path, self._folders))
        except OSError:
            return None
        return _stamp(status) if stat.S_ISREG(status.st_mode) else None

    def read_text_record(self, document: str) -> bytes | None:
        """Return the bytes of a document's text record (`sources/texts/<id>.json`), or None where it cannot be read."""
        try:
            raw = self.read(f"{TEXTS}{document}.json")
        except OSError:
            return None
        return raw if len(raw) <= TEXT_RECORD_LIMIT else None

    def text_records(self) -> list[str]:
        """Return the names of the files in `sources/texts`, in order."""
        return sorted(self._names("sources/texts"))

    def schemas(self) -> Mapping[str, bytes]:
        """Return the bytes of each `schemas/<name>.schema.json` by name, sorted, each as far as `read` reads."""
        found = (path for path in self._schema_paths() if stat.S_ISREG(_mode(f"{self.root}/{path}")))
        return {path[len("schemas/") : -len(SCHEMA)]: read_own(f"{self.root}/{path}", FILE_LIMIT + 1) for path in found}

    def _schema_paths(self) -> list[str]:
        return sorted(f"schemas/{name}" for name in self._names("schemas") if name.endswith(SCHEMA))

    def _names(self, folder: str) -> list[str]:
        """Return the names in a folder, none where it is missing, or a link leads to it."""
        if not self._is_real(folder):
            return []
        return os.listdir(f"{self.root}/{folder}")  # noqa: PTH208 - names are all that is wanted

    def _is_real(self, folder: str) -> bool:
        """Say whether a folder is one of the project, with no link on the way to it."""
        try:
            return bool(folder_below(self.root, folder, self._folders))
        except OSError:
            return False

    def unfit(self) -> list[Problem]:
        """Return a problem for each file or folder that is read before any record and is not a plain one.

        A link could lead anywhere, and a pipe has no end.
        """
        folders, files = ("schemas", "sources", "sources/texts"), (PACKAGE_PATH, SEARCH_PATH, *self._schema_paths())
        wanted = [*((path, True) for path in folders), *((path, False) for path in files)]
        return sorted(problem for path, folder in wanted for problem in _unfit(self.root, path, folder))

    def exists(self, folder: str, record: str) -> bool:
        """Say whether the file of a record exists: `sources/<folder>/<record>.yaml`."""
        parent = f"sources/{folder}"
        return _is_name(record) and self._is_real(parent) and stat.S_ISREG(_mode(f"{self.root}/{parent}/{record}.yaml"))

    def listing(self, folder: str, prefix: str) -> tuple[list[str], list[Problem]]:
        """Return the ids of a record folder in order, and a problem for each file that cannot be a record."""
        ids, problems, start = list[str](), list[Problem](), f"{prefix}-"
        try:
            for name, is_file in self._entries(f"sources/{folder}"):
                stem = name.removesuffix(".yaml")
                if stem == name or not is_file:
                    reason = "not-a-record"
                elif not stem.startswith(start) or not _is_name(stem):
                    reason = "bad-file-name"
                else:
                    ids.append(stem)
                    continue
                values = {"name": name, "prefix": prefix, "folder": folder}
                problems.append(Problem(f"sources/{folder}/{name}", 1, 1, reason, "", values))
        except FileNotFoundError:
            return [], []
        except OSError as error:
            values = {"reason": error.strerror or type(error).__name__}
            unreadable = Problem(f"sources/{folder}", 1, 1, "unreadable", "", values)
            return [], list(_unfit(self.root, f"sources/{folder}", True)) or [unreadable]
        return sorted(ids), sorted(problems)

    def _entries(self, folder: str) -> Iterator[tuple[str, bool]]:
        """Yield the name of each entry of a folder, and whether it is a regular file; raises OSError."""
        with os.scandir(folder_below(self.root, folder, self._folders)) as entries:
            for entry in entries:
                yield entry.name, entry.is_file(follow_symlinks=False)

    def strangers(self, known: Iterable[str]) -> list[Problem]:
        """Return a problem for each entry of `sources/` that is neither known, such as a record folder, nor always."""
        known = {*known, "texts", "package.yaml"}
        return [
            Problem(f"sources/{name}", 1, 1, "not-a-record", "", {"name": name, "folder": "sources"})
            for name in sorted(self._names("sources"))
            if name not in known
        ]


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _mode(path: str) -> int:
    """Return the `st_mode` of a path itself, not of what it may link to; 0 where there is nothing."""
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0


def _unfit(root: Path, path: str, folder: bool) -> Iterator[Problem]:
    """Yield why the entry at a path cannot be read as a plain file, or folder, of the project."""
    entry = f"{root}/{path}"
    mode = _mode(entry)
    reason = None
    if not mode:
        return
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        yield Problem(path, 1, 1, "not-regular", "", {"name": path.rpartition("/")[2]})
    elif stat.S_ISDIR(mode) is not folder:
        reason = errno.ENOTDIR if folder else errno.EISDIR
    elif not os.access(entry, os.R_OK):
        reason = errno.EACCES
    if reason:
        yield Problem(path, 1, 1, "unreadable", "", {"reason": os.strerror(reason)})


def _is_name(stem: str) -> bool:
    return len(stem) <= ID_LIMIT and FILE_NAME.fullmatch(stem) is not None
