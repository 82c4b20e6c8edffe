"""The file of a draft: a record or a part of one as YAML, and above it what a person should look at."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from factpack.draft.drafted import Draft
from factpack.draft.folder import key_of, marked
from factpack.draft.match import Match
from factpack.draft.quote import SENTENCE_REFUSED, Passage
from factpack.draft.record import known_record, new_record, part_field, part_of
from factpack.edit.blank import filled, written
from factpack.record.library import Library
from factpack.schema.model import SHARED, Kind, Schemas
from factpack.source.marks import Record, Value
from factpack.words import LANGUAGES, text_in

UNITS = {"missing": "unit missing", "unprinted": "unit unprinted", "unknown": "unit unknown"}
"""What is said of a unit that the project does not have as it is printed, by its state."""


class Found(NamedTuple):
    """A draft with the passage that proves it, if there is one, and its quote as the text writes it."""

    draft: Draft
    passage: Passage | None
    quote: str
    taken: str = ""
    """The part of its record that has its period and status already."""


def drafted_file(kind: Kind, found: Found, library: Library, language: str) -> bytes:
    """Return the file of a draft: a further part of a known record, else a new record; what is not known is empty."""
    draft, schemas, field = found.draft, library.schemas, part_field(kind.shape)
    path, known = key_of(draft).path(draft.document), known_record(draft, library)
    own = str(known.get(kind.shape.role("unit") or "", "")) if known else draft.unit
    part = _part(kind, found, schemas, own)
    if known:
        data: Record = {kind.shape.role("id") or "id": known["id"], field: [part]}
    else:
        record = new_record(kind, draft, draft.unit)
        data = filled(kind, str(record["id"]), _given({**record, field: [part]}), schemas)
    layout = written(kind, path, data, schemas, _head(found, language))
    assert not layout.problems, layout.problems
    return marked(layout.raw)


def _part(kind: Kind, found: Found, schemas: Schemas, unit: str) -> Record:
    """Return the part of a draft with its evidence, and a note where two readings were possible."""
    shape = kind.shape.parts[part_field(kind.shape)]
    part = part_of(shape, found.draft, unit)
    if "status" in found.draft.guessed and (reading := shape.role("reading")) and (note := shape.role("note")):
        part |= {reading: "ambiguous", note: {each: text_in(each, "draft", "notes", "status") for each in LANGUAGES}}
    if found.taken and (qualified := shape.role("qualified")):
        part |= {qualified: True}
    return {**part, shape.role("evidence") or "": [_evidence(found, schemas)]}


def _evidence(found: Found, schemas: Schemas) -> Record:
    entry = schemas.sources[SHARED]["$defs"]["evidence"]["items"]["properties"]
    fields = {each["x-role"]: field for field, each in entry.items() if "x-role" in each}
    values: dict[str, Value] = {
        "document": found.draft.document,
        "paragraph": found.draft.paragraph,
        "quote": found.quote,
    }
    return {fields[role]: value or None for role, value in values.items()}


def _given(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the values of a record as texts, each with its path; what is empty is left out."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _given(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for each in value:
            yield from _given(each, path)
    elif value is not None:
        yield path, f"{value:f}" if isinstance(value, Decimal) else str(value)


# ---- what is said above the record


def _head(found: Found, language: str) -> Iterator[str]:
    """Yield the comments above a draft: what it is of, whose it may be, and what is to be looked at."""
    draft = found.draft
    place = {"paragraph": draft.paragraph, "character": draft.offset + 1, "printed": draft.printed}
    yield text_in(language, "draft", "head", "what", **place)
    if draft.matches:
        mark = text_in(language, "draft", "head", "and")
        yield text_in(
            language, "draft", "head", "may be", ids=mark.join(_told(each, language) for each in draft.matches)
        )
    match = draft.match
    values = {"printed": draft.unit_words, "unit": draft.unit, "taken": found.taken, "namesake": draft.namesake}
    values |= {"id": match.known.id, "form": match.form} if match else {"form": draft.subject}
    yield from (text_in(language, "draft", "doubts", doubt, **values) for doubt in doubts(found))


def _told(match: Match, language: str) -> str:
    grade = text_in(language, "draft", "grades", match.grade)
    return text_in(language, "draft", "head", "one", id=match.known.id, grade=grade)


def doubts(found: Found) -> list[str]:
    """Return what of a draft is to be looked at: keys of the texts that say so."""
    draft = found.draft
    told = [each for each in draft.guessed if each != "timing" or draft.match is None]
    told += _unquoted(found.passage)
    told += ["subject"] if not draft.subject and draft.match is None else []
    told += ["form"] if draft.match and draft.match.is_lacking and not draft.match.known.standard else []
    told += ["shortened"] if draft.shortened else []
    told += ["name"] if draft.match is None and draft.namesake else []
    told += [UNITS[draft.unit_state]] if draft.unit_state else []
    told += ["taken"] if found.taken else []
    told += ["period"] if draft.basis == "inferred" else []
    return told


def _unquoted(passage: Passage | None) -> list[str]:
    """Return why a draft has no quote that passes the check, if it has none."""
    if passage and not passage.refused:
        return []
    return ["sentence" if passage and passage.refused == SENTENCE_REFUSED else "quote"]
