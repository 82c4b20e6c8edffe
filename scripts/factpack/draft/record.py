"""A draft as a record: what its kind calls the fields, so that the proof can judge it and a curator take it over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from factpack.check.windows import EvidencedItem
from factpack.draft.drafted import Draft
from factpack.draft.match import LIKELY
from factpack.draft.quote import SENTENCE_REFUSED, Passage, quote_at
from factpack.draft.reading_words import at_end
from factpack.draft.standard import standard_indicator
from factpack.edit.standard_units import standard_units
from factpack.record.figures import judged_part
from factpack.record.ids import exists, part_ids
from factpack.record.library import Library
from factpack.record.subject import Subject
from factpack.schema.model import Kind, Schemas, Shape
from factpack.source.documents import Document
from factpack.source.marks import Marks, Record
from factpack.text.text_record import Text

WORD, SHORTENED = 2, 6
"""Characters of the first word of a name, as most Chinese words have them, and of a name that can do without it."""
STRETCH = "stretch"
"""The kind of a target that somebody only strives for."""


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
        "member": draft.member or None,
        "bound": draft.bound,
        "unit": draft.unit if draft.unit != unit else None,
        "compared_to": draft.compared_to or None,
        "period_basis": draft.basis,
        "target_kind": STRETCH if draft.stretch else None,
    }
    return {field: value for role, value in values.items() if value is not None and (field := shape.role(role))}


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


def proposal(kind: Kind, draft: Draft, library: Library) -> EvidencedItem:
    """Return a draft as an item of the record that it is most likely of, else of a new one."""
    field = part_field(kind.shape)
    shape = kind.shape.parts[field]
    known = known_record(draft, library)
    of = unit_kind(library.schemas)
    unit = draft.unit or (f"{of.prefix}-draft" if of else "")
    own = str((known or {}).get(kind.shape.role("unit") or "", ""))
    part = part_of(shape, replace(draft, unit=unit), own if known else unit)
    record: Record = (
        {**_named(kind, known, draft), field: [part]} if known else {**new_record(kind, draft, unit), field: [part]}
    )
    made = Subject(kind, Document(kind.path(str(record["id"])), record, Marks()), _reading_unit(library, draft, unit))
    return EvidencedItem(made, shape, part, (field, 0), str(record["id"]), ())


def part_field(shape: Shape) -> str:
    """Return the field whose parts numbers are drafted as."""
    judged = judged_part(shape)
    assert judged, "numbers are drafted as parts of a kind that has them"
    return judged[0]


def known_record(draft: Draft, library: Library) -> Record | None:
    """Return the record of the project that a draft is most likely of, if there is one."""
    match = draft.match
    return library.record(match.known.id) if match and not match.known.standard else None


def taken_id(kind: Kind, draft: Draft, library: Library) -> str:
    """Return the id that a draft would have and that a part of its record has already, or nothing."""
    known, shape = known_record(draft, library), kind.shape.parts[part_field(kind.shape)]
    if known is None:
        return ""
    own = next(iter(part_ids(str(known["id"]), shape, [part_of(shape, draft)], library.area)))
    return own if exists(own, library) else ""


def new_record(kind: Kind, draft: Draft, unit: str) -> Record:
    """Return what is known of the record that is to be made for a draft, without its parts."""
    match, shape = draft.match, kind.shape
    standard = standard_indicator(match.known.id.removeprefix(f"{kind.prefix}-")) if match else None
    if match and standard:
        said = {field: value for field, value in standard.fields().items() if field in shape.fields}
        more = {"aliases": None if match.form == match.known.forms[0] else [match.form], "unit": unit or None}
        return {
            "id": match.known.id,
            **said,
            **{field: each for role, each in more.items() if (field := shape.role(role))},
        }
    values: dict[str, Any] = {
        "name": None if draft.namesake else {"zh": draft.subject},
        "aliases": [draft.subject] if draft.namesake else None,
        "concept": draft.concept or None,
        "measure": draft.measure,
        "timing": draft.timing or None,
        "unit": unit or None,
    }
    named = {each: value for role, value in values.items() if value is not None and (each := shape.role(role))}
    return {"id": f"{kind.prefix}-draft-{draft.paragraph}-{draft.offset}", **named}


def _named(kind: Kind, known: Record, draft: Draft) -> Record:
    """Return a record with the name by which a draft means it, which it may not have yet."""
    field = kind.shape.role("aliases")
    if not (field and draft.match and draft.match.is_lacking):
        return known
    own: Any = known.get(field) or ()
    return {**known, field: [*own, draft.match.form]}


def unit_kind(schemas: Schemas) -> Kind | None:
    """Return the kind of the records that say as what a unit is printed."""
    return next((each for each in schemas.kinds.values() if each.shape.role("printed_forms")), None)


def _reading_unit(library: Library, draft: Draft, unit: str) -> Library:
    """Return a library that knows the unit of a draft, too, where the project has none that is printed so."""
    kind = unit_kind(library.schemas)
    if kind is None or not draft.unit_state:
        return library
    said = library.record(draft.unit) or standard_units().get(draft.unit, {})
    made: Record = {**said, "id": unit, str(kind.shape.role("printed_forms")): [draft.unit_words]}

    def read(record: str) -> Record | None:
        return made if record == unit else library.record(record)

    return replace(library, read=read, _records={})


def proven(kind: Kind, draft: Draft, library: Library, text: Text, written: str) -> tuple[Draft, Passage | None]:
    """Return a draft with the shortest quote that proves it, and that quote.

    Where none does, it is no indicator that it may be of, or its subject is written longer or shorter.
    """
    first = None
    for each in _otherwise(draft, written):
        anchor = (each.offset, each.offset + len(each.printed))
        passage = quote_at(proposal(kind, each, library), text, each.paragraph, written, anchor)
        if passage and not passage.refused:
            return each, passage
        first = first or (each, passage)
    assert first, "there is the draft itself"
    if first[1] and first[1].refused == SENTENCE_REFUSED:
        return next(_with_shorter_name(kind, first[0], library, text, written), first)
    return first


def _with_shorter_name(
    kind: Kind, draft: Draft, library: Library, text: Text, written: str
) -> Iterator[tuple[Draft, Passage]]:
    """Yield a draft that is called by less of its name, and its quote, where the sentence says no more than this."""
    match = draft.match
    name = match.form if match else draft.subject
    if len(name) < SHORTENED:
        return
    cut = replace(draft, shortened=True, subject=draft.subject if match else name[WORD:])
    if match:
        cut = replace(cut, matches=(match.called(name[WORD:]), *draft.matches[1:]))
    passage = quote_at(
        proposal(kind, cut, library), text, cut.paragraph, written, (cut.offset, cut.offset + len(cut.printed))
    )
    if passage and not passage.refused:
        yield cut, passage


def _otherwise(draft: Draft, written: str) -> Iterator[Draft]:
    """Yield a draft, then what else it may be of, and how else its subject may be named."""
    for at, match in enumerate(draft.matches):
        if match.score >= LIKELY:
            yield replace(draft, matches=draft.matches[at:])
    new = replace(draft, matches=tuple(each for each in draft.matches if each.score < LIKELY))
    yield new
    before = written[: max(0, written.rfind(draft.subject, 0, draft.offset))]
    if done := at_end("timing", "always_flow").search(before):
        yield replace(new, subject=done[0] + draft.subject, concept="")
    if "、" in draft.subject:
        yield replace(new, subject=draft.subject.rpartition("、")[2], concept="")
