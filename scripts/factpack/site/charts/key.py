"""The key of charts: what each sign means, of the signs that occur and of no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from factpack.site.charts.values import SIDES, Chart, Mark

UNSURE = "about"
"""The bound whose number is near the value, on whichever side."""


def chart_key(drawn: Iterable[Chart], words: Mapping[str, Any]) -> str:
    """Return the key of charts as one sentence, empty where nothing in them needs one."""
    marks = [mark for chart in drawn for mark in chart.marks]
    told = words["list"].join(_signs(marks, words))
    return f"{told[:1].upper()}{told[1:]}{words['stop']}".strip() if told else ""


def _signs(marks: list[Mark], words: Mapping[str, Any]) -> Iterator[str]:
    """Yield what each sign means, first those of bounds, in their order."""
    for bound in SIDES:
        if found := next((mark for mark in marks if mark.bound == bound), None):
            yield words["sign"].format(sign=_arrow(found), meaning=words[f"sign {bound}"])
    if any(mark.side for mark in marks):
        yield words["sign arrow"]
    if any(mark.bound == UNSURE for mark in marks):
        yield words[f"sign {UNSURE}"]
    for status in ("estimate", "target"):
        if any(mark.status == status and not mark.is_replaced for mark in marks):
            yield words[f"sign {status}"]
    if any(mark.is_replaced for mark in marks):
        yield words["sign replaced"]


def _arrow(mark: Mark) -> str:
    """Return the sign of a bound as it is drawn: its dot, open or filled, and the side of its arrow."""
    dot = "○" if mark.is_open else "●"
    return f"{dot}→" if mark.side > 0 else f"←{dot}"
