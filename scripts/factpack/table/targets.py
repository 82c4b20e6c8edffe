"""Targets: what kind of promise each is, the result before it, what became of it, and what a reader must know."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from factpack.record.figures import judged_part
from factpack.record.intervals import EXACT
from factpack.record.results import Choice
from factpack.source.marks import Record
from factpack.table import answers
from factpack.table.answers import (
    Answer,
    by_id,
    comparable,
    kin,
    known_with,
    measure_of,
    own,
    own_choices,
    promise_of,
    shape_of,
)
from factpack.table.display import display
from factpack.table.given import Given, preferred
from factpack.table.outcomes import difference, judged
from factpack.table.view import View, Whole, once, plain_value, shortest

FIVE_YEARS = 4
"""Years from the day on which a target is set to the year of a target that is called one for five years."""


@once
def given(view: View) -> Given | None:
    """Return what an item gives; None for what is no result and no target."""
    return by_id(view.whole).get(str(view.item["id"]))


@once
def _choice(view: View) -> tuple[Given, Choice] | None:
    """Return what a result gives, and the choice among the results of its key; None for what is no result."""
    one = given(view)
    return (one, own_choices(view.whole).get(one.key, Choice())) if one and one.is_result else None


def is_preferred(view: View) -> bool | None:
    """Say whether a result is the preferred one of its key; nothing for a target."""
    found = _choice(view)
    return found[0].result is found[1].preferred if found else None


def restates(view: View) -> str | None:
    """Return the id of the preferred result that a result is the same value as."""
    found = _choice(view)
    return found[1].restates.get(found[0].id) if found else None


def superseded_by(view: View) -> str | None:
    """Return the id of the preferred result that contradicts a result."""
    found = _choice(view)
    return found[1].superseded.get(found[0].id) if found else None


def view_of(one: Given, whole: Whole) -> View:
    """Return the view of what is given, in the record of a whole or in another one."""
    kind = whole.library.schemas.kind_of(str(one.owner["id"]))
    part = judged_part(kind.shape) if kind else None
    assert kind is not None
    assert part is not None
    owner = whole if one.owner is whole.record else Whole(one.owner, kind.shape, whole.library)
    listed: Any = one.owner[part[0]]
    return View(one.item, part[1], owner, None, listed, one.position)


@once
def baseline(view: View) -> Record | None:
    """Return what a row shows of the result before a target."""
    target = given(view)
    found = answers.baseline(view.whole, target) if target else None
    return _shown(view, found) if found else None


@once
def answer(view: View) -> Answer | None:
    """Return what became of a target."""
    target = given(view)
    return answers.answer(view.whole, target) if target and not target.is_result else None


@once
def outcome(view: View) -> Record | None:
    """Return what a row shows of what became of a target."""
    target, found = given(view), answer(view)
    if target is None or found is None:
        return None
    shown: dict[str, Any] = {} if found.given is None else _shown(view, found.given)
    shown |= {"outcome": found.outcome.outcome, "reason": found.outcome.reason}
    turned = comparable(view.whole, target, found.given) if found.given else None
    if turned and target.figure and found.outcome.reason in (None, "approximate"):
        less = difference(promise_of(view.whole, target), turned)
        unit = view.whole.library.role(target.figure.unit, "difference_unit") if target.figure.points else None
        shown["difference"] = shortest(less) if less is not None else None
        shown["difference_unit"] = str(unit or target.figure.unit) if less is not None else None
    return shown


def _shown(view: View, one: Given) -> dict[str, Any]:
    """Return what a row shows of a result; its number in the unit of the row, and empty where it has another one."""
    other, unit = view_of(one, view.whole), str(view.get("unit"))
    alike = one.figure is None or one.figure.unit == (view.whole.role(unit, "plain_unit") or unit)
    fields = ("id", *(other.shape.role(role) or "" for role in ("period", "status", "bound", "claim")))
    names = ("id", "period", "status", "bound", "claim")
    shown: dict[str, Any] = {name: one.item.get(field) for name, field in zip(names, fields, strict=True)}
    return shown | {
        "value": _in_unit_of(view, other) if alike else None,
        "plain_value": plain_value(other) if alike else None,
        "display": display(other),
        "vintage": one.vintage or None,
        "document": one.documents[0] if one.documents else None,
    }


def _in_unit_of(view: View, other: View) -> Decimal | None:
    """Return the value of one view in the unit of another, exactly; as it is written where they have one unit."""
    value, unit = other.get("value"), view.get("unit")
    if value is None or unit == other.get("unit"):
        return value  # type: ignore[no-any-return]
    factor, plain = view.whole.role(str(unit), "factor") or 1, plain_value(other)
    return shortest(EXACT.divide(plain, Decimal(factor))) if plain is not None else None


def target_kind(view: View) -> str | None:
    """Return the kind of a target: what the record says, else what its period and the day on which it was set say."""
    target = given(view)
    if target is None or target.is_result:
        return None
    said, period = view.get("target_kind"), target.period
    if said or not target.vintage:
        return str(said or "plan")
    shape, length = period.shape
    years = period.end.year - int(target.vintage[:4])
    if years >= FIVE_YEARS or (shape == "years" and length > FIVE_YEARS):
        return "five_year"
    last_quarter = datetime.date(period.end.year, max(period.end.month - 2, 1), 1)
    return "adjusted" if target.vintage >= last_quarter.isoformat() else "plan"


def target_aim(view: View) -> str | None:
    """Return whether a target is a floor, a ceiling, a point or none."""
    target = given(view)
    return promise_of(view.whole, target).aim if target and not target.is_result else None


def reached_period(view: View) -> str | None:
    """Return the first period before that of an open target whose result reaches it."""
    target, found = given(view), answer(view)
    if target is None or found is None or found.outcome.outcome != "pending" or target.figure is None:
        return None
    promise, before = promise_of(view.whole, target), answers.baseline(view.whole, target)
    was = comparable(view.whole, target, before) if before else None
    if was and judged(promise, was).outcome == "met":
        return None
    for each in sorted(preferred(own(view.whole)), key=lambda each: each.period):
        turned = comparable(view.whole, target, each)
        if turned and _may_reach(each, target, before) and judged(promise, turned).outcome == "met":
            return each.written
    return None


def _may_reach(result: Given, target: Given, before: Given | None) -> bool:
    """Say whether a result is of a period after a target was set and before its own, and became known after it."""
    start, end = result.period.start, result.period.end
    middle = (start + (end - start) / 2).isoformat()
    return (
        (before is None or start > before.period.end)
        and end < target.period.start
        and middle > target.vintage
        and result.vintage > target.vintage
        and result.area == target.area
        and shape_of(result) == shape_of(target)
    )


def caution(view: View) -> str | None:
    """Return what a reader must know before comparing a result or target, in a fixed order."""
    return ";".join(_cautions(view)) or None


def _cautions(view: View) -> Iterator[str]:
    one = given(view)
    if one is None:
        return
    if _base_revised(view.whole, one):
        yield "base_revised"
    if view.get("may_mean"):
        yield "basis_unstated"
    if view.get("caution"):
        yield str(view.get("caution"))
    revised = any(other.get(view.shape.role("revises") or "") == one.id for other in view.siblings)
    if revised or superseded_by(view):
        yield "changed_later"


def _base_revised(whole: Whole, one: Given) -> bool:
    """Say whether the level that growth starts from was corrected after a target was set or a result given."""
    if one.compared_to is None:
        return False
    for listed in kin(whole, one.area):
        levels = [each for each in listed if each.is_result and measure_of(each, whole.library) == "level"]
        same = [each for each in levels if _starts(one, each)]
        then = next(preferred([each for each in same if known_with(each, one)]), None)
        now = next(preferred(same), None)
        if then and now and then.figure and now.figure and then.figure.rounded.apart(now.figure.rounded):
            return True
    return False


def _starts(growth: Given, level: Given) -> bool:
    """Say whether a level is the one that growth starts from."""
    return level.period == growth.compared_to and level.area == growth.area
