"""The versions of a package, each with what it changed, for the page of changes and the feeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from factpack.history.changes import compare, snapshot_of
from factpack.history.comparison import damage_problems, unknown_problem
from factpack.history.editions import Edition, published_before, unknown
from factpack.package.package import Package
from factpack.problems import Problem
from factpack.report.turns import Told, silent, told
from factpack.report.values import values_of
from factpack.run.workspace import Workspace
from factpack.site.record_changes import LastEdition, RecordChange, record_changes
from factpack.words import LANGUAGES, Both

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
    told: Mapping[str, Sequence[Told]] = field(default_factory=dict)
    """By language, what became of what was said before: outcomes, corrections, final figures, new dates and names."""
    silent: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By language, which of the two versions say nothing of outcomes."""
    records: Mapping[str, RecordChange] = field(default_factory=dict)
    """What changed in each record, of the newest version."""


def versions_of(package: Package, space: Workspace) -> tuple[list[VersionChanges], list[Problem]]:
    """Return the versions of a package, the newest first, each with what it changed since the one before.

    Problems say that earlier versions are not known, or damaged.
    """
    folders = [kind.folder for kind in space.schemas.prefixes.values()]
    labels = {kind.folder: kind.label for kind in space.schemas.kinds.values()}
    root, found, problems = space.project.root, list[VersionChanges](), list[Problem]()
    edition = Edition("", root)
    now = snapshot_of(edition, folders)
    for before in islice(published_before(root, package.name, package.version), VERSIONS):
        then = snapshot_of(before, folders)
        problems += damage_problems(before, then.damage)
        changes = compare(then, now, labels)
        changed: dict[str, list[tuple[str, Both]]] = {}
        for each in changes.records:
            changed.setdefault(each.how, []).append((each.id, each.name))
        values = values_of(space.schemas, space.package, now, then)
        became = {language: told(changes, values, language) for language in LANGUAGES}
        unsaid = {language: silent(changes, language) for language in LANGUAGES}
        each_record = {} if found else record_changes(changes, became)
        found.append(VersionChanges(*_version(edition), changes.was, changed, became, unsaid, each_record))
        edition, now = before, then
    problems += unknown_problem(unknown(root)) if not found else ()
    return [*found, VersionChanges(*_version(edition), "", {})], problems


def _version(edition: Edition) -> tuple[str, str]:
    """Return the version of an edition, and when it was made."""
    return edition.version, str(edition.descriptor.get("created", ""))


def last_edition(versions: Sequence[VersionChanges], ids: Iterable[str]) -> LastEdition | None:
    """Return the edition before the newest one, with what has changed since in some records; None if there is none."""
    if len(versions) < 2:
        return None
    newest, last = versions[:2]
    return LastEdition(
        last.version, last.created, {each: newest.records[each] for each in ids if each in newest.records}
    )
