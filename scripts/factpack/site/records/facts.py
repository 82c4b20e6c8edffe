"""What the page of a record says besides its parts and figures, and its files for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from factpack.package.citation import citation_of, retirement_text
from factpack.package.package import Package
from factpack.package.styles import STYLES
from factpack.package.table import Table, name_text
from factpack.site.catalogue import INTRO, Catalogue, Entry
from factpack.site.cells import Fact, cell_text
from factpack.site.contact import Address
from factpack.site.records.parts import SHORT_STYLE
from factpack.site.templating import web, words
from factpack.table.encode import csv_lines, json_bytes

STYLE_NAMES = {
    "gbt7714": "GB/T 7714—2025",
    "apa": "APA 7",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
}


class Retired(NamedTuple):
    """A retired record or part: since when and by what it is replaced, in words, and the id that replaces it."""

    id: str
    text: str
    replaced_by: str


def lists(catalogue: Catalogue, entry: Entry, language: str) -> Iterator[Fact]:
    """Yield what a record has several of, such as its other names, as texts."""
    for name, rows in entry.lists.items():
        table = catalogue.package.tables[name]
        kinds = table.field("kind")
        if kinds:
            for kind, some in groupby(rows, itemgetter("kind")):
                joined = words(language)["several"].join(name_text(row, language) for row in some)
                yield Fact(kinds.labels[str(kind)][language], joined)
            continue
        column = table.fields[-1]
        if column.name not in {each.field for each in table.links}:
            joined = words(language)["several"].join(str(row[column.name]) for row in rows)
            yield Fact(table.title[language], joined)


def citations(package: Package, record_id: str, language: str) -> list[tuple[str, str, str]]:
    """Return citations in every style, that of the language first: the key of the style, its name, and the text."""
    citation = citation_of(package, record_id, language)
    order = sorted(STYLES, key=lambda style: style != SHORT_STYLE[language])
    return [(style, STYLE_NAMES[style], STYLES[style](citation)) for style in order]


def value_table(entry: Entry, package: Package) -> Table | None:
    """Return the table of a record's parts that has values, which is what its CSV contains, else None."""
    return next((package.tables[name] for name, rows in entry.parts.items() if "value" in rows[0]), None)


def as_csv(entry: Entry, package: Package) -> bytes:
    """Return the rows of a record's values as CSV, of a record without values its own row."""
    table = value_table(entry, package)
    rows = entry.parts[table.name] if table else [entry.row]
    columns = [each.name for each in (table or entry.table).fields]
    return csv_lines([columns, *([row[name] for name in columns] for row in rows)])


def as_json(package: Package, record_id: str) -> bytes:
    """Return a record as JSON, of one that is retired its row in the table of ids."""
    return json_bytes(package.records.get(record_id) or dict(package.states[record_id])) + b"\n"


def retirements(catalogue: Catalogue, record_id: str, language: str) -> list[Retired]:
    """Return what is retired of a record, the record itself first."""
    rows = catalogue.retired.get(record_id, ())
    found = [Retired(str(row["id"]), retirement_text(row, language), str(row["replaced_by_id"] or "")) for row in rows]
    return sorted(found, key=lambda each: each.id != record_id)


def intro(entry: Entry, language: str) -> list[str]:
    """Return what says what a record is, in a language."""
    return [str(entry.row[f"{each}_{language}"]) for each in INTRO if entry.row.get(f"{each}_{language}")]


def published(entry: Entry, language: str) -> list[Address]:
    """Return where a document was published, as far as its record says so."""
    kind = entry.table.field("type")
    told = cell_text(kind, entry.row[kind.name], language).lower() if kind else ""
    url = web(entry.row.get("url"))
    return [Address(url, words(language)["read published"].format(type=told))] if url else []


def web_authors(package: Package, language: str) -> list[Mapping[str, str]]:
    """Return who made a package, each with an address if one is given."""
    listed = package.descriptor["contributors"]
    names = package.authors_in(language)
    return [{"name": name, "url": web(each.get("path"))} for name, each in zip(names, listed, strict=True)]
