"""Targets beside results: the baseline before a target, its outcome, and whether the outcome meets it."""

from __future__ import annotations

from decimal import Decimal

from factpack.record import periods
from factpack.source.marks import Record, Value
from factpack.table.view import View, once


def _same_measure(view: View, other: Record) -> bool:
    """Say whether another part has the unit and area of this one."""
    fields = [view.shape.role("unit"), view.shape.role("area")]
    return all(view.item.get(field or "") == other.get(field or "") for field in fields)


@once
def _results(view: View) -> list[tuple[periods.Period, int, Record]]:
    """Return the comparable results beside a target: (period, 1 if actual, part)."""
    status, period = view.shape.role("status") or "", view.shape.role("period") or ""
    found = [
        (periods.parse(str(other[period])), int(other[status] == "actual"), other)
        for other in (view.siblings if status and period else ())
        if other[status] in ("actual", "estimate") and _same_measure(view, other)
    ]
    shape = periods.parse(view.get("period")).shape
    return [each for each in found if each[0].shape == shape]


@once
def baseline(view: View) -> Record | None:
    """Return the latest comparable result before the target's period, actual before estimate."""
    start = periods.parse(view.get("period")).start
    earlier = [each for each in _results(view) if each[0].end < start]
    return max(earlier, key=lambda each: each[:2])[2] if earlier else None


@once
def outcome(view: View) -> Record | None:
    """Return the comparable result of the target's own period, actual before estimate."""
    period = periods.parse(view.get("period"))
    results = [each for each in _results(view) if each[0] == period]
    return max(results, key=lambda each: each[:2])[2] if results else None


def verdict(view: View) -> str:
    """Return met, missed, unclear or pending: how the outcome's interval lies to the target's."""
    result = outcome(view)
    if result is None:
        return "pending"
    roles = [view.shape.role(role) or "" for role in ("value", "bound", "value_high")]
    aim, got = (_interval(*(item.get(role) for role in roles)) for item in (view.item, result))
    if aim is None or got is None:
        return "unclear"
    if _inside(got, aim):
        return "met"
    beyond = view.get("value_high") is not None  # more than a range asked for may be better or worse
    return "missed" if _apart(got, aim) and not beyond else "unclear"


Interval = tuple[Decimal, bool, Decimal, bool]
"""Low end, whether it belongs, high end, whether it belongs."""
_INFINITE = Decimal("Infinity")


def _interval(value: Value, bound: Value, high: Value) -> Interval | None:
    """Return the numbers that a value with its bound, or a range, allows; None for about and for no value."""
    if not isinstance(value, (int, Decimal)):
        return None
    number = Decimal(value)
    if isinstance(high, (int, Decimal)):
        return (number, True, Decimal(high), True) if bound == "at_least" else None
    return {
        "exact": (number, True, number, True),
        "over": (number, False, _INFINITE, False),
        "at_least": (number, True, _INFINITE, False),
        "under": (-_INFINITE, False, number, False),
        "at_most": (-_INFINITE, False, number, True),
    }.get(str(bound))


def _inside(inner: Interval, outer: Interval) -> bool:
    low = inner[0] > outer[0] or (inner[0] == outer[0] and (outer[1] or not inner[1]))
    high = inner[2] < outer[2] or (inner[2] == outer[2] and (outer[3] or not inner[3]))
    return low and high


def _apart(one: Interval, other: Interval) -> bool:
    def below(a: Interval, b: Interval) -> bool:
        return a[2] < b[0] or (a[2] == b[0] and not (a[3] and b[1]))

    return below(one, other) or below(other, one)
