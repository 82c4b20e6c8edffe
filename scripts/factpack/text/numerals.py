"""Reads numerals: Arabic and Chinese digits become numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

NUMERAL = "〇零一二两三四五六七八九十百千万亿"
FIGURES = {"两": Decimal(2)} | {word: Decimal(value) for value, word in enumerate("一二三四五六七八九", 1)}
SIZES = {"亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2, "十": 10}
LONGEST = 31
"""Characters of the longest numeral that is read: 九千九百九十九万九千九百九十九亿九千九百九十九万九千九百九十九."""
ROUND = "〇零○◯0OΟО"  # the last three are Latin, Greek and Cyrillic: 二OO二年
ARABIC = str.maketrans(f"{ROUND}一二三四五六七八九", "0" * len(ROUND) + "123456789")


def decimal(number: str) -> Decimal | None:
    """Return the value of ASCII digits or of a Chinese numeral, also with decimals (三点五); None for anything else."""
    if len(number) > LONGEST:
        return None
    if number.isascii():
        return Decimal(number.replace(",", ""))
    head, _, tail = number.partition("点")
    value = {"零": Decimal(0), "百": Decimal(100)}.get(head, whole(head))  # 百分之百
    if not tail or value is None:
        return value
    places = tail.translate(ARABIC)
    return Decimal(f"{value}.{places}") if places.isdecimal() else None


def whole(numeral: str, sizes: tuple[tuple[str, int], ...] = tuple(SIZES.items())) -> Decimal | None:
    """Return the value of a whole numeral, in signs or in digits with sizes (2万3千); None for 十四五, 三五, a bare 百.

    Each step is about a smaller size, so that there are five at most.
    """
    if len(numeral) > LONGEST:
        return None
    for at, (word, size) in enumerate(sizes, 1):
        head, sign, tail = numeral.partition(word)
        if not sign:
            continue
        high = Decimal(1) if word == "十" and not head else whole(head, sizes[at:])
        low = whole(tail.removeprefix("零"), sizes[at:]) if tail else Decimal(0)
        if high is None or low is None or low >= size or (tail and high != high.to_integral_value()):
            return None
        if high > 9 and size < 10**4 and (tail or not head.isascii()):  # 119.6千公顷, but no 三十百
            return None
        skips = word != "十" and low * 10 < size  # 一百零五 names its empty place, 一百五十 has none
        in_digits = tail[:1].isascii()  # 1亿500万 needs no 零; true of an empty text too
        return high * size + low if in_digits or skips == tail.startswith("零") else None
    if numeral.isascii() and numeral:
        return Decimal(numeral.replace(",", ""))
    return FIGURES.get(numeral)


def period(printed: str) -> str | None:
    """Return the ISO 8601 year, month or day of a date that names its year and exists, else None."""
    head, sign, tail = printed.partition("年")
    parts = [head.translate(ARABIC), *re.findall("[^月日]+", tail)] if sign else re.split("[-/.]", printed)
    year, *rest = parts
    if not year.isdecimal():
        return None
    month, day = (int(decimal(part) or 0) for part in [*rest, "1", "1"][:2])
    try:
        return date(int(year), month, day).isoformat()[: (4, 7, 10)[len(rest)]]
    except ValueError:
        return None
