"""What a cell of any published form can hold: texts, numbers and dates that all of them keep as they are.

Records are checked by these rules, and the writers of the release refuse by the same ones.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator
from decimal import Decimal

from factpack.source.marks import Path, Value

FORMULA = re.compile(r"[=@\t\r＝＠]|[+\-＋－](?![0-9.,]+(?:[^\W\d_]|[%‰°/ ])*\Z)")
"""How a cell begins that Excel runs when it opens a CSV, full-width signs too. A number with its sign is not run, nor
is one with the words of its unit: what could be called has a bracket, a mark or a digit in it."""
NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 does not allow (https://www.w3.org/TR/xml/#charsets), and CR, which it does not keep.
Named one by one: the class of all others takes 3 ms to compile, at the start of every command."""
MARKUP = re.compile("\\A<r>(?=.*</r>\\Z)|_x[0-9a-fA-F]{4}(?=_x[0-9a-fA-F]{4}_)", re.DOTALL)
"""What XlsxWriter takes for rich text, or only half escapes: it writes `_x0041_` so that Excel reads just that, but of
two such that share a low line only the first."""
CELL_LIMIT, TEXT_LIMIT = 32_767, 10_000
"""UTF-16 units in a cell of Excel, and in a text: some cells are made of several texts."""
DIGITS = 15
"""Significant digits that a double keeps, whatever they are."""
INTEGERS = range(-(2**63), 2**63)
"""Whole numbers of 64 bits."""
FIRST_DAY = datetime.date(1900, 3, 1)
"""Excel counts a 29 February in 1900, so it has no date before this one that other programs read alike."""


def formula(text: str) -> str:
    """Return the sign with which a text begins as a formula does, or an empty text."""
    return text[0] if FORMULA.match(text) else ""


def markup(text: str) -> str:
    """Return what a workbook takes for its own markup in a text, or an empty text."""
    found = MARKUP.search(text) if "<r>" in text or "_x" in text else None
    return found[0] if found else ""


def units(text: str) -> int:
    """Return the length of a text as Excel counts it, in UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def digits(number: int | Decimal) -> int:
    """Return how many significant digits a number has."""
    return len(f"{Decimal(number):f}".replace(".", "").lstrip("-0").rstrip("0"))


def text_faults(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield why not all forms can hold a text: the code of a problem and its values."""
    if sign := formula(text):
        yield "formula-text", {"found": text, "sign": sign}
    if marked := "<r>" if text.startswith("<r>") else markup(text):  # a cell of several texts may end with </r>
        yield "markup-text", {"found": marked}
    if wrong := NO_XML.search(text):
        yield "forbidden-character", {"found": f"U+{ord(wrong[0]):04X}"}
    if units(text) > TEXT_LIMIT:
        yield "text-too-long", {"limit": f"{TEXT_LIMIT:,}"}


_SIGNS = frozenset("=@\t\r＝＠+-＋－")
"""Signs with which whatever `formula` finds begins."""


def surely_fit(texts: Collection[str]) -> bool:
    """Say at once of many texts whether all forms can hold them; where only a closer look tells, say no."""
    whole = "".join(texts)
    plain = _SIGNS.isdisjoint(each[:1] for each in texts) and "<r>" not in whole and "_x" not in whole
    return plain and 2 * max(map(len, texts), default=0) <= TEXT_LIMIT and not NO_XML.search(whole)


def texts_in(value: Value) -> list[str]:
    """Return the texts in a mapping or list."""
    found, left = list[str](), [value]
    while left:
        each = left.pop()
        if isinstance(each, str):
            found.append(each)
        elif isinstance(each, dict):
            left += each.values()
        elif isinstance(each, list):
            left += each
    return found


def leaves(value: Value, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """Yield each value in a mapping or list that is neither, with its path."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from leaves(each, (*path, index))
    else:
        yield path, value
