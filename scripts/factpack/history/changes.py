"""Changes between two editions of a package: record by record, field by field, and the version they ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeGuard

from factpack.history.columns import Columns, broken, columns, rearranged, removed
from factpack.history.damage import REPLACED, Damage
from factpack.history.editions import IDS, Edition
from factpack.history.judged import judged
from factpack.history.turns import OUTCOME, Rows, Turn, turns
from factpack.record.ids import Identity, version
from factpack.words import LANGUAGES, Both

LEVELS = ("major", "minor", "patch")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A package at a time: its records as published, by folder and id; its ids; its columns; its version.

    `unread` are records that have problems: nothing is said of them.
    """

    records: Mapping[str, Mapping[str, Any]]
    ids: Mapping[str, Identity]
    columns: Columns
    version: str
    unread: frozenset[str] = frozenset()
    damage: tuple[Damage, ...] = ()
    """What of its files cannot be read."""
    lost: frozenset[str] = frozenset()
    """The folders of which not all records can be read: nothing is said of them."""
    package: str = ""
    """The name of the package; empty where it says none."""
    published: bool = True
    """Whether there is a package at all."""
    released: bool = True
    """Whether it is a published version."""
    unknown: bool = False
    """Whether nobody knows which versions were published."""
    rows: Mapping[str, Rows] = field(default_factory=dict)
    """The rows of each table that says what became of promises, or which results are preferred."""

    @property
    def tells_outcomes(self) -> bool:
        """Whether its tables say what became of promises."""
        return any(OUTCOME in names for names in self.columns.values())


def snapshot_of(then: Edition, folders: Iterable[str]) -> Snapshot:
    """Return an edition as it can be compared, with the records of these folders; raises GitFailed."""
    listed, wrong = then.ids()
    damage, lost = [*then.described[1], *(wrong or then.replaced(IDS))], set[str]()
    records = dict[str, Mapping[str, Any]]()
    for folder in folders:
        records[folder], wrong = then.records(folder)
        damage += wrong
        lost |= {folder for each in wrong if each.why != REPLACED}
    known = columns(then.descriptor)
    rows, wrong = judged(then, known)
    damage += wrong
    return Snapshot(
        records,
        {each.id: each for each in listed},
        known,
        then.version,
        damage=tuple(damage),
        lost=frozenset(lost),
        package=then.package,
        published=then.published,
        released=then.released,
        unknown=bool(then.unknown),
        rows=rows,
    )


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a record that changed: its path, and its value before and after; None where it had none."""

    path: str
    before: Any
    after: Any

    @property
    def item(self) -> str:
        """The id (or place) of the list's item that the path ends in, or nothing."""
        return self.path.rpartition("[")[2].removesuffix("]") if self.path.endswith("]") else ""


@dataclass(frozen=True, slots=True)
class Change:
    """A record that was added, changed, retired or removed; `fields` of a changed one."""

    how: str
    folder: str
    id: str
    name: Mapping[str, str]
    fields: tuple[FieldChange, ...] = ()
    retired: tuple[Identity, ...] = ()
    """The record or those of its parts that were retired."""
    before: Any = None
    after: Any = None
    """The whole record before and after; None where there was none."""
    label: str = ""
    """The field that names the record."""

    @property
    def formerly(self) -> Mapping[str, str]:
        """The name before, of a record with another name in Chinese: English ones are corrected without a rename."""
        before = self.before.get(self.label) if isinstance(self.before, dict) and self.how == "changed" else None
        return before if isinstance(before, dict) and before.get("zh") != self.name.get("zh") else {}

    def tells_rename(self, change: FieldChange) -> bool:
        """Say whether a changed field says nothing but that the record has another name, and which one it had."""
        if not self.formerly:
            return False
        added = change.after if isinstance(change.after, list) else [change.after]
        named = [each.get("zh") for each in added if isinstance(each, dict)]
        kept = change.before is None and named == [self.formerly.get("zh")]
        return kept or change.path.partition(".")[0] == self.label


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes between two editions, what became of their columns, and the version that this asks for."""

    records: list[Change] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    level: str = ""
    """`major`, `minor` or `patch` (the recipe of the Data Package standard); empty where nothing changed."""
    was: str = ""
    current: str = ""
    needed: str = ""
    """Empty where it cannot be told, or where nobody has the version before: it was not published."""
    unread: frozenset[str] = frozenset()
    """Records that were not compared, for they have problems."""
    damaged: bool = False
    """Whether a file of an edition cannot be read."""
    first: bool = False
    """Whether nothing was published before."""
    packages: tuple[str, str] = ("", "")
    """The names of both packages."""
    turns: list[Turn] = field(default_factory=list)
    """What became of promises, figures, dates and names."""
    unjudged: tuple[str, ...] = ()
    """The versions of those editions that say nothing of outcomes, where another one does."""
    unknown: bool = False
    """Whether nobody knows which versions were published."""

    @property
    def partial(self) -> bool:
        """Whether not everything could be compared."""
        return bool(self.unread) or self.damaged

    @property
    def other(self) -> bool:
        """Whether two packages of different names were compared."""
        return all(self.packages) and self.packages[0] != self.packages[1]

    def count(self, how: str) -> int:
        """Return how many records were added, changed, retired or removed."""
        return sum(each.how == how for each in self.records)


def compare(then: Snapshot, now: Snapshot, labels: Mapping[str, str]) -> Changes:
    """Return the changes from one snapshot to another; `labels` are the fields that name records, by folder.

    A version is asked for where all of both was compared, and both are of one package.
    """
    unread = then.unread | now.unread
    records = [each for each in _records(then, now, labels) if each.id not in unread]
    moved = [*removed(then.columns, now.columns), *rearranged(then.columns, now.columns)]
    found = Changes(
        records,
        moved,
        was=then.version,
        current=now.version,
        unread=unread,
        damaged=bool(then.damage or now.damage),
        first=not then.published,
        packages=(then.package, now.package),
        unknown=then.unknown,
    )
    if then.published and not found.other:
        told = [*turns(then.rows, now.rows), *_renamed(records, labels)]
        silent = tuple(each.version for each in (then, now) if not each.tells_outcomes)
        found = replace(found, turns=told, unjudged=silent if then.tells_outcomes or now.tells_outcomes else ())
    if found.partial or found.other:
        return found
    level = _level(then, now, records)
    return replace(found, level=level, needed=_needed(then, level))


def _renamed(records: list[Change], labels: Mapping[str, str]) -> Iterator[Turn]:
    """Yield records that have another name than before."""
    for each in records:
        label = labels.get(each.folder, "")
        if each.how == "changed" and isinstance(each.before, dict) and isinstance(each.after, dict):
            before, after = each.before.get(label), each.after.get(label)
            if before != after and _is_name(before) and _is_name(after):
                yield Turn("renamed", each.folder, each.id, {}, "", "", before, after, each.id)


def _is_name(value: Any) -> TypeGuard[Both]:
    """Say whether a value is a text in both languages, as an edition may hold anything in its place."""
    return isinstance(value, dict) and all(isinstance(value.get(each), str) for each in LANGUAGES)


def _needed(then: Snapshot, level: str) -> str:
    """Return the version that changes ask for: none where nobody has the version before and no column is gone."""
    return raised(then.version, level) if then.released or level in ("", "major") else ""


def _level(then: Snapshot, now: Snapshot, records: list[Change]) -> str:
    if broken(then.columns, now.columns, then.released):
        return "major"
    fresh = now.ids.keys() != then.ids.keys() or now.columns.keys() != then.columns.keys()
    retired = any(each.retired for each in records)
    return "minor" if fresh or retired else "patch" if records else ""


def raised(was: str, level: str) -> str:
    """Return the version that follows one at a level: 1.2.3 raised at minor is 1.3.0."""
    if level not in LEVELS or not was:
        return was
    place = LEVELS.index(level)
    numbers = version(was)
    return ".".join(str(n + 1 if at == place else n if at < place else 0) for at, n in enumerate(numbers))


def _records(then: Snapshot, now: Snapshot, labels: Mapping[str, str]) -> Iterator[Change]:
    folders = (each for each in dict.fromkeys((*now.records, *then.records)) if each not in then.lost | now.lost)
    for folder in folders:
        before, after = then.records.get(folder, {}), now.records.get(folder, {})
        for record_id in sorted({*before, *after}):
            old, new = before.get(record_id), after.get(record_id)
            label = (new or old or {}).get(labels.get(folder, ""))
            name = label if isinstance(label, dict) else {}
            if old is None:
                yield Change("added", folder, record_id, name, after=new)
            elif new is None:
                retired = tuple(each for each in (now.ids.get(record_id),) if each and each.retired)
                yield Change("retired" if retired else "removed", folder, record_id, name, (), retired, old)
            elif old != new:
                fields = tuple(_fields(old, new, ""))
                parts = (now.ids.get(each.item) for each in fields if each.after is None)
                retired = tuple(each for each in parts if each and each.retired)
                yield Change("changed", folder, record_id, name, fields, retired, old, new, labels.get(folder, ""))


def _fields(old: Any, new: Any, path: str) -> Iterator[FieldChange]:
    """Yield what differs between two values, as deep as both have the same shape."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*new, *old)):
            yield from _fields(old.get(key), new.get(key), f"{path}.{key}" if path else key)
    elif isinstance(old, list) and isinstance(new, list):
        before, after = _by_id(old), _by_id(new)
        for key in dict.fromkeys((*after, *before)):
            yield from _fields(before.get(key), after.get(key), f"{path}[{key}]")
    elif old != new:
        yield FieldChange(path, old, new)


def _by_id(listed: list[Any]) -> dict[str, Any]:
    """Return the items of a list by id, else by place from 1."""
    return {
        str(each["id"]) if isinstance(each, dict) and "id" in each else str(number): each
        for number, each in enumerate(listed, 1)
    }
