"""Targets as pages show them: which one is next, what became of one, and in what words."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from factpack.package.table import Cell, Field, Row
from factpack.package.targets import cautions, difference
from factpack.site.catalogue import Catalogue
from factpack.site.cells import Fact, cell_text, value_link
from factpack.site.templating import words

OPEN = frozenset((None, "pending"))
"""Outcomes of a target or a planned step that may still come."""
SAID = frozenset(("provisional", "changed later"))
"""Marks of a target that pages say elsewhere: no target is final, and what it was changed to has its own line."""
UNDECIDED = frozenset((*OPEN, "not_judged"))
"""Outcomes of a target for which no result is looked for yet, or ever."""


def fields_of(catalogue: Catalogue) -> Mapping[str, Field]:
    """Return the columns of the table of targets by name."""
    table = catalogue.package.tables.get("targets")
    return {each.name: each for each in table.fields} if table else {}


def aims(catalogue: Catalogue, rows: Sequence[Row], result: Row | None) -> list[Row]:
    """Return the targets to show beside the latest result: the one that it answers, and the next one.

    Where there is neither, the last one. A target that was changed is left out: the changed one stands for it.
    """
    listed = [row for row in rows if row["status"] == "target" and str(row["id"]) not in catalogue.changed]
    ahead = [row for row in listed if _beside(catalogue, row, "outcome") in UNDECIDED]
    ahead = [row for row in ahead if result is None or _end(row) > _end(result)]
    after = min(ahead, key=_end, default=None)
    answered = [
        row for row in listed if result and _beside(catalogue, row, "outcome_id") == result["id"] and row is not after
    ]
    last = max(listed, key=_end, default=None) if not answered else None
    return [*answered, *filter(None, (after or last,))]


def _end(row: Row) -> datetime.date:
    end = row.get("period_end")
    return end if isinstance(end, datetime.date) else datetime.date.min


def _beside(catalogue: Catalogue, row: Row, column: str) -> Cell:
    """Return what a target's row beside its result has in a column."""
    return catalogue.views.get(str(row["id"]), {}).get(column)


def outcome_text(catalogue: Catalogue, row: Row, language: str, is_past: bool = False) -> str:
    """Return what became of a target and why, by its row beside its result: Cannot tell (Another scope).

    Of one whose period is past, no result is one that the data does not have.
    """
    fields = fields_of(catalogue)
    text = cell_text(fields["outcome"], row.get("outcome"), language)
    if is_past and row.get("outcome") in OPEN:
        text = words(language)["no result"]
    why = cell_text(fields["outcome_reason"], row.get("outcome_reason"), language)
    return text + words(language)["aside"].format(text=why) if why else text


def past_outcome(catalogue: Catalogue, part_id: str, language: str) -> str:
    """Return what became of a target, of one that may still come nothing."""
    row = catalogue.views.get(part_id)
    return outcome_text(catalogue, row, language) if row and row.get("outcome") not in OPEN else ""


def kind_text(fields: Mapping[str, Field], row: Row, language: str) -> str:
    """Return the kind of a target, where neither its period nor the heading above it says it."""
    if row["kind"] in ("plan", "five_year", "adjusted"):
        return ""
    return str(words(language)["in the report"].format(text=cell_text(fields["kind"], row["kind"], language).lower()))


def other_cautions(row: Row, language: str) -> str:
    """Return what a reader must look out for in a target, without that it was changed, which is said beside it."""
    kept = [each for each in str(row["caution"] or "").split(";") if each not in ("", "changed_later")]
    return cautions(";".join(kept), language) if kept else ""


def target_notes(catalogue: Catalogue, row: Row, language: str) -> Iterator[str]:
    """Yield what to know of a target to come: its kind, what to look out for, and when it was reached if early."""
    fields = fields_of(catalogue)
    yield from filter(None, (kind_text(fields, row, language), other_cautions(row, language)))
    if row["reached_period"] is not None:
        when = cell_text(fields["reached_period"], row["reached_period"], language)
        yield words(language)["reached early"].format(period=when)


def target_facts(catalogue: Catalogue, part_id: str, language: str) -> Iterator[Fact]:
    """Yield what is known of a target besides what the report says of it: its kind, its changes, what became of it."""
    row = catalogue.views.get(part_id)
    if row is None or "outcome" not in row:
        return
    fields, t = fields_of(catalogue), words(language)
    if row["kind"] != "plan":
        yield Fact(fields["kind"].heading(language), cell_text(fields["kind"], row["kind"], language))
    if row["revises_id"] is not None:
        yield Fact(fields["revises_id"].heading(language), *value_link(catalogue, str(row["revises_id"]), language))
    if part_id in catalogue.changed:
        yield Fact(t["changed to"], *value_link(catalogue, catalogue.changed[part_id], language))
    if row["outcome"] not in OPEN or row["outcome_reason"] is not None:
        yield Fact(fields["outcome"].heading(language), outcome_text(catalogue, row, language))
    if row["outcome_id"] is not None:
        beside = part_id.partition(".")[0]
        yield Fact(t["result"], *value_link(catalogue, str(row["outcome_id"]), language, beside))
    told = difference(catalogue.package, row, language)
    if told:
        yield Fact(fields["outcome_difference"].heading(language), told)
    if row["reached_period"] is not None:
        name = "reached_period"
        yield Fact(fields[name].heading(language), cell_text(fields[name], row[name], language))
