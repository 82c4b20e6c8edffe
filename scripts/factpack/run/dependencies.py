"""What a result rests on: the files that were read for it, the records whose existence mattered, and names."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from factpack.disk.cache import digest
from factpack.disk.project import Project, Stamp

MTIME_GRACE_NS = 2_000_000_000
"""Nanoseconds within which a file may change without new times, on the coarsest of file systems."""


@dataclass(frozen=True, slots=True)
class State:
    """The state of a file: its size in bytes, its times in nanoseconds, and a digest of its content.

    Both times are 0 where the file was too young for them to tell a later change.
    """

    size: int
    modified: int
    changed: int
    digest: str


def state_of(stamp: Stamp | None, raw: bytes) -> State | None:
    """Return the state of a file from its stamp, taken before its bytes were read; None where there was no file."""
    if stamp is None:
        return None
    size, modified, changed = stamp
    settled = time.time_ns() - max(modified, changed) > MTIME_GRACE_NS
    return State(size, modified if settled else 0, changed if settled else 0, digest(raw))


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What a result rests on; noted while it is made."""

    files: dict[str, State | None] = field(default_factory=dict)
    """The state of each file that was read, by path; None where there was none."""
    records: dict[str, bool] = field(default_factory=dict)
    """Whether there is a file of a record, by id."""
    names: dict[str, str] = field(default_factory=dict)
    """A digest of the names that proofs in a document must know, by id of the document."""

    def add(self, others: Dependencies) -> None:
        """Note what another result rests on as well."""
        self.files.update(others.files)
        self.records.update(others.records)
        self.names.update(others.names)

    def joined(self, more: Dependencies) -> Dependencies | None:
        """Return these and what else was noted; None where the two do not say the same of one thing."""
        files = {**self.files, **more.files}
        if any(_content(files[path]) != _content(was) for path, was in self.files.items()):
            return None
        records, names = {**self.records, **more.records}, {**self.names, **more.names}
        same = self.records.items() <= records.items() and self.names.items() <= names.items()
        return Dependencies(files, records, names) if same else None

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Dependencies:
        """Return the dependencies that JSON holds; raises ValueError, LookupError or TypeError where it holds none."""
        files = {path: State(**state) if state else None for path, state in value["files"].items()}
        return Dependencies(files, dict(value["records"]), dict(value["names"]))


def renewed(
    noted: Dependencies, project: Project, exists: Callable[[str], bool], names: Callable[[str], str]
) -> Dependencies | None:
    """Return dependencies with the times that files have now, or None where one of them is not what it was.

    A file is what it was while its size and times are; where only its times differ, its content decides. `exists`
    says whether there is a record of an id, `names` gives the digest of a document's names.
    """
    if any(exists(record) is not was for record, was in noted.records.items()):
        return None
    if any(names(document) != was for document, was in noted.names.items()):
        return None
    files: dict[str, State | None] = {}
    for path, was in noted.files.items():
        stamp = project.stamp(path)
        if was is None or stamp is None:
            if was is not None or stamp is not None:
                return None
        elif stamp != (was.size, was.modified, was.changed):
            now = _read_again(project, path, stamp)
            if now is None or _content(now) != _content(was):
                return None
            files[path] = now
    return replace(noted, files={**noted.files, **files}) if files else noted


def _content(state: State | None) -> tuple[int, str] | None:
    """Return what a state says of a file's content; None where there was no file."""
    return (state.size, state.digest) if state else None


def _read_again(project: Project, path: str, stamp: Stamp) -> State | None:
    try:
        return state_of(stamp, project.read(path))
    except OSError:
        return None
