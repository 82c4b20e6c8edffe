"""Charts: a table of a record's values, each beside its mark on one line of numbers, a bound drawn as a bound.

Where each mark stands is worked out here, in per cent of the width; a template draws it as SVG, so that signs and
letters keep their size at any width. A value is drawn only beside values of the same unit, area, length of period and
distance to what it is compared with: one number alone is no chart. Values that agree are one mark; one that was
replaced is struck out. What has no number, such as a target to rise, is in the table without a mark.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from factpack.package.periods import period
from factpack.package.table import Row
from factpack.site.charts.scales import SHARES, steps
from factpack.site.marks import STATES, Doubt, marks, state_of
from factpack.table.display import scaled

LEFT, RIGHT = 1.0, 92.0
"""Where the lowest and the highest number of the axis stand, in per cent of the width; an arrow has room beyond."""
ARROW = 7
"""Length of the arrow that says on which side of a number the value lies, in per cent of the width."""
SIDES = {"over": 1, "at_least": 1, "under": -1, "at_most": -1, "nearly": -1}
"""On which side of its number a value lies, by bound."""
OPEN = frozenset(("over", "under", "nearly"))
"""Bounds that leave the number itself out."""
SAID = frozenset(("estimate", *STATES))
"""Marks that the text of a value or its period says in a chart."""
SHORT = {"zh": 26, "en": 46}
"""Characters of a label at most."""
CLAIM_SIGNS = {"zh": ("，", "（"), "en": (", ", " (")}
"""What is before a claim in a value as displayed, and before its status."""


class Bare(NamedTuple):
    """A value without a number: its id and period, what it says, and what is uncertain in it."""

    id: str
    period: str
    text: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A value: what it says, where it stands, in per cent of the width, and how it is drawn."""

    id: str
    period: str
    status: str
    text: str
    bound: str
    start: float
    """Where its bar begins."""
    at: float
    """Where its number stands."""
    side: int
    """1 where the value lies to the right of its number, -1 to the left, else 0."""
    tip: float
    """Where the arrow to that side ends."""
    is_open: bool
    """Whether the number itself is left out."""
    is_replaced: bool
    """Whether another result of its period contradicts it and is preferred."""
    doubts: tuple[Doubt, ...]
    """What is uncertain in it, besides what its text and its period say."""

    @property
    def left(self) -> float:
        """Where its bar is leftmost."""
        return min(self.start, self.at)

    @property
    def length(self) -> float:
        """How long its bar is."""
        return round(abs(self.at - self.start), 1)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title and description, its marks, what has no number, and the axis."""

    id: str
    title: str
    description: str
    marks: tuple[Mark, ...]
    bare: tuple[Bare, ...]
    ticks: tuple[tuple[float, str], ...]
    unit: str
    bars: bool
    """Whether a bar leads from zero to a number; a rank has none."""

    @property
    def file(self) -> str:
        """What a picture of it is called."""
        return self.marks[0].id


def charts(rows: Sequence[Row], name: str, language: str, words: Mapping[str, Any], key: str = "") -> Iterator[Chart]:
    """Yield the charts of a record's values, of the rows that have one; nothing where there is nothing to compare.

    A range is no point on a line, so rows with one are left out. What has no number stands in the first chart of its
    area and length of period. `key` tells the charts of a page apart where two of them begin with one value.
    """
    drawn = [row for row in rows if row.get("value_high") is None and _has_number(row)]
    bare = [row for row in rows if row.get("value") is None and row.get("restates_id") is None]
    known = {row["id"] for row in drawn}
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in drawn:
        if row.get("restates_id") not in known:
            groups.setdefault((row["plain_unit_id"], row["area_id"], length(row), distance(row)), []).append(row)
    for group in groups.values():
        if len({row["plain_value"] for row in group}) > 1:
            beside = [row for row in bare if (row["area_id"], length(row)) == (group[0]["area_id"], length(group[0]))]
            bare = [row for row in bare if row not in beside]
            yield _chart(group, beside, name, language, words, key)


def _has_number(row: Row) -> bool:
    return row.get("value") is not None and row.get("plain_value") is not None


def is_share(row: Row) -> bool:
    """Say whether the value of a row is a share of its whole."""
    value = row["plain_value"]
    return row.get("measure") == "share" and row.get("plain_unit_en") == "%" and 0 <= Decimal(str(value)) <= 100


def length(row: Row) -> int:
    """Return how long the period of a row is, in months: sums over periods of other lengths do not compare."""
    start, end = row.get("period_start"), row.get("period_end")
    if not isinstance(start, datetime.date) or not isinstance(end, datetime.date):
        return 0
    return (end.year - start.year) * 12 + end.month - start.month


def distance(row: Row) -> int:
    """Return how many years lie between the end of a period and that of the one that it is compared with."""
    end, other = row.get("period_end"), str(row.get("compared_to") or "").rpartition("/")[2]
    return end.year - int(other[:4]) if other and isinstance(end, datetime.date) else 0


def _chart(
    rows: Sequence[Row], beside: Sequence[Row], name: str, language: str, words: Mapping[str, Any], key: str
) -> Chart:
    same = language == "zh" and len({row["unit_id"] for row in rows}) == 1
    column, unit = ("value", "unit") if same else ("plain_value", "plain_unit")
    numbers = [Decimal(str(row[column])) for row in rows]
    ranked, whole = rows[0].get("measure") == "rank", is_share(rows[0])
    low, high = (SHARES[0], SHARES[-1]) if whole else ends(numbers, ranked)
    lines = SHARES if whole else steps(low, high)
    low, high = min(low, lines[0]), max(high, lines[-1])
    axis = _Axis(low, high, ranked)
    drawn = tuple(
        _mark(row, number, axis, _when(row, language, words), language)
        for row, number in zip(rows, numbers, strict=True)
    )
    bare = tuple(
        Bare(str(row["id"]), _when(row, language, words), value_text(row, language), tuple(marks(row, language, SAID)))
        for row in beside
    )
    symbol = str(rows[0].get(f"{unit}_{language}") or "")
    ticks = tuple((axis.place(each), _tick(each, symbol, language)) for each in lines)
    told = words["list"].join([*(_told(each, words) for each in drawn), *(_told(each, words) for each in bare)])
    title = words["chart of"].format(name=name)
    return Chart(
        f"chart-{key or drawn[0].id}",
        title,
        f"{told}{words['stop']}".strip(),
        drawn,
        bare,
        ticks,
        symbol,
        not ranked,
    )


def _told(mark: Mark | Bare, words: Mapping[str, Any]) -> str:
    """Return what a mark says to those who do not see it."""
    doubts = words["aside"].format(text=words["several"].join(each.text for each in mark.doubts)) if mark.doubts else ""
    return f"{mark.period}{words['colon']}{mark.text}{doubts}"


@dataclass(frozen=True, slots=True)
class _Axis:
    """The axis of a chart from one number to another; that of ranks has the first rank on the right."""

    low: Decimal
    high: Decimal
    ranked: bool

    def place(self, number: Decimal) -> float:
        """Return where a number is, in per cent of the width."""
        share = float((number - self.low) / (self.high - self.low))
        return round(LEFT + (RIGHT - LEFT) * (1 - share if self.ranked else share), 1)

    @property
    def zero(self) -> float:
        """Where bars begin: at zero, or at the end that is nearest to it."""
        return self.place(max(self.low, min(Decimal(0), self.high)))


def _when(row: Row, language: str, words: Mapping[str, Any]) -> str:
    """Return the period of a row, with what tells it from another result of the period."""
    when, state = period(str(row["period"]), language), state_of(row)
    return f"{when}{words['aside'].format(text=words[f'mark {state}'])}" if state else when


def _mark(row: Row, number: Decimal, axis: _Axis, when: str, language: str) -> Mark:
    """Return the mark of a row."""
    bound, x = str(row.get("bound") or "exact"), axis.place(number)
    side = SIDES.get(bound, 0) * (-1 if axis.ranked or (bound == "nearly" and number < 0) else 1)
    tip = min(max(x + side * ARROW * (0.6 if bound == "nearly" else 1), 0), 100)
    return Mark(
        str(row["id"]),
        when,
        str(row["status"]),
        value_text(row, language),
        bound,
        axis.zero,
        x,
        side,
        round(tip, 1),
        bound in OPEN,
        state_of(row) == "replaced",
        tuple(marks(row, language, SAID)),
    )


def value_text(row: Row, language: str) -> str:
    """Return a value as it is shown, without what a claim adds to it."""
    text = str(row.get(f"display_{language}") or "")
    if row.get("claim") is not None:
        comma, opening = CLAIM_SIGNS[language]
        status = f"{opening}{text.rpartition(opening)[2]}" if row["status"] != "actual" and opening in text else ""
        text = text.partition(comma)[0].removesuffix(status) + status
    return text if len(text) <= SHORT[language] else text[: SHORT[language] - 1] + "…"


def ends(numbers: Sequence[Decimal], ranked: bool) -> tuple[Decimal, Decimal]:
    """Return the ends of an axis, which holds zero unless it counts ranks, with room for an arrow."""
    if ranked:
        return Decimal(1), max(numbers) + 1
    low, high = min([*numbers, Decimal(0)]), max([*numbers, Decimal(0)])
    room = (high - low) / 10
    return (low - room if low < 0 else low), (high + room if high > 0 else high)


def _tick(number: Decimal, unit: str, language: str) -> str:
    whole = int(number) if number == number.to_integral_value() else number.normalize()
    told = scaled(whole) if language == "en" else f"{whole:,}" if isinstance(whole, int) else f"{whole:f}"
    return f"{told}%" if unit == "%" else told
