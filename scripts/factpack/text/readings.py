"""One match of the grammar becomes a token: value, unit, bound and sign."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from functools import lru_cache

from factpack.text.grammar import (
    ALONE,
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
    PARTS_OF,
    RIGHT,
    SPAN_WORDS,
    SURE,
    WORDS,
    compiled,
)
from factpack.text.numerals import DIGITS, SIZES, chinese, decimal, period
from factpack.text.token import Token


def read(text: str, match: re.Match[str]) -> Token | None:
    """Return the token of a match, or None where Chinese numerals do not count."""
    date_, label, word, number = match.group("date", "label", "word", "number")
    if number:
        return _number(text, match)
    start, end = match.span()
    printed = match[0]
    if date_:
        return Token(start, end, printed, "date", None, "date", "exact", 1, start, end, period=period(printed))
    if label:
        return Token(start, end, printed, "label", None, "", "exact", 1, start, end)
    if word:
        doubled = Decimal(2) ** DIGITS.get(printed[-2], 1)  # 翻番, 翻了两番
        value, unit = (Decimal(50), "%") if "半" in printed else (doubled, "倍")
        return _bound(text, match, "quantity", value, unit, "over" if printed[0] == "过" else "exact")
    place = printed.strip("第前名位强甲")
    rank = Decimal(1) if place in ("首", "榜首") else decimal(place)
    bound = "at_most" if printed[0] == "前" else "exact"
    return None if rank is None else _bound(text, match, "rank", rank, "名", bound)


def _number(text: str, match: re.Match[str]) -> Token | None:
    """Return the quantity or label of a number with its unit words; None for numerals that do not count."""
    number, low, part, words = match.group("number", "low", "part", "words")
    inside, bound, size, unit, measure = _words(words or "")
    core, value = number if low else number.rstrip("万亿"), _value(match)
    alone = core in ALONE and not inside and not part
    if value is None or (alone and not words_before(text, match.start())["bound"]):
        return None
    if unit.startswith("成"):
        value = value * 10 + 5 * ("半" in unit)
    measure = number[len(core) :] + size + (PARTS_OF[part] if part else measure)
    token = ruled = _bound(text, match, "quantity", value, measure, bound)
    if (low and (measure or "." in number)) or part or unit.startswith(SURE):
        return token
    if counting := compiled(COUNTED).search(text, max(0, token.reach_start - 4), token.reach_start):
        ruled = token._replace(reach_start=counting.start())
    governed = ruled.bound != "exact" or ruled.reach_start < ruled.start
    if low:
        return ruled if governed else token._replace(kind="label", value=None)
    return ruled if _counts(text, token, unit, governed) else None


@lru_cache(maxsize=256)
def _words(printed: str) -> tuple[str, str, str, str, str]:
    """Return of the words behind a number: 余 or its like inside, its bound, 万 or 亿, the unit, what that means."""
    before_size, size, behind_size, unit = compiled(WORDS).findall(printed)[0]
    inside = before_size or behind_size
    bound = INSIDE.get(inside, "over" if "多" in unit else "exact")
    return inside, bound, size, unit, PARTS_OF.get(unit[:1], unit.replace("多", ""))


def _value(match: re.Match[str]) -> Decimal | None:
    """Return the value of a number less the 万 and 亿 at its end, which go to the unit; None for 十四五."""
    number, low, high, tens = match.group("number", "low", "high", "tens")
    if low:
        value = Decimal(low.replace(",", ""))
        return value * SIZES.get(tens, 1) + int(high or 0) * 10**4 if tens or high else value
    core = number.rstrip("万亿")
    if core in ALONE:
        return Decimal(SIZES.get(core, 1))
    if "点" in core:
        return decimal(core)
    whole = chinese(number)
    return None if whole is None else Decimal(whole) / math.prod(SIZES[each] for each in number[len(core) :])


def _counts(text: str, token: Token, unit: str, governed: bool) -> bool:
    """Say whether Chinese numerals count; `governed`: a bound, a fall or a counting word stands with them."""
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
    """Return the match of 分别, the verb of a fall and the bound word that end at an offset, if any do."""
    first = max(0, start - 24)
    if text.find("分", first, start) < 0:  # else the words are near, and most numbers have none
        first = max(first, start - 8) if text[start - 1 : start] in ENDS else start
    found = compiled(LEFT).search(text, first, start)
    assert found, "the pattern also matches nothing"
    return found


def bound_before(left: re.Match[str]) -> str | None:
    """Return the bound that the word before a number says."""
    return BOUNDS.get(left["bound"])


def _bound(text: str, match: re.Match[str], kind: str, value: Decimal, unit: str, bound: str) -> Token:
    """Return the token of a match with the sign, bound and reach that the words around it give."""
    first, last = start, end = match.span()
    sign = -1 if match["minus"] else 1
    left, right = words_before(text, first), compiled(RIGHT).match(text, last)
    if left[0] or right:
        before = bound_before(left)
        end = right.end() if right else last
        behind = BEHIND[right["word"] or right["more"]] if right else "exact"
        if left["first"] or left["fall"] or left["bound"]:
            start = left.start("first" if left["first"] else "fall" if left["fall"] else "bound")
        if left["bound"] == "近" and unit in SPAN_WORDS and value < 100 and not left["fall"]:
            if measuring := compiled(MEASURED).search(text, max(0, start - 4), start):
                start = measuring.start()
            else:
                before = None
        elif left["bound"] == "突破" and (feat := compiled(FEAT).match(text, end)):
            before, end = None, feat.end()
        bound = before or (behind if bound == "exact" else bound)
        sign = -1 if left["first"] or left["fall"] else sign
    return Token(first, last, match[0], kind, value, unit, bound, sign, start, end)
