"""Periods and days as a reader writes them: 2021—2025年, 2018年1—6月; 29 December 2025, January–June 2018."""

from __future__ import annotations

import re

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DASH = {"zh": "—", "en": "–"}
"""What is between the ends of a period."""
_DAY = r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?"
WRITTEN = re.compile(f"{_DAY}(T[0-9]{{2}}:[0-9]{{2}}.*|/{_DAY})?")
"""A period, day or time of ISO 8601."""


def period(text: str, language: str) -> str:
    """Return a period of ISO 8601, or a day or time, as a reader writes it; any other text as it is."""
    if WRITTEN.fullmatch(text) is None:
        return text
    start, slash, end = text.partition("/")
    write = _in_chinese if language == "zh" else _in_english
    if not slash:
        return write(start)
    left, right = _without_shared_year(write(start), write(end), start[:4] == end[:4] and "-" in start, language)
    dash = f" {DASH[language]} " if " " in left else DASH[language]
    return f"{left}{dash}{right}"


def _without_shared_year(left: str, right: str, one_year: bool, language: str) -> tuple[str, str]:
    """Return the ends of a period with the unit or year that they share said once."""
    if language == "zh":
        if left.endswith("年"):
            return left.removesuffix("年"), right
        if one_year:
            return left.removesuffix("月"), right.partition("年")[2]
        return left, right
    return (left.rpartition(" ")[0], right) if one_year else (left, right)


def _in_chinese(moment: str) -> str:
    date, _, time = moment.partition("T")
    written = "".join(f"{int(each)}{unit}" for each, unit in zip(date.split("-"), "年月日", strict=False))
    return f"{written}{time[:5]}" if time else written


def _in_english(moment: str) -> str:
    date, _, time = moment.partition("T")
    year, *rest = date.split("-")
    month = [MONTHS[int(rest[0]) - 1]] if rest else []
    written = " ".join([*(str(int(each)) for each in rest[1:]), *month, year])
    return f"{written}, {time[:5]}" if time else written
