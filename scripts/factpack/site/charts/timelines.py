"""Values over the years: results as signs on a time axis, joined where nothing lies between, with targets beside them.

Only values of one unit, area and season share an axis, so a half-year never stands among years. A result that is not
preferred is in the table alone; where documents contradict each other, both are drawn and nothing is joined. Across,
places are in per cent and down in pixels: a page draws it as wide as it likes, and its letters keep their size.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from factpack.package.periods import period
from factpack.package.table import Row
from factpack.site.cells import without_status
from factpack.site.charts.scales import scale_of
from factpack.site.charts.signs import (
    BOTTOM,
    HEIGHT,
    Joint,
    Sign,
    grid_of,
    joints_of,
    kinds_of,
    labelled,
    sign_of,
    year_of,
    years,
)
from factpack.site.charts.values import distance, length, value_text
from factpack.site.marks import Doubt, marks, state_of

LEAST = 3
"""Periods with a result from which values are drawn over the years."""


class Said(NamedTuple):
    """A value in the table: its id, what it says, what is uncertain, and whether another one replaced it."""

    id: str
    text: str
    marks: Sequence[Doubt]
    is_replaced: bool


class Line(NamedTuple):
    """A period in the table: its results, the preferred one first, and its targets."""

    period: str
    results: Sequence[Said]
    targets: Sequence[Said]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Values over the years: what a picture of them shows, and the table of all of them, the latest period first."""

    id: str
    title: str
    description: str
    signs: Sequence[Sign]
    joints: Sequence[Joint]
    levels: Sequence[tuple[int, str]]
    years: Sequence[tuple[float, str]]
    heading: str
    """What tells it from another one of the record: years, or which part of each year."""
    unit: str
    """What the numbers of the axis are, as a sentence."""
    lines: Sequence[Line]
    ids: frozenset[str]
    """The rows that it shows."""

    height = HEIGHT
    floor = BOTTOM

    @property
    def file(self) -> str:
        """What a picture of it is called."""
        return self.id.removeprefix("years-")

    @property
    def has_targets(self) -> bool:
        """Whether its table has targets."""
        return any(each.targets for each in self.lines)


def timelines(rows: Sequence[Row], name: str, language: str, words: Mapping[str, Any]) -> Iterator[Timeline]:
    """Yield a timeline for each group of a record's values with results of at least three periods, the longest first.

    A value without a number of its own is told in the table of the first one that its period fits.
    """
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        if row.get("plain_value") is not None:
            groups.setdefault((*_season(row), row["plain_unit_id"], distance(row)), []).append(row)
    found = {key: group for key, group in groups.items() if _periods(group) >= LEAST}
    for key in sorted(found, key=lambda each: -length(found[each][0])):
        first = next(each for each in found if each[:-2] == key[:-2]) == key
        bare = [row for row in rows if row.get("plain_value") is None and _season(row) == key[:-2]] if first else []
        yield _timeline(found[key], bare, name, language, words)


def _season(row: Row) -> tuple[object, ...]:
    """Return the area of a row, and the length of its period and in which part of a year that is."""
    start, end = row.get("period_start"), row.get("period_end")
    days = [(each.month, each.day) if isinstance(each, datetime.date) else None for each in (start, end)]
    return row.get("area_id"), length(row), *days


def _periods(rows: Iterable[Row]) -> int:
    """Return how many periods have a result."""
    return len({row["period"] for row in rows if row["status"] != "target"})


def _is_drawn(row: Row) -> bool:
    """Say whether a value is drawn: a result that is preferred or contradicted, and a target that was not changed."""
    state = state_of(row)
    if row["status"] == "target":
        return state != "changed later"
    return row.get("preferred") is not False or state == "conflicting"


def _timeline(rows: Sequence[Row], bare: Sequence[Row], name: str, language: str, words: Mapping[str, Any]) -> Timeline:
    drawn = sorted(filter(_is_drawn, rows), key=lambda row: (year_of(row), row["status"] == "target", str(row["id"])))
    grid = grid_of(drawn)
    signs = [sign_of(row, grid) for row in drawn]
    when, lines = _when(rows[0], language, words), list(_lines([*rows, *bare], language, words))
    scale = scale_of(grid.levels, language)
    return Timeline(
        f"years-{rows[0]['id']}",
        words["over years"].format(name=name, when=words["aside"].format(text=when) if when else ""),
        _told(lines, words),
        labelled(signs, drawn, language),
        list(joints_of(signs, drawn)),
        [(grid.down(each), scale.shown(each)) for each in grid.levels],
        [(grid.across(each), str(each)) for each in years(drawn)],
        when or words["years"],
        _unit(str(rows[0].get(f"plain_unit_{language}") or ""), scale.word, language, words),
        lines,
        frozenset(str(row["id"]) for row in (*rows, *bare)),
    )


def _when(row: Row, language: str, words: Mapping[str, Any]) -> str:
    """Return which part of each year the periods are, such as January–June of each year; of whole years nothing."""
    months, year = length(row), str(year_of(row))
    if not 0 < months < 11:
        return ""
    part = period(str(row["period"]), language).replace(f"{year}年", "").replace(f" {year}", "")
    return str(words["each year"].format(part=part))


def _unit(unit: str, word: str, language: str, words: Mapping[str, Any]) -> str:
    """Return what the numbers of an axis are: in billions of CNY; empty for numbers without unit."""
    if language == "en" and word:
        return str(words["in scaled unit"].format(scale=word, unit=unit))
    return str(words["in unit"].format(unit=word + unit)) if word + unit else ""


def _lines(rows: Sequence[Row], language: str, words: Mapping[str, Any]) -> Iterator[Line]:
    """Yield the periods with all their values, the latest first."""
    for when in sorted({str(row["period"]) for row in rows}, reverse=True):
        some = sorted((row for row in rows if row["period"] == when), key=_rank)
        results = [_said(row, language, words) for row in some if row["status"] != "target"]
        targets = [_said(row, language, words) for row in some if row["status"] == "target"]
        yield Line(period(when, language), results, targets)


def _rank(row: Row) -> tuple[bool, bool, str]:
    """Return what orders the values of a period: the preferred one first, then those that nothing replaced."""
    return row.get("preferred") is False, state_of(row) in ("replaced", "changed later"), str(row["id"])


def _said(row: Row, language: str, words: Mapping[str, Any]) -> Said:
    is_target = row["status"] == "target"
    text = str(row.get(f"display_{language}") or "") if row.get("claim") is None else value_text(row, language)
    text = without_status(text, words["target" if is_target else "mark estimate"], language)
    return Said(str(row["id"]), text, list(marks(row, language)), state_of(row) == "replaced")


def _told(lines: Sequence[Line], words: Mapping[str, Any]) -> str:
    """Return what a picture shows to those who do not see it: each period with its result and its target."""
    told = []
    for line in reversed(lines):
        shown = [each.text for each in line.results if not each.is_replaced][:1]
        shown += [words["of"].format(title=words["target"], name=each.text) for each in line.targets[-1:]]
        told.append(f"{line.period}{words['colon']}{words['comma'].join(shown)}")
    return f"{words['list'].join(told)}{words['stop']}".strip()


def key_of(found: Sequence[Timeline], words: Mapping[str, Any]) -> str:
    """Return what each sign of timelines means, of the signs that occur and of no others, as one sentence."""
    signs = [sign for each in found for sign in each.signs]
    joints = [joint for each in found for joint in each.joints]
    told = words["list"].join(words[f"drawn {each}"] for each in kinds_of(signs, joints))
    return f"{told[:1].upper()}{told[1:]}{words['stop']}".strip() if told else ""
