"""Whether a number is a target, an estimate or an actual."""

from __future__ import annotations

import re

from factpack.draft.calendar import Time
from factpack.draft.period import Printed
from factpack.draft.reading_words import listed, pattern
from factpack.draft.spot import Spot

STOPS = "。!?"
"""Marks that end what a word of time governs: ; only parts what was done from what else was done."""
_COMPARED = re.compile("[比较按于与同和][^,、]{0,4}(?:去年|上年|以来)")


def status_of(spot: Spot, time: Time, printed: Printed | None, reviewed: int) -> tuple[str, bool]:
    """Return the status of a number, and whether two readings were possible.

    `reviewed` is the last year that the document looks back on: what is printed of a later one is aimed at.
    """
    if spot.is_base:
        return "actual", False
    told = spot.text[spot.sentence[0] : spot.low]
    for words in listed("status", "not_expects"):
        told = told.replace(words, "")
    own = spot.text[spot.clause[0] : spot.low]
    if time.planned or (printed and printed.year > reviewed and not time.months):
        if _looks_back(spot.text[spot.between(STOPS)[0] : spot.low]):
            return "actual", True
        return ("estimate", True) if pattern("status", "expects").match(own) else ("target", False)
    if pattern("status", "aims").search(own):
        return "target", False
    expected = [each.end() for each in pattern("status", "expects").finditer(told)]
    return ("estimate", any(mark in told[expected[-1] :] for mark in ",;")) if expected else ("actual", False)


def strives(spot: Spot) -> bool:
    """Say whether a target is only striven for; 、 between two of them passes that on."""
    return bool(pattern("status", "strives").search(spot.text[spot.clause[0] : spot.low]))


def _looks_back(told: str) -> bool:
    """Say whether a sentence among the tasks tells what was done before: its last word of time is of the past."""
    told = _COMPARED.sub("", told)
    past, to_come = ([each.end() for each in pattern("status", name).finditer(told)] for name in ("past", "to_come"))
    return bool(past) and past[-1] > max(to_come, default=-1)
