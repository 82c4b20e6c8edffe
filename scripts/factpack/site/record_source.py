"""The YAML file of a record, which its page offers, and what only that says of a retired record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from factpack.record.evidence import retirement_of
from factpack.run.workspace import Workspace
from factpack.words import Both


@dataclass(frozen=True, slots=True)
class RecordSource:
    """The file of a record: its path in the project and its bytes, empty if there is none."""

    path: str = ""
    raw: bytes = b""
    folder: str = ""
    """Of a retired record: the folder of its type in `sources/`."""
    name: Both | None = None
    """Of a retired record: its name."""
    reason: Both | None = None
    """Of a retired record: why it is retired."""


def source_of(space: Workspace, record_id: str, in_use: bool) -> RecordSource:
    """Return the file of a record; what it says is read only if the record is retired."""
    kind = space.schemas.kind_of(record_id)
    if kind is None:
        return RecordSource()
    path = kind.path(record_id)
    try:
        raw = space.project.read(path)
    except OSError:
        return RecordSource(path)
    if in_use:
        return RecordSource(path, raw)
    document, _ = space.load(kind, record_id)
    data = document.data or {}
    retirement = retirement_of(kind.shape, data)
    name: Any = data.get(kind.label)  # a text in both languages, as the schema of the type demands
    return RecordSource(path, raw, kind.folder, name, retirement.reason if retirement else None)
