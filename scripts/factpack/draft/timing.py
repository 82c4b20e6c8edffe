"""Whether a level adds up over its period (flow), is the state at its end (stock), or neither is said."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from factpack.draft.reading_words import listed, pattern
from factpack.draft.spot import Spot
from factpack.text.vocabulary import any_of

COUNTS = ("count", "households", "persons")
"""Quantities of units that count things or people."""
THERE = (*COUNTS, "area", "length")
"""Quantities of what may be there."""
_SAYS = {"sums": "flow", "flow": "flow", "stock": "stock", "open": "unstated"}
"""What the words of a list say."""


class Timing(NamedTuple):
    """The timing of a level, and whether it was guessed."""

    timing: str
    guessed: bool = False


def timing_of(spot: Spot, quantity: str) -> Timing:
    """Return the timing of a level: what the words nearest to it say, first those before it, then those behind it."""
    spot = spot.reached_from or spot
    before, behind = spot.before, spot.behind
    if pattern("timing", "unstated").search(before + spot.token.text):
        return Timing("unstated", True)
    if pattern("timing", "always_flow").search(before):
        return Timing("flow")
    if found := pattern("timing", "always_stock").search(before + behind):
        may_sum = found[0] in listed("timing", "summed") and pattern("timing", "sums").search(before, found.end())
        return Timing("flow" if may_sum else "stock")
    if said := _nearest(before):
        return Timing(said)
    if quantity in THERE and before and not behind and _reaches(spot):
        return Timing("stock")
    if said := _done_by(behind) if quantity in COUNTS else _nearest(behind):
        return Timing(said, True)
    if spot.last and spot.text.startswith(listed("timing", "of_it"), spot.clause[0]):
        return Timing(timing_of(spot.last, quantity).timing, True)
    said = _nearest(spot.text[spot.clause[0] : spot.item[0]])
    return Timing(said or "flow", True)


def _done_by(behind: str) -> str:
    """Return what the verb behind a counted thing says: 28个项目竣工 is of the period; when 17个小区 began is open."""
    if not set(pattern("timing", "flow").findall(behind)) <= set(listed("timing", "does")):
        return "flow"
    return "unstated" if pattern("timing", "does").search(behind) else ""


def _nearest(words: str) -> str:
    """Return what the last word says that says something: that a number is of a period, or of a point in time."""
    found = _telling().findall(words)
    return _kinds()[found[-1]] if found else ""


@cache
def _kinds() -> dict[str, str]:
    return {word: said for name, said in _SAYS.items() for word in listed("timing", name)}


@cache
def _telling() -> re.Pattern[str]:
    """Return a pattern for the words that tell the timing, the longest that fits."""
    return re.compile(any_of(_kinds()))


def _reaches(spot: Spot) -> bool:
    """Say whether a number is said to be reached or passed: things that are there."""
    return bool(pattern("timing", "reached").search(spot.text[max(0, spot.low - 3) : spot.token.start]))
