"""When a number is of: the time that is printed with it, else that of its heading, else what can be inferred."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from factpack.draft.calendar import Time, months_in, part_of_year
from factpack.draft.reading_words import listed, matching, pattern, table
from factpack.draft.spot import CLAUSE, Spot
from factpack.text.numerals import whole
from factpack.text.token import Token
from factpack.text.vocabulary import any_of

_BY = re.compile("到[^,。;、]{0,6}[年底末]")
_MONTH_END = re.compile("([0-9]{1,2})月[末底]")


class Dated(NamedTuple):
    """The period of a number, what it rests on (printed, heading or inferred), and what it is compared to."""

    period: str
    basis: str
    compared_to: str = ""


class Printed(NamedTuple):
    """A time that is printed for a number, and whether it stands in its clause; else it leads all of the sentence."""

    period: str
    near: bool = True

    @property
    def year(self) -> int:
        """Its last year."""
        return int(self.period.rpartition("/")[2][:4])


def dated(spot: Spot, time: Time, printed: Printed | None, measure: str, timing: str) -> Dated:
    """Return when a number is of, under a heading of some time and with a time that is printed for it, if any is."""
    if spot.is_base and not matching("period", "dated").search(spot.text[spot.clause[0] : spot.low]):
        return Dated(time.before, "inferred", _compared(spot, measure, str(time.first - 2), time.first - 1))
    if not printed and time.first == time.last and (measure == "average_growth" or timing == "flow"):
        printed = _years_back(spot, time, measure)
    if printed and not (time.first < time.last == printed.year and _adds_up(spot, measure, timing)):
        first = printed.period.partition("/")[0]
        before = str(int(first[:4]) - 1) + (time.before[4:] if printed.period == time.span else "")
        compared = _compared(spot, measure, before, printed.year)
        return Dated(printed.period, "printed" if printed.near else "heading", compared)
    compared = _compared(spot, measure, time.before, time.last)
    if time.first == time.last or _adds_up(spot, measure, timing):
        return Dated(time.span, "heading", compared)
    return Dated(str(time.last), "inferred", compared)


def _years_back(spot: Spot, time: Time, measure: str) -> Printed | None:
    """Return the years that a sentence looks back on, up to the last: 过去五年; a sum must be said to be of them."""
    told = matching("period", "years_back").search(spot.text[spot.sentence[0] : spot.low])
    count = whole(told[2] or (told[1] if measure == "average_growth" else "")) if told else None
    return Printed(f"{time.last - int(count) + 1}/{time.last}", False) if count and count > 1 else None


def _adds_up(spot: Spot, measure: str, timing: str) -> bool:
    """Say whether a number under a heading of several years is of all of them: sums are, and what has grown 累计."""
    words = spot.text[spot.clause[0] : spot.low]
    if measure in ("growth", "change"):
        return bool(pattern("period", "in_all").search(words))
    if measure == "average_growth":
        return True
    by = _BY.search(spot.text[spot.sentence[0] : spot.low])
    per_year = pattern("timing", "yearly").search(spot.before)
    return measure in ("level", "duration") and timing == "flow" and not per_year and not by


def printed_for(spot: Spot, time: Time, inherits: Spot | None = None) -> Printed | None:
    """Return the time that is printed for a number, or for the number before it whose subject it shares."""
    own = _printed(spot, time)
    return own or (_printed(inherits, time) if inherits else None)


def _printed(spot: Spot, time: Time) -> Printed | None:
    """Return the last time before a number in its clause, else one that leads all of the sentence."""
    first, start = spot.sentence[0], spot.clause[0]
    if near := _told(spot, start, spot.low, time):
        return Printed(near)
    if time.months and (end := _MONTH_END.search(spot.text[first : spot.low])):
        return Printed(f"{time.last}-{int(end[1]):02}")
    head = next((at for at in range(first, start) if spot.text[at] in CLAUSE), first)
    leading = _told(spot, first, head, time)
    return Printed(leading, False) if leading and _leads(spot, first, head) else None


def _told(spot: Spot, low: int, high: int, time: Time) -> str:
    """Return the time that some words of a paragraph tell: a plan, a part of a year, a month, a year or several."""
    words, dates = spot.text[low:high], [each for each in _dates(spot) if low <= each.start < high]
    year = int(str(dates[-1].period)) if dates else time.last
    for name, years in table("period")["plans"].items():
        if re.search(f"{name}(?:{any_of(listed('period', 'during'))})", words):
            return f"{years[0]}/{years[1]}"
    if months := months_in(words):
        return part_of_year(year, months)
    if month := matching("period", "month").search(words):
        return f"{year}-{int(month[1]):02}"
    return _span(spot.text, dates) if dates else ""


def _leads(spot: Spot, first: int, head: int) -> bool:
    """Say whether the first clause of a sentence begins or ends with its time, so that all of the sentence is of it."""
    dates = [each for each in _dates(spot) if first <= each.start < head]
    return not dates or dates[0].start <= first + 1 or dates[-1].end in (head, head - 1)


def _span(text: str, dates: Sequence[Token]) -> str:
    """Return the last of some dates, or the years from the last but one to it: 从1979年到1983年."""
    last = str(dates[-1].period)
    if len(dates) > 1 and text[dates[-2].end : dates[-1].start] in listed("period", "until"):
        return f"{dates[-2].period}/{last}"
    return last


def _dates(spot: Spot) -> list[Token]:
    """Return the years of the paragraph that say when something is, not what it is compared to or since when."""
    found = [each for each in spot.paragraph.tokens if each.kind == "date" and each.period and len(each.period) == 4]
    compared = listed("period", "compared")
    return [each for each in found if spot.text[max(0, each.start - 1) : each.start] not in compared]


def _compared(spot: Spot, measure: str, before: str, year: int) -> str:
    """Return what a growth, a change or a multiple is compared to: what is printed, else the time `before`."""
    if measure not in ("growth", "change", "multiple", "average_growth"):
        return ""
    words = spot.text[spot.clause[0] : spot.low]
    for name, years in table("period")["plans"].items():
        if re.search(f"[比较]{name}[时期末]", words):
            return str(years[1])
    if found := re.search("[比较是]((?:19|20)[0-9][0-9])年", words):
        return found[1]
    if any(each in words for each in listed("period", "five_before")):
        return str(year - 5)
    if any(each in words for each in listed("period", "year_before")):
        return str(year - 1) + before[4:]
    return before
