"""A number in a text, and the normal form in which texts are compared."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple, TypeAlias

from factpack.source.cells import DIGITS, digits
from factpack.source.characters import NO_STARTER

NEGATED = {"over": "under", "under": "over", "at_least": "at_most", "at_most": "at_least"}
"""Bounds that change if the sign of their number does."""


Value: TypeAlias = Decimal | Fraction
"""A number exactly: a fraction where no decimal is (三分之一)."""


class Token(NamedTuple):
    """A number with its unit words in a paragraph's normal form; offsets are in code points, ends exclusive.

    `kind` is quantity, rank, ratio, date or label. `value` and `unit` are as printed, with 万 and 亿 in the unit and
    without bound words. `bound` is that of the size; `sign` is -1 for a fall. `reach_start` and `reach_end` enclose
    all words that the reading depends on. `series` is the place in a list, from 1, and the length of the list.
    `period` is the ISO 8601 year, month or day of a date that names its year. `unknown` is the beginning of the word
    behind a number that has no known unit.
    """

    start: int
    end: int
    text: str
    kind: str
    value: Value | None
    unit: str
    bound: str
    sign: int
    reach_start: int
    reach_end: int
    series: tuple[int, int] | None = None
    period: str | None = None
    unknown: str = ""


_SPACE = re.compile(r"\s")
_NO_STARTER = re.compile(NO_STARTER)


def normal_form(text: str) -> str:
    """Return a text in the form in which texts are compared: NFKC, without white space."""
    if _NO_STARTER.search(text):
        text = _in_order(text)
    if unicodedata.is_normalized("NFKC", text) and not _SPACE.search(text):
        return text
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return unicodedata.normalize("NFKC", folded)  # without a space, a letter may be next to its accent


def _in_order(text: str) -> str:
    """Return a text of the same normal form with its marks in order: else they are sorted in the square of the time."""
    parts = "".join(unicodedata.normalize("NFKD", sign) for sign in text)
    runs = groupby("".join(parts.split()), key=lambda sign: unicodedata.combining(sign) > 0)
    return "".join("".join(sorted(run, key=unicodedata.combining) if marks else run) for marks, run in runs)


def folded_numerals(text: str) -> tuple[int, ...]:
    """Return the offsets of characters in a raw text that are not digits but that NFKC turns into digits: ² ½ ① ㎡ ㋀.

    The caller refuses them, because 10² would be read as 102. Full-width digits are digits and are not among them.
    """
    others = ((offset, sign) for offset, sign in enumerate(text) if sign > "\x7f" and not sign.isdecimal())
    return tuple(offset for offset, sign in others if any(map(str.isdecimal, unicodedata.normalize("NFKC", sign))))


def holds(value: Value) -> bool:
    """Say whether all published forms can hold a value."""
    return all(
        digits(each) <= DIGITS for each in (value.as_integer_ratio() if isinstance(value, Fraction) else (value,))
    )


def plain(value: Value) -> str:
    """Return a value as records of texts and messages write it: 2100, 1/3."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def relation(token: Token) -> tuple[Value, str]:
    """Return the signed value and its bound on the number line: 下降超5% is -5, under.

    exact, about and nearly do not change. A date or label has the value NaN, which is equal to nothing.
    """
    value = Decimal("NaN") if token.value is None else token.value * token.sign
    return value, NEGATED.get(token.bound, token.bound) if token.sign < 0 else token.bound
