"""Reads numerals: Arabic and Chinese digits become numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

NUMERAL = "〇零一二两三四五六七八九十百千万亿"
DIGITS = {"两": 2} | {word: value for value, word in enumerate("一二三四五六七八九", 1)}
SIZES = {"亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2, "十": 10}
LONGEST = 31
"""Characters of the longest numeral that is read: 九千九百九十九万九千九百九十九亿九千九百九十九万九千九百九十九."""
ARABIC = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def decimal(number: str) -> Decimal | None:
    """Return the value of ASCII digits or of a Chinese numeral, also with decimals (三点五); None for anything else."""
    if number.isascii():
        return Decimal(number.replace(",", ""))
    whole, _, tail = number.partition("点")
    value, places = {"零": 0, "百": 100}.get(whole, chinese(whole)), tail.translate(ARABIC)  # 百分之百
    if value is None or (tail and not places.isdecimal()):
        return None
    return Decimal(f"{value}.{places}" if tail else value)


def chinese(numeral: str) -> int | None:
    """Return the value of a whole Chinese numeral; None for 十四五, 三五, 一百五 and a bare 百."""
    if len(numeral) > LONGEST:
        return None
    for word, size in SIZES.items():
        head, sign, tail = numeral.partition(word)
        if not sign:
            continue
        high = 1 if word == "十" and not head else chinese(head)
        low = chinese(tail.removeprefix("零")) if tail else 0
        if high is None or low is None or low >= size or (high > 9 and size < 10**4):
            return None
        skips = word != "十" and low * 10 < size  # 一百零五 names its empty place, 一百五十 has none
        return high * size + low if not tail or skips == tail.startswith("零") else None
    return DIGITS.get(numeral)


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
