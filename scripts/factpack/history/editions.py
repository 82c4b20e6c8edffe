"""Earlier editions of a project's package: as a git revision has it, as a folder holds it, or as it lies on disk."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from factpack.disk.below import BUILT_LIMIT, TooLarge, has_below, open_below, read_below
from factpack.disk.files import OutputError
from factpack.disk.git import blob, git, resolved
from factpack.disk.project import TEXTS, Project
from factpack.record.ids import Identity
from factpack.source.marks import is_deeper

TAG = "data-"
"""Tags of published versions of the data begin with it: data-1.2.0."""
DESCRIPTOR, IDS = "datapackage.json", "build/csv/ids.csv"
VERSION = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){2}")
DEEPEST, LARGEST = 49, 400
"""Levels that a list of records has below it at most, and digits of a number before and after its point."""


class NoEdition(Exception):
    """There is no such revision or package."""


@dataclass(frozen=True)
class Edition:
    """A package as it was, by the name it is called: `revision` of the git repository around `folder`, or its files."""

    name: str
    folder: Path
    revision: str = ""
    released: bool = False
    """Whether it is a published version."""

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, or None where the edition has none."""
        if self.revision:
            return blob(self.folder, self.revision, path)
        try:
            return read_below(self.folder, path, BUILT_LIMIT)
        except OSError:
            return None

    @cached_property
    def descriptor(self) -> Mapping[str, Any]:
        """Its `datapackage.json`; empty where there is none that can be read."""
        try:
            found = json.loads(self.read(DESCRIPTOR) or b"{}")
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def version(self) -> str:
        """The version of its data; empty where it says none of three numbers."""
        found = str(self.descriptor.get("version", ""))
        return found if VERSION.fullmatch(found) else ""

    def table(self) -> BinaryIO:
        """Return its table of ids, opened; an empty one where it has none."""
        if self.revision:
            return io.BytesIO(self.read(IDS) or b"")
        with suppress(TooLarge):
            if has_below(self.folder, IDS):
                return open_below(self.folder, IDS, BUILT_LIMIT)
        return io.BytesIO(b"")

    def ids(self) -> Iterator[Identity]:
        """Yield the ids of its table of ids, in its order."""
        with self.table() as table:
            yield from ids_in(table)

    def text_records(self) -> list[str]:
        """Return the names of the files in its `sources/texts`, in order."""
        if not self.revision:
            return Project(self.folder).text_records()
        listed = git(self.folder, "ls-tree", "-z", "--name-only", self.revision, f"./{TEXTS}") or b""
        return sorted(os.fsdecode(path).rpartition("/")[2] for path in listed.split(b"\0") if path)

    def records(self, folder: str) -> Mapping[str, Any]:
        """Return the nested records of a folder by id, as `build/json` has them."""
        try:
            listed = json.loads(self.read(f"build/json/{folder}.json") or b"[]", parse_float=_number)
        except (ValueError, ArithmeticError, RecursionError):
            return {}
        if not isinstance(listed, list) or is_deeper(listed, DEEPEST):
            return {}
        return {each["id"]: each for each in listed if isinstance(each, dict) and isinstance(each.get("id"), str)}


def _number(text: str) -> Decimal:
    """Return a number that can be written out; raises ValueError for any other."""
    found = Decimal(text)
    if abs(found.adjusted()) > LARGEST:
        raise ValueError(text)
    return found


def ids_in(table: Iterable[bytes]) -> Iterator[Identity]:
    """Yield the ids in the lines of a table of ids, of which the first is the header; raises OutputError."""
    try:
        for row in csv.DictReader(line.decode("utf-8", "replace") for line in table):
            if row.get("id"):
                retired = row.get("state") == "retired"
                yield Identity(row["id"], row.get("kind") or "", retired, row.get("since"), row.get("replaced_by_id"))
    except csv.Error as error:
        raise OutputError(f"{IDS} of the earlier version cannot be read: {error}") from error


def edition(root: Path, name: str) -> Edition:
    """Return the edition of a name: a git revision, or the folder of a built package; raises NoEdition.

    A name is a folder's only if it looks like a path: a branch may bring a folder that is called like a revision.
    """
    if is_path(name):
        if not has_below(name, DESCRIPTOR):
            raise NoEdition(name)
        return Edition(name, Path(name), released=True)
    commit = resolved(root, f"{name}^{{commit}}")
    if commit is None or not name:
        raise NoEdition(name)
    revision = commit.decode().strip()
    tag = resolved(root, f"refs/tags/{TAG}{Edition(name, root, revision).version}")
    return Edition(name, root, revision, released=tag is not None)


def is_path(name: str) -> bool:
    """Say whether a name is that of a folder: absolute, or beginning with a point and a slash (`./`, `../`)."""
    return name in (".", "..") or name.startswith(("./", "../", ".\\", "..\\")) or Path(name).is_absolute()


def latest(root: Path) -> Edition:
    """Return what a project is compared with by default: its newest published version, else HEAD, else the disk."""
    newest = next(published(root), None)
    if newest:
        return newest
    head = Edition("HEAD", root, "HEAD")
    return head if head.read(DESCRIPTOR) is not None else Edition(IDS, root)


def released_before(root: Path, version: str, name: str | None = None) -> Edition | None:
    """Return the edition of a name, else the newest published version besides this one, None where there is none.

    Raises NoEdition.
    """
    if name is not None:
        return edition(root, name)
    return next((each for each in published(root) if each.name != f"{TAG}{version}"), None)


def published(root: Path) -> Iterator[Edition]:
    """Yield the published versions that a project comes from, the newest first."""
    merged = ("--merged", "HEAD") if resolved(root, "HEAD^{commit}") else ()  # of a repository without a commit: all
    tags = git(root, "tag", "--list", f"{TAG}*", *merged, "--sort=-version:refname")
    for tag in (tags or b"").decode("utf-8", errors="replace").split():
        yield Edition(tag, root, f"refs/tags/{tag}", released=True)
