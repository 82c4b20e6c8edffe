"""Signs that look alike, told to the grammar as one, and places of a text where a number may be damaged.

Texts are set, scanned and copied by many hands: a decimal point may be a middle dot, a range any of a dozen dashes and
waves, a ratio one of four signs. The grammar reads them in one form, character for character, so that all offsets
are those of the normal form. What may be damage is never mended: it is told with its place.
"""

from __future__ import annotations

import re
from functools import cache

from factpack.text.numerals import NUMERAL

POINTS = "·•∙⋅・‧"
WAVES = "—–―─━‒〜〰∼～"
HYPHENS = "‐‑−⁃˗"
RATIOS = "∶ː꞉"
_ONE_FOR_ONE = str.maketrans({"⁄": "/", **dict.fromkeys(WAVES, "~"), **dict.fromkeys(HYPHENS, "-")})
_ANY = f"[{POINTS}{WAVES}{HYPHENS}{RATIOS}⁄]"
_BETWEEN = (
    rf"(?<=[0-9])(?:(?P<point>[{POINTS}])|(?P<ratio>[{RATIOS}])|(?P<leader>\.\.))(?=[0-9])"
    rf"|(?<=[{NUMERAL}])[{POINTS}](?=[{NUMERAL}])"
)
"""Between numbers only, for names too are written with a middle dot. NFKC makes ︰ two full stops."""

BY_TWO = "[0-9]{1,3}(?:,[0-9]{3}){0,8}(?:,[0-9]{2}){1,8}(?:,[0-9]{3})?"
"""Digits in groups, of which one has two: 12,34."""
_SUSPICIOUS = rf"""(?x)
    (?P<letter>(?<![0-9A-Za-z])(?!O2O)(?=[0-9lOI]*[0-9])(?=[0-9]*[lOI])[0-9lOI]+(?=[.,%‰]|[^\W0-9A-Za-z_]))
    |(?P<grouping>(?<![0-9,.]){BY_TWO}(?![0-9,]))
    |(?P<zero>(?<![0-9.,:/A-Za-z-])0[0-9]+年)
    |(?P<dash>(?<=[0-9%])一(?=[0-9]))
    |(?P<point>[0-9]。[0-9]{{1,2}}(?=[%‰万亿])|[0-9]\.(?=[%‰万亿]))"""
_BEGINS = "[.,](?=[0-9])|[%‰]|万[元吨亩户]|亿[元吨斤]|万亿|万人次|个百分点"
_ENDS = r"(?<![0-9A-Za-z/:.-])[0-9]+(?:[.,][0-9]+)*[.,]?$"
REASONS = (*re.findall(r"\(\?P<(\w+)>", _SUSPICIOUS), "begins", "ends")
"""The reasons that `suspicions` gives."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def plain_signs(paragraph: str) -> str:
    """Return a paragraph in normal form, as long as it is, with one sign for each that looks like it."""
    if _compiled(_ANY).search(paragraph):
        paragraph = paragraph.translate(_ONE_FOR_ONE)
    elif ".." not in paragraph:
        return paragraph
    return _compiled(_BETWEEN).sub(_plain, paragraph)


def _plain(sign: re.Match[str]) -> str:
    """Return the sign meant: a ratio of digits, a point of digits, or of numerals (三·五亿元)."""
    if sign["ratio"] or sign["leader"]:
        return ":" * len(sign[0])
    return "." if sign["point"] else "点"


def suspicions(paragraph: str) -> tuple[tuple[int, int, str], ...]:
    """Return the places of a paragraph in normal form where a number may be damaged, each as start, end, reason.

    The reasons: `letter` beside digits (25l), `grouping` of digits by two (12,34万), `zero` before a year (018年),
    `dash` that is a numeral (5一6%), `point` that is a full stop (5。3%), `begins` and `ends` where the paragraph does
    so inside a number, or with one.
    """
    found = [(each.start(), each.end(), each.lastgroup or "") for each in _compiled(_SUSPICIOUS).finditer(paragraph)]
    begins, ends = _compiled(_BEGINS).match(paragraph), _compiled(_ENDS).search(paragraph)
    found += [(each.start(), each.end(), reason) for each, reason in ((begins, "begins"), (ends, "ends")) if each]
    return tuple(sorted(found))
