"""Drafts what a text says of a number: value, unit, measure, status, period, subject, quote, and whose it may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from factpack.draft.match import Known, Match, Wanted, best, matches
from factpack.draft.measure import measure_of, status_of, timing_of
from factpack.draft.period import Calendar, dated
from factpack.draft.spot import Spot
from factpack.draft.subject import subject_of
from factpack.text.text_record import Text
from factpack.text.token import Token, relation


class Unit(NamedTuple):
    """A unit of measure: its id, its quantity, and the words as which it is printed."""

    id: str
    quantity: str
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a project knows before a text is drafted: its units, its indicators, and the standard ones."""

    units: Sequence[Unit]
    known: Sequence[Known]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a text says of one of its numbers. `guessed` names what two readings were possible for."""

    document: str
    paragraph: int
    offset: int
    printed: str
    value: Decimal
    value_high: Decimal | None
    unit: str
    bound: str
    status: str
    measure: str
    timing: str
    period: str
    basis: str
    compared_to: str
    subject: str
    matches: tuple[Match, ...]
    guessed: tuple[str, ...] = ()

    @property
    def match(self) -> Match | None:
        """The indicator that it is most likely of, if any is likely."""
        return best(self.matches)


def drafts(
    text: Text, texts: Sequence[str], calendar: Calendar, knowledge: Knowledge, wanted: Mapping[int, Sequence[int]]
) -> Iterator[Draft]:
    """Yield a draft for each wanted number: `wanted` are the offsets of numbers by their paragraphs, from 1."""
    for number, offsets in sorted(wanted.items()):
        paragraph = text.paragraphs[number - 1]
        for index, token in enumerate(paragraph.tokens):
            if token.start in offsets and is_value(token):
                yield draft_of(Spot(number, texts[number - 1], paragraph, index), text.document, calendar, knowledge)


def is_value(token: Token) -> bool:
    """Say whether a token is a number that an observation may give."""
    return token.kind in ("quantity", "rank") and isinstance(token.value, Decimal)


def draft_of(spot: Spot, document: str, calendar: Calendar, knowledge: Knowledge) -> Draft:
    """Return what a text says of a number."""
    token, guessed = spot.token, list[str]()
    unit = unit_of(token, knowledge.units)
    quantity = unit.quantity if unit else ""
    phrase = subject_of(spot, document)
    measure = measure_of(spot, quantity)
    status, unsure = status_of(spot, calendar.time(spot.number))
    guessed += ["status"] if unsure else []
    wanted = Wanted(phrase.text, measure, unit.id if unit else "", quantity)
    found = tuple(matches(spot, wanted, knowledge.known))
    timing = ""
    if measure == "level":
        timing, unsure = timing_of(spot, quantity, phrase.text)
        guessed += ["timing"] if unsure else []
    when = dated(spot, calendar, measure, timing, phrase.inherited)
    value, bound = relation(token)
    assert isinstance(value, Decimal)
    return Draft(
        document, spot.number, token.start, token.text, value, None, unit.id if unit else "", bound, status, measure,
        timing, when.period, when.basis, when.compared_to, phrase.text, found, tuple(guessed),
    )  # fmt: skip


def unit_of(token: Token, units: Sequence[Unit]) -> Unit | None:
    """Return the unit of a number: of those that are printed so the one of a rank, else not one that only counts."""
    found = [
        each for each in units if token.unit in each.printed and (each.quantity == "rank") is (token.kind == "rank")
    ]
    return min(found, key=lambda each: (each.quantity == "count", each.id), default=None)
