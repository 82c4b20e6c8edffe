"""Outcomes: what a target aims at, and whether a result meets it, by all that both may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from factpack.record.intervals import EXACT, INFINITE, Figure, Interval

FALLING = frozenset(("rank", "duration"))
"""Measures of which less is better."""
GROWING = frozenset(("growth", "average_growth", "change"))
"""Measures whose sign says whether a thing rose or fell."""
ORDERED = frozenset(("rises", "holds", "not_below", "keeps_pace", "outpaces"))
"""Claims that ask for at least something, though for no number."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A target as it is judged: its number or claim, its measure and its aim."""

    figure: Figure | None
    claim: str | None
    measure: str
    aim: str | None
    stock: bool = False
    """Whether its results say what is there at the end of a period."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a target, and why it is no plain yes or no."""

    outcome: str
    reason: str | None = None


def aim(measure: str, figure: Figure | None, claim: str | None, said: str | None) -> str | None:
    """Return whether a target is a floor, a ceiling, a point or not judged; None for a claim that has no such side.

    `said` is what the target or its indicator says.
    """
    usual = "ceiling" if measure in FALLING else "floor"
    if figure is None:
        return (said or usual) if claim in ORDERED else None
    if figure.high is None and figure.bound in ("over", "at_least"):
        return "floor"
    if figure.high is None and figure.bound in ("under", "at_most"):
        return "ceiling"
    return said or ("ceiling" if figure.value < 0 else usual)


def judged(promise: Promise, result: Figure) -> Outcome:
    """Return the outcome of a number beside the number that was promised, and the reason where one is needed."""
    target = promise.figure
    if target is None or promise.aim is None:
        return Outcome("unclear", "words")
    if promise.aim == "none":
        return Outcome("not_judged")
    if (target.value, target.high, target.bound) == (result.value, result.high, result.bound):
        return Outcome("met")
    kept, allowed = _wanted(target, promise.aim)
    return _compared(result.meant, kept, allowed, target.vague or result.vague)


def _wanted(target: Figure, side: str) -> tuple[Interval, Interval]:
    """Return the numbers that surely meet a target, and those that may."""
    low, high = target.value, target.value if target.high is None else target.high
    least, _, most, _ = target.meant if target.vague else (low, True, high, True)
    if side == "floor":
        return Interval(low, True, INFINITE, False), Interval(least, True, INFINITE, False)
    if side == "ceiling":
        return Interval(-INFINITE, False, high, True), Interval(-INFINITE, False, most, True)
    return target.meant, target.meant


def _compared(result: Interval, kept: Interval, allowed: Interval, vague: bool) -> Outcome:
    if result.inside(kept):
        return Outcome("met")
    if result.apart(allowed):
        return Outcome("missed")
    return Outcome("unclear", "approximate" if vague else None)


def in_terms(result: Figure, measure: str, target: Figure, wanted: str) -> Figure | None:
    """Return a result in the terms of a target, or None where they are of different measures or units.

    Growth and multiple are compared: three times as much is growth of 200 %.
    """
    if measure == wanted and result.unit == target.unit:
        return result
    if not {measure, wanted} <= {"growth", "multiple"}:
        return None
    size = Decimal(100 if result.points else 1)
    more = Decimal(1 if measure == "growth" else 0)
    wanted_size = Decimal(100 if target.points else 1)
    less = Decimal(1 if wanted == "growth" else 0)

    def turned(number: Decimal) -> Decimal:
        times = EXACT.add(EXACT.divide(number, size), more)
        return EXACT.multiply(EXACT.subtract(times, less), wanted_size)

    high = None if result.high is None else turned(result.high)
    half = EXACT.multiply(EXACT.divide(result.half, size), wanted_size)
    return Figure(turned(result.value), result.bound, high, half, target.points, target.unit)


def difference(promise: Promise, result: Figure) -> Decimal | None:
    """Return the result less the target; None where one of them is no single number."""
    target = promise.figure
    if target is None or target.high is not None or result.high is not None or target.vague or result.vague:
        return None
    return EXACT.subtract(result.value, target.value)


def claim_judged(promise: Promise, result: Figure, before: Figure | None, other: Figure | None) -> Outcome:
    """Return the outcome of a claim from the numbers, and the reason where one is needed.

    `before` is the earlier result, `other` the growth of what the claim compares its subject with.
    """
    claim, measure = promise.claim, promise.measure
    if claim == "full_coverage" and measure == "share":
        return _against(result, Figure(Decimal(100)), "not_below")
    if claim == "cleared" and (promise.stock or result.value == 0):
        return _against(result, Figure(Decimal(0)), "not_above")
    if claim == "leads" and measure == "rank":
        return _against(result, Figure(Decimal(1)), "not_above")
    if claim in ("keeps_pace", "outpaces") and measure in GROWING:
        return _against(result, other, "above" if claim == "outpaces" else "not_below")
    if claim in DIRECTIONS and not (claim == "holds" and measure in GROWING):
        reference = _nought(measure) if measure in (*GROWING, "multiple") else before
        asked = DIRECTIONS[claim]
        turned = promise.aim == "ceiling" if claim == "holds" else measure == "rank"
        return _against(result, reference, OPPOSITE[asked] if turned else asked)
    return Outcome("unclear", "words")


DIRECTIONS = {
    "positive": "above",
    "rises": "above",
    "falls": "below",
    "holds": "not_below",
    "not_below": "not_below",
}
"""What a claim asks of the value beside the earlier one; a rank rises when its number falls."""
OPPOSITE = {"above": "below", "below": "above", "not_below": "not_above"}


def _nought(measure: str) -> Figure:
    """Return the number of a measure that says that nothing changed."""
    return Figure(Decimal(1 if measure == "multiple" else 0))


def _against(result: Figure, reference: Figure | None, asked: str) -> Outcome:
    """Return whether a number is above or below another one, or not, by all that both may be."""
    if reference is None:
        return Outcome("unclear", "words")
    one, other = (result.meant, reference.meant) if asked in ("above", "not_below") else (reference.meant, result.meant)
    strict = asked in ("above", "below")
    met = other.below(one) if strict else other.high <= one.low
    missed = one.high <= other.low if strict else one.below(other)
    if met or missed:
        return Outcome("met" if met else "missed")
    return Outcome("unclear", "approximate" if result.vague or reference.vague else None)


def together(outcomes: Iterable[Outcome], reason: str) -> Outcome:
    """Return the outcome that all of several possible results give, else that it is unclear for a reason."""
    listed = list(outcomes)
    if len({each.outcome for each in listed}) == 1 and listed[0].outcome != "unclear":
        return listed[0]
    return Outcome("unclear", reason)
