"""Reads one match of the grammar as a token: its value, unit, bound and sign."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from factpack.text.grammar import (
    ALWAYS_COUNTED,
    BEHIND,
    BOUNDS,
    COUNTED,
    ENDS,
    FEAT,
    HAN,
    INSIDE,
    LEFT,
    MEASURED,
    NOT_CHINESE,
    RIGHT,
    SCALES_ALONE,
    SPAN_WORDS,
    UNIT_OF_PART,
    WORDS,
    compiled,
)
from factpack.text.numerals import DIGITS, SIZES, chinese, decimal, period
from factpack.text.token import Token

READ_LIMIT = 1000
"""Characters up to which digits are read as a number: one with a million digits is beyond what Decimal reckons with."""


def read(text: str, match: re.Match[str]) -> Token | None:
    """Return the token of a match, or None if it is Chinese numerals that do not count."""
    date_, label, word, number, low = match.group("date", "label", "word", "number", "low")
    start, end = match.span()
    printed = match[0]
    label = label or (len(printed) > READ_LIMIT and (low or printed[1].isdecimal()))
    if number and not label:
        return _number(text, match)
    if date_:
        return Token(start, end, printed, "date", None, "date", "exact", 1, start, end, period=period(printed))
    if label:
        return Token(start, end, printed, "label", None, "", "exact", 1, start, end)
    if word:
        doubled = Decimal(2) ** DIGITS.get(printed[-2], 1)  # 翻番, 翻了两番
        value, unit = (Decimal(50), "%") if "半" in printed else (doubled, "倍")
        return _with_bound(text, match, "quantity", value, unit, "over" if printed[0] == "过" else "exact")
    place = printed.strip("第前名位强甲")
    rank = Decimal(1) if place in ("首", "榜首") else decimal(place)
    bound = "at_most" if printed[0] == "前" else "exact"
    return None if rank is None else _with_bound(text, match, "rank", rank, "名", bound)


def _number(text: str, match: re.Match[str]) -> Token | None:
    """Return the quantity or label of a number with its unit words; None for numerals that do not count."""
    number, low, part, words = match.group("number", "low", "part", "words")
    inside, bound, size, unit, measure = _words(words or "")
    core, value = number if low else number.rstrip("万亿"), _value(match)
    alone = core in SCALES_ALONE and not inside and not part
    if value is None or (alone and not words_before(text, match.start())["bound"]):
        return None
    if unit.startswith("成"):
        value = value * 10 + 5 * ("半" in unit)
    measure = number[len(core) :] + size + (UNIT_OF_PART[part] if part else measure)
    token = ruled = _with_bound(text, match, "quantity", value, measure, bound)
    if (low and (measure or "." in number)) or part or unit.startswith(ALWAYS_COUNTED):
        return token
    if counting := compiled(COUNTED).search(text, max(0, token.reach_start - 4), token.reach_start):
        ruled = token._replace(reach_start=counting.start())
    governed = ruled.bound != "exact" or ruled.reach_start < ruled.start
    if low:
        return ruled if governed else token._replace(kind="label", value=None)
    return ruled if _counts(text, token, unit, governed) else None


@lru_cache(maxsize=256)
def _words(printed: str) -> tuple[str, str, str, str, str]:
    """Return of the words after a number: 余 or the like, its bound, 万 or 亿, the unit as printed, the unit meant."""
    before_size, size, behind_size, unit = compiled(WORDS).findall(printed)[0]
    inside = before_size or behind_size
    bound = INSIDE.get(inside, "over" if "多" in unit else "exact")
    return inside, bound, size, unit, UNIT_OF_PART.get(unit[:1], unit.replace("多", ""))


def _value(match: re.Match[str]) -> Decimal | None:
    """Return the value of a number without the 万 and 亿 at its end, which belong to the unit; None for 十四五."""
    number, low, high, tens = match.group("number", "low", "high", "tens")
    if low:
        value = Decimal(low.replace(",", ""))
        return value * SIZES.get(tens, 1) + Decimal(high or 0) * 10**4 if tens or high else value
    core = number.rstrip("万亿")
    if core in SCALES_ALONE:
        return Decimal(SIZES.get(core, 1))
    if "点" in core:
        return decimal(core)
    whole = chinese(number)
    return None if whole is None else Decimal(whole) / math.prod(SIZES[each] for each in number[len(core) :])


def _counts(text: str, token: Token, unit: str, governed: bool) -> bool:
    """Say whether Chinese numerals count; `governed` if they have a bound, a fall or a counting word."""
    after = text[token.end : token.end + 1]
    if not token.unit or unit in NOT_CHINESE.split() or (after and after in '”’》」』"'):
        return False
    if governed or not unit or unit in SPAN_WORDS:
        return governed
    if token.unit != unit or not token.value or token.value > 10:
        return True
    behind_noun = re.search(HAN, text[max(0, token.start - 1) : token.start])
    return bool(behind_noun) and token.value > 1 and not re.match(r"\w", after)


def words_before(text: str, start: int) -> re.Match[str]:
    """Return the match of 分别, the verb of a fall and the bound word directly before an offset; it may be empty."""
    first = max(0, start - 24)
    if text.find("分", first, start) < 0:  # without it the words are near, and most numbers have none
        first = max(first, start - 8) if text[start - 1 : start] in ENDS else start
    match = compiled(LEFT).search(text, first, start)
    assert match, "the pattern also matches nothing"
    return match


def bound_before(left: re.Match[str]) -> str | None:
    """Return the bound of the bound word before a number, if there is one."""
    return BOUNDS.get(left["bound"])


class Binding(NamedTuple):
    """What the words around a number say of it: the bound of the word before it, if any, and the reach."""

    before: str | None
    start: int
    end: int


Rule: TypeAlias = Callable[[str, re.Match[str], Binding, Decimal, str], Binding | None]
"""A rule by text, words before the number, what they usually say, value and unit; None if it does not apply."""


def _looks_back(text: str, left: re.Match[str], usual: Binding, value: Decimal, unit: str) -> Binding | None:
    """近 before a span of time looks back and is no bound (近三年), unless it is measured (增加近18天)."""
    if left["bound"] != "近" or left["fall"] or unit not in SPAN_WORDS or value >= 100:
        return None
    measuring = compiled(MEASURED).search(text, max(0, usual.start - 4), usual.start)
    return usual._replace(start=measuring.start()) if measuring else usual._replace(before=None)


def _breaks_through(text: str, left: re.Match[str], usual: Binding, value: Decimal, unit: str) -> Binding | None:
    """突破 before technologies or difficulties says that they were mastered and is no bound (突破3项关键技术)."""
    feat = compiled(FEAT).match(text, usual.end) if left["bound"] == "突破" else None
    return usual._replace(before=None, end=feat.end()) if feat else None


EXCEPTIONS: tuple[Rule, ...] = (_looks_back, _breaks_through)


def _with_bound(text: str, match: re.Match[str], kind: str, value: Decimal, unit: str, inside: str) -> Token:
    """Return the token of a match with the sign, bound and reach that the words around it give it.

    `inside` is the bound of the words within the match. The word before wins over it, and it over the word behind.
    """
    start, end = match.span()
    left, right = words_before(text, start), compiled(RIGHT).match(text, end)
    if not left[0] and not right:  # most numbers
        return Token(start, end, match[0], kind, value, unit, inside, -1 if match["minus"] else 1, start, end)
    binding = Binding(bound_before(left), _leftmost(left, start), right.end() if right else end)
    exceptions = (rule(text, left, binding, value, unit) for rule in EXCEPTIONS) if left["bound"] else ()
    binding = next(filter(None, exceptions), binding)
    behind = BEHIND[right["word"] or right["more"]] if right else "exact"
    bound = binding.before or (behind if inside == "exact" else inside)
    sign = -1 if match["minus"] or left["first"] or left["fall"] else 1
    return Token(start, end, match[0], kind, value, unit, bound, sign, binding.start, binding.end)


def _leftmost(left: re.Match[str], start: int) -> int:
    """Return where the words before a number begin that say something of it, else where the number does."""
    return next((left.start(name) for name in ("first", "fall", "bound") if left[name]), start)
