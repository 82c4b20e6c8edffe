"""What the list of a kind can be filtered by, and the address of a list or page of what records have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from factpack.package.collation import name_key
from factpack.package.periods import period
from factpack.package.table import Cell, Field, Table
from factpack.site.catalogue import Catalogue, once

PERIODS = frozenset(("period", "next_period"))
"""Columns of periods that a list can be filtered by."""
DOCUMENT = "document_id"
"""The column of the document of a record's first passage, which says little of the record."""
SEVERAL = 2
"""Values that a column has at least if it is worth a filter."""


class Choice(NamedTuple):
    """A value that records have in a column: as addresses write it, its label, and how many records have it."""

    id: str
    label: str
    records: int


class Facet(NamedTuple):
    """A column that a list can be filtered by, its title, and its choices."""

    column: str
    title: str
    choices: tuple[Choice, ...]


def facets(catalogue: Catalogue, table: Table, language: str) -> list[Facet]:
    """Return what the list of a kind can be filtered by, in the order of its columns."""
    found = (_facet(catalogue, table, field, language) for field in table.fields)
    return [each for each in found if each and len(each.choices) >= SEVERAL]


@once
def faceted(catalogue: Catalogue, name: str) -> frozenset[str]:
    """Return the columns that the list of a kind can be filtered by, by the name of its table."""
    found = facets(catalogue, catalogue.kinds[name], "en") if name in catalogue.kinds else ()
    return frozenset(each.column for each in found)


def listed_at(catalogue: Catalogue, table: Table, column: str) -> str:
    """Return the address of what has a value in a column, `{}` for the value; of no such page or list empty."""
    if column == catalogue.theme(table.name):
        return "theme/{}/index.html"
    return f"list/{table.name}/index.html#{column}={{}}" if column in faceted(catalogue, table.name) else ""


def key_of(value: Cell) -> str:
    """Return a value as addresses write it."""
    return str(value).replace("/", "--")


def _facet(catalogue: Catalogue, table: Table, field: Field, language: str) -> Facet | None:
    links = {each.field: each.table for each in table.links}
    beside = links.get(field.name) in catalogue.kinds.keys() - catalogue.proven.keys()
    if (not field.labels and field.name not in PERIODS and not beside) or field.name == DOCUMENT:
        return None
    counts = Counter(row[field.name] for row in catalogue.package.rows[table.name] if row[field.name] is not None)
    if field.name == catalogue.known_columns.of_role(table.name, "concept"):  # most are those of one record
        counts = Counter({value: count for value, count in counts.items() if count > 1})
    choices = tuple(_choices(catalogue, field, counts, language))
    return Facet(field.name, field.heading(language), choices)


def _choices(catalogue: Catalogue, field: Field, counts: Mapping[Cell, int], language: str) -> Iterator[Choice]:
    """Yield choices: of a vocabulary in its order, of periods the latest first, of records by name."""
    if field.labels:
        for value, label in field.labels.items():
            if value in counts:
                yield Choice(value, label[language], counts[value])
    elif field.name in PERIODS:
        for when in sorted(counts, key=str, reverse=True):
            yield Choice(key_of(when), period(str(when), language), counts[when])
    else:
        named = [(catalogue.entries[str(value)].name(language), str(value), count) for value, count in counts.items()]
        for name, own, count in sorted(named, key=lambda each: name_key(each[0])):
            yield Choice(own, name, count)
