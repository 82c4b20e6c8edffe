"""Permanent ids: those of records and of their parts, which are retired since which version, and what replaces them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter
from typing import Any, NamedTuple

from factpack.disk.project import FILE_NAME
from factpack.record.evidence import Retirement, evidence_of, retirement_of
from factpack.record.given_again import given_parts
from factpack.record.library import Library
from factpack.schema.model import Kind, Shape
from factpack.source.marks import Record
from factpack.words import Both

ID = re.compile(rf"{FILE_NAME.pattern}(?:[.][^\s.,;\"\x00-\x1f\x7f-\x9f]+)*")
"""The form of a permanent id: that of a record, and below it the values of a part's key."""
CHAIN_LIMIT = 100
"""Replacements that are followed; a longer chain is taken for endless."""


class Identity(NamedTuple):
    """A permanent id: of a record or part, whether in use, and if not, since when, why, and what stands for it."""

    id: str
    kind: str
    retired: bool = False
    since: str | None = None
    replaced_by: str | None = None
    name: Both | None = None
    """Of what is retired: the name of its record, which no other table has any more."""
    reason: Both | None = None

    def row(self) -> Record:
        """Return the id as an item of the table of ids."""
        state = "retired" if self.retired else "current"
        return {
            "id": self.id,
            "kind": self.kind,
            "state": state,
            "since": self.since,
            "replaced_by": self.replaced_by,
            "name": dict(self.name) if self.name else None,
            "reason": dict(self.reason) if self.reason else None,
        }


def part_ids(record_id: str, shape: Shape, listed: list[Record], area: str) -> list[str]:
    """Return the ids of parts in their order; `area` is the default one.

    An id is its record's, then the values of the part's key (of a document its slug), its area if it is not the default
    and, where the part is qualified, the slug of the document that it cites first. It depends on nothing but the part.
    """
    document, where, qualified = (shape.role(role) or "" for role in ("document", "area", "qualified"))
    ids = []
    for part in listed:
        steps = [record_id]
        for field in shape.key:
            step = str(part.get(field, ""))
            steps.append((step.removeprefix("doc-") if field == document else step).replace("/", "--"))
        own = part.get(where)
        if own is not None and own != area:
            steps.append(str(own))
        if part.get(qualified) is True:
            steps += (each.document.removeprefix("doc-") for each in evidence_of(shape, part)[:1])
        ids.append(".".join(steps))
    return ids


def identities(kind: Kind, record: Record, library: Library) -> list[Identity]:
    """Return the permanent ids of a record and of its parts in order, retired ones too.

    What replaces an id is resolved: where its replacement was replaced in turn, the last of the chain is named.
    """
    whole, listed = retirement_of(kind.shape, record), []
    called: Any = record.get(kind.label)  # a text in both languages, as the schema of the type demands
    for item_id, shape, item, name in _items(kind, record, library):
        retired = retirement_of(shape, item) or whole
        if retired is None:
            listed.append(Identity(item_id, name))
        else:
            last = successors(retired, library)[-1:]
            by = last[0] if last else None
            listed.append(Identity(item_id, name, True, retired.since, by, called, retired.reason))
    return sorted(listed, key=itemgetter(0))


def _items(kind: Kind, record: Record, library: Library) -> Iterator[tuple[str, Shape, Record, str]]:
    """Yield what has a permanent id in a record: (id, shape, item, name of its record type or table)."""
    record_id = str(record["id"])
    yield record_id, kind.shape, record, kind.name
    for field, shape in kind.shape.parts.items():
        parts = given_parts(kind.shape, record, field)
        ids = part_ids(record_id, shape, parts, library.area) if shape.key else ()
        for part_id, part in zip(ids, parts, strict=False):
            yield part_id, shape, part, shape.tables[0].name


def exists(item_id: str, library: Library) -> bool:
    """Say whether an id is that of a record or of a part of one."""
    return _find(item_id, library) is not None


def _find(item_id: str, library: Library) -> tuple[Kind, Record, Shape, Record] | None:
    """Return what has an id, as (kind, record, shape, item); None where nothing has it."""
    record_id = item_id.partition(".")[0]
    kind, record = library.schemas.kind_of(record_id), library.record(record_id)
    if kind is None or record is None:
        return None
    items = ((shape, item) for other, shape, item, _ in _items(kind, record, library) if other == item_id)
    return next(((kind, record, shape, item) for shape, item in items), None)


def successors(retired: Retirement, library: Library) -> list[str]:
    """Return what replaces a retired record or part, then what replaces that, and so on.

    A chain that runs in a circle ends with the first id that stands in it already.
    """
    chain: list[str] = []
    following: Retirement | None = retired
    while following and following.replaced_by is not None and len(chain) < CHAIN_LIMIT:
        chain.append(following.replaced_by)
        if chain[-1] in chain[:-1] or (found := _find(chain[-1], library)) is None:
            break
        kind, record, shape, item = found
        following = retirement_of(shape, item) or retirement_of(kind.shape, record)
    return chain


VERSION = re.compile("(?:0|[1-9][0-9]{0,5})(?:[.](?:0|[1-9][0-9]{0,5})){2}")
"""The form of a version: it is compared, and stands in names of files."""


def version(text: str) -> tuple[int, ...]:
    """Return a version as numbers that compare: major, minor, patch."""
    return tuple(int(part) for part in text.split("."))
