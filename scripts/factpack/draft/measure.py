"""What sort of figure a number is, and how sure that is told: its measure, its timing, its status."""

from __future__ import annotations

import re
from typing import NamedTuple

from factpack.draft.period import Time
from factpack.draft.reading_words import at_end, listed, pattern
from factpack.draft.spot import Spot
from factpack.text.vocabulary import any_of

_CHANGED = re.compile("(?:同比|环比|比[^,、]{1,12}|较[^,、]{1,12})$")


class Sort(NamedTuple):
    """What sort of figure a number is, and whether two readings were possible."""

    measure: str
    timing: str = ""
    guessed: bool = False


def status_of(spot: Spot, time: Time) -> tuple[str, bool]:
    """Return whether a number is a target, an estimate or an actual, and whether two readings were possible."""
    first, _ = spot.sentence
    told = spot.text[first : spot.low]
    if time.planned or pattern("status", "aims").search(spot.text[spot.clause[0] : spot.low]):
        return "target", False
    for words in listed("status", "not_expects"):
        told = told.replace(words, "")
    expected = [each.end() for each in pattern("status", "expects").finditer(told)]
    if not expected:
        return "actual", False
    return "estimate", any(mark in told[expected[-1] :] for mark in ",;")


def measure_of(spot: Spot, quantity: str) -> str:
    """Return the measure of a number by the quantity of its unit and the words around it."""
    token, before = spot.token, spot.before
    if token.kind == "rank" or quantity == "rank":
        return "rank"
    if quantity == "difference":
        return "change"
    if quantity in ("ratio", "multiple"):
        return _of_ratio(spot, quantity)
    if quantity == "time" and not token.unit.endswith(listed("measure", "aged")) and not _changes(before):
        return "duration"
    return "change" if _changes(before) else "level"


def _of_ratio(spot: Spot, quantity: str) -> str:
    """Return the measure of a percentage or multiple."""
    token = spot.token
    words = spot.text[spot.item[0] : token.start]
    if pattern("measure", "average").search(words) and pattern("measure", "growth").search(words):
        return "average_growth"
    if quantity == "multiple":
        return (
            "multiple" if pattern("measure", "times").search(token.text) or not _grows(words, token.sign) else "growth"
        )
    return "growth" if _grows(words, token.sign) else "share"


def _grows(words: str, sign: int) -> bool:
    """Say whether the words before a number say that something grows or falls by it, not to it."""
    if sign < 0:
        return True
    near = re.search(f"(?:{any_of(listed('measure', 'growth'))})(?:率|幅度?|速度?)?[^至到为成,、]{{0,6}}$", words)
    return bool(near) and not at_end("measure", "shares").search(words)


def _changes(words: str) -> bool:
    """Say whether the words before a number say that something changes by it: 同比增加, 比上年减少."""
    verbs = re.search(f"(?:{any_of(listed('measure', 'changes'))})[近超约了]*$", words)
    return verbs is not None and bool(_CHANGED.search(words[: verbs.start()]))


def timing_of(spot: Spot, quantity: str, subject: str) -> tuple[str, bool]:
    """Return whether a level is a flow, a stock or neither is said, and whether that was guessed."""
    start, end = spot.item
    before, behind = spot.text[start : spot.low], spot.text[spot.token.reach_end : end]
    bound = spot.text[spot.low : spot.token.start]
    counts = quantity in ("count", "households", "persons")
    if pattern("timing", "stock").search(before[-12:]) or (
        counts and re.search("突破|超过", bound) and not _flows(before)
    ):
        return "stock", False
    if _flows(before) or _flows(behind):
        return "flow", False
    if pattern("timing", "stock").search(before + behind):
        return "stock", True
    if pattern("timing", "open").search(before + behind):
        return "unstated", True
    return "flow", True


def _flows(words: str) -> bool:
    return bool(pattern("timing", "flow").search(words))
