"""What one record may know of others: the two exceptions to handling each record alone.

Lookups are records, names and texts that rows and proofs of other records need; joins are checks and tables that
need all records at once, done on small sorted runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from factpack.documents import Document, Path, Value
from factpack.problems import Problem
from factpack.schemas import Kind, Schemas
from factpack.texts import Text
from factpack.tokens import normal_form

Record = dict[str, Value]


@dataclass(frozen=True)
class Library:
    """Reads other records and texts by id, on first use and once; `read` and `open_text` do the reading."""

    schemas: Schemas
    package: Record
    read: Callable[[str], Record | None]
    is_there: Callable[[str], bool]
    open_text: Callable[[str], Text | None]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names and aliases, by record id, of the kinds that are marked `x-names`."""
    _records: dict[str, Record | None] = field(default_factory=dict)
    _known: dict[str, bool] = field(default_factory=dict)
    _texts: dict[str, Text | None] = field(default_factory=dict)

    @property
    def area(self) -> str:
        """The default area."""
        return str(self.package.get("area", ""))

    def exists(self, record: str) -> bool:
        """Say whether a record's file exists."""
        if record not in self._known:
            self._known[record] = self.is_there(record)
        return self._known[record]

    @cached_property
    def _names_by_start(self) -> Mapping[str, list[tuple[str, str]]]:
        """Known names by their first two characters, each with its record."""
        found: dict[str, list[tuple[str, str]]] = {}
        for record, names in self.names.items():
            for name in names:
                found.setdefault(name[:2], []).append((name, record))
        return found

    def names_in(self, text: str) -> list[tuple[str, str]]:
        """Return the known names that stand in a text, each with its record."""
        known = self._names_by_start
        starts = {text[at : at + 2] for at in range(len(text))} | set(text)
        return [pair for start in sorted(starts & known.keys()) for pair in known[start] if pair[0] in text]

    def record(self, record: str) -> Record | None:
        """Return a valid record by id, or None."""
        if record not in self._records:
            self._records[record] = self.read(record)
        return self._records[record]

    def text(self, document: str) -> Text | None:
        """Return the text record of a document, or None where it has none."""
        if document not in self._texts:
            self._texts[document] = self.open_text(document)
        return self._texts[document]

    def role(self, record: str, role: str) -> Value:
        """Return what plays a role in another record, or None."""
        kind, found = self.schemas.kind_of(record), self.record(record)
        name = kind.shape.role(role) if kind and found else None
        return found.get(name) if found and name else None

    def follow(self, value: Value, steps: Iterable[str]) -> Value:
        """Return what a path of fields leads to from a value, through references."""
        for step in steps:
            if isinstance(value, str):
                value = self.record(value)
            if not isinstance(value, dict):
                return None
            value = value.get(step)
        return value


def names_of(kind: Kind, record: Record) -> tuple[str, ...]:
    """Return a record's Chinese name and its aliases: the forms that a quote may carry."""
    name = record.get(kind.shape.role("name") or "")
    aliases = record.get(kind.shape.role("aliases") or "")
    found = [str(name.get("zh", ""))] if isinstance(name, dict) else []
    found += [str(each) for each in aliases] if isinstance(aliases, list) else []
    return tuple(normal_form(each) for each in found if each)


UniqueKey = tuple[str, str, str]
"""What must belong to one record only, as sortable text: kind, paths, values."""


class Holder(NamedTuple):
    """A record that holds a unique value: its file, and the path of the value in it."""

    path: str
    at: Path


def unique_keys(kind: Kind, document: Document) -> list[tuple[UniqueKey, Holder]]:
    """Return a record's unique values, each with where it stands."""
    found = []
    for paths in kind.unique:
        values = [_at(document.data, path.split("/")) for path in paths]
        if all(isinstance(value, (str, int, Decimal)) for value in values):
            key = (kind.name, SEPARATOR.join(paths), SEPARATOR.join(map(str, values)))
            found.append((key, Holder(document.path, tuple(paths[0].split("/")))))
    return found


SEPARATOR = "\x1f"


def _at(value: Value, steps: list[str]) -> Value:
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def duplicates(runs: Iterable[tuple[UniqueKey, Holder]], reread: Callable[[str], Document]) -> list[Problem]:
    """Join: return a problem for each record that has a value which an earlier record has already.

    `reread` gives the document of a file, for the place of what is wrong.
    """
    first: dict[UniqueKey, str] = {}
    found = []
    for key, holder in runs:
        if key in first:
            _, paths, values = key
            shown = {"field": paths.replace(SEPARATOR, ", "), "found": values, "other": first[key]}
            found.append(reread(holder.path).problem("duplicate-value", holder.at, **shown))
        else:
            first[key] = holder.path
    return found
