"""What a record has to do with others: by its references, by names in texts, by paragraph and by theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from factpack.package.collation import name_key
from factpack.package.periods import period
from factpack.package.table import Row, Table
from factpack.site.catalogue import Catalogue, Entry, once
from factpack.site.cells import Link, cell_text, link
from factpack.site.charts.figures import figures
from factpack.site.facets import listed_at
from factpack.site.outline import section_of
from factpack.site.stages import PROGRESS, progress
from factpack.site.templating import words

NEAR = 8
"""Records of the same paragraph or theme that the page of a record shows, of those before it and of those after it."""


class Related(NamedTuple):
    """A related record: a link to it, and what is worth knowing of it here."""

    link: Link
    note: str = ""


class LinkGroup(NamedTuple):
    """Related records under one heading, which may lead to all of them."""

    title: Link
    items: Sequence[Related]
    more: str = ""
    """The words of a link to all, where these are only some."""


def related(catalogue: Catalogue, entry: Entry, language: str) -> Iterator[LinkGroup]:
    """Yield the records that have to do with a record, each once."""
    seen = {entry.id}
    for group in _groups(catalogue, entry, language):
        fresh = [each for each in group.items if each.link.id.partition(".")[0] not in seen]
        seen.update(each.link.id for each in fresh)
        if fresh:
            yield group._replace(items=fresh)


def ancestors(catalogue: Catalogue, entry: Entry) -> list[str]:
    """Return what a record is a part of, the whole first."""
    column, found = catalogue.known_columns.of_role(entry.table.name, "part_of"), list[str]()
    above = str(entry.row.get(column) or "")
    while above in catalogue.entries and above not in found and above != entry.id:
        found.insert(0, above)
        above = str(catalogue.entries[above].row.get(column) or "")
    return found


def _groups(catalogue: Catalogue, entry: Entry, language: str) -> Iterator[LinkGroup]:
    t = words(language)
    for (table, column), others in entry.refers_to.items():
        known = [each for each in others if catalogue.kind(each).name in catalogue.proven]
        yield LinkGroup(
            Link(_heading(catalogue.package.tables[table], column, language)), _plain(catalogue, known, language)
        )
    for (table, column), others in entry.used_by.items():
        told = [
            Related(link(catalogue, each, language), _note(catalogue, entry, each, table, column, language))
            for each in others
        ]
        yield LinkGroup(Link(_reverse(catalogue, table, column, others, language)), _sorted(told))
    yield _of_concept(catalogue, entry, language)
    yield LinkGroup(Link(t["mentions"]), _plain(catalogue, catalogue.mentioned(entry.id), language))
    yield LinkGroup(Link(t["mentioned"]), _noted(catalogue, catalogue.mentioning(entry.id), language))
    yield from _of_paragraph(catalogue, entry, language)
    yield from _of_theme(catalogue, entry, language)


def _of_concept(catalogue: Catalogue, entry: Entry, language: str) -> LinkGroup:
    """Return the records that are about the same thing."""
    column = catalogue.known_columns.of_role(entry.table.name, "concept")
    siblings, t = catalogue.concept(entry.id), words(language)
    path = listed_at(catalogue, entry.table, column).format(entry.row.get(column)) if siblings and column else ""
    return LinkGroup(Link(t["same concept"], path), _noted(catalogue, siblings, language))


def _of_paragraph(catalogue: Catalogue, entry: Entry, language: str) -> Iterator[LinkGroup]:
    """Yield the records that are proven by the paragraph in which the newest document first tells of a record."""
    found = catalogue.cited_at(entry.id)
    if found is None:
        return
    document, number = found
    t, near = words(language), around(catalogue.proven_by(document, number), entry.id, NEAR)
    section = section_of(catalogue, document, number)
    where = t["paragraph n"].format(number=number)
    where += t["aside"].format(text=section[f"label_{language}"]) if section else ""
    title = Link(t["same paragraph"].format(where=where), f"id/{document}/index.html#p{number}")
    more = t["all of paragraph"] if len(near) < len(catalogue.proven_by(document, number)) else ""
    yield LinkGroup(title, _plain(catalogue, near, language), more)


def _of_theme(catalogue: Catalogue, entry: Entry, language: str) -> Iterator[LinkGroup]:
    """Yield the records of the same kind and theme that documents tell of next to a record, and a link to all."""
    column = catalogue.theme(entry.table.name)
    value = entry.row.get(column) if column else None
    if value is None:
        return
    told = catalogue.of_theme(entry.table.name, str(value))
    near = around(told, entry.id, NEAR)
    field = next(each for each in entry.table.fields if each.name == column)
    t, text = words(language), cell_text(field, value, language)
    title = Link(t["same theme"].format(theme=text), listed_at(catalogue, entry.table, column).format(value))
    more = t["all of theme"].format(theme=text) if len(told) > len(near) else ""
    yield LinkGroup(title, _sorted(Related(link(catalogue, each, language)) for each in near), more)


def around(listed: Sequence[str], own: str, count: int) -> Sequence[str]:
    """Return those of some records that stand around one of them, at most so many on each side."""
    at = listed.index(own)
    return listed[max(0, at - count) : at + count + 1]


def _plain(catalogue: Catalogue, ids: Iterable[str], language: str) -> list[Related]:
    """Return links to records, of those with the same name each with its kind."""
    listed = [(each, link(catalogue, each, language)) for each in ids if each in catalogue.entries]
    names = Counter(each.text for _, each in listed)
    kinds = ((each, catalogue.kind(own).title[language]) for own, each in listed)
    return _sorted(Related(each, kind if names[each.text] > 1 else "") for each, kind in kinds)


def _noted(catalogue: Catalogue, ids: Iterable[str], language: str) -> list[Related]:
    """Return links to records with the stage or the latest result of each."""
    return _sorted(Related(link(catalogue, each, language), state_of(catalogue, each, language)) for each in ids)


def _sorted(listed: Iterable[Related]) -> list[Related]:
    return sorted(listed, key=lambda each: name_key(each.link.text))


@once
def state_of(catalogue: Catalogue, record_id: str, language: str) -> str:
    """Return the stage of a record or its latest result, in words; of a record with neither nothing."""
    entry = catalogue.entries[record_id]
    if all(each in entry.row for each in PROGRESS):
        reached = progress({each.name: each for each in entry.table.fields}, entry.row, language)
        return " ".join(filter(None, (reached.text, reached.ahead)))
    latest = next(figures(entry, catalogue, language), None)
    found = catalogue.package.find(latest.id) if latest else None
    return _said(found[1], language) if found else ""


def _said(row: Row, language: str) -> str:
    """Return a value as displayed, with its period."""
    t = words(language)
    return t["comma"].join((period(str(row["period"]), language), str(row[f"display_{language}"])))


def _note(catalogue: Catalogue, entry: Entry, other: str, table: str, column: str, language: str) -> str:
    """Return what is worth knowing of a record that refers to one: the latest value that does so, else its state."""
    rows = [row for row in catalogue.entries[other].parts.get(table, ()) if row[column] == entry.id]
    valued = [row for row in rows if row.get(f"display_{language}")]
    if valued:
        return _said(max(valued, key=lambda row: str(row["period_end"])), language)
    return "" if rows else state_of(catalogue, other, language)


def _reverse(catalogue: Catalogue, table: str, column: str, others: Iterable[str], language: str) -> str:
    """Return what those that refer to a record by a column are called on its page."""
    told = catalogue.known_columns.reverse(table, column, language)
    kind = catalogue.kind(next(iter(others))).title[language]
    heading = _heading(catalogue.package.tables[table], column, language)
    return told or words(language)["used by"].format(title=kind, column=heading)


def _heading(table: Table, column: str, language: str) -> str:
    return next(each for each in table.fields if each.name == column).heading(language)
