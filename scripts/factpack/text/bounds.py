"""Reads the words around a number: its bound, whether it is a fall, and how far the words reach that say so."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from factpack.text.grammar import FEAT, LEFT, MEASURED, RIGHT, compiled
from factpack.text.token import Token, Value
from factpack.text.vocabulary import is_measure, vocabulary


def words_before(text: str, start: int) -> re.Match[str]:
    """Return the match of 分别, the verb of a fall and the bound word directly before an offset; it may be empty."""
    first = max(0, start - 24)
    if text.find("分", first, start) < 0:  # without it the words are near, and most numbers have none
        first = max(first, start - 8) if text[start - 1 : start] in vocabulary().ends else start
    match = compiled(LEFT).search(text, first, start)
    assert match, "the pattern also matches nothing"
    return match


def bound_before(left: re.Match[str]) -> str | None:
    """Return the bound of the bound word before a number, if there is one."""
    return vocabulary().before.get(left["bound"])


class Binding(NamedTuple):
    """What the words around a number say of it: the bound of the word before it, if any, the fall, and the reach."""

    before: str | None
    falls: bool
    start: int
    end: int


Rule: TypeAlias = Callable[[str, re.Match[str], Binding, Value, str], Binding | None]
"""A rule by text, words before the number, what they usually say, value and unit; None if it does not apply."""


def _looks_back(text: str, left: re.Match[str], usual: Binding, value: Value, unit: str) -> Binding | None:
    """近 before a span of time looks back and is no bound (近三年), unless it is measured (增加近18天)."""
    if left["bound"] != "近" or left["fall"] or unit not in vocabulary().spans or value >= 100:
        return None
    measuring = compiled(MEASURED).search(text, max(0, usual.start - 4), usual.start)
    return usual._replace(start=measuring.start()) if measuring else usual._replace(before=None)


def _breaks_through(text: str, left: re.Match[str], usual: Binding, value: Value, unit: str) -> Binding | None:
    """突破 before technologies or difficulties says that they were mastered and is no bound (突破3项关键技术)."""
    feat = compiled(FEAT).match(text, usual.end) if left["bound"] == "突破" else None
    return usual._replace(before=None, end=feat.end()) if feat else None


def _only_some(text: str, left: re.Match[str], usual: Binding, value: Value, unit: str) -> Binding | None:
    """上 and 过 are bounds before round and large numbers only: 上千户, 过10亿元; not 开过2次会."""
    only = vocabulary().only.get(left["bound"])
    if not only or (only == "large" and unit == "%"):
        return None
    at = left.end()
    plus = text.endswith("加上", 0, at) and not text.endswith("增加上", 0, at)  # 加上5000万元 adds them
    large = unit[:1] in ("万", "亿") and (only == "large" or unit.endswith("元"))
    if not plus and (large or text[at] in "百千万亿" or text[at : at + 2] in ("十万", "十亿")):
        return None
    return usual._replace(before=None, start=_leftmost(left, at, "first", "fall"))


def _only_measured(text: str, left: re.Match[str], usual: Binding, value: Value, unit: str) -> Binding | None:
    """低 and 慢 are falls before measures only: 比上年低0.3个百分点."""
    if (left["fall"] or "") not in vocabulary().only_measured or is_measure(unit):
        return None
    return usual._replace(falls=False, start=left.start("bound") if left["bound"] else left.end())


EXCEPTIONS: tuple[Rule, ...] = (_looks_back, _breaks_through, _only_some, _only_measured)


def with_bound(text: str, match: re.Match[str], kind: str, value: Value, unit: str, inside: str, end: int = 0) -> Token:
    """Return the token of a match with the sign, bound and reach that the words around it give it.

    `inside` is the bound of the words within the match. The word before wins over it, and it over the word behind.
    """
    start, end = match.start(), end or match.end()
    negative = match["minus"] is not None
    left, right = words_before(text, start), compiled(RIGHT).match(text, end)
    if not left[0] and not right:  # most numbers
        return Token(start, end, text[start:end], kind, value, unit, inside, -1 if negative else 1, start, end)
    falls = bool(left["first"] or left["fall"])
    binding = Binding(bound_before(left), falls, _leftmost(left, start), right.end() if right else end)
    exceptions = (rule(text, left, binding, value, unit) for rule in EXCEPTIONS) if left[0] else ()
    binding = next(filter(None, exceptions), binding)
    behind = vocabulary().behind[right["word"] or right["more"] or right["slight"]] if right else "exact"
    bound = binding.before or (behind if inside == "exact" else inside)
    sign = -1 if negative or binding.falls else 1
    return Token(start, end, text[start:end], kind, value, unit, bound, sign, binding.start, binding.end)


def _leftmost(left: re.Match[str], start: int, *names: str) -> int:
    """Return where the words before a number begin that say something of it, else where the number does."""
    return next((left.start(name) for name in names or ("first", "fall", "bound") if left[name]), start)
