"""Drafts the numbers of a document that nobody has claimed, with all that the project knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from factpack.check.coverage import Number
from factpack.draft.calendar import Calendar, Section
from factpack.draft.drafted import Knowledge, Unit, drafts
from factpack.draft.file import Found
from factpack.draft.match import Known
from factpack.draft.record import drafted_kind, quote_of
from factpack.record.library import Library
from factpack.record.names import former_names
from factpack.record.subject import forms_of
from factpack.run.prove import Source
from factpack.run.workspace import Workspace
from factpack.schema.model import Kind
from factpack.text.original import original

AUTUMN = "10"
"""The month from which on a document looks back on its own year, where it does not say on which."""


def document_drafts(
    space: Workspace, library: Library, source: Source, numbers: Iterable[Number], kind: Kind
) -> Iterator[Found]:
    """Yield the drafts of the unclaimed numbers of a text, each with the passage that proves it.

    `kind` is that of the records that are drafted, and `library` knows the text and all names.
    """
    text, wanted = source.text, dict[int, set[int]]()
    for each in numbers:
        if each.document == text.document and each.use == "unclaimed":
            wanted.setdefault(each.paragraph, set()).add(each.token.start)
    for draft in drafts(
        text, source.texts, calendar_of(space, text.document), knowledge_of(space, text.document), wanted
    ):
        written = source.texts[draft.paragraph - 1]
        passage = quote_of(kind, draft, library, text, written)
        quote = original(source.written.get(written, written), passage.start, passage.end) if passage else ""
        yield Found(draft, passage, quote)


def calendar_of(space: Workspace, document: str) -> Calendar:
    """Return the times of a document: by its headings, the day of its delivery, and the years that it looks back on."""
    shape, record = space.schemas.documents.shape, space.library.record(document) or {}
    delivered = str(record.get(shape.role("delivered") or "") or "")
    year, autumn = int(delivered[:4] or 0), delivered[5:7] >= AUTUMN
    listed: Any = record.get(shape.role("reviews") or "") or ()
    reviewed = max((int(str(each)[:4]) for each in listed), default=year if autumn else year - 1)
    field = shape.role("sections") or ""
    roles = shape.parts[field].roles if field else {}
    found: Any = record.get(field) or ()
    sections = [Section(_zh(each[roles["name"]]), each[roles["first"]], each[roles["last"]]) for each in found]
    return Calendar(tuple(sections), _zh(record.get(shape.role("name") or "")), year, reviewed)


def _zh(value: Any) -> str:
    return str(value.get("zh", "")) if isinstance(value, Mapping) else str(value)


def knowledge_of(space: Workspace, document: str) -> Knowledge:
    """Return what a project knows before a text of a document is drafted."""
    kind = drafted_kind(space.schemas)
    units = {each.id: each for each in _units(space)}
    return Knowledge(tuple(units.values()), tuple(_known(space, document, kind, units)) if kind else ())


def _units(space: Workspace) -> Iterator[Unit]:
    """Yield the units of a project: the records that say as what they are printed."""
    for kind in space.schemas.kinds.values():
        field = kind.shape.role("printed_forms")
        for unit in space.ids[kind.name] if field else ():
            printed: Any = space.library.role(unit, "printed_forms") or ()
            yield Unit(unit, str(space.library.role(unit, "quantity")), tuple(map(str, printed)))


def _known(space: Workspace, document: str, kind: Kind, units: Mapping[str, Unit]) -> Iterator[Known]:
    """Yield the indicators of a project, with the names by which a document may call them."""
    for record_id in space.ids[kind.name]:
        record = space.library.record(record_id)
        if record is None:
            continue
        measure, timing, unit = (
            str(record.get(kind.shape.role(each) or "") or "") for each in ("measure", "timing", "unit")
        )
        quantity = units[unit].quantity if unit in units else ""
        former = former_names(kind.shape, record)
        forms = [
            *forms_of(kind.shape, record),
            *(name for name, until in former if space.library.was_used(until, document)),
        ]
        concept = str(record.get(kind.shape.role("concept") or "") or "")
        yield Known(record_id, tuple(forms), measure, timing, unit, quantity, concept)
