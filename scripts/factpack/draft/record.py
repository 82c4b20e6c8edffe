"""A draft as a record: what its kind calls the fields, so that the proof can judge it and a curator take it over."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from factpack.check.windows import EvidencedItem
from factpack.draft.drafted import Draft
from factpack.draft.quote import Passage, quote_at
from factpack.record.figures import judged_part
from factpack.record.library import Library
from factpack.record.subject import Subject
from factpack.schema.model import Kind, Schemas, Shape
from factpack.source.documents import Document
from factpack.source.marks import Marks, Record
from factpack.text.text_record import Text


def drafted_kind(schemas: Schemas) -> Kind | None:
    """Return the kind whose parts give values for periods, which numbers are drafted as."""
    return next((each for each in schemas.kinds.values() if judged_part(each.shape)), None)


def part_of(shape: Shape, draft: Draft, unit: str = "") -> Record:
    """Return the part of a record that a draft is; its unit only where it is not `unit`, that of the record."""
    values: dict[str, Any] = {
        "period": draft.period,
        "status": draft.status,
        "value": _plain(draft.value),
        "value_high": None if draft.value_high is None else _plain(draft.value_high),
        "bound": draft.bound,
        "unit": draft.unit if draft.unit != unit else None,
        "compared_to": draft.compared_to or None,
        "period_basis": draft.basis,
    }
    return {field: value for role, value in values.items() if value is not None and (field := shape.role(role))}


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


def proposal(kind: Kind, draft: Draft, library: Library, subject: str = "") -> EvidencedItem:
    """Return a draft as an item of the record that it may belong to, else of a new one that `subject` names."""
    judged = judged_part(kind.shape)
    assert judged
    field, shape = judged
    match = draft.match if not subject else None
    known = library.record(match.known.id) if match and not match.known.standard else None
    unit = str((known or {}).get(kind.shape.role("unit") or "", ""))
    part = part_of(shape, draft, unit if known else draft.unit)
    record: Record = {**known, field: [part]} if known else _new(kind, draft, subject or draft.subject, field, part)
    path = kind.path(str(record["id"]))
    made = Subject(kind, Document(path, record, Marks()), library)
    return EvidencedItem(made, shape, part, (field, 0), str(record["id"]), ())


def _new(kind: Kind, draft: Draft, subject: str, field: str, part: Record) -> Record:
    values: dict[str, Any] = {
        "name": {"zh": subject},
        "measure": draft.measure,
        "timing": draft.timing or None,
        "unit": draft.unit or None,
    }
    named = {each: value for role, value in values.items() if value is not None and (each := kind.shape.role(role))}
    return {"id": f"{kind.prefix}-draft", **named, field: [part]}


def quote_of(kind: Kind, draft: Draft, library: Library, text: Text, written: str) -> Passage | None:
    """Return the shortest quote that proves a draft; None where none does."""
    end = draft.offset + len(draft.printed)
    item = proposal(kind, draft, library)
    return quote_at(item, text, draft.paragraph, written, (draft.offset, end))
