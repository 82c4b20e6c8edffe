"""Drafts what a text says of a number: value, unit, measure, status, period, subject, quote, and whose it may be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from factpack.draft.calendar import Calendar
from factpack.draft.match import Known, Match, Wanted, best, matches, namesake, related
from factpack.draft.measure import measure_of
from factpack.draft.period import dated, printed_for
from factpack.draft.spot import Spot, is_value
from factpack.draft.status import status_of, strives
from factpack.draft.subject import subject_of
from factpack.draft.timing import Timing, timing_of
from factpack.text.ranges import is_range
from factpack.text.ratios import as_quantity, members
from factpack.text.text_record import Text
from factpack.text.token import Token, relation


class Unit(NamedTuple):
    """A unit of measure: its id, its quantity, and the words as which it is printed."""

    id: str
    quantity: str
    printed: tuple[str, ...]
    state: str = ""
    """Whether it is a standard one that is `missing` in the project, or there, and `unprinted` in some of its forms."""


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
    member: int
    """Which number of a ratio it is, from 1; 0 if it is none."""
    printed: str
    value: Decimal
    value_high: Decimal | None
    unit: str
    """The unit that is printed so, or nothing; of those that the project has not yet, a standard one."""
    unit_state: str
    """Nothing where the project has the unit and the form; else `missing`, `unprinted`, or `unknown`."""
    unit_words: str
    bound: str
    status: str
    stretch: bool
    """Whether it is a target that is only striven for (力争)."""
    measure: str
    timing: str
    period: str
    basis: str
    compared_to: str
    subject: str
    concept: str
    """That of the indicators which bear its subject's name, if there are any."""
    namesake: str
    """The record of the project whose name its subject is, if there is one."""
    matches: tuple[Match, ...]
    guessed: tuple[str, ...] = ()
    shortened: bool = False
    """Whether it is called by less of its name, because the quote would be a whole sentence."""

    @property
    def match(self) -> Match | None:
        """The indicator that it is most likely of, if any is likely."""
        return best(self.matches)


def drafts(
    text: Text, texts: Sequence[str], calendar: Calendar, knowledge: Knowledge, wanted: Mapping[int, Collection[int]]
) -> Iterator[Draft]:
    """Yield the drafts of the wanted numbers: `wanted` are their offsets by paragraph, from 1.

    A ratio has a draft for each of its numbers, and a range one for both.
    """
    for number, offsets in sorted(wanted.items()):
        paragraph = text.paragraphs[number - 1]
        for place, token in enumerate(paragraph.tokens):
            if token.start in offsets:
                spot = Spot(number, texts[number - 1], paragraph, place)
                yield from (draft_of(each, text.document, calendar, knowledge) for each in spoken(spot))


class Spoken(NamedTuple):
    """A number that a draft gives: where it stands, read as a quantity, and which number of a ratio it is, from 1."""

    spot: Spot
    token: Token
    member: int = 0
    high: Decimal | None = None
    """The upper end of the range that it begins."""


def spoken(spot: Spot) -> Iterator[Spoken]:
    """Yield the numbers that a token gives: none if it is a date, a label, or the upper end of a range."""
    token, tokens = spot.token, spot.paragraph.tokens
    if token.kind == "ratio":
        yield from _members(spot)
    if token.kind not in ("quantity", "rank") or not isinstance(token.value, Decimal) or not is_value(spot.text, token):
        return
    if spot.place and is_range(tokens[spot.place - 1], token):
        return
    after = tokens[spot.place + 1] if spot.place + 1 < len(tokens) else None
    high = relation(after)[0] if after and is_range(token, after) else None
    yield Spoken(spot, token, 0, high if isinstance(high, Decimal) else None)


def _members(spot: Spot) -> Iterator[Spoken]:
    """Yield what a ratio gives: the shares of a whole, or of two numbers the first by the second."""
    count = len(members(spot.token.text))
    read = [as_quantity(spot.token, ("%",), member) for member in range(1, count + 1)]
    shares = [Spoken(spot, each, member) for member, each in enumerate(read, 1) if each.kind == "quantity"]
    yield from shares
    if count == 2 and not shares and isinstance(spot.token.value, Decimal):
        yield Spoken(spot, as_quantity(spot.token, ("倍",), None))


def draft_of(said: Spoken, document: str, calendar: Calendar, knowledge: Knowledge) -> Draft:
    """Return what a text says of a number."""
    spot, token, guessed = said.spot, said.token, list[str]()
    unit = unit_of(token, knowledge.units)
    quantity = unit.quantity if unit else ""
    phrase = subject_of(spot, document, said.member)
    measure = measure_of(spot, token, quantity)
    time = calendar.time(spot.number)
    printed = printed_for(spot, time, phrase.inherited)
    status, unsure = status_of(spot, time, printed, calendar.reviewed)
    guessed += ["status"] if unsure else []
    time = calendar.looked_back if time.planned and status == "actual" and not spot.is_base else time
    timing = timing_of(spot, quantity) if measure == "level" else Timing("")
    guessed += ["timing"] if timing.guessed else []
    wanted = Wanted(phrase.text, measure, "" if timing.guessed else timing.timing, unit.id if unit else "", quantity)
    found, akin = tuple(matches(spot, wanted, knowledge.known)), related(phrase.text, knowledge.known)
    when = dated(spot, time, printed, measure, timing.timing)
    value, bound = relation(token)
    assert isinstance(value, Decimal)
    return Draft(
        document=document,
        paragraph=spot.number,
        offset=token.start,
        member=said.member,
        printed=token.text,
        value=value,
        value_high=said.high,
        unit=unit.id if unit else "",
        unit_state=unit.state if unit else "unknown",
        unit_words=token.unit,
        bound=bound,
        status=status,
        stretch=status == "target" and strives(spot),
        measure=measure,
        timing=timing.timing,
        period=when.period,
        basis=when.basis,
        compared_to=when.compared_to,
        subject=phrase.text,
        concept=akin.concept if akin else "",
        namesake=namesake(phrase.text, knowledge.known),
        matches=found,
        guessed=tuple(guessed),
    )


def unit_of(token: Token, units: Sequence[Unit]) -> Unit | None:
    """Return the unit of a number: of those that are printed so one that the project has, and not one that only counts.

    A rank has that of ranks.
    """
    found = [
        each for each in units if token.unit in each.printed and (each.quantity == "rank") is (token.kind == "rank")
    ]
    return min(found, key=lambda each: (each.state, each.quantity == "count", each.id), default=None)
