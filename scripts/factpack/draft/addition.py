"""What a quote says of a known record: one more part of it, with the value or stage, the status and the period.

What the quote does not tell, and nobody has said, is left out: the check of the record says what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from factpack.check.names import spans
from factpack.draft.calendar import Calendar
from factpack.draft.drafted import Draft, Knowledge, draft_of, spoken
from factpack.draft.quote import AIMED, EXPECTED
from factpack.draft.record import part_of
from factpack.draft.spot import Spot
from factpack.schema.model import Kind, Shape
from factpack.source.marks import Record
from factpack.text.text_record import Paragraph
from factpack.text.token import Token

WORDED = ("stage", "claim")
"""Roles whose values a text says in words, which the schema lists; what has stages is told by its stage."""


class Cited(NamedTuple):
    """A quote that was given: its document, its paragraph from 1, and where in a text it stands.

    The text is that of the paragraph in normal form, or only that of the quote where the paragraph is not at hand.
    """

    document: str
    number: int
    text: str
    paragraph: Paragraph
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The quote in normal form."""
        return self.text[self.start : self.end]

    @property
    def tokens(self) -> list[Token]:
        """The numbers that are wholly inside the quote."""
        return [each for each in self.paragraph.tokens if self.start <= each.start and each.end <= self.end]


@dataclass(frozen=True)
class NotClear(Exception):
    """The quote does not tell what it gives: `which` is `value`, `claim` or `stage`, `found` what it may be."""

    which: str
    found: tuple[str, ...]


def added_parts(
    kind: Kind,
    shape: Shape,
    record: Record,
    cited: Cited,
    calendar: Calendar,
    knowledge: Knowledge,
    given: Mapping[str, str],
) -> list[tuple[str, Record]]:
    """Return what a quote may say as a part of a record, each with the number that tells it; "" is that of words.

    There are several where it is not clear. `given` are values of the part that a person has told, as texts. Raises
    NotClear where nothing is told.
    """
    own, found = str(record.get(kind.shape.role("unit") or "") or ""), list[tuple[str, Record]]()
    if shape.role("value"):
        fitting = _fitting(shape, str(record["id"]), own, cited, calendar, knowledge, given)
        found = [(each.printed, part_of(shape, each, own)) for each in fitting]
    if found and not _is_given(shape, "claim", given):
        return found
    return [*found, ("", _worded(shape, cited, calendar, given))]


def _is_given(shape: Shape, role: str, given: Mapping[str, str]) -> bool:
    return bool(field := shape.role(role)) and field in given


# ---- a number


def _fitting(
    shape: Shape,
    record_id: str,
    unit: str,
    cited: Cited,
    calendar: Calendar,
    knowledge: Knowledge,
    given: Mapping[str, str],
) -> list[Draft]:
    """Return the numbers of a quote that a record in a unit may have and, where several fit, those by its names."""
    places = [place for place, token in enumerate(cited.paragraph.tokens) if token in cited.tokens]
    said = [each for place in places for each in spoken(Spot(cited.number, cited.text, cited.paragraph, place))]
    drafted = [draft_of(each, cited.document, calendar, knowledge) for each in said]
    fit = _of_unit(drafted, unit, knowledge)
    for role in ("value", "member"):
        if wanted := given.get(shape.role(role) or ""):
            fit = [each for each in fit if str(getattr(each, role)) == wanted]
    named = [each for each in fit if each.match and each.match.known.id == record_id]
    return named or fit


def _of_unit(drafted: Sequence[Draft], unit: str, knowledge: Knowledge) -> list[Draft]:
    """Return the drafts in a unit, or in another of its quantity; all where there is no unit."""
    own = next((each for each in knowledge.units if each.id == unit), None)
    if own is None:
        return list(drafted)
    quantities = {each.id: each.quantity for each in knowledge.units}
    read = (replace(each, unit=unit) if each.unit_words in own.printed else each for each in drafted)
    return [each for each in read if quantities.get(each.unit) == own.quantity]


# ---- words


def _worded(shape: Shape, cited: Cited, calendar: Calendar, given: Mapping[str, str]) -> Record:
    """Return what the words of a quote say."""
    role = next((each for each in WORDED if shape.role(each)), "")
    field = shape.role(role) or ""
    values: dict[str, Any] = {}
    if field not in given:
        found = tuple(words_in(shape.fields.get(field, {}), cited.quote))
        if len(found) != 1:
            raise NotClear(role or "value", found)
        values[role] = found[0]
    period, basis = _period(cited, calendar)
    values |= {"status": _status(shape, cited, calendar), "period": period, "period_basis": basis}
    return {name: value for each, value in values.items() if (name := shape.role(each))}


def words_in(field: Mapping[str, Any], quote: str) -> Iterator[str]:
    """Yield the values of a vocabulary that a quote says, by their words: one inside a longer one does not count."""
    places = [
        (span, value)
        for value, words in field.get("x-words", {}).items()
        for each in words
        for span in spans(each, quote)
    ]
    kept = [
        value
        for (start, end), value in places
        if not any(low <= start and end <= high and (low, high) != (start, end) for (low, high), _ in places)
    ]
    yield from dict.fromkeys(kept)


def _status(shape: Shape, cited: Cited, calendar: Calendar) -> str:
    """Return whether something is aimed at, expected, or done."""
    known = shape.fields[shape.role("status") or ""].get("enum", ())
    told = cited.text[: cited.end]
    told = told[max(map(told[: cited.start].rfind, "。!?;")) + 1 :]
    if calendar.time(cited.number).planned or AIMED.search(told):
        return "target"
    return "estimate" if EXPECTED.search(told) and "estimate" in known else "actual"


def _period(cited: Cited, calendar: Calendar) -> tuple[str, str]:
    """Return the period of what a quote says, and what it rests on: a date that is printed, or its heading."""
    dates = [each for each in cited.tokens if each.kind == "date" and each.period]
    if dates:
        return str(dates[-1].period), "printed"
    time = calendar.time(cited.number)
    return str(time.last), "heading" if time.first == time.last else "inferred"
