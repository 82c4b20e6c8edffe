"""The list of a record type: by theme and as documents tell of them, with what it can be filtered by."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from factpack.package.periods import period
from factpack.package.table import Cell, Field, Table
from factpack.site import schema_org
from factpack.site.catalogue import INTRO, Catalogue, Entry
from factpack.site.cells import HIDDEN, Link, cell_text, link
from factpack.site.charts.figures import Figure, figures
from factpack.site.facets import facets, key_of, listed_at
from factpack.site.marks import Doubt, marks
from factpack.site.page import OutputFile, Page, Site, list_path
from factpack.site.stages import PROGRESS, progress
from factpack.site.templating import words
from factpack.words import other

SAID = frozenset(("estimate",))
"""Marks that the values of lists say in words."""
SHOWN = frozenset(("number", "definition", "code", "delivered_on", "quantity", "symbol"))
"""Columns that a list shows besides those with a vocabulary, and what a record is a part of."""


class Column(NamedTuple):
    """A column of a list: its heading, and what it shows of a record."""

    title: str
    name: str
    field: Field


class Head(NamedTuple):
    """A column as a list shows it: what addresses call it, its heading, and whether it holds long texts."""

    key: str
    text: str
    is_long: bool = False


class Spot(NamedTuple):
    """A cell of a list: what it shows, by what it sorts and among what, of when it is, and what is uncertain."""

    link: Link
    sort: str = ""
    when: str = ""
    unit: str = ""
    marks: Sequence[Doubt] = ()
    is_long: bool = False
    """Whether it is a text that takes a line of its own on a phone."""


class ListRow(NamedTuple):
    """A record in a list: its name, also in the other language, its cells, and its values by which it is filtered."""

    link: Link
    other: str
    cells: Sequence[Spot]
    data: Sequence[tuple[str, str]]


class Group(NamedTuple):
    """Records of a list under a heading, without one if that is empty."""

    link: Link
    rows: Sequence[ListRow]


def listing(site: Site, language: str, name: str) -> OutputFile:
    """Return the list of the records of a kind, by the name of its table."""
    catalogue, t = site.catalogue, words(language)
    table, entries = catalogue.kinds[name], in_order(catalogue, name, language)
    title, page = table.title[language], Page(language, list_path(name))
    told, found = RowMaker(site, table, entries, language), facets(catalogue, table, language)
    groups = list(_groups(told, [each.column for each in found]))
    return page.render(
        site,
        "list",
        title,
        about=table.description[language],
        data=schema_org.web_page(site.package, title, language, table.description[language], "CollectionPage"),
        columns=told.heads,
        groups=groups,
        count=len(entries),
        filters=found,
        has_board=told.is_staged and bool(catalogue.staged),
        order=t["order of report" if name in catalogue.proven else "order of list"],
        summary=table.description[language],
    )


def in_order(catalogue: Catalogue, name: str, language: str) -> list[Entry]:
    """Return the records of a kind as documents tell of them, those that no document proves by name.

    Documents themselves come the newest first.
    """
    if name in catalogue.proven:
        return catalogue.as_told(name, language)
    entries, day = catalogue.by_name(name, language), catalogue.known_columns.of_role(name, "delivered")
    return sorted(entries, key=lambda entry: str(entry.row[day] or ""), reverse=True) if day else entries


def _groups(told: RowMaker, filters: Sequence[str]) -> Iterator[Group]:
    """Yield the records of a list by theme, in the order of the vocabulary; in one group if they have none."""
    by, table = told.site.catalogue.theme(told.table.name), told.table
    rows = [(entry, told.row(entry, filters)) for entry in told.entries]
    if not by:
        yield Group(Link(""), [row for _, row in rows])
        return
    field = next(each for each in table.fields if each.name == by)
    for value in [*field.labels, None]:
        some = [row for entry, row in rows if entry.row[by] == value]
        text = cell_text(field, value, told.language)
        path = listed_at(told.site.catalogue, table, by).format(value)
        if some:
            yield Group(Link(text, path if text else ""), some)


class RowMaker:
    """What makes the rows of a list, for readers of a language."""

    def __init__(self, site: Site, table: Table, entries: Sequence[Entry], language: str) -> None:
        self.site, self.table, self.entries, self.language = site, table, entries, language
        self.fields: Mapping[str, Field] = {each.name: each for each in table.fields}
        self.columns = list(_columns(table, entries, language))
        self.is_valued = any("value" in rows[0] for entry in entries for rows in entry.parts.values())
        self.is_staged = all(each in self.fields for each in PROGRESS)

    @property
    def heads(self) -> list[Head]:
        """The columns, the name first."""
        t = words(self.language)
        valued = [Head("value", t["latest"]), Head("target", t["target"])] if self.is_valued else []
        staged = [Head("stage", t["progress"])] if self.is_staged else []
        others = (Head(each.name, each.title, _is_long(each.name)) for each in self.columns)
        return [Head("name", t["name"]), *valued, *staged, *others]

    def row(self, entry: Entry, filters: Sequence[str] = ()) -> ListRow:
        """Return a record as a row."""
        spots = [*self._values(entry), *self._progress(entry), *(self._spot(entry, each) for each in self.columns)]
        data = [(name, key_of(entry.row[name])) for name in filters if entry.row[name] is not None]
        return ListRow(Link(entry.name(self.language), entry.id), entry.name(other(self.language)), spots, data)

    def _values(self, entry: Entry) -> Iterator[Spot]:
        """Yield the cells of the latest result and of the target."""
        if self.is_valued:
            catalogue = self.site.catalogue
            found = {each.status == "target": each for each in figures(entry, catalogue, self.language)}
            yield from (value_spot(catalogue, found.get(aim), self.language) for aim in (False, True))

    def _progress(self, entry: Entry) -> Iterator[Spot]:
        if self.is_staged:
            reached = progress(self.fields, entry.row, self.language)
            yield Spot(Link(reached.text), reached.sort, reached.ahead)

    def _spot(self, entry: Entry, column: Column) -> Spot:
        catalogue, value = self.site.catalogue, entry.row[column.name]
        if column.name == "part_of_id" and value is not None:
            return Spot(link(catalogue, str(value), self.language))
        text = cell_text(column.field, value, self.language)
        if value is None or column.name != catalogue.theme(self.table.name):
            return Spot(Link(text), sort_key(value), is_long=_is_long(column.name))
        return Spot(Link(text, listed_at(catalogue, self.table, column.name).format(value)))


def _is_long(column: str) -> bool:
    """Say whether a column holds texts that say what records are."""
    return column[:-3] in INTRO


def sort_key(value: Cell) -> str:
    """Return by what a number or a day sorts, of anything else nothing."""
    if isinstance(value, datetime.date):
        return value.strftime("%Y%m%d")
    return str(value) if isinstance(value, (int, Decimal)) else ""


def value_spot(catalogue: Catalogue, figure: Figure | None, language: str) -> Spot:
    """Return the cell of a result or target, with its period, and what became of a target of the past."""
    found = catalogue.package.find(figure.id) if figure else None
    if figure is None or found is None:
        return Spot(Link(""))
    row = found[1]
    text = figure.text if figure.status == "target" else str(row[f"display_{language}"])
    when = words(language)["comma"].join(filter(None, (period(str(row["period"]), language), figure.outcome)))
    number = row.get("plain_value")
    sort = format(number, "f") if isinstance(number, Decimal) else str(number or "")
    return Spot(Link(text, figure.id), sort, when, str(row.get("plain_unit_id") or ""), marks(row, language, SAID))


def _columns(table: Table, entries: Sequence[Entry], language: str) -> Iterator[Column]:
    """Yield the columns that tell records apart, besides their progress."""
    for field in table.fields:
        stem = field.name[:-3] if field.name.endswith((f"_{language}", "_id")) else field.name
        fits = field.labels or stem in SHOWN or field.name == "part_of_id"
        if field.name in HIDDEN or (field.name in PROGRESS and table.field(PROGRESS[0])):
            continue
        if fits and any(entry.row[field.name] is not None for entry in entries):
            yield Column(field.heading(language), field.name, field)
