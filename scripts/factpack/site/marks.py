"""Marks: what a reader must know of a number before using it, in a word or two beside it, each with its explanation.

The page on how values are checked explains them all; each mark links to its explanation there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from factpack.package.table import Row
from factpack.record.verification import TRANSCRIBED
from factpack.site.templating import words

STATES = ("replaced", "changed later", "conflicting")
"""Marks of a value that is not the one of its period."""
MARKS = ("estimate", "provisional", "inferred", "ambiguous", "damaged", "transcribed", *STATES)
"""Every mark by its key, in the order of the legend and beside a number."""
GRAVE = frozenset(("inferred", "ambiguous", "damaged", "replaced", "conflicting"))
"""Marks of a number that may not be what it seems to be."""


class Doubt(NamedTuple):
    """A mark: its key, the word beside the number, what it means, and whether the number may be another one."""

    key: str
    text: str
    why: str
    is_grave: bool

    @property
    def anchor(self) -> str:
        """The id of its explanation in the legend."""
        return f"mark-{self.key.replace(' ', '-')}"


def marks(row: Row | None, language: str, without: frozenset[str] = frozenset()) -> Sequence[Doubt]:
    """Return the marks of a value or stage, by its row; none of no row.

    What is only expected is never final, so nothing else says that it is provisional. `without` names marks that a
    heading or column says already, such as `estimate`.
    """
    keys = list(_keys(row or {}))
    shown = [each for each in keys if each != "provisional" or "estimate" not in keys]
    return [doubt(key, language) for key in shown if key not in without]


def every_mark(row: Row, language: str) -> Sequence[Doubt]:
    """Return all marks of a value or stage beside which its status is said."""
    return [doubt(key, language) for key in _keys(row) if key != "estimate"]


def legend(language: str) -> Sequence[Doubt]:
    """Return every mark, as the legend lists them."""
    return [doubt(key, language) for key in MARKS]


@cache
def doubt(key: str, language: str) -> Doubt:
    """Return a mark by its key."""
    t = words(language)
    return Doubt(key, t[f"mark {key}"], t[f"mark {key} why"], key in GRAVE)


def _keys(row: Row) -> Iterator[str]:
    if row.get("status") == "estimate":
        yield "estimate"
    if row.get("provisional") is True:
        yield "provisional"
    if row.get("period_basis") == "inferred":
        yield "inferred"
    if row.get("reading") in ("ambiguous", "damaged"):
        yield str(row["reading"])
    if row.get("verification") == TRANSCRIBED:
        yield TRANSCRIBED
    yield from filter(None, (state_of(row),))


def state_of(row: Row) -> str:
    """Return what is to be said of a value that is not the one of its period, else nothing.

    A result may be replaced by another one, or conflict with one, and nothing decides; a target may be changed later.
    """
    if row.get("superseded_by_id") is not None:
        return "replaced"
    if row.get("status") == "target" and "changed_later" in str(row.get("caution")):
        return "changed later"
    return "conflicting" if row.get("preferred") is False and row.get("restates_id") is None else ""
