"""Targets to come as their page shows them: those beside a result, those that are new or stand alone, and mere aims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from factpack.package.comparisons import Comparison
from factpack.package.periods import period
from factpack.package.table import Row
from factpack.site.aims import SAID, target_notes
from factpack.site.catalogue import Catalogue
from factpack.site.cells import Link, value_link, without_status
from factpack.site.charts.compared import Compared, compared
from factpack.site.marks import Doubt, marks
from factpack.site.pages.past import by_name
from factpack.site.pages.themes import theme_path
from factpack.site.templating import words


class Alone(NamedTuple):
    """A target without a result to compare: what it says, what a reader must know, and an older result if any."""

    link: Link
    target: str
    notes: Sequence[str]
    changed: Link
    """The target that it was changed to, if it was."""
    before: Link
    when: str
    paragraph: object
    document: str
    doubts: Sequence[Doubt]


class Theme(NamedTuple):
    """The targets of a theme: its name and page, of none empty, and the targets."""

    title: str
    path: str
    rows: Sequence[Alone]


class Coming(NamedTuple):
    """The targets of a period to come, in three parts; a part without any is empty."""

    compared: Compared | None
    themes: Sequence[Theme]
    aims: Sequence[Alone]


def coming(
    catalogue: Catalogue, rows: Sequence[Row], beside: Mapping[str, Comparison], key: str, language: str
) -> Coming:
    """Return the targets of a period in their parts; `beside` has the comparisons by the id of the target."""
    found = [beside[str(row["id"])] for row in rows if str(row["id"]) in beside]
    left = [row for row in by_name(rows, language) if str(row["id"]) not in beside]
    alone = [row for row in left if row["plain_value"] is not None]
    aims = [_alone(catalogue, row, language) for row in left if row["plain_value"] is None]
    return Coming(compared(catalogue, found, f"{key}-compared", language), _themes(catalogue, alone, language), aims)


def _themes(catalogue: Catalogue, rows: Iterable[Row], language: str) -> list[Theme]:
    """Return targets by theme, in the order of the vocabulary; all together where records have no themes."""
    found: dict[str, list[Alone]] = {}
    labels: dict[str, Mapping[str, str]] = {}
    for row in rows:
        entry = catalogue.entries[str(row["indicator_id"])]
        column = catalogue.theme(entry.table.name)
        labels |= next((each.labels for each in entry.table.fields if each.name == column), {})
        found.setdefault(str(entry.row.get(column) or ""), []).append(_alone(catalogue, row, language))
    known = [Theme(labels[each][language], theme_path(each), found[each]) for each in labels if each in found]
    return [*known, *(Theme("", "", some) for each, some in found.items() if each not in labels)]


def _alone(catalogue: Catalogue, row: Row, language: str) -> Alone:
    own, t = str(row["id"]), words(language)
    parts = [catalogue.package.find(str(row[each])) for each in ("id", "baseline_id")]
    target, before = (found[1] if found else {} for found in parts)
    changed = catalogue.changed.get(own)
    return Alone(
        Link(str(row[f"indicator_name_{language}"]), own),
        without_status(str(row[f"display_{language}"]), t["target"], language),
        list(target_notes(catalogue, row, language)),
        value_link(catalogue, changed, language) if changed else Link(""),
        Link(str(before[f"display_{language}"]), str(before["id"])) if before else Link(""),
        period(str(before.get("period") or ""), language),
        row["paragraph"],
        str(row["document_id"] or ""),
        marks(target, language, SAID),
    )
