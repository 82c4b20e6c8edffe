"""What pages show of a cell: links, facts, labels and titles."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from factpack.package.citation import part_text
from factpack.package.collation import name_key
from factpack.package.periods import period
from factpack.package.table import Cell, Field, Row, Table
from factpack.package.targets import cautions
from factpack.site.catalogue import Catalogue, once
from factpack.site.facets import key_of, listed_at
from factpack.site.templating import words
from factpack.table.encode import cell
from factpack.words import other

HIDDEN = frozenset(
    (
        *(
            "id",
            "position",
            "document_id",
            "paragraph",
            "quote",
            "url",
            "section",
            "locator",
            "period_start",
        ),
        *("period_end", "concept", "vintage", "obs_status", "preferred"),
    )
)
"""Columns that a page shows in a place of their own, or that only computers need."""
STEMS = frozenset(("name", "title", "display", "description", "definition", "section"))
"""Columns in both languages that a page shows in a place of their own."""
PLAIN = frozenset(
    (
        *(("bound", "exact"), ("reading", "clear"), ("provisional", False)),
        *(("verification", "verified"), ("outcome", "pending")),
    )
)
"""Columns with a value that says nothing beside the words of the report."""
DATED = ("period", "moved_to", "published_at")
"""Ends of names of columns with a period or time."""
HASH = re.compile("[0-9a-f]{64}")
"""A SHA-256."""
GROUPED = 4
"""Digits from which a number is written in groups of three."""


class Link(NamedTuple):
    """A link within the site: its text, and the record or part that it leads to; of nothing empty."""

    text: str
    id: str = ""


class Fact(NamedTuple):
    """A field of a row: what it is called, what it says, and the record that this leads to; of nothing empty."""

    label: str
    text: str
    id: str = ""

    @property
    def is_hash(self) -> bool:
        """Whether it is a fingerprint, which nobody reads but some copy."""
        return HASH.fullmatch(self.text) is not None


def link(catalogue: Catalogue, record_id: str, language: str) -> Link:
    """Return a link to a record by its name."""
    return Link(catalogue.name(record_id, language), record_id)


def links(catalogue: Catalogue, record_ids: Iterable[str], language: str) -> list[Link]:
    """Return links to records in the order of their names."""
    return sorted((link(catalogue, each, language) for each in record_ids), key=lambda each: name_key(each.text))


def value_link(catalogue: Catalogue, part_id: str, language: str, beside: str = "") -> Link:
    """Return a link to a part by what it says; where it is no part of the record `beside`, with that record's name."""
    found = catalogue.package.find(part_id)
    text = part_text(found[0], found[1], language) if found else ""
    record_id = part_id.partition(".")[0]
    if not text:
        return link(catalogue, part_id, language)
    if beside in ("", record_id):
        return Link(text, part_id)
    return Link(words(language)["of"].format(title=link(catalogue, record_id, language).text, name=text), part_id)


def without_status(display: str, status: str, language: str) -> str:
    """Return a value as displayed, without its status at the end, for where a label says it."""
    return display.removesuffix(words(language)["aside"].format(text=status.lower()))


def cell_text(field: Field, value: Cell, language: str) -> str:
    """Return a cell as a reader reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return words(language)["yes" if value else "no"]
    found = field.labels.get(str(value))
    if found:
        return found[language]
    if field.name == "caution":
        return cautions(value, language)
    if isinstance(value, (int, Decimal)) and len(str(abs(int(value)))) >= GROUPED and field.name != "code":
        return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    dated = isinstance(value, datetime.date) or field.name.endswith(DATED)
    return period(cell(value), language) if dated else cell(value)


class ShownColumn(NamedTuple):
    """A column as a page shows it: the column, what it is called, and where it leads."""

    field: Field
    label: str
    target: str
    """The column of the record that it links to."""
    listed: str = ""
    """The address of what has a value in it, `{}` for the value; of no such page or list empty."""


def shown_columns(
    catalogue: Catalogue, table: Table, language: str, without: frozenset[str] = frozenset()
) -> Sequence[ShownColumn]:
    """Return the columns of a table that a page shows among the facts of a row, without some."""
    return [each for each in _all_shown(catalogue, table.name, language) if each.field.name not in without]


@once
def _all_shown(catalogue: Catalogue, name: str, language: str) -> Sequence[ShownColumn]:
    return list(_shown(catalogue, catalogue.package.tables[name], language))


def _shown(catalogue: Catalogue, table: Table, language: str) -> Iterator[ShownColumn]:
    names = {field.name for field in table.fields}
    links = {each.field for each in table.links if each.table != "ids"}
    for field in table.fields:
        name = field.name
        stem = name[:-3] if name[-3:] in ("_zh", "_en", "_id") else name
        if name in HIDDEN or name.endswith(f"_{other(language)}") or (stem in STEMS and name != stem):
            continue
        if name.endswith("_id") and f"{stem}_{language}" in names:
            continue  # its text has a column of its own, which links
        target = f"{stem}_id" if name == f"{stem}_{language}" else name
        label = words(language)["result"] if name == "outcome_id" else field.heading(language)
        listed = listed_at(catalogue, table, name)
        yield ShownColumn(field, label, target if target in links else "", listed)


def facts(
    catalogue: Catalogue, columns: Sequence[ShownColumn], row: Row, language: str, record: Row | None = None
) -> Iterator[Fact]:
    """Yield what a row says in some columns, without what its record says of all such rows.

    A value in base units is a fact only where it is not the value itself.
    """
    converted = row.get("plain_value") != row.get("value") or row.get("plain_unit_id") != row.get("unit_id")
    for field, label, target, listed in columns:
        name, value = field.name, row[field.name]
        if name.startswith("plain_") and not converted:
            continue
        if value is None or (name, value) in PLAIN or (record is not None and record.get(name) == value):
            continue
        if name == "outcome_id" and row.get("outcome") == "moved":  # what it was moved to links there
            continue
        if name == "moved_to" and row.get("outcome") == "moved":
            yield Fact(label, cell_text(field, value, language), str(row["outcome_id"]))
        elif not target or row[target] is None:
            yield Fact(label, cell_text(field, value, language), listed.format(key_of(value)))
        elif target == name:
            yield Fact(label, *value_link(catalogue, str(value), language, str(row["id"]).partition(".")[0]))
        else:
            yield Fact(label, str(value), str(row[target]))
