"""Reads one match of the grammar as a token: its value, unit, bound and sign."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from factpack.text.grammar import (
    COUNTED,
    ENUMERATES,
    FEAT,
    HAN,
    HIGH_END,
    INTO,
    LEFT,
    LONGEST,
    MEASURED,
    NO_RANK,
    RIGHT,
    UNKNOWN,
    VAGUE,
    WORDS,
    compiled,
)
from factpack.text.labels import as_name
from factpack.text.numerals import DIGITS, NUMERAL, SIZES, decimal, period, whole
from factpack.text.token import Token, Value
from factpack.text.vocabulary import is_measure, vocabulary

SCALES_ALONE = ("", "百", "千")  # what is left of 万, 亿, 百亿 and 千 without the 万 and 亿 of the unit
_DENOMINATORS = {"百": "%", "100": "%", "千": "‰", "1000": "‰"}


def read(text: str, match: re.Match[str]) -> Token | None:
    """Return the token of a match, or None if it is Chinese numerals that do not count."""
    return READERS[match.lastgroup or ""](text, match)


def _label(text: str, match: re.Match[str]) -> Token:
    start, end = match.span()
    return Token(start, end, match[0], "label", None, "", "exact", 1, start, end)


def _date(text: str, match: re.Match[str]) -> Token:
    start, end = match.span()
    return Token(start, end, match[0], "date", None, "date", "exact", 1, start, end, period=period(match[0]))


def _ratio(text: str, match: re.Match[str]) -> Token:
    return _label(text, match)._replace(kind="ratio")


def _word(text: str, match: re.Match[str]) -> Token:
    """Return the token of a word that is a number: 半数, 过半, 翻番, 翻了两番."""
    printed = match[0]
    doubled = Decimal(2) ** DIGITS.get(printed[-2:-1], Decimal(1))
    value, unit = (Decimal(50), "%") if "半" in printed else (doubled, "倍")
    return _with_bound(text, match, "quantity", value, unit, "over" if printed[0] == "过" else "exact")


def _rank(text: str, match: re.Match[str]) -> Token | None:
    """Return the rank of 第40名, 前十 or 首位; not that of 摆在第一位, 安全第一 or an enumeration (第一,…)."""
    printed = match[0]
    place = printed.strip("第前名位强甲")
    rank = Decimal(1) if place in ("首", "榜首") else decimal(place)
    if rank == 1 and compiled(NO_RANK).search(text, max(0, match.start() - 4), match.start()):
        rank = None
    if rank is None or compiled(ENUMERATES).match(text, match.start()):
        return _label(text, match) if place.isascii() else None
    return _with_bound(text, match, "rank", rank, "名", "at_most" if printed[0] == "前" else "exact")


def _streak(text: str, match: re.Match[str]) -> Token | None:
    """Return the span of 连续第三年: three years."""
    printed = match[0]
    number = printed[1:].rstrip("年个月季度次届周天头")
    value, start = decimal(number), match.start()
    if value is None:
        return None
    unit = printed[1 + len(number) :]
    return Token(start, match.end(), printed, "quantity", value, unit, "exact", 1, start - len("连续"), match.end())


def _listed(text: str, match: re.Match[str]) -> Token | None:
    """Return the rank at most 50 of 跻身全国50强; without such a verb 50强 is a name."""
    value, end = decimal(match[0].rstrip("强")), match.end()
    into = compiled(INTO).search(text, max(0, match.start() - 14), match.start())
    if into and value and (end == len(text) or not compiled(HAN).match(text, end) or text[end] in "县市区镇的和"):
        token = _with_bound(text, match, "rank", value, "名", "at_most")
        return token._replace(reach_start=min(token.reach_start, into.start()))
    return _label(text, match) if match[0].isascii() or match[0][0].isascii() else None


def _fraction(text: str, match: re.Match[str]) -> Token:
    """Return the share of 2/3; what is no part of one is a label."""
    part, of = match[0].split("/")
    if int(part) >= int(of):
        return _label(text, match)
    return _with_bound(text, match, "quantity", _exact(Decimal(part), Decimal(of)), "", "exact")


def _part(text: str, match: re.Match[str]) -> Token | None:
    """Return the share of 三分之一, 百分之五; None for what has no exact value (百分之七八)."""
    of, share, odd = match.group("whole", "share", "odd")
    value, size = decimal(share), decimal(of if of[0] not in SIZES else f"一{of}")
    end = match.start("further")
    if value is None or not size:
        return _label(text, match) if match[0][0].isascii() or share.isascii() else None
    unit = _DENOMINATORS.get(of, "")
    return _with_bound(
        text,
        match,
        "quantity",
        value if unit else _exact(value, size),
        unit,
        vocabulary().inside.get(odd, "exact"),
        end,
    )


def further(match: re.Match[str]) -> Iterator[Token]:
    """Yield the other numbers that share one 百分之: 百分之三至五."""
    unit = _DENOMINATORS.get(match["whole"], "")
    for each in re.finditer(rf"[{NUMERAL}点]+|[0-9.,]+", match["further"]):
        value = decimal(each[0])
        start, end = (match.start("further") + at for at in each.span())
        if unit and value is not None:
            yield Token(start, end, each[0], "quantity", value, unit, "exact", 1, start, end)
        elif each[0].isascii():
            yield Token(start, end, each[0], "label", None, "", "exact", 1, start, end)


def _exact(part: Decimal, of: Decimal) -> Value:
    """Return a quotient: a decimal where it is finite, else a fraction."""
    value = Fraction(part) / Fraction(of)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return Decimal(value.numerator) / Decimal(value.denominator) if rest == 1 else value


def _quantity(text: str, match: re.Match[str]) -> Token | None:
    """Return the quantity or label of a number with its unit words; None for numerals that do not count."""
    number, low, sizes, words = match.group("number", "low", "sizes", "words")
    inside, bound, size, unit, measure = _words(words or "")
    if len(number) > LONGEST or (low and compiled(VAGUE).search(text, max(0, match.start() - 2), match.start())):
        return _label(text, match) if low else None
    if low and not sizes:
        value: Decimal | None = Decimal(low.replace(",", ""))
        measure = size + measure
    else:
        run = number + size
        core = run.rstrip("万亿")
        value, measure = _value(run, core), run[len(core) :] + measure
        if core in SCALES_ALONE and not inside and not words_before(text, match.start())["bound"]:
            return None
    if value is None:
        return _label(text, match) if low else None
    if unit.startswith("成"):
        value = value * 10 + _half_or_digit(unit)
    token = ruled = _with_bound(text, match, "quantity", value, measure, bound)
    if not unit and low:
        token = ruled = _marked(text, token)
    if low and (measure or "." in number):
        return as_name(text, token) or token
    if unit.startswith(vocabulary().always):
        return token
    if counting := compiled(COUNTED).search(text, max(0, token.reach_start - 4), token.reach_start):
        ruled = token._replace(reach_start=counting.start())
    governed = ruled.bound != "exact" or ruled.reach_start < ruled.start
    if low:
        return as_name(text, ruled) or (ruled if governed else token._replace(kind="label", value=None))
    return ruled if _counts(text, token, unit, governed) else None


def _half_or_digit(unit: str) -> Decimal:
    """Return what follows 成 in per cent: 七成五, 八成半."""
    after = unit[1:2]
    return Decimal(5) if after == "半" else DIGITS.get(after) or Decimal(after if after.isdecimal() else 0)


@lru_cache(maxsize=256)
def _words(printed: str) -> tuple[str, str, str, str, str]:
    """Return of the words after a number: 余 or the like, its bound, 万 or 亿, the unit as printed, the unit meant."""
    before_size, size, behind_size, unit = compiled(WORDS).findall(printed)[0]
    inside = before_size or behind_size
    bound = vocabulary().inside.get(inside, "over" if "多" in unit else "exact")
    return inside, bound, size, unit, "%" if unit[:1] == "成" else unit.replace("多", "")


def _value(run: str, core: str) -> Decimal | None:
    """Return the value of a number with sizes, without the 万 and 亿 at its end, which belong to the unit."""
    if core in SCALES_ALONE:
        return Decimal(SIZES.get(core, 1))
    if "点" in core:
        return decimal(core)
    found = whole(run)
    return None if found is None else found / math.prod(SIZES[each] for each in run[len(core) :])


def _marked(text: str, token: Token) -> Token:
    """Return a token with the word behind it, where that is none that the grammar knows."""
    unknown = compiled(UNKNOWN).match(text, token.end) if token.end == token.reach_end else None
    return token._replace(unknown=unknown[0]) if unknown else token


def _counts(text: str, token: Token, unit: str, governed: bool) -> bool:
    """Say whether Chinese numerals count; `governed` if they have a bound, a fall or a counting word."""
    after, words = text[token.end : token.end + 1], vocabulary()
    if after and after in "至到~-" and not unit and compiled(HIGH_END).match(text, token.end):
        return True
    if not token.unit or unit in words.digits_only or (after and after in '”’》」』"'):
        return False
    if _ends_range(text, token.start) and unit:
        return True
    if governed or not unit or unit in words.spans:
        return governed and not (after == "来" and unit in words.spans and token.reach_start == token.start)
    if token.unit != unit or not token.value or token.value > 10:
        return as_name(text, token) is None
    behind_noun = re.search(HAN, text[max(0, token.start - 1) : token.start])
    return bool(behind_noun) and token.value > 1 and not re.match(r"\w", after)


def _ends_range(text: str, start: int) -> bool:
    """Say whether numerals are the upper end of a range: 三至五个."""
    return start > 1 and text[start - 1] in "至到~-" and text[start - 2] in NUMERAL


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
    first = text[left.end()]
    large = unit[:1] in ("万", "亿")
    fits = (
        first in "百千万亿" or (large and (only == "large" or unit.endswith("元"))) or (only == "large" and unit == "%")
    )
    return None if not only or fits else usual._replace(before=None, start=_leftmost(left, left.end(), "first", "fall"))


def _only_measured(text: str, left: re.Match[str], usual: Binding, value: Value, unit: str) -> Binding | None:
    """低 and 慢 are falls before measures only: 比上年低0.3个百分点."""
    if (left["fall"] or "") not in vocabulary().only_measured or is_measure(unit):
        return None
    return usual._replace(falls=False, start=left.start("bound") if left["bound"] else left.end())


EXCEPTIONS: tuple[Rule, ...] = (_looks_back, _breaks_through, _only_some, _only_measured)


def _with_bound(
    text: str, match: re.Match[str], kind: str, value: Value, unit: str, inside: str, end: int = 0
) -> Token:
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


READERS: Mapping[str, Callable[[str, re.Match[str]], Token | None]] = {
    "date": _date,
    "streak": _streak,
    "rank": _rank,
    "ratio": _ratio,
    "fraction": _fraction,
    "label": _label,
    "listed": _listed,
    "word": _word,
    "part": _part,
    "quantity": _quantity,
}
"""What reads a match, by the name of the alternative of the grammar."""
