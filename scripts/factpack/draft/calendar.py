"""The times of a document: which years its parts look back on or plan for, by their headings and by its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from factpack.draft.reading_words import pattern, table
from factpack.text.vocabulary import any_of

_YEAR = re.compile("((?:19|20)[0-9][0-9])(?!年[0-9]{1,2}月)")
Months = tuple[int, int]
"""The first and the last month of a part of a year."""


class Section(NamedTuple):
    """A part of a document: its heading, and its first and last paragraph, from 1."""

    label: str
    first: int
    last: int


class Time(NamedTuple):
    """What a heading says of the time of what stands under it: years, and whether they are still to come."""

    first: int
    last: int
    planned: bool = False
    months: Months | None = None
    """The part of the year that it is about, if it is not about all of it."""

    @property
    def span(self) -> str:
        """All of its time, as a period."""
        return part_of_year(self.last, self.months) if self.first == self.last else f"{self.first}/{self.last}"

    @property
    def before(self) -> str:
        """What its changes are compared to: the year before, or the same part of it."""
        return part_of_year(self.first - 1, self.months)


def part_of_year(year: int, months: Months | None) -> str:
    """Return a year as a period, or some months of it."""
    return str(year) if months is None else f"{year}-{months[0]:02}/{year}-{months[1]:02}"


def months_in(words: str) -> Months | None:
    """Return the part of a year that some words name: 上半年, 前三季度."""
    parts = table("period")["parts"]
    named = re.findall(any_of(parts), words)
    return (int(parts[named[-1]][0]), int(parts[named[-1]][1])) if named else None


class Calendar(NamedTuple):
    """The times of a document; what neither a heading nor the title dates is of the year that it reviews."""

    sections: Sequence[Section]
    title: str
    delivered: int
    """The year in which it was delivered."""
    reviewed: int
    """The last year that it looks back on."""

    def time(self, number: int) -> Time:
        """Return what the headings say of a paragraph; what follows a review and says nothing of it is planned."""
        at = next((at for at, each in enumerate(self.sections) if each.first <= number <= each.last), None)
        if at is None:
            return self._titled()
        label = self.sections[at].label
        apart, reviews, plans = (bool(pattern("sections", name).search(label)) for name in ("apart", "review", "plan"))
        if years := _years(label, self.reviewed):
            planned = min(years) > self.reviewed and not reviews
            return Time(min(years), max(years), planned, months_in(label))
        looked_back = any(pattern("sections", "review").search(each.label) for each in self.sections[:at])
        if not apart and not reviews and (plans or looked_back):
            return Time(self.reviewed + 1, self.reviewed + 1, True)
        return self.looked_back if apart or reviews else self._titled()

    @property
    def looked_back(self) -> Time:
        """The year that is looked back on."""
        return Time(self.reviewed, self.reviewed)

    def _titled(self) -> Time:
        """Return what the title says: of a plan its year, and of a part of a year this part."""
        years, months = _years(self.title, self.reviewed), months_in(self.title)
        plans, reviews = (bool(pattern("sections", name).search(self.title)) for name in ("plan", "executed"))
        if len(years) == 1 and (months or (plans and not reviews)):
            return Time(years[0], years[0], months is None, months)
        return self.looked_back


def _years(label: str, reviewed: int) -> list[int]:
    """Return the years that a heading names, as numbers or by the name of a plan."""
    years = [int(each) for each in _YEAR.findall(label)]
    if years:
        return years
    if pattern("sections", "several").search(label):
        return [reviewed - 4, reviewed]
    return [year for words, both in table("period")["plans"].items() if words in label for year in both]
