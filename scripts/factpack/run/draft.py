"""Drafts the numbers of a document that nobody has claimed, with all that the project knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from factpack.check.coverage import Number
from factpack.draft.calendar import Calendar, Section
from factpack.draft.drafted import Knowledge, Unit, drafts
from factpack.draft.file import Found
from factpack.draft.match import Known
from factpack.draft.quote import SENTENCE_REFUSED, Passage
from factpack.draft.record import drafted_kind, proven, taken_id, unit_kind
from factpack.draft.standard import standard_indicators
from factpack.edit.standard_units import standard_units
from factpack.record.library import Library
from factpack.record.names import former_names
from factpack.record.subject import forms_of
from factpack.run.prove import Source
from factpack.run.workspace import Workspace
from factpack.schema.model import Kind
from factpack.text.original import original
from factpack.text.token import normal_form

AUTUMN = "10"
"""The month from which on a document looks back on its own year, where it does not say on which."""


class NoTime(Exception):
    """A document does not say of which year it is; `fields` are those that would."""

    def __init__(self, fields: Iterable[str]) -> None:
        super().__init__()
        self.fields = tuple(fields)


def document_drafts(
    space: Workspace, library: Library, source: Source, numbers: Iterable[Number], kind: Kind
) -> Iterator[Found]:
    """Yield the drafts of the unclaimed numbers of a text without its furniture, each with the passage that proves it.

    `kind` is that of the records that are drafted, and `library` knows the text and all names.
    """
    text, wanted = source.text, dict[int, set[int]]()
    for each in numbers:
        if each.use == "unclaimed" and each.document == text.document and each.paragraph not in source.furniture:
            wanted.setdefault(each.paragraph, set()).add(each.token.start)
    for drafted in drafts(
        text, source.texts, calendar_of(space, text.document), knowledge_of(space, text.document), wanted
    ):
        written = source.texts[drafted.paragraph - 1]
        draft, passage = proven(kind, drafted, library, text, written)
        quote = _quote(source, written, passage)
        yield Found(draft, passage, quote, taken_id(kind, draft, library))


def _quote(source: Source, written: str, passage: Passage | None) -> str:
    """Return what a passage quotes as the text writes it; nothing of a whole sentence, which no file may contain."""
    if passage is None or passage.refused == SENTENCE_REFUSED:
        return ""
    return original(source.written.get(written, written), passage.start, passage.end)


def calendar_of(space: Workspace, document: str) -> Calendar:
    """Return the times of a document: by its headings, the day of its delivery, and the years that it looks back on.

    Raises NoTime where it says neither.
    """
    shape, record = space.schemas.documents.shape, space.library.record(document) or {}
    delivered = str(record.get(shape.role("delivered") or "") or "")
    year, autumn = int(delivered[:4] or 0), delivered[5:7] >= AUTUMN
    listed: Any = record.get(shape.role("reviews") or "") or ()
    if not delivered and not listed:
        raise NoTime(field for role in ("delivered", "reviews") if (field := shape.role(role)))
    reviewed = max((int(str(each)[:4]) for each in listed), default=year if autumn else year - 1)
    field = shape.role("sections") or ""
    roles = shape.parts[field].roles if field else {}
    found: Any = record.get(field) or ()
    sections = [Section(_zh(each[roles["name"]]), each[roles["first"]], each[roles["last"]]) for each in found]
    return Calendar(tuple(sections), _zh(record.get(shape.role("name") or "")), year, reviewed)


def _zh(value: Any) -> str:
    return str(value.get("zh", "")) if isinstance(value, Mapping) else str(value)


def knowledge_of(space: Workspace, document: str) -> Knowledge:
    """Return what a project knows before a text of a document is drafted, and what the program brings."""
    kind = drafted_kind(space.schemas)
    listed = tuple(_units(space))
    units = {each.id: each for each in reversed(listed)}
    if kind is None:
        return Knowledge(listed, ())
    brought = {each.id: each for each in _standard(kind, units)}
    known = [_with_standard_names(each, brought.pop(each.id, None)) for each in _known(space, document, kind, units)]
    return Knowledge(listed, (*known, *(each for each in brought.values() if each.id not in space.ids[kind.name])))


def _units(space: Workspace) -> Iterator[Unit]:
    """Yield the units of a project, the records that say as what they are printed, then the standard ones."""
    kind = unit_kind(space.schemas)
    if kind is None:
        return
    own = {each: space.library.record(each) or {} for each in space.ids[kind.name]}
    yield from (_unit(kind, unit, record) for unit, record in own.items())
    for unit, record in standard_units().items():
        yield _unit(kind, unit, record)._replace(state="unprinted" if unit in own else "missing")


def _unit(kind: Kind, unit: str, record: Mapping[str, Any]) -> Unit:
    printed, quantity = (record.get(kind.shape.role(each) or "") for each in ("printed_forms", "quantity"))
    return Unit(unit, str(quantity or ""), tuple(map(str, printed or ())))


def _known(space: Workspace, document: str, kind: Kind, units: Mapping[str, Unit]) -> Iterator[Known]:
    """Yield the indicators of a project, with the names by which a document may call them."""
    for record_id in space.ids[kind.name]:
        record = space.library.record(record_id)
        if record is None:
            continue
        used = (each for each in former_names(kind.shape, record) if space.library.was_used(each[1], document))
        forms = (*forms_of(kind.shape, record), *(name for name, _ in used))
        roles = ("measure", "timing", "unit", "concept")
        measure, timing, unit, concept = (str(record.get(kind.shape.role(each) or "") or "") for each in roles)
        yield Known(record_id, forms, measure, timing, unit, _quantity(unit, units), concept)


def _with_standard_names(known: Known, standard: Known | None) -> Known:
    """Return an indicator of a project with the further names that the standard one with its id has."""
    more = tuple(each for each in standard.forms if each not in known.forms) if standard else ()
    return known._replace(forms=(*known.forms, *more), lacking=more)


def _standard(kind: Kind, units: Mapping[str, Unit]) -> Iterator[Known]:
    """Yield the standard indicators."""
    for each in standard_indicators():
        forms, quantity = tuple(map(normal_form, each.forms)), _quantity(each.unit, units)
        known = Known(f"{kind.prefix}-{each.slug}", forms, each.measure, each.timing, each.unit, quantity, each.concept)
        yield known._replace(standard=True)


def _quantity(unit: str, units: Mapping[str, Unit]) -> str:
    return units[unit].quantity if unit in units else ""
