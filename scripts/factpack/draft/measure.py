"""What sort of figure a number is: level, growth, share, rank and so on; and whether it is a target or a result."""

from __future__ import annotations

import re

from factpack.draft.period import Time
from factpack.draft.reading_words import at_end, listed, pattern
from factpack.draft.spot import Spot
from factpack.text.token import Token
from factpack.text.vocabulary import any_of

_COMPARED = re.compile("[比较按][^,、]{0,4}(?:去年|上年|以来)")
_CHANGED = re.compile("(?:同比|环比|比[^,、]{1,12}|较[^,、]{1,12})$")


def status_of(spot: Spot, time: Time) -> tuple[str, bool]:
    """Return whether a number is a target, an estimate or an actual, and whether two readings were possible."""
    told = spot.text[spot.sentence[0] : spot.low]
    for words in listed("status", "not_expects"):
        told = told.replace(words, "")
    own = spot.text[spot.clause[0] : spot.low]
    expected = [each.end() for each in pattern("status", "expects").finditer(told)]
    if time.planned:
        if _looks_back(told):
            return "actual", True
        return ("estimate", True) if pattern("status", "expects").match(own) else ("target", False)
    if pattern("status", "aims").search(own):
        return "target", False
    if not expected:
        return "actual", False
    return "estimate", any(mark in told[expected[-1] :] for mark in ",;")


def strives(spot: Spot) -> bool:
    """Say whether a target is only striven for; 、 between two of them passes that on."""
    return bool(pattern("status", "strives").search(spot.text[spot.clause[0] : spot.low]))


def _looks_back(told: str) -> bool:
    """Say whether a sentence among the tasks tells what was done before: its last word of time is of the past."""
    told = _COMPARED.sub("", told)
    past, to_come = ([each.end() for each in pattern("status", name).finditer(told)] for name in ("past", "to_come"))
    return bool(past) and past[-1] > max(to_come, default=-1)


def measure_of(spot: Spot, token: Token, quantity: str) -> str:
    """Return the measure of a number by the quantity of its unit and the words around it."""
    if token.kind == "rank" or quantity == "rank":
        return "rank"
    if quantity == "difference":
        return "change"
    if quantity in ("ratio", "multiple"):
        return _of_ratio(spot, token, quantity)
    if quantity == "time" and not token.unit.endswith(listed("measure", "aged")) and not _changes(spot):
        return "duration"
    return "change" if _changes(spot) else "level"


def _of_ratio(spot: Spot, token: Token, quantity: str) -> str:
    """Return the measure of a percentage or multiple; the numbers of a ratio are shares."""
    if spot.token.kind == "ratio":
        return "multiple" if quantity == "multiple" else "share"
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
    growth, aim = any_of(listed("measure", "growth")), any_of(listed("measure", "aim"))
    by = re.search(
        f"(?:{growth})(?:{aim})*(?:[约近超了]|分别|达到?|控制在|(?<=标)为|(?<=[幅度率速])为)*[^至到为成,、]{{0,4}}$",
        words,
    )
    near = re.search(f"(?<!新)(?:{any_of(listed('measure', 'growth_near'))})[了约近超]*$", words)
    return bool(by or near) and not at_end("measure", "shares").search(words)


def _changes(spot: Spot) -> bool:
    """Say whether the words before a number say that something changes by it: 同比增加, 比上年减少, 标准提高."""
    words = spot.before
    if spot.token.sign < 0:
        return True
    verbs = re.search(f"(?:{any_of(listed('measure', 'changes'))})[近超约了]*$", words)
    if verbs is None:
        return False
    compared = _CHANGED.search(words[: verbs.start()])
    return bool(compared) or (verbs.start() > 2 and not spot.behind)
