"""What sort of figure a number is: level, growth, share, rank and so on."""

from __future__ import annotations

import re
from functools import cache

from factpack.draft.reading_words import at_end, listed, matching, pattern
from factpack.draft.spot import Spot
from factpack.text.token import Token
from factpack.text.vocabulary import any_of

_CHANGED = re.compile("(?:同比|环比|比[^,、]{1,12}|较[^,、]{1,12})$")


def measure_of(spot: Spot, token: Token, quantity: str) -> str:
    """Return the measure of a number by the quantity of its unit and the words around it."""
    if token.kind == "rank" or quantity == "rank":
        return "rank"
    if quantity == "difference":
        return "change"
    if quantity in ("ratio", "multiple"):
        return _of_ratio(spot, token, quantity)
    if _changes(spot):
        return "change"
    counted = token.unit.endswith(listed("measure", "aged")) or pattern("measure", "days").search(spot.before)
    return "duration" if quantity == "time" and not counted else "level"


def _of_ratio(spot: Spot, token: Token, quantity: str) -> str:
    """Return the measure of a percentage or multiple; the numbers of a ratio are shares."""
    if spot.token.kind == "ratio":
        return "multiple" if quantity == "multiple" else "share"
    base = spot.reached_from
    words = matching("period", "from").sub("", (base or spot).head)
    if pattern("measure", "average").search(words) and pattern("measure", "growth").search(words):
        return "average_growth"
    if pattern("measure", "times").search(token.text):
        return "multiple"
    otherwise = "multiple" if quantity == "multiple" else "share"
    return "growth" if token.sign < 0 or _grows(words) else otherwise


def _grows(words: str) -> bool:
    """Say whether the words before a number say that something grows or falls by it, not to it."""
    by, near = _growing()
    return bool(by.search(words) or near.search(words)) and not at_end("measure", "shares").search(words)


@cache
def _growing() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns for a word of growth shortly before a number, and for a short one right before it."""
    growth, aim = any_of(listed("measure", "growth")), any_of(listed("measure", "aim"))
    said = "[约近超了]|分别|达到?|控制在|(?<=[标幅度率速])为"
    by = re.compile(f"(?:{growth})(?:{aim})*(?:{said})*[^至到为成,、]{{0,4}}$")
    return by, re.compile(f"(?<!新)(?:{any_of(listed('measure', 'growth_near'))})[了约近超]*$")


def _changes(spot: Spot) -> bool:
    """Say whether the words before a number say that something changes by it: 同比增加, 比上年减少, 标准提高."""
    if spot.token.sign < 0:
        return True
    verbs = re.search(f"(?:{any_of(listed('measure', 'changes'))})[近超约了]*$", spot.before)
    if verbs is None:
        return False
    compared = _CHANGED.search(spot.before[: verbs.start()])
    return bool(compared) or (verbs.start() > 2 and not spot.behind)
