"""Values that only one record may have, and the records that share one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from hashlib import blake2b
from typing import NamedTuple

from factpack.problems import Problem
from factpack.schema.model import Kind
from factpack.source.documents import Document
from factpack.source.marks import Path, Value

UniqueKey = tuple[str, str, str]
"""What must belong to one record only, as sortable text: kind, paths, values."""


def key_digest(key: UniqueKey) -> int:
    """Return 64 bits that stand for a key, the same in every process: a million keys themselves take much memory."""
    return int.from_bytes(blake2b(SEPARATOR.join(key).encode(), digest_size=8).digest(), "big")


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
