"""What a new edition says of what an earlier one said: outcomes, corrected and final figures, new dates and names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from factpack.words import LANGUAGES, Both

Rows = Mapping[str, Mapping[str, str]]
"""The rows of a table by id, each by column, with cells as they stand in its CSV."""
OUTCOME, PREFERRED = "outcome", "preferred"
JUDGED = frozenset((OUTCOME, PREFERRED))
"""A table with one of these columns says what became of promises, or which results are preferred."""
OPEN = frozenset(("", "pending", "not_judged", "not_checkable"))
"""Outcomes that say that there is none."""
MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of a promise or a figure since an earlier edition.

    `how` is `came` or `turned` of an outcome, `corrected`, `final` or `undecided` of a figure, `moved` of a date,
    `renamed` of a record.
    """

    how: str
    table: str
    id: str
    row: Mapping[str, str]
    """What the new edition says of it."""
    was: str
    """The outcome or date before; of a figure or name nothing."""
    now: str
    """The outcome or date now; of a figure or name nothing."""
    before: Both
    """The figure or name before, or what was promised; empty for a milestone."""
    after: Both
    """The figure or name now, or the result; empty where there is none."""
    by: str
    """The id of the row that says so; empty where there is none."""


def turns(then: Mapping[str, Rows], now: Mapping[str, Rows]) -> list[Turn]:
    """Return what became of promises and figures, in the order of tables and rows.

    Of a table that only one edition has nothing is said.
    """
    found = list[Turn]()
    for table, rows in now.items():
        if table in then:
            found += _outcomes(table, then[table], rows)
            found += _figures(table, then[table], rows)
    return found


def _outcomes(table: str, then: Rows, now: Rows) -> Iterator[Turn]:
    """Yield outcomes that came or turned, and dates that were moved."""
    for own, row in now.items():
        before, by = then.get(own, {}), row.get("outcome_id", "")
        was, outcome = before.get(OUTCOME, ""), row.get(OUTCOME, "")
        told = _both(row, "display"), _both(row, "outcome_display"), by
        if outcome != was and not {was, outcome} <= OPEN:
            yield Turn("came" if was in OPEN else "turned", table, own, row, was, outcome, *told)
        date = row.get("moved_to", "")
        if date and date != before.get("moved_to", ""):
            yield Turn(MOVED, table, own, row, before.get("moved_to") or row.get("period", ""), date, *told)


def _figures(table: str, then: Rows, now: Rows) -> Iterator[Turn]:
    """Yield preferred figures that are preferred no more: corrected, given more exactly, or contradicted."""
    for own, row in now.items():
        if then.get(own, {}).get(PREFERRED) != "true" or row.get(PREFERRED) != "false":
            continue
        corrected, final = row.get("superseded_by_id", ""), row.get("restates_id", "")
        by = corrected or final
        how = "corrected" if corrected else "final" if final else "undecided"
        yield Turn(how, table, own, row, "", "", _both(row, "display"), _both(now.get(by, {}), "display"), by)


def _both(row: Mapping[str, str], stem: str) -> Both:
    return {each: row.get(f"{stem}_{each}", "") for each in LANGUAGES}
