"""Signs of values on a time axis: where they stand, how they are drawn, and the lines that join them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from factpack.package.table import Row
from factpack.record.verification import TRANSCRIBED
from factpack.site.charts.scales import SHARES, steps
from factpack.site.charts.values import OPEN, SIDES, ends, is_share, length, value_text
from factpack.site.marks import state_of

LEFT, RIGHT = 13.0, 94.0
"""Where the first and the last year stand, in per cent of the width."""
TOP, BOTTOM, HEIGHT = 30, 220, 246
"""Where the highest and the lowest line stand, and the height of all, in pixels."""
REACH = 24
"""Length of the arrow that says on which side of a number a value lies, in pixels."""
YEARS = 8
"""Years written below the axis at most."""
NEAR = 34
"""Pixels between two texts below which the second one goes below its sign."""


class Sign(NamedTuple):
    """A value: where its number stands, how it is drawn, and what is written at it."""

    id: str
    x: float
    y: int
    status: str
    bound: str
    side: int
    """-1 where the value lies above its number, 1 below it, else 0."""
    tip: int
    """Where the arrow to that side ends."""
    is_open: bool
    """Whether the number itself is left out."""
    is_provisional: bool
    is_transcribed: bool
    is_conflicting: bool
    high: int | None
    """Where the other end of a range stands."""
    text: str
    """What is written at it: only at the latest result and at the last target."""
    text_y: int

    @property
    def anchor(self) -> str:
        """On which side of its place its text begins, so that it stays within the picture."""
        return "start" if self.x < LEFT + 20 else "end" if self.x > RIGHT - 44 else "middle"


class Joint(NamedTuple):
    """A line between the results of two years; a loose one leads to a number that is only a bound."""

    start: tuple[float, int]
    end: tuple[float, int]
    is_loose: bool


def year_of(row: Row) -> int:
    end = row["period_end"]
    assert isinstance(end, datetime.date)
    return end.year


class Grid(NamedTuple):
    """The axes: the first and last year, and the round numbers from the lowest to the highest."""

    first: int
    last: int
    levels: Sequence[Decimal]
    ranked: bool

    def across(self, year: int) -> float:
        share = (year - self.first) / ((self.last - self.first) or 1)
        return round(LEFT + (RIGHT - LEFT) * share, 2)

    def down(self, number: Decimal) -> int:
        low, high = self.levels[0], self.levels[-1]
        share = float((number - low) / (high - low))
        return round(TOP + (BOTTOM - TOP) * (share if self.ranked else 1 - share))


def grid_of(rows: Sequence[Row]) -> Grid:
    years, ranked = [year_of(row) for row in rows], rows[0].get("measure") == "rank"
    numbers = [Decimal(str(each)) for row in rows for each in (row["plain_value"], row.get("plain_value_high")) if each]
    if is_share(rows[0]):
        return Grid(min(years), max(years), SHARES, False)
    low, high = ends(numbers or [Decimal(0), Decimal(1)], ranked)
    inner = steps(low, high)
    step = inner[1] - inner[0]
    levels = [each for each in (inner[0] - step, *inner, inner[-1] + step) if low - step < each < high + step]
    if ranked:
        levels = [low, *(each for each in levels if each > low and each == each.to_integral_value())]
    return Grid(min(years), max(years), levels, ranked)


def years(rows: Sequence[Row]) -> list[int]:
    """Return the years written below the axis, the last one always."""
    first, last = year_of(rows[0]), max(map(year_of, rows))
    step = next(each for each in (1, 2, 5, 10, 20, 50) if (last - first) // each < YEARS or each > last - first)
    return list(range(last, first - 1, -step))[::-1]


def sign_of(row: Row, grid: Grid) -> Sign:
    bound = str(row.get("bound") or "exact")
    number, high = Decimal(str(row["plain_value"])), row.get("plain_value_high")
    y, side = grid.down(number), SIDES.get(bound, 0) * (1 if grid.ranked else -1)
    return Sign(
        str(row["id"]),
        grid.across(year_of(row)),
        y,
        str(row["status"]),
        bound,
        side,
        max(y + side * REACH, 2),
        bound in OPEN,
        row.get("provisional") is True and row["status"] == "actual",
        row.get("verification") == TRANSCRIBED,
        state_of(row) == "conflicting",
        grid.down(Decimal(str(high))) if high is not None else None,
        "",
        0,
    )


def joints_of(signs: Sequence[Sign], rows: Sequence[Row]) -> Iterator[Joint]:
    """Yield the lines between results of neighbouring years: none over a gap, and none where documents disagree."""
    results = [
        (year_of(row), sign)
        for row, sign in zip(rows, signs, strict=True)
        if sign.status != "target" and not sign.is_conflicting
    ]
    for (before, one), (after, other) in pairwise(results):
        if after - before == _stride(rows):
            loose = any(each.side or each.high is not None for each in (one, other))
            yield Joint((one.x, one.y), (other.x, other.y), loose)


def _stride(rows: Sequence[Row]) -> int:
    """Return how many years periods are apart that follow on one another: one, of longer periods their length."""
    return max(1, round((length(rows[0]) + 1) / 12))


def labelled(signs: Sequence[Sign], rows: Sequence[Row], language: str) -> list[Sign]:
    """Return signs with the texts of the latest result and of the last target, which stand clear of one another."""
    told, found = dict[str, Sign](), list[Sign]()
    for is_target in (True, False):
        pairs = [(row, sign) for row, sign in zip(rows, signs, strict=True) if (sign.status == "target") is is_target]
        if pairs:
            row, sign = pairs[-1]
            label = sign._replace(text=value_text(row, language))
            found.append(label._replace(text_y=_text_y(label, found)))
            told[sign.id] = found[-1]
    return [told.get(each.id, each) for each in signs]


def _text_y(sign: Sign, others: Sequence[Sign]) -> int:
    """Return how high a text stands: above its sign and arrow, or below where another one or the edge is near."""
    above = min(sign.y, sign.tip) - 10
    below = max(sign.y, sign.tip) + 22
    near = any(abs(each.text_y - above) < NEAR for each in others) or above < 12
    return below if near else above


def kinds_of(signs: Sequence[Sign], joints: Sequence[Joint]) -> Iterator[str]:
    """Yield the kinds of signs and lines that occur, in the order of a key."""
    occurs = {
        "estimate": any(each.status == "estimate" for each in signs),
        "provisional": any(each.is_provisional for each in signs),
        "transcribed": any(each.is_transcribed and each.status != "target" for each in signs),
        "target": any(each.status == "target" for each in signs),
        "up": any(each.side < 0 for each in signs),
        "down": any(each.side > 0 for each in signs),
        "about": any(each.bound == "about" for each in signs),
        "range": any(each.high is not None for each in signs),
        "conflicting": any(each.is_conflicting for each in signs),
        "loose": any(each.is_loose for each in joints),
    }
    yield from (name for name, is_there in occurs.items() if is_there)
