"""Figures: the values and stages that the head of a record's page shows, and its charts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factpack.package.periods import period
from factpack.package.table import Row
from factpack.site.aims import aims, past_outcome
from factpack.site.catalogue import Catalogue, Entry
from factpack.site.cells import cell_text, without_status
from factpack.site.charts.timelines import Timeline, timelines
from factpack.site.charts.values import Chart, charts
from factpack.site.marks import Doubt, marks
from factpack.site.templating import words

LABELLED = frozenset(("estimate",))
"""Marks that the label of a figure says."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value or stage: what it is, the value as displayed, when, the id of its row and its status."""

    label: str
    text: str
    when: str
    id: str
    status: str
    outcome: str = ""
    """What became of it, if it is a target of the past."""
    marks: Sequence[Doubt] = ()
    """What is uncertain in it, besides its status."""


def figures(entry: Entry, catalogue: Catalogue, language: str) -> Iterator[Figure]:
    """Yield the latest result of a record's values, the target that it answers, and the next target."""
    t, display = words(language), f"display_{language}"
    for name, rows in entry.parts.items():
        if not any(row.get(display) for row in rows):
            continue
        status = next(each for each in catalogue.package.tables[name].fields if each.name == "status")
        result = _latest([row for row in rows if row["status"] != "target" and row.get("preferred") is not False])
        for row in filter(None, (result, *aims(catalogue, rows, result))):
            label = cell_text(status, row["status"], language)
            head = t["figure"].format(period=period(str(row["period"]), language), status=label.lower())
            value = without_status(str(row[display]), label, language)
            past = past_outcome(catalogue, str(row["id"]), language)
            doubts = marks(row, language, LABELLED)
            yield Figure(head.strip(), value, "", str(row["id"]), str(row["status"]), past, doubts)


def stages(entry: Entry, language: str) -> Iterator[Figure]:
    """Yield the stage that a record has reached, and the one that comes next."""
    fields = {each.name: each for each in entry.table.fields}
    rows = [row for rows in entry.parts.values() for row in rows]
    for before, label in (("", "stage now"), ("next_", "stage next")):
        stage, when = entry.row.get(f"{before}stage"), entry.row.get(f"{before}period")
        if stage is None:
            continue
        part = next((row for row in rows if row.get("stage") == stage and row.get("period") == when), None)
        name = cell_text(fields[f"{before}stage"], stage, language)
        status = "target" if before else "actual"
        part_id = str(part["id"]) if part else ""
        when_told = period(str(when or ""), language)
        yield Figure(words(language)[label], name, when_told, part_id, status, marks=marks(part, language, LABELLED))


def figure_text(figure: Figure) -> str:
    """Return a figure with its marks in one text, as a link that is shared tells it: 2025, expected: over 210."""
    doubts = ", ".join(each.text for each in figure.marks)
    return " ".join(filter(None, (figure.label, figure.text, figure.when, doubts and f"[{doubts}]")))


def _latest(rows: Sequence[Row]) -> Row | None:
    """Return the row of the latest period, of those that end together the shortest, with a value before one without."""
    if not rows:
        return None
    day = datetime.date.min
    return max(
        rows,
        key=lambda row: (row.get("period_end") or day, row.get("period_start") or day, row.get("value") is not None),
    )


def timelines_of(entry: Entry, language: str) -> list[Timeline]:
    """Return the values of a record over the years."""
    return [
        found for rows in _valued(entry) for found in timelines(rows, entry.name(language), language, words(language))
    ]


def charts_of(entry: Entry, language: str, without: frozenset[str] = frozenset()) -> list[Chart]:
    """Return the charts of a record's values, without some rows by id."""
    return [
        chart
        for rows in _valued(entry)
        for chart in charts(
            [row for row in rows if str(row["id"]) not in without], entry.name(language), language, words(language)
        )
    ]


def _valued(entry: Entry) -> list[list[Row]]:
    """Return the rows of the tables with a record's values."""
    return [rows for rows in entry.parts.values() if rows and "plain_value" in rows[0]]
