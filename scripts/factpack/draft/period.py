"""When a number is of: the year that is printed with it, else that of its heading, else what can be inferred."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from factpack.draft.reading_words import listed, pattern, table
from factpack.draft.spot import CLAUSE, Spot

_YEAR = re.compile("(?:19|20)[0-9][0-9]")
_BY = re.compile("到[^,。;、]{0,6}[年底末]")


class Section(NamedTuple):
    """A part of a document: its heading, and its first and last paragraph, from 1."""

    label: str
    first: int
    last: int


class Time(NamedTuple):
    """What a heading says of the time of what stands under it: years, and whether they are still to come."""

    first: int
    last: int
    planned: bool

    @property
    def span(self) -> str:
        """All of its years, as a period."""
        return str(self.last) if self.first == self.last else f"{self.first}/{self.last}"


class Dated(NamedTuple):
    """The period of a number, what it rests on (printed, heading or inferred), and what it is compared to."""

    period: str
    basis: str
    compared_to: str = ""


class Calendar(NamedTuple):
    """The times of a document: by the headings of its parts; what none of them dates is of the year it reviews."""

    sections: Sequence[Section]
    delivered: int
    """The year in which it was delivered."""
    reviewed: int
    """The last year that it looks back on."""

    def time(self, number: int) -> Time:
        """Return what the headings say of a paragraph."""
        label = next((each.label for each in self.sections if each.first <= number <= each.last), "")
        return self.read(label)

    def read(self, label: str) -> Time:
        """Return what a heading says."""
        years = [int(each) for each in _YEAR.findall(label)]
        years += [year for words, both in table("period")["plans"].items() if words in label for year in both]
        reviews, plans = (bool(pattern("sections", name).search(label)) for name in ("review", "plan"))
        planned = min(years) > self.reviewed if years else plans and not reviews
        if pattern("sections", "several").search(label) and len(set(years)) < 2:
            years = [self.reviewed - 4, self.reviewed]
        if reviews and not planned and len(set(years)) == 3:  # 2025年及“十四五”
            years = [self.reviewed]
        if not years:
            years = [self.reviewed + 1 if planned else self.reviewed]
        return Time(min(years), max(years), planned)


def dated(spot: Spot, calendar: Calendar, measure: str, timing: str, inherits: Spot | None = None) -> Dated:
    """Return when a number is of; `inherits` is the number before it whose subject it shares."""
    time, year = calendar.time(spot.number), _printed(spot) or (inherits and _printed(inherits))
    if year:
        return Dated(year, "printed", _compared(spot, measure, int(year[:4]) - 1, calendar))
    if time.first == time.last:
        before = time.first - 1
        return Dated(time.span, "heading", _compared(spot, measure, before, calendar))
    return _of_several_years(spot, time, measure, timing, calendar)


def _of_several_years(spot: Spot, time: Time, measure: str, timing: str, calendar: Calendar) -> Dated:
    """Return when a number is of that stands under a heading of several years: sums are of all, states of the last."""
    compared = _compared(spot, measure, time.first - 1, calendar)
    sums = measure == "average_growth" or (measure in ("level", "duration") and timing == "flow")
    per_year = measure == "level" and bool(pattern("timing", "yearly").search(spot.before))
    by = time.planned and _BY.search(spot.text[slice(*spot.sentence)][: spot.low - spot.sentence[0]])
    if sums and not by and not per_year:
        return Dated(time.span, "heading", compared)
    return Dated(str(time.last), "inferred", compared)


def _printed(spot: Spot) -> str:
    """Return the date that is printed for a number: the last one before it in its clause, else one that leads all."""
    start, _ = spot.clause
    own = [each for each in _dates(spot) if start <= each.start < spot.low]
    if own:
        return str(own[-1].period)
    first, _ = spot.sentence
    head = next((at for at in range(first, spot.low) if spot.text[at] in CLAUSE), first)
    leading = [each for each in _dates(spot) if each.start <= first + 1 and each.end >= head]
    return str(leading[0].period) if leading else ""


def _dates(spot: Spot):  # type: ignore[no-untyped-def]
    """Return the dates of the paragraph that stand for the time of something, not for what it is compared to."""
    return [
        each
        for each in spot.paragraph.tokens
        if each.kind == "date"
        and each.period
        and spot.text[max(0, each.start - 1) : each.start] not in ("比", "较", "自", "从")
    ]


def _compared(spot: Spot, measure: str, before: int, calendar: Calendar) -> str:
    """Return what a growth, a change or a multiple is compared to."""
    if measure not in ("growth", "change", "multiple", "average_growth"):
        return ""
    words = spot.text[spot.clause[0] : spot.low]
    for name, years in table("period")["plans"].items():
        if re.search(f"[比较]{name}[时期末]", words):
            return str(years[1])
    if found := re.search("[比较]((?:19|20)[0-9][0-9])年", words):
        return found[1]
    if any(each in words for each in listed("period", "five_before")):
        return str(calendar.time(spot.number).last - 5)
    if any(each in words for each in listed("period", "year_before")):
        return str(calendar.time(spot.number).last - 1)
    return str(before)
