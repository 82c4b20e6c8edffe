"""The YAML file of a record, which its page offers."""

from __future__ import annotations

from dataclasses import dataclass

from factpack.run.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RecordSource:
    """The file of a record: its path in the project and its bytes, empty if there is none."""

    path: str = ""
    raw: bytes = b""
    folder: str = ""
    """The folder of its type in `sources/`."""


def source_of(space: Workspace, record_id: str) -> RecordSource:
    """Return the file of a record."""
    kind = space.schemas.kind_of(record_id)
    if kind is None:
        return RecordSource()
    path = kind.path(record_id)
    try:
        return RecordSource(path, space.project.read(path), kind.folder)
    except OSError:
        return RecordSource(path, b"", kind.folder)
