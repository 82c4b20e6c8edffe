"""The table of values: every value in a row of its own, with what rows are filtered by, and the same rows as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from factpack.package.periods import period
from factpack.package.table import Row, Table
from factpack.site import schema_org
from factpack.site.catalogue import Catalogue, Entry
from factpack.site.cells import Link, cell_text, link, without_status
from factpack.site.facets import SEVERAL, Choice, Facet, facets, key_of
from factpack.site.marks import Doubt, legend, marks
from factpack.site.page import OutputFile, Page, Site, list_path, record_path
from factpack.site.pages.lists import Head, Spot, sort_key
from factpack.site.templating import words
from factpack.table.encode import json_bytes

FILTERED = ("period", "status", "plain_unit_id", "verification")
"""Columns that rows are filtered by, besides the theme and what is uncertain."""
DOUBT, CERTAIN = "doubt", "none"
"""What addresses call the filter by what is uncertain, and its choice of what is not."""
SAID = frozenset(("estimate",))
"""Marks that the column of the status says."""
FIRST = 100
"""Rows that a page shows at once where it can show more when asked to."""


class ValueRow(NamedTuple):
    """A value in the table: its id, a link to it by its record's name, its cells, and by what it is filtered."""

    id: str
    link: Link
    cells: Sequence[Spot]
    data: Sequence[tuple[str, str]]


def value_table(site: Site, language: str, name: str) -> OutputFile:
    """Return the page of all values of a table of parts."""
    catalogue, t, table = site.catalogue, words(language), site.package.tables[name]
    filters = [*_facets(catalogue, table, language), _doubts(site.package.rows[name], language)]
    filters = [each for each in filters if len(each.choices) >= SEVERAL]
    told = _Rows(catalogue, table, language, [each.column for each in filters])
    rows = list(told.rows())
    title, about = t["table of"].format(title=table.title[language]), t["table about"]
    return Page(language, list_path(name)).render(
        site,
        "value_table",
        title,
        name=name,
        about=about,
        data=schema_org.web_page(site.package, title, language, about, "CollectionPage"),
        columns=told.heads,
        rows=rows[:FIRST],
        rest=rows[FIRST:],
        count=len(rows),
        most=FIRST,
        filters=filters,
        order=t["order of report"],
        csv=table.path,
        summary=about,
    )


def value_data(site: Site) -> Iterator[OutputFile]:
    """Yield the rows of each table of values as a script: a page opened from a folder may read no other file."""
    for name in site.catalogue.valued:
        table = site.package.tables[name]
        types = {field.name: field.type for field in table.fields}
        told = json_bytes({"name": name, "types": types, "csv": site.package.files[table.path].decode("utf-8")})
        yield rows_path(name), b"window.values = " + told + b";\n"


def rows_path(name: str) -> str:
    """Return the path of the rows of a table as a script."""
    return list_path(name).replace("index.html", "rows.js")


def _facets(catalogue: Catalogue, table: Table, language: str) -> list[Facet]:
    """Return what rows are filtered by: first the theme."""
    columns = [*(catalogue.theme(kind) for kind in catalogue.kinds), *FILTERED]
    found = [each for each in facets(catalogue, table, language) if each.column in columns]
    return sorted(found, key=lambda each: columns.index(each.column))


def _doubts(rows: Sequence[Row], language: str) -> Facet:
    """Return the filter by what is uncertain in a value."""
    t = words(language)
    counts = Counter(key for row in rows for key in _doubt_keys(marks(row, language)))
    known = [(_key(each), each.text) for each in legend(language)]
    choices = (Choice(key, text, counts[key]) for key, text in [(CERTAIN, t["doubt none"]), *known] if key in counts)
    return Facet(DOUBT, t["doubt"], tuple(choices))


def _doubt_keys(found: Sequence[Doubt]) -> list[str]:
    return [_key(each) for each in found] or [CERTAIN]


def _key(doubt: Doubt) -> str:
    return doubt.key.replace(" ", "-")


class _Rows:
    """What makes the rows of a table of values, for readers of a language."""

    def __init__(self, catalogue: Catalogue, table: Table, language: str, filters: Sequence[str]) -> None:
        self.catalogue, self.table, self.language = catalogue, table, language
        self.fields = {each.name: each for each in table.fields}
        self.filters = [each for each in filters if each != DOUBT]
        self.is_doubted = DOUBT in filters

    @property
    def heads(self) -> list[Head]:
        """The columns: what addresses call each, and its heading."""
        t = words(self.language)
        when = self.fields["period"].heading(self.language)
        texts = {
            "name": t["name"],
            "value": t["value"],
            "period": when,
            "theme": t["theme"],
            "document": t["source of"],
        }
        return [Head(key, text) for key, text in texts.items()]

    def rows(self) -> Iterator[ValueRow]:
        """Yield the rows, records as documents tell of them."""
        for kind in self.catalogue.kinds:
            for entry in self.catalogue.as_told(kind, self.language):
                yield from (self._row(entry, row) for row in entry.parts.get(self.table.name, ()))

    def _row(self, entry: Entry, row: Row) -> ValueRow:
        language, own = self.language, str(row["id"])
        found = marks(row, language)
        status = cell_text(self.fields["status"], row["status"], language)
        text = without_status(str(row[f"display_{language}"]), status, language)
        shown = [each for each in found if each.key not in SAID]
        cells = [
            Spot(Link(text), sort_key(row["plain_value"]), "", str(row["plain_unit_id"] or ""), shown),
            Spot(Link(period(str(row["period"]), language)), sort_key(row.get("period_end")), status),
            Spot(Link(self._theme(entry))),
            self._source(row),
        ]
        data = [(name, key_of(row[name])) for name in self.filters if row[name] is not None]
        doubts = [(DOUBT, " ".join(_doubt_keys(found)))] if self.is_doubted else []
        return ValueRow(own, Link(entry.name(language), own), cells, [*data, *doubts])

    def _theme(self, entry: Entry) -> str:
        column = self.catalogue.theme(entry.table.name)
        field = entry.table.field(column)
        return cell_text(field, entry.row[column], self.language) if field else ""

    def _source(self, row: Row) -> Spot:
        """Return the document that a value is from, and the paragraph, to which it leads."""
        document, number = str(row.get("document_id") or ""), row.get("paragraph")
        if not document:
            return Spot(Link(""))
        found = link(self.catalogue, document, self.language)
        if not isinstance(number, int):
            return Spot(found)
        where = words(self.language)["paragraph n"].format(number=number)
        return Spot(Link(found.text, f"{record_path(document)}#p{number}"), when=where)
