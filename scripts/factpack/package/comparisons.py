"""Targets set beside results: which of the two numbers is the lower one, and by how much.

Only what can be compared is: the latest result of the time when a target was set, in the same unit. A number with a
qualifier is all that it may be, so a target of 500 beside a result over 460 is neither higher nor lower.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from factpack.package.package import Package
from factpack.package.table import Row
from factpack.record.intervals import EXACT, VAGUE, Figure, Interval

LOWER, EQUAL, HIGHER, OPEN = "lower", "equal", "higher", "open"
RELATIONS = (LOWER, EQUAL, HIGHER, OPEN)
"""How a target stands to a result: below, equal or above; open where the result may be on either side of it."""
TOP, BOTTOM = ("over", "at_least"), ("under", "at_most")
"""Qualifiers of a number that is the least, and of one that is the most, of what is meant."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A target and the result beside it."""

    beside: Row
    """The row of the table of targets."""
    target: Row
    """The target's own row, with all that is known of its number."""
    result: Row
    relation: str
    change: Decimal | None
    """How far the number of the target is from that of the result, as a share of it; nothing for per cent and ranks."""
    bound: str
    """Whether the true change is the printed one: `exact`, `at_most`, `at_least` or `about`."""

    @property
    def less(self) -> Decimal:
        """The number of the target less that of the result."""
        return EXACT.subtract(_number(self.target), _number(self.result))


def comparisons(package: Package) -> Iterator[Comparison]:
    """Yield the targets that stand beside a result of the year in which they were set, without those changed later."""
    listed = package.rows["targets"] if "targets" in package.tables else ()
    changed = {row["revises_id"] for row in listed}
    for row in listed:
        if row["id"] in changed:
            continue
        found = _pair(package, row)
        if found:
            yield Comparison(row, *found, _relation(*found), _change(*found), _change_bound(*found))


def _pair(package: Package, row: Row) -> tuple[Row, Row] | None:
    """Return a target and the result beside it, where both are numbers of one unit and of neighbouring times."""
    target, result = (package.find(str(row[each])) for each in ("id", "baseline_id"))
    if target is None or result is None:
        return None
    pair = target[1], result[1]
    if any(each.get("plain_value") is None for each in pair) or not _is_recent(row, *pair):
        return None
    return pair if pair[0]["plain_unit_id"] == pair[1]["plain_unit_id"] else None


def _is_recent(row: Row, target: Row, result: Row) -> bool:
    """Say whether a result is of the year before that of a target, or of the year in which it was set."""
    before: Any = target["period_start"] - datetime.timedelta(days=1)  # type: ignore[operator]
    years = [before.year, *([int(str(row["set_on"])[:4])] if row["set_on"] else [])]
    ended: Any = result["period_end"]
    return bool(ended.year >= min(years))


def _number(row: Row) -> Decimal:
    return Decimal(str(row["plain_value"]))


def _figure(row: Row, bound: str) -> Figure:
    high = row.get("plain_value_high")
    return Figure(_number(row), bound, None if high is None else Decimal(str(high)), points=is_per_cent(row))


def is_per_cent(row: Row) -> bool:
    """Say whether a value counts per cent, so that its changes are points."""
    return row.get("plain_unit_en") == "%"


def is_rank(row: Row) -> bool:
    """Say whether a value is a place in an order."""
    return row.get("measure") == "rank"


def _aimed_at(row: Row) -> Interval:
    """Return the number that a target names: `at least 10` names 10, `about 10` all that is about 10."""
    bound = str(row.get("bound") or "exact")
    return _figure(row, bound if bound in VAGUE else "exact").meant


def _relation(target: Row, result: Row) -> str:
    aim, was = _aimed_at(target), _figure(result, str(result.get("bound") or "exact")).meant
    if is_rank(target):  # the first rank is the highest
        aim, was = was, aim
    if aim.below(was):
        return LOWER
    if was.below(aim):
        return HIGHER
    return EQUAL if aim == was and not aim.width else OPEN


def _change(target: Row, result: Row) -> Decimal | None:
    if is_per_cent(target) or is_rank(target) or _number(result) <= 0:
        return None
    return EXACT.divide(EXACT.subtract(_number(target), _number(result)), _number(result))


def _change_bound(target: Row, result: Row) -> str:
    """Return how a change is to be read: beside a result over a number it is at most what the numbers say."""
    bounds = [str(each.get("bound") or "exact") for each in (target, result)]
    if VAGUE.intersection(bounds) or any(each.get("plain_value_high") is not None for each in (target, result)):
        return "about"
    return "at_most" if bounds[1] in TOP else "at_least" if bounds[1] in BOTTOM else "exact"
