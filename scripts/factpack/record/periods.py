"""Periods: ISO 8601 years, months, days and intervals of them, as in `2025`, `2025-12-29`, `2021/2025`."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole days, both ends included."""

    start: datetime.date
    end: datetime.date

    @property
    def shape(self) -> tuple[str, int]:
        """What two periods must share to be comparable: whole years, whole months or days, and how many."""
        years = self.end.year - self.start.year + 1
        if (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31):
            return ("years", years)
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        if self.start.day == 1 and self.end.day == calendar.monthrange(self.end.year, self.end.month)[1]:
            return ("months", months)
        return ("days", (self.end - self.start).days + 1)


@lru_cache(maxsize=4096)
def parse(text: str) -> Period:
    """Return the period that a text names; raises ValueError for a date that does not exist or runs backwards."""
    first, _, last = text.partition("/")
    start, end = _span(first)
    if last:
        if len(last) != len(first):
            raise ValueError(f"{first} and {last} differ in precision")
        later, end = _span(last)
        if later <= start:
            raise ValueError(f"{last} is not after {first}")
    return Period(start, end)


def _span(text: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day of a year, month or day."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return datetime.date(parts[0], 1, 1), datetime.date(parts[0], 12, 31)
    if len(parts) == 2:
        last = calendar.monthrange(*parts)[1]
        return datetime.date(parts[0], parts[1], 1), datetime.date(parts[0], parts[1], last)
    day = datetime.date(*parts)
    return day, day
