"""Earlier editions of a project's package: as a git revision has it, as a folder holds it, or as it lies on disk."""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from factpack.disk.below import BUILT_LIMIT, has_below, lies_below, open_below, read_below
from factpack.disk.files import rows_in
from factpack.disk.git import blob, git, resolved
from factpack.disk.listed import DESCRIPTOR
from factpack.disk.project import TEXTS, Project
from factpack.history.damage import REPLACED, Damage, Damaged, parsed
from factpack.history.identities import LONGEST, NoIds, header_of, identities
from factpack.record.ids import VERSION, Identity, version

TAG = re.compile(f"data-v?({VERSION.pattern})")
"""The form of the tags of published versions of the data: data-1.2.0."""
IDS = "build/csv/ids.csv"


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
    unknown: str = ""
    """Why published versions are not known where it was found, as a key of words; empty where they are."""
    output: bool = False
    """Whether it is what a build left in the project, where there is nothing else to compare with."""

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, or None where the edition has none; raises Damaged, GitFailed."""
        if self.revision:
            return blob(self.folder, self.revision, path)
        try:
            return read_below(self.folder, path, BUILT_LIMIT)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unreadable(path, error) from error

    @cached_property
    def published(self) -> bool:
        """Whether it holds a package, or a part of one, as each published version and each folder must."""
        if self.released:
            return True
        if self.revision:
            return any(resolved(self.folder, f"{self.revision}:./{path}") is not None for path in (DESCRIPTOR, IDS))
        return any(lies_below(self.folder, path) for path in (DESCRIPTOR, IDS))

    @cached_property
    def described(self) -> tuple[Mapping[str, Any], tuple[Damage, ...]]:
        """Its `datapackage.json`, and what is wrong with it; both empty where nothing was published."""
        try:
            raw = self.read(DESCRIPTOR)
            if raw is None and not self.published:
                return {}, ()
            found = _object(_there(DESCRIPTOR, raw))
        except Damaged as error:
            return {}, (error.damage,)
        return found, tuple(_faults(found))

    @property
    def descriptor(self) -> Mapping[str, Any]:
        """Its `datapackage.json`; empty where there is none that can be read."""
        return self.described[0]

    @property
    def version(self) -> str:
        """The version of its data; empty where it says none."""
        found = str(self.descriptor.get("version", ""))
        return found if VERSION.fullmatch(found) else ""

    @property
    def package(self) -> str:
        """The name of its package; empty where it says none."""
        return str(self.descriptor.get("name") or "")

    def table(self) -> BinaryIO:
        """Return its table of ids, opened; an empty one where nothing was published. Raises Damaged, GitFailed."""
        if not self.published:
            return io.BytesIO(b"")
        if self.revision:
            return io.BytesIO(_there(IDS, self.read(IDS)))
        try:
            return open_below(self.folder, IDS, BUILT_LIMIT)
        except OSError as error:
            raise _unreadable(IDS, error) from error

    def ids(self) -> tuple[list[Identity], list[Damage]]:
        """Return the ids of its table of ids, in its order, and what is wrong with the table."""
        none = NoIds()
        try:
            with self.table() as table:
                head = table.readline(LONGEST)
                found = list(identities(header_of(IDS, head), table, none)) if head or self.published else []
        except Damaged as error:
            return [], [error.damage]
        return found, list(none.damage(IDS))

    def text_records(self) -> list[str]:
        """Return the names of the files in its `sources/texts`, in order."""
        if not self.revision:
            return Project(self.folder).text_records()
        listed = git(self.folder, "ls-tree", "-z", "--name-only", self.revision, f"./{TEXTS}") or b""
        return sorted(os.fsdecode(path).rpartition("/")[2] for path in listed.split(b"\0") if path)

    def records(self, folder: str) -> tuple[Mapping[str, Any], list[Damage]]:
        """Return the nested records of a folder by id, as `build/json` has them, and what is wrong with the file.

        A folder of which the descriptor lists no file had no records yet.
        """
        path = f"build/json/{folder}.json"
        try:
            raw = self.read(path)
            if raw is None and path not in self._listed:
                return {}, []
            listed = parsed(path, _there(path, raw))
        except Damaged as error:
            return {}, [error.damage]
        if not isinstance(listed, list):
            return {}, [Damage(path, "no list")]
        found = {each["id"]: each for each in listed if isinstance(each, dict) and isinstance(each.get("id"), str)}
        strange = len(listed) - len(found)
        return found, [Damage(path, "no records", 1, {"count": strange})] if strange else self.replaced(path)

    def rows(self, path: str) -> int | None:
        """Return how many rows a table has, None where it is not whole: the file that the descriptor lists."""
        try:
            raw = self.read(path)
        except Damaged:
            return None
        return None if raw is None or not self._is_listed(path, raw) else rows_in(io.BytesIO(raw))

    def replaced(self, path: str) -> list[Damage]:
        """Return that a file of a published version is not the one that its descriptor lists, where it is not.

        Of other revisions nothing is said: a merge that has not been built yet is of this kind.
        """
        if not self.released or "hash" not in self._listed.get(path, {}):
            return []
        try:
            raw = _there(path, self.read(path))
        except Damaged as error:
            return [error.damage]
        return [] if self._is_listed(path, raw) else [Damage(path, REPLACED)]

    def _is_listed(self, path: str, raw: bytes) -> bool:
        """Say whether bytes are those of the file that the descriptor lists at a path."""
        return self._listed.get(path, {}).get("hash") == f"sha256:{hashlib.sha256(raw).hexdigest()}"

    @cached_property
    def _listed(self) -> Mapping[str, Mapping[str, Any]]:
        """The resources of its descriptor by path."""
        resources = self.descriptor.get("resources")
        listed = resources if isinstance(resources, list) else []
        return {str(each.get("path")): each for each in listed if isinstance(each, dict)}


def _unreadable(path: str, error: OSError) -> Damaged:
    if isinstance(error, FileNotFoundError):
        return Damaged(path, "missing")
    return Damaged(path, "unreadable", reason=error.strerror or str(error))


def _there(path: str, raw: bytes | None) -> bytes:
    """Return the bytes of a file that must be there; raises Damaged where it is not."""
    if raw is None:
        raise Damaged(path, "missing")
    return raw


def _object(raw: bytes) -> Mapping[str, Any]:
    found = parsed(DESCRIPTOR, raw)
    if not isinstance(found, dict):
        raise Damaged(DESCRIPTOR, "no object")
    return found


def _faults(descriptor: Mapping[str, Any]) -> Iterator[Damage]:
    """Yield what a descriptor does not say that a comparison needs."""
    name, resources = descriptor.get("name"), descriptor.get("resources")
    if not isinstance(name, str) or not name:
        yield Damage(DESCRIPTOR, "no name")
    if not VERSION.fullmatch(str(descriptor.get("version"))):
        yield Damage(DESCRIPTOR, "no version")
    if not isinstance(resources, list) or not all(map(_is_resource, resources)):
        yield Damage(DESCRIPTOR, "no resources")


def _is_resource(found: Any) -> bool:
    """Say whether a resource has a name and, if it has a schema, fields with names."""
    if not isinstance(found, dict) or not isinstance(found.get("name"), str):
        return False
    schema = found.get("schema", {"fields": []})
    fields = schema.get("fields") if isinstance(schema, dict) else None
    return isinstance(fields, list) and all(isinstance(each, dict) and "name" in each for each in fields)


def edition(root: Path, name: str) -> Edition:
    """Return the edition of a name: a git revision, or the folder of a built package; raises NoEdition, GitFailed.

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
    was = Edition(name, root, revision).version
    released = any(resolved(root, f"refs/tags/data-{form}{was}") is not None for form in ("", "v"))
    return Edition(name, root, revision, released, "" if released else unknown(root))


def is_path(name: str) -> bool:
    """Say whether a name is that of a folder: absolute, or beginning with a point and a slash (`./`, `../`)."""
    return name in (".", "..") or name.startswith(("./", "../", ".\\", "..\\")) or Path(name).is_absolute()


def latest(root: Path, package: str = "") -> Edition:
    """Return what a package is compared with by default: its newest published version, else HEAD, else the disk.

    Editions of another package come last, if its name is given. One that does not say its name counts as one of this.
    Raises GitFailed.
    """
    names = _tags(root)
    tags = list(_published(root, names))
    cut = "" if tags else unknown(root, names)
    head = Edition("HEAD", root, "HEAD", unknown=cut)
    output = Edition(IDS, root, unknown=cut, output=True)
    there = [*tags, *(each for each in (head, output) if each.published)] or [output]
    return next((each for each in there if not is_other(each, package)), there[0])


def published_before(root: Path, package: str, version: str) -> Iterator[Edition]:
    """Yield the published versions of a package besides this one, the newest first; raises GitFailed."""
    for each in published(root):
        if not is_other(each, package) and each.name.removeprefix("data-").removeprefix("v") != version:
            yield each


def published(root: Path) -> Iterator[Edition]:
    """Yield the published versions that a project comes from, the newest first; raises GitFailed."""
    return _published(root, _tags(root))


def _published(root: Path, tags: Sequence[str]) -> Iterator[Edition]:
    """Yield the published versions among tags, the newest first."""
    found = [(version(match[1]), tag) for tag in tags if (match := TAG.fullmatch(tag))]
    for _, tag in sorted(found, reverse=True):
        yield Edition(tag, root, f"refs/tags/{tag}", released=True)


def is_other(then: Edition, package: str) -> bool:
    """Say whether an edition is one of another package than that of a name; one that says no name is not."""
    return bool(package) and then.package not in ("", package)


def _tags(root: Path) -> Sequence[str]:
    """Return the tags before which a project's commit lies; of a repository without a commit all of them."""
    merged = ("--merged", "HEAD") if resolved(root, "HEAD^{commit}") else ()
    return (git(root, "tag", "--list", "data-*", *merged) or b"").decode("utf-8", errors="replace").split()


def unknown(root: Path, tags: Sequence[str] | None = None) -> str:
    """Return why published versions are not known in a clone, as a key of words; empty where they are.

    `tags` are those before which its commit lies, where they are known already.
    """
    if (git(root, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true":
        return "shallow"
    if b"--no-tags" in (git(root, "config", "--get-regexp", r"^remote\..*\.tagopt$") or b""):
        return "no tags"
    return "no version" if any(not TAG.fullmatch(each) for each in (_tags(root) if tags is None else tags)) else ""
