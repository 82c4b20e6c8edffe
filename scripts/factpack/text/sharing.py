"""What a number takes over from the one behind it in a range or list: its unit, its size, its 百分之."""

from __future__ import annotations

import re
from decimal import Decimal

from factpack.source.cells import DIGITS
from factpack.text.grammar import BARE, compiled
from factpack.text.numerals import ARABIC, FIGURES, SIZES, decimal, whole
from factpack.text.token import Token
from factpack.text.vocabulary import LARGE, is_measure

_SIZES_ALONE = ("", *LARGE, "万亿")
_SCALED = f"(?P<times>{BARE}|[{''.join(FIGURES)}])(?P<size>[百千])(?![百千万亿0-9{''.join(FIGURES)}])"


def is_bare(token: Token) -> bool:
    """Say whether a token is a number and nothing else: 3, 3千, 2021, but not 12号线."""
    short = token.kind == "label" and len(token.text) <= DIGITS  # longer ones have no value that all forms hold
    return short and bool(compiled(f"{BARE}[百千]?").fullmatch(token.text))


def with_unit_of(low: Token, high: Token) -> Token | None:
    """Return a number with the unit that it shares with the one behind it, or None if they share none.

    3至5万元 is 3 万元, 3万至5万元 too, 3千至2万元 is 3000 元, and 3个、1.5个百分点 is 3 个百分点.
    """
    if high.kind != "quantity" or not (low.kind == "quantity" or is_bare(low)):
        return None
    if low.kind == "quantity" and low.unit == high.unit:
        return low
    if not high.unit:
        return None
    value = whole(low.text) if is_bare(low) else low.value
    base = high.unit.lstrip("".join(LARGE))
    if value is None or not isinstance(value, Decimal):
        return None
    if low.unit == "" and low.text[-1] in SIZES:
        unit = base
    elif low.unit == "":
        unit, value = high.unit, value * _size_of(high, value)
    elif low.unit in _SIZES_ALONE and base:
        unit = low.unit + base
    elif low.unit == "个" and is_measure(high.unit) and high.unit.startswith("个"):
        unit = high.unit
    else:
        return None
    return low._replace(kind="quantity", value=value, unit=unit, unknown="")


def _size_of(high: Token, value: Decimal) -> Decimal:
    """Return by what the size in the number behind multiplies a smaller number before it: 3至5千元, 三到五成."""
    if "成" in high.text:
        return Decimal(10)
    sized = compiled(_SCALED).match(high.text)
    smaller = sized and value < (decimal(sized["times"]) or 0)
    return Decimal(SIZES[sized["size"]]) if sized and smaller else Decimal(1)


def is_plain(token: Token) -> bool:
    """Say whether a token has neither unit nor sign of a date, so that one behind it may give it either."""
    digits = token.text.removeprefix("第").translate(ARABIC)
    return digits.isdecimal() and (token.kind in ("label", "date") or not token.unit)


def dated(token: Token, is_year: bool) -> Token:
    """Return a plain number as a date, with its period if it is a year."""
    period = year(token) if is_year else None
    return token._replace(kind="date", value=None, unit="date", bound="exact", unknown="", period=period)


def year(token: Token) -> str | None:
    """Return the year that four digits or signs without 年 may be: 2021, 二〇二一."""
    digits = token.text.translate(ARABIC)
    return digits if re.fullmatch("(?:18[4-9]|19[0-9]|20[0-9])[0-9]", digits) else None
