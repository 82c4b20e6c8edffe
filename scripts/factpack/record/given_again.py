"""What several documents give of a record in turn: the first in the record itself, each other one in a part of it."""

from __future__ import annotations

from typing import Any

from factpack.record.evidence import evidence_of
from factpack.record.library import Library
from factpack.schema.model import Shape
from factpack.source.marks import Record


def first_given(shape: Shape, record: Record) -> Record | None:
    """Return what the document gives that a record cites first, as a part like those that give it again.

    It has neither evidence nor parts: those are the record's own. None where nothing of the kind is given again.
    """
    field = shape.role("given_again")
    entries = evidence_of(shape, record) if field else ()
    if not field or not entries:
        return None
    part = shape.parts[field]
    common = part.fields.keys() & shape.fields.keys() - part.parts.keys()
    own = {key: record[key] for key in common if key in record and shape.fields[key].get("x-role") not in NOT_GIVEN}
    return {**own, str(part.role("document")): entries[0].document}


NOT_GIVEN = ("evidence", "retired")
"""Roles of fields that a part has of its own."""


def given_parts(shape: Shape, record: Record, field: str) -> list[Record]:
    """Return the parts that a field of a record lists; of what is given again, what was given first before them."""
    listed: Any = record.get(field) or []
    first = first_given(shape, record) if field == shape.role("given_again") else None
    return [first, *listed] if first else listed


def newest_given(shape: Shape, record: Record, library: Library) -> Record:
    """Return the item that gives what the document delivered last says: the record itself, or a part of it.

    Of documents of one day it is the one whose id sorts last.
    """
    field = shape.role("given_again") or ""
    listed: Any = record.get(field) or ()

    def place(item: Record) -> tuple[str, str]:
        entries = evidence_of(shape if item is record else shape.parts[field], item)
        document = entries[0].document if entries else ""
        return str(library.role(document, "delivered") or ""), document

    return max((record, *listed), key=place)
