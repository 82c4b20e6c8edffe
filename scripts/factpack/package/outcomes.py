"""What became of what was promised, from the built package: targets and milestones with their results.

Any table with a column `outcome` lists promises. Of another one nothing is known here but its columns.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from factpack.package.package import Package
from factpack.package.table import Cell, Field, Row, Table
from factpack.package.targets import difference
from factpack.record.periods import parse
from factpack.words import LANGUAGES, Both, text_in

OUTCOME = "outcome"
"""The column that says what became of a promise; it is empty in rows that hold none."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised, what came of it, and where both stand."""

    table: str
    id: str
    name: Both
    kind: str
    """The kind of a target; of a milestone, nothing."""
    period: str
    outcome: str
    reason: str
    target: Both
    """What was promised, in words."""
    result: Both
    """What is known of it, in words; empty where nothing is."""
    result_id: str
    result_period: str
    difference: Decimal | None
    """The result less the target, in `unit`."""
    difference_said: Both
    """The same in words; empty where they say nothing."""
    unit_id: str
    unit: Both
    """Its symbol."""
    moved_to: str
    reached_period: str
    verification: str
    document: str
    paragraph: Cell
    """Its number in the document."""
    result_document: str
    result_paragraph: Cell


@dataclass(frozen=True, slots=True)
class Promised:
    """The promises of a table, in its order, and the labels of what it says of them by column and value."""

    table: str
    title: Both
    labels: Mapping[str, Mapping[str, Both]]
    promises: tuple[Promise, ...]

    @property
    def outcomes(self) -> list[str]:
        """The outcomes that there are, in the order of the schema."""
        there = {each.outcome for each in self.promises}
        return [each for each in self.labels[OUTCOME] if each in there]

    @property
    def kinds(self) -> list[str]:
        """The kinds that there are, in the order of the schema."""
        there = {each.kind for each in self.promises}
        return [each for each in self.labels.get("kind", {}) if each in there]

    def count(self, outcome: str, kind: str = "") -> int:
        """Return how many promises, of a kind if it is given, have an outcome."""
        return sum(each.outcome == outcome and kind in ("", each.kind) for each in self.promises)


def promised(package: Package, period: str = "") -> list[Promised]:
    """Return all promises by table, of a period those that fall due in it; raises ValueError for no period."""
    due = parse(period) if period else None
    found = []
    for table in package.tables.values():
        fields = {each.name: each for each in table.fields}
        if OUTCOME in fields and fields[OUTCOME].categories and "period" in fields:
            labels = {name: field.labels for name, field in fields.items() if field.categories}
            rows = [row for row in package.rows[table.name] if row[OUTCOME] is not None]
            rows = [row for row in rows if due is None or due.start <= _end(row) <= due.end]
            promises = tuple(_promise(package, table, fields, row) for row in rows)
            found.append(Promised(table.name, table.title, labels, promises))
    return found


def _end(row: Row) -> datetime.date:
    """Return the day on which a promise falls due."""
    return parse(str(row["period"])).end


def _promise(package: Package, table: Table, fields: Mapping[str, Field], row: Row) -> Promise:
    owner, result = _row(package, _text(row, "id").partition(".")[0]), _row(package, _text(row, "outcome_id"))
    unit_id, less = _text(row, "outcome_difference_unit_id"), row.get("outcome_difference")
    return Promise(
        table.name,
        _text(row, "id"),
        _both(owner, "name"),
        _text(row, "kind"),
        _text(row, "period"),
        _text(row, OUTCOME),
        _text(row, "outcome_reason"),
        _said(fields, row),
        _both(row, "outcome_display") if "outcome_display_en" in row else _said(fields, result),
        _text(row, "outcome_id"),
        _text(result, "period"),
        less if isinstance(less, Decimal) else None,
        {each: difference(package, row, each) for each in LANGUAGES},
        unit_id,
        _both(_row(package, unit_id), "symbol"),
        _text(row, "moved_to"),
        _text(row, "reached_period"),
        _text(row, "verification"),
        _text(row, "document_id"),
        row.get("paragraph"),
        _text(result, "document_id"),
        result.get("paragraph"),
    )


def _row(package: Package, row_id: str) -> Row:
    """Return the row of an id; an empty one where there is none."""
    found = package.find(row_id)
    return found[1] if found else {}


def _text(row: Row, column: str) -> str:
    """Return a cell as text; empty where a row has no such cell."""
    value = row.get(column)
    return "" if value is None else str(value)


def _both(row: Row, stem: str) -> Both:
    return {each: _text(row, f"{stem}_{each}") for each in LANGUAGES}


def _said(fields: Mapping[str, Field], row: Row) -> Both:
    """Return what a row says: how it is displayed, else its stage and what else is said of it."""
    if any(_both(row, "display").values()) or "stage" not in fields:
        return _both(row, "display")
    stages = fields["stage"].labels
    return {each: _stage(row, stages, each) for each in LANGUAGES}


def _stage(row: Row, stages: Mapping[str, Both], language: str) -> str:
    stage, label = _text(row, "stage"), _text(row, f"label_{language}")
    said = stages[stage][language] if stage in stages else stage
    return text_in(language, "package", "outcomes", "labelled", stage=said, label=label) if said and label else said
