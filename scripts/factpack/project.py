"""The project on disk: where it is, which files it has, and their bytes. Nothing else reads sources."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from factpack.problems import Problem

FILE_LIMIT = 256 * 1024
"""Bytes that a source file may have."""

FILE_NAME = re.compile(r"[a-z]{3}-[a-z0-9]+(?:-[a-z0-9]+)*")
ID_LIMIT = 80


class NotAProject(Exception):
    """No parent folder has `sources/package.yaml`."""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with `sources/` and `schemas/`; every path in and out is relative to it, with forward slashes."""

    root: Path

    @staticmethod
    def find(start: Path) -> Project:
        """Return the nearest project at `start` or above it, or raise `NotAProject`."""
        for folder in (start, *start.parents):
            if (folder / "sources" / "package.yaml").is_file():
                return Project(folder)
        raise NotAProject(f"no sources/package.yaml in {start} or any folder above it")

    def read(self, path: str) -> bytes:
        """Return a file's bytes, one more than `FILE_LIMIT` at most; raises OSError."""
        with open(f"{self.root}/{path}", "rb") as file:  # noqa: PTH123 - a Path for each of many files takes time
            return file.read(FILE_LIMIT + 1)

    def read_text_record(self, document: str) -> bytes | None:
        """Return the bytes of a document's text record (`sources/texts/<id>.json`), or None where it cannot be read."""
        try:
            return (self.root / "sources" / "texts" / f"{document}.json").read_bytes()
        except OSError:
            return None

    def text_records(self) -> list[str]:
        """Return the names of the files in `sources/texts`, in order."""
        folder = self.root / "sources" / "texts"
        return sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []

    def schemas(self) -> Mapping[str, bytes]:
        """Return the bytes of each `schemas/<name>.schema.json` by name, sorted."""
        found = sorted((self.root / "schemas").glob("*.schema.json"))
        return {path.name.removesuffix(".schema.json"): path.read_bytes() for path in found if path.is_file()}

    def exists(self, folder: str, record: str) -> bool:
        """Say whether `sources/<folder>/<record>.yaml` is a file; the file system is the index."""
        return os.path.isfile(f"{self.root}/sources/{folder}/{record}.yaml")  # noqa: PTH113 - as in `read`

    def listing(self, folder: str, prefix: str) -> tuple[list[str], list[Problem]]:
        """Return the ids of a record folder in order, and a problem for each file that cannot be a record."""
        ids: list[str] = []
        problems: list[Problem] = []
        try:
            entries = sorted(os.scandir(self.root / "sources" / folder), key=lambda entry: entry.name)
        except FileNotFoundError:
            return [], []
        except OSError as error:
            values = {"reason": error.strerror or type(error).__name__}
            return [], [Problem(f"sources/{folder}", 1, 1, "unreadable", "", values)]
        for entry in entries:
            reason = _refusal(entry, prefix)
            if reason is None:
                ids.append(entry.name.removesuffix(".yaml"))
            else:
                values = {"name": entry.name, "prefix": prefix, "folder": folder}
                problems.append(Problem(f"sources/{folder}/{entry.name}", 1, 1, reason, "", values))
        return sorted(ids), problems

    def strangers(self, folders: Iterable[str]) -> list[Problem]:
        """Return a problem for each entry of `sources/` that is neither a record folder nor known."""
        known = {*folders, "texts", "package.yaml"}
        entries = sorted(entry.name for entry in os.scandir(self.root / "sources"))
        return [
            Problem(f"sources/{name}", 1, 1, "not-a-record", "", {"name": name, "folder": "sources"})
            for name in entries
            if name not in known
        ]


def _refusal(entry: os.DirEntry[str], prefix: str) -> str | None:
    """Return the code that says why a folder entry is no record file, or None."""
    if entry.is_symlink() or not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
        return "not-a-record"
    if not entry.name.endswith(".yaml"):
        return "not-a-record"
    stem = entry.name.removesuffix(".yaml")
    if not stem.startswith(f"{prefix}-") or not FILE_NAME.fullmatch(stem) or len(stem) > ID_LIMIT:
        return "bad-file-name"
    return None
