"""The stage of a record: which one it has reached, which one comes next, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from factpack.package.periods import period
from factpack.package.table import Field, Row
from factpack.site.cells import cell_text
from factpack.site.templating import words

PROGRESS = ("stage", "next_stage")
"""Columns of the stage that a record has reached, and of the next one: pages show them as one."""


class Progress(NamedTuple):
    """How far a record has come: the stage reached, else the next one; the next one after it; and by what it sorts."""

    text: str
    ahead: str
    sort: str


def progress(fields: Mapping[str, Field], row: Row, language: str) -> Progress:
    """Return the stage that a record has reached and the next one, each with its year."""
    arrow = words(language)["next"]
    now, then = (_stage(fields, row, before, language) for before in ("", "next_"))
    ahead = arrow.format(text=then) if then else ""
    return Progress(now or ahead, ahead if now else "", _rank(fields, row))


def _stage(fields: Mapping[str, Field], row: Row, before: str, language: str) -> str:
    name, when = cell_text(fields[f"{before}stage"], row[f"{before}stage"], language), row[f"{before}period"]
    if not name or when is None:
        return name
    return words(language)["at"].format(stage=name, period=period(str(when), language))


def _rank(fields: Mapping[str, Field], row: Row) -> str:
    """Return by what a stage sorts: what has not begun by its next stage, then by the stage reached; each by period."""
    for base, before in ((1, ""), (0, "next_")):
        stage, when = row[f"{before}stage"], str(row[f"{before}period"] or "")
        if stage is not None:
            order = list(fields[f"{before}stage"].labels)
            place = order.index(str(stage)) if stage in order else len(order)
            return f"{base}{place:02}{''.join(filter(str.isdigit, when))[:4]:0<4}"
    return ""
