"""The versions of a package, each with what it changed, for the page of changes and the feeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from factpack.history.changes import compare, snapshot_of
from factpack.history.editions import Edition, published
from factpack.package.package import Package
from factpack.run.workspace import Workspace
from factpack.words import Both

VERSIONS = 20
"""Earlier versions that the page of changes shows."""


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """A version of the data and the records that it changed."""

    version: str
    created: str
    """When it was made: a date and time of ISO 8601."""
    before: str
    """The version before; empty for the first."""
    changed: Mapping[str, Sequence[tuple[str, Both]]]
    """Ids and names of records by how they changed: `added`, `changed`, `retired` or `removed`."""


def versions_of(package: Package, space: Workspace) -> list[VersionChanges]:
    """Return the versions of a package, the newest first, each with what it changed since the one before."""
    folders = [kind.folder for kind in space.schemas.prefixes.values()]
    labels = {kind.folder: kind.label for kind in space.schemas.kinds.values()}
    snapshot = partial(snapshot_of, folders=folders)
    root = space.project.root
    earlier = (each for each in published(root) if each.descriptor.get("version") != package.version)
    editions = [Edition("", root), *islice(earlier, VERSIONS)]
    found = []
    for edition, before in zip(editions, [*editions[1:], None], strict=True):
        version, created = (str(edition.descriptor.get(each, "")) for each in ("version", "created"))
        if before is None:
            found.append(VersionChanges(version, created, "", {}))
            continue
        changes = compare(snapshot(before), snapshot(edition), labels)
        changed: dict[str, list[tuple[str, Both]]] = {}
        for each in changes.records:
            changed.setdefault(each.how, []).append((each.id, each.name))
        found.append(VersionChanges(version, created, changes.was, changed))
    return found
