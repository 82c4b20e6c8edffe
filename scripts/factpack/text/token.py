"""A number of a text, and the normal form in which texts are compared."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

_TURNED = {"over": "under", "under": "over", "at_least": "at_most", "at_most": "at_least"}


class Token(NamedTuple):
    """A number with its unit words in a paragraph's normal form; offsets are code points, ends exclusive.

    kind is quantity, rank, date or label. value and unit are as printed, 万 and 亿 in the unit, bound words
    left out. bound is of the size, sign is -1 for a fall. series is the place in a list and its length.
    period is the ISO 8601 year, month or day that a date names by itself.
    """

    start: int
    end: int
    text: str
    kind: str
    value: Decimal | None
    unit: str
    bound: str
    sign: int
    reach_start: int
    reach_end: int
    series: tuple[int, int] | None = None
    period: str | None = None


_SPACE = re.compile(r"\s")


def normal_form(text: str) -> str:
    """Return the text in the form that is compared: NFKC, without white space."""
    if unicodedata.is_normalized("NFKC", text) and not _SPACE.search(text):
        return text
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return unicodedata.normalize("NFKC", folded)  # a space that went may leave a letter beside its accent


def folded_numerals(text: str) -> tuple[int, ...]:
    """Return where a raw text has characters, themselves no digits, that NFKC turns into digits: ² ½ ① ㎡ ㋀.

    The caller refuses them, for 10² would be read as 102. Full-width digits are digits and not among them.
    """
    strange = ((at, each) for at, each in enumerate(text) if each > "\x7f" and not each.isdecimal())
    return tuple(at for at, each in strange if any(map(str.isdecimal, unicodedata.normalize("NFKC", each))))


def relation(token: Token) -> tuple[Decimal, str]:
    """Return the signed value and its bound on the number line: 下降超5% is -5, under.

    exact, about and nearly stay as they are. A date or label has the value NaN, which equals nothing.
    """
    value = Decimal("NaN") if token.value is None else token.value * token.sign
    return value, _TURNED.get(token.bound, token.bound) if token.sign < 0 else token.bound
