"""Reads one match of the grammar as a token: its value, unit, bound and sign."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from factpack.source.cells import DIGITS
from factpack.text.bounds import with_bound, words_before
from factpack.text.grammar import (
    COMPARED,
    COMPARES,
    COUNTED,
    ENUMERATES,
    HAN,
    INTO,
    LISTED,
    NO_RANK,
    TO,
    TOKEN,
    UNKNOWN,
    VAGUE,
    WORDS,
    compiled,
)
from factpack.text.labels import as_name, named
from factpack.text.numerals import FIGURES, LONGEST, NUMERAL, SIZES, decimal, period, whole
from factpack.text.ratios import members, quotient
from factpack.text.token import Token, holds
from factpack.text.vocabulary import vocabulary

SCALES_ALONE = ("", "百", "千")  # what is left of 万, 亿, 百亿 and 千 without the 万 and 亿 of the unit
IN_WORDS = {"过": "over", "近": "nearly", "约": "about"}  # 过半数, 翻了近两番
LARGE = 10**DIGITS
YEARS = range(1840, 2100)
LARGE_SIZES = "万亿"
PLAIN_SIZES = ("万", "亿", "万亿")
_DENOMINATORS = {"百": "%", "100": "%", "千": "‰", "1000": "‰"}


def read(text: str, match: re.Match[str]) -> Token | None:
    """Return the token of a match, or None if it is Chinese numerals that do not count."""
    token = READERS[match.lastgroup or ""](text, match)
    if token is None or token.value is None or (token.value < LARGE and len(token.text) < DIGITS) or holds(token.value):
        return token
    return named(token) if any(map(str.isdecimal, token.text)) else None


def _label(text: str, match: re.Match[str]) -> Token:
    start, end = match.span()
    return Token(start, end, match[0], "label", None, "", "exact", 1, start, end)


def _date(text: str, match: re.Match[str]) -> Token | None:
    start, end = match.span()
    if match["time"] and (
        compiled(COMPARES).search(text, max(0, start - 32), start) or compiled(COMPARED).match(text, end)
    ):
        return _ratio(text, match)
    return Token(start, end, match[0], "date", None, "date", "exact", 1, start, end, period=period(match[0]))


def _ratio(text: str, match: re.Match[str]) -> Token | None:
    """Return a ratio: of two numbers its value is the first by the second, of more it has none."""
    numbers = members(match[0])
    if not numbers or re.search(r"(?<![0-9.])0[0-9]", match[0]):  # 116:0112
        return _label(text, match) if match[0][0].isascii() else None
    two = len(numbers) == 2 and numbers[1] and len(match[0]) <= LONGEST
    value = quotient(numbers[0], numbers[1]) if two else None
    token = with_bound(text, match, "ratio", value or Decimal(0), "", "exact")
    return token._replace(value=value, sign=1)


def _word(text: str, match: re.Match[str]) -> Token:
    """Return the token of a word that is a number: 半数, 过半, 翻番, 翻了近两番."""
    printed = match[0]
    doubled = Decimal(2) ** FIGURES.get(printed[-2:-1], Decimal(1))
    value, unit = (Decimal(50), "%") if "半" in printed else (doubled, "倍")
    bound = next((bound for word, bound in IN_WORDS.items() if word in printed), "exact")
    return with_bound(text, match, "quantity", value, unit, bound)


def _rank(text: str, match: re.Match[str]) -> Token | None:
    """Return the rank of 第40名, 前十 or 首位; not that of 摆在第一位, 安全第一 or an enumeration (第一,…)."""
    printed = match[0]
    place = printed.strip("第前名位强甲")
    rank = Decimal(1) if place in ("首", "榜首") else decimal(place)
    if rank == 1 and compiled(NO_RANK).search(text, max(0, match.start() - 4), match.start()):
        rank = None
    if rank is None or compiled(ENUMERATES).match(text, match.start()):
        return _label(text, match) if place.isascii() else None
    return with_bound(text, match, "rank", rank, "名", "at_most" if printed[0] == "前" else "exact")


def _streak(text: str, match: re.Match[str]) -> Token | None:
    """Return the span of 连续第三年: three years."""
    printed = match[0]
    number = printed[1:].rstrip("年个月季度次届周天头")
    value, start = decimal(number), match.start()
    if value is None:
        return _label(text, match) if number.isascii() else None
    unit = printed[1 + len(number) :]
    return Token(start, match.end(), printed, "quantity", value, unit, "exact", 1, start - len("连续"), match.end())


def _listed(text: str, match: re.Match[str]) -> Token | None:
    """Return the rank at most 50 of 跻身全国50强; without such a verb 50强 is a name."""
    value, end = decimal(match[0].rstrip("强")), match.end()
    into = compiled(INTO).search(text, max(0, match.start() - 14), match.start())
    if into and value and (end == len(text) or not compiled(HAN).match(text, end) or compiled(LISTED).match(text, end)):
        token = with_bound(text, match, "rank", value, "名", "at_most")
        return token._replace(reach_start=min(token.reach_start, into.start()))
    return _label(text, match) if match[0].isascii() or match[0][0].isascii() else None


def _fraction(text: str, match: re.Match[str]) -> Token:
    """Return the share of 2/3; what is no part of one is a label."""
    part, of = match[0].split("/")
    if int(part) >= int(of):
        return _label(text, match)
    return with_bound(text, match, "quantity", quotient(Decimal(part), Decimal(of)), "", "exact")


def _part(text: str, match: re.Match[str]) -> Token | None:
    """Return the share of 三分之一, 百分之五; None for what has no exact value (百分之七八)."""
    of, share, odd = match.group("whole", "share", "odd")
    value, size = decimal(share), decimal(of if of[0] not in SIZES else f"一{of}")
    end = match.start("further")
    in_digits = of[0].isascii() or share.isascii()
    if value is None or not size:
        label = _label(text, match)._replace(end=end, text=text[match.start() : end], reach_end=end)
        return label if in_digits else None
    unit, bound = _DENOMINATORS.get(of, ""), vocabulary().inside.get(odd, "exact")
    token = with_bound(text, match, "quantity", value if unit else quotient(value, size), unit, bound, end)
    if name := as_name(text, token):
        return name if in_digits else None
    return token


def further(match: re.Match[str]) -> Iterator[Token]:
    """Yield the other numbers that share one 百分之: 百分之三至五."""
    unit = _DENOMINATORS.get(match["whole"], "")
    for each in re.finditer(rf"[{NUMERAL}点]+|[0-9.,]+", match["further"]):
        value = decimal(each[0])
        start, end = (match.start("further") + at for at in each.span())
        if unit and value is not None and holds(value):
            yield Token(start, end, each[0], "quantity", value, unit, "exact", 1, start, end)
        elif each[0].isascii():
            yield Token(start, end, each[0], "label", None, "", "exact", 1, start, end)


def _quantity(text: str, match: re.Match[str]) -> Token | None:
    """Return the quantity or label of a number with its unit words; None for numerals that do not count."""
    number, low, sizes, words = match.group("number", "low", "sizes", "words")
    if not low and not words and number[-1] not in LARGE_SIZES and text[match.end() : match.end() + 1] not in TO:
        return None  # most numerals
    inside, bound, size, unit, measure = _words(words or "")
    if len(number) > LONGEST or (low and compiled(VAGUE).search(text, max(0, match.start() - 2), match.start())):
        return _label(text, match) if low else None
    if low and (not sizes or sizes in PLAIN_SIZES):  # most numbers in digits
        value: Decimal | None = Decimal(low.replace(",", ""))
        measure = sizes + size + measure
    else:
        run = number + size
        core = run.rstrip(LARGE_SIZES)
        value, measure = _value(run, core), run[len(core) :] + measure
        looks_back = unit in vocabulary().spans and text.startswith("来", match.end())  # 近百年来
        if core in SCALES_ALONE and (looks_back or not (inside or words_before(text, match.start())["bound"])):
            return None
    if value is None:
        return _label(text, match) if low else None
    if unit.startswith("成"):
        value = value * 10 + _half_or_digit(unit)
    elif words and words[-1] == "半":
        value += Decimal("0.5")
    token = ruled = with_bound(text, match, "quantity", value, measure, bound)
    if low and (not unit or text.startswith("/", match.end())):
        token = ruled = _marked(text, token)
    if low and (measure or "." in number):
        return as_name(text, token) or token
    if unit.startswith(vocabulary().always):
        return token
    if (start := _counting_start(text, token.reach_start)) is not None:
        ruled = token._replace(reach_start=start)
    governed = ruled.bound != "exact" or ruled.reach_start < ruled.start
    if low:
        return as_name(text, ruled) or (ruled if governed else token._replace(kind="label", value=None))
    return ruled if _counts(text, token, unit, governed) else None


def _counting_start(text: str, end: int) -> int | None:
    """Return where the counting word before an offset begins, if there is one: 新增两家."""
    if text[end - 1 : end] not in vocabulary().counting_ends:
        return None
    counting = compiled(COUNTED).search(text, max(0, end - 5), end)
    return counting.start() if counting else None


def _half_or_digit(unit: str) -> Decimal:
    """Return what follows 成 in per cent: 七成五, 八成半."""
    after = unit[1:2]
    return Decimal(5) if after == "半" else FIGURES.get(after) or Decimal(after if after.isdecimal() else 0)


@lru_cache(maxsize=256)
def _words(printed: str) -> tuple[str, str, str, str, str]:
    """Return of the words after a number: 余 or the like, its bound, 万 or 亿, the unit as printed, the unit meant."""
    before_size, size, behind_size, unit = compiled(WORDS).findall(printed)[0]
    inside = before_size or behind_size
    unit = unit if unit[:1] == "成" else unit.removesuffix("半")
    bound = vocabulary().inside.get(inside, "over" if "多" in unit else "exact")
    return (
        inside,
        bound,
        size,
        unit,
        "%" if unit[:1] == "成" else unit.replace("多", "").replace("个亿", "亿"),
    )


@lru_cache(maxsize=1024)
def _value(run: str, core: str) -> Decimal | None:
    """Return the value of a number with sizes, without the 万 and 亿 at its end, which belong to the unit."""
    if core in SCALES_ALONE:
        return Decimal(SIZES.get(core, 1))
    if "点" in core:
        return decimal(core)
    found = whole(run)
    if found is None:
        return None
    value = found / math.prod(SIZES[each] for each in run[len(core) :])
    return value if value != value.to_integral_value() else Decimal(int(value))  # 119.6千 is 119600


def _marked(text: str, token: Token) -> Token:
    """Return a token with the word behind it, where that is none that the grammar knows."""
    year = token.value in YEARS and token.text.isdecimal()  # 1956公园
    unknown = compiled(UNKNOWN).match(text, token.end) if token.end == token.reach_end and not year else None
    return token._replace(unknown=unknown[0]) if unknown else token


def _counts(text: str, token: Token, unit: str, governed: bool) -> bool:
    """Say whether Chinese numerals count; `governed` if they have a bound, a fall or a counting word."""
    after, words = text[token.end : token.end + 1], vocabulary()
    if after and after in TO and not unit and _begins_range(text, token.end + 1):
        return True
    if not token.unit or (after and after in '”’》」』"'):
        return False
    value = token.value or 0
    if unit in words.digits_only:
        many = (value >= 10 and token.bound != "exact") or (value > 10 and unit in words.more_than_ten)
        return many or text.endswith("连续", 0, token.start)
    if value == 1 and text.endswith("达到", 0, token.start):  # 达到一个新的水平
        return False
    if _ends_range(text, token.start) and unit:
        return True
    if not unit and not governed:
        return not re.match(r"\w", after)  # 人口十三亿。
    if governed or unit in words.spans:
        return governed and not (after == "来" and unit in words.spans and token.reach_start == token.start)
    if token.unit != unit or not value or value > 10 or value % 1:
        return as_name(text, token) is None
    behind_noun = re.search(f"(?!负){HAN}", text[max(0, token.start - 1) : token.start])  # 负二层
    return bool(behind_noun) and value > 1 and not re.match(r"\w", after)


def _begins_range(text: str, high: int) -> bool:
    """Say whether numerals with a unit follow, as behind the lower end of a range: 三至五个."""
    match = compiled(TOKEN).match(text, high)
    unit = _words(match["words"] or "")[3] if match and match["number"] and not match["low"] else ""
    return bool(unit) and unit not in vocabulary().digits_only


def _ends_range(text: str, start: int) -> bool:
    """Say whether numerals are the upper end of a range: 三至五个."""
    return start > 1 and text[start - 1] in TO and text[start - 2] in NUMERAL


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
