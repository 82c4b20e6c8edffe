"""The life of a record as steps: each stage that it reached or was to reach, in the order of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from factpack.package.periods import period
from factpack.package.table import Field, Row
from factpack.record.periods import parse
from factpack.site.aims import OPEN
from factpack.site.catalogue import Catalogue, Entry
from factpack.site.cells import Link, cell_text, value_link
from factpack.site.marks import Doubt, marks
from factpack.site.templating import words

UNDECIDED = frozenset((*OPEN, "not_checkable"))
"""Outcomes of a step that may still be taken, and that of one that any news would prove."""
MOVED = "moved"
"""The outcome of a step that was put off."""
LEAST = 2
"""Steps from which a life is told: a single one is what the head of the page says."""


class Step(NamedTuple):
    """A step: its stage, when, whether it was taken or is planned, what became of it, and what is uncertain."""

    id: str
    stage: str
    label: str
    """What is said of it besides its stage."""
    when: str
    state: str
    """Whether it was taken, or is or was planned."""
    status: str
    outcome: str
    result: Link
    """The step that says what became of it, or to which it was moved."""
    marks: Sequence[Doubt]


def life(catalogue: Catalogue, entry: Entry, language: str) -> list[Step]:
    """Return the steps of a record in the order of time, nothing where there are fewer than two.

    In one period they are in the order of stages, of one stage with the plan first.
    """
    rows = entry.parts.get(catalogue.staged, ())
    if len(rows) < LEAST:
        return []
    fields = {each.name: each for each in catalogue.package.tables[catalogue.staged].fields}
    stages = list(fields["stage"].labels)
    return [_step(catalogue, fields, row, language) for row in sorted(rows, key=lambda row: _order(stages, row))]


def _order(stages: Sequence[str], row: Row) -> tuple[object, ...]:
    when = parse(str(row["period"]))
    at = stages.index(str(row["stage"])) if row["stage"] in stages else len(stages)
    return when.end, when.start, at, row["status"] != "target", str(row["id"])


def _step(catalogue: Catalogue, fields: Mapping[str, Field], row: Row, language: str) -> Step:
    t, outcome, result = words(language), row.get("outcome"), str(row.get("outcome_id") or "")
    return Step(
        str(row["id"]),
        cell_text(fields["stage"], row["stage"], language),
        str(row.get(f"label_{language}") or ""),
        period(str(row["period"]), language),
        t[state_of(row)],
        str(row["status"]),
        outcome_of(fields, row, language) if outcome not in OPEN else "",
        value_link(catalogue, result, language) if result and outcome != MOVED else Link(""),
        marks(row, language),
    )


def state_of(row: Row) -> str:
    """Return the key of the words for whether a step was taken, or is or was planned."""
    if row["status"] != "target":
        return "step done"
    return "step planned" if row.get("outcome") in UNDECIDED else "step past"


def outcome_of(fields: Mapping[str, Field], row: Row, language: str) -> str:
    """Return what became of a plan: of one that was put off, to when."""
    if row["outcome"] == MOVED and row.get("moved_to") is not None:
        return words(language)["moved to"].format(period=period(str(row["moved_to"]), language))
    return cell_text(fields["outcome"], row["outcome"], language)
