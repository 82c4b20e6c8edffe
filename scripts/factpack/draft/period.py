"""When a number is of: the year that is printed with it, else that of its heading, else what can be inferred."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from factpack.draft.reading_words import listed, pattern, table
from factpack.draft.spot import CLAUSE, Spot
from factpack.text.token import Token

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
        """Return what the headings say of a paragraph; what follows a review and says nothing of it is planned."""
        at = next((at for at, each in enumerate(self.sections) if each.first <= number <= each.last), None)
        if at is None:
            return Time(self.reviewed, self.reviewed, False)
        label = self.sections[at].label
        if years := _years(label, self.reviewed):
            return Time(min(years), max(years), min(years) > self.reviewed)
        apart, reviews, plans = (bool(pattern("sections", name).search(label)) for name in ("apart", "review", "plan"))
        looked_back = any(pattern("sections", "review").search(each.label) for each in self.sections[:at])
        planned = not apart and not reviews and (plans or looked_back)
        year = self.reviewed + 1 if planned else self.reviewed
        return Time(year, year, planned)


def _years(label: str, reviewed: int) -> list[int]:
    """Return the years that a heading names, as numbers or by the name of a plan."""
    years = [int(each) for each in _YEAR.findall(label)]
    if years:
        return years
    if pattern("sections", "several").search(label):
        return [reviewed - 4, reviewed]
    return [year for words, both in table("period")["plans"].items() if words in label for year in both]


def dated(spot: Spot, calendar: Calendar, measure: str, timing: str, inherits: Spot | None = None) -> Dated:
    """Return when a number is of; `inherits` is the number before it whose subject it shares."""
    time, printed = calendar.time(spot.number), _printed(spot) or (_printed(inherits) if inherits else "")
    if printed:
        return Dated(printed, "printed", _compared(spot, measure, int(printed[:4]) - 1, printed))
    if time.first == time.last:
        return Dated(time.span, "heading", _compared(spot, measure, time.first - 1, time.span))
    return _of_several_years(spot, time, measure, timing)


def _of_several_years(spot: Spot, time: Time, measure: str, timing: str) -> Dated:
    """Return when a number is of that stands under a heading of several years: sums are of all, states of the last."""
    compared = _compared(spot, measure, time.first - 1, str(time.last))
    sums = measure == "average_growth" or (measure in ("level", "duration") and timing == "flow")
    per_year = measure == "level" and bool(pattern("timing", "yearly").search(spot.before))
    by = time.planned and _BY.search(spot.text[slice(*spot.sentence)][: spot.low - spot.sentence[0]])
    if sums and not by and not per_year:
        return Dated(time.span, "heading", compared)
    return Dated(str(time.last), "inferred", compared)


def _printed(spot: Spot) -> str:
    """Return the date that is printed for a number: the last one before it in its clause, else one that leads all."""
    start, dates = spot.clause[0], _dates(spot)
    if own := [each for each in dates if start <= each.start < spot.low]:
        return _span(spot.text, own)
    first, _ = spot.sentence
    head = next((at for at in range(first, spot.low) if spot.text[at] in CLAUSE), first)
    leading = [each for each in dates if first <= each.start and each.end <= head]
    return _span(spot.text, leading) if leading and leading[-1].end in (head, head - 1) else ""


def _span(text: str, dates: Sequence[Token]) -> str:
    """Return the last of some dates, or the years from the last but one to it: 从1979年到1983年."""
    last = str(dates[-1].period)
    if len(dates) > 1 and text[dates[-2].end : dates[-1].start] in listed("period", "until"):
        return f"{dates[-2].period}/{last}"
    return last


def _dates(spot: Spot) -> list[Token]:
    """Return the dates of the paragraph that say when something is, not what it is compared to or since when."""
    found = [each for each in spot.paragraph.tokens if each.kind == "date" and each.period and len(each.period) == 4]
    return [
        each for each in found if spot.text[max(0, each.start - 1) : each.start] not in listed("period", "compared")
    ]


def _compared(spot: Spot, measure: str, before: int, period: str) -> str:
    """Return what a growth, a change or a multiple is compared to: what is printed, else the year `before`."""
    if measure not in ("growth", "change", "multiple", "average_growth"):
        return ""
    words = spot.text[spot.clause[0] : spot.low]
    for name, years in table("period")["plans"].items():
        if re.search(f"[比较]{name}[时期末]", words):
            return str(years[1])
    if found := re.search("[比较]((?:19|20)[0-9][0-9])年", words):
        return found[1]
    if any(each in words for each in listed("period", "five_before")):
        return str(int(period[-4:]) - 5)
    if any(each in words for each in listed("period", "year_before")):
        return str(int(period[-4:]) - 1)
    return str(before)
