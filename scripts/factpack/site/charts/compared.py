"""The chart of targets beside results: a table whose rows each draw both numbers on one line, the result at its middle.

Everything that the drawing shows is in the row as text, so that nobody needs to see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from factpack.package.comparisons import RELATIONS, Comparison, is_rank
from factpack.package.findings import by_change
from factpack.package.periods import period
from factpack.package.table import Row
from factpack.site.aims import SAID, target_notes
from factpack.site.catalogue import Catalogue
from factpack.site.cells import Link, without_status
from factpack.site.charts.key import UNSURE
from factpack.site.charts.values import OPEN, SIDES, value_text
from factpack.site.marks import Doubt, marks
from factpack.site.templating import words
from factpack.words import Count

WIDTH, MARGIN, REACH = 320, 12, 20
"""Width of a drawing, its margins, and how far the arrow of a bound reaches, in units of its own."""
FURTHEST = Decimal("2.5")
"""The share of a result at which the axis ends; a number further right stands at the end."""
SIGNS = {"lower": "▼", "equal": "＝", "higher": "▲", "open": "?"}
"""What stands before the relation of a target to a result."""
BOUNDS = {"at_most": "change at most", "at_least": "change at least", "about": "change about"}
"""What is said of a change that is not exactly the printed one, as keys of words."""
SHAPES = ("closed", "open")
"""How a number that is no wave is drawn."""
STEP = Decimal("0.5")
"""How far the lines of the axis are apart, as a share of the result."""


class Point(NamedTuple):
    """A number on the line: where it stands, on which side of it and how far the value lies, and if it is left out."""

    at: float
    side: int
    tip: float
    is_open: bool
    status: str
    is_about: bool
    """Whether the value lies near the number, on a side that nobody knows."""

    @property
    def shape(self) -> str:
        """How it is drawn: open where the number is left out or only expected, closed, or as a wave."""
        return "about" if self.is_about else "open" if self.is_open or self.status == "estimate" else "closed"


class Line(NamedTuple):
    """A target beside a result, in words, and where both stand if they are drawn."""

    link: Link
    result: Link
    target: Link
    change: str
    points: tuple[Point, Point] | None
    doubts: Sequence[Doubt]
    """The marks of the result."""
    target_doubts: Sequence[Doubt]
    notes: Sequence[str]
    """What else to know of the target."""


class Group(NamedTuple):
    """The targets of a relation."""

    sign: str
    title: str
    lines: Sequence[Line]


class Compared(NamedTuple):
    """A table of targets beside results: what it is called, the headings of its columns, its groups and its axis."""

    id: str
    title: str
    caption: str
    """What it is called where it stands alone, as in a picture: with the headings of both columns."""
    result: str
    target: str
    groups: Sequence[Group]
    ticks: Sequence[tuple[float, str]]
    middle: float
    """Where the results stand."""
    key: str
    """What the signs mean."""

    @property
    def file(self) -> str:
        """What a picture of it is called."""
        return self.id


def compared(catalogue: Catalogue, found: Iterable[Comparison], key: str, language: str) -> Compared | None:
    """Return the table of some comparisons, nothing for none; `key` tells tables of a page apart."""
    listed, t = by_change(found), words(language)
    if not listed:
        return None
    end, related = _end(listed), {each: [one for one in listed if one.relation == each] for each in RELATIONS}
    groups = [
        Group(SIGNS[relation], t[relation], [_line(catalogue, each, end, language) for each in some])
        for relation, some in related.items()
        if some
    ]
    heads = [_heading([row.target for row in listed], "target of", "target", language)]
    heads.insert(0, _heading([row.result for row in listed], "results of", "baseline", language))
    ticks = [] if all(each.change is None for each in listed) else list(_ticks(end))
    drawn = [line.points for group in groups for line in group.lines if line.points]
    title, middle = t["compared"], _place(Decimal(1), end)
    caption = t["of"].format(title=title, name=" → ".join(heads))
    return Compared(key, title, caption, heads[0], heads[1], groups, ticks, middle, _key(drawn, t))


def _key(drawn: Sequence[tuple[Point, Point]], t: Mapping[str, Any]) -> str:
    """Return what the signs of the drawings mean, of those that occur and of no others."""
    results, targets = ([each[at] for each in drawn] for at in (0, 1))
    pairs = [(name, shape, some) for name, some in (("result", results), ("target", targets)) for shape in SHAPES]
    told = [t[f"drawn {name} {shape}"] for name, shape, some in pairs if any(each.shape == shape for each in some)]
    told += [t["sign arrow"]] if any(each.side for each in (*results, *targets)) else []
    told += [t[f"sign {UNSURE}"]] if any(each.is_about for each in (*results, *targets)) else []
    return f"{t['list'].join(told)}{t['stop']}{t['scale']}" if told else ""


def _heading(rows: Sequence[Row], one: str, several: str, language: str) -> str:
    """Return the heading of a column: with the period, if all its values are of one."""
    periods, t = {str(row["period"]) for row in rows}, words(language)
    return t[one].format(period=period(periods.pop(), language)) if len(periods) == 1 else t[several]


def _end(listed: Sequence[Comparison]) -> Decimal:
    """Return the share of a result at which the axis ends, with room for an arrow."""
    furthest = max((1 + each.change for each in listed if each.change is not None), default=Decimal(1))
    return min(max(furthest + Decimal("0.15"), Decimal("1.25")), FURTHEST)


def _place(share: Decimal, end: Decimal) -> float:
    return round(MARGIN + float(min(max(share, Decimal(0)), end) / end) * (WIDTH - 2 * MARGIN), 1)


def _ticks(end: Decimal) -> list[tuple[float, str]]:
    """Return the lines of the axis, each with the change that it stands for."""
    shares = [STEP * each for each in range(int(end / STEP) + 1)]
    return [(_place(each, end), percent(each - 1)) for each in shares]


def percent(share: Decimal) -> str:
    """Return a change as a percentage with its sign: −49.5%."""
    number = round(abs(share) * 100, 1).normalize()
    return f"{'' if not number else '+' if share > 0 else '−'}{number:f}%"


def shown(each: Comparison, language: str) -> tuple[str, str]:
    """Return the result and the target as they are displayed."""
    return _text(each.result, "mark estimate", language), _text(each.target, "target", language)


def _line(catalogue: Catalogue, each: Comparison, end: Decimal, language: str) -> Line:
    points, (result, target) = None, shown(each, language)
    if each.change is not None:
        points = _point(each.result, Decimal(1), end), _point(each.target, 1 + each.change, end)
    return Line(
        Link(str(each.target[f"indicator_name_{language}"]), str(each.target["id"])),
        Link(result, str(each.result["id"])),
        Link(target, str(each.target["id"])),
        change_text(each, language),
        points,
        marks(each.result, language),
        marks(each.target, language, SAID),
        list(target_notes(catalogue, each.beside, language)),
    )


def _text(row: Row, status: str, language: str) -> str:
    """Return a value as it is displayed, without what its column or mark says."""
    return without_status(value_text(row, language), words(language)[status], language)


def _point(row: Row, share: Decimal, end: Decimal) -> Point:
    bound, at = str(row.get("bound") or "exact"), _place(share, end)
    side = SIDES.get(bound, 0)
    return Point(
        at, side, min(max(at + side * REACH, 1), WIDTH - 1), bound in OPEN, str(row["status"]), bound == UNSURE
    )


def change_text(each: Comparison, language: str) -> str:
    """Return how a target differs from a result: as a percentage, of percentages in points, of ranks in places."""
    t, less = words(language), each.less
    if each.change is not None:
        said = percent(each.change)
    elif is_rank(each.target):
        return t["places down" if less > 0 else "places up"].format(count=Count(abs(less)))
    else:
        sign = "" if not less else "+" if less > 0 else "−"
        said = t["point" if abs(less) == 1 else "points"].format(number=f"{sign}{abs(less).normalize():f}")
    return said if each.bound == "exact" else t[BOUNDS[each.bound]].format(change=said)
