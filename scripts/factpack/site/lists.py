"""The list of a record type."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from factpack.package.periods import period
from factpack.package.table import Field, Table
from factpack.site import schema_org
from factpack.site.catalogue import Entry
from factpack.site.cells import Link, cell_text, link
from factpack.site.figures import Figure, figures
from factpack.site.page import OutputFile, Page, Site, list_path
from factpack.site.targets import sort_key
from factpack.site.templating import words
from factpack.words import other

FIRST = frozenset(("stage", "period", "next_stage", "next_period"))
SHOWN = frozenset(("period", "next_period", "number", "code", "delivered_on", "quantity", "symbol"))
"""Columns that a list shows besides those with a vocabulary, and what a record is a part of."""


class Column(NamedTuple):
    """A column of a list: its heading, and what it shows of a record."""

    title: str
    name: str
    field: Field


class Spot(NamedTuple):
    """A cell of a list: what it shows, by what it sorts where that is something else, and of when it is."""

    link: Link
    sort: str = ""
    when: str = ""


def listing(site: Site, language: str, name: str) -> OutputFile:
    """Return the list of the records of a kind, by the name of its table."""
    table, entries = site.catalogue.kinds[name], site.catalogue.by_name(name, language)
    t, title, page = words(language), table.title[language], Page(language, list_path(name))
    columns = list(_columns(table, entries, language))
    valued = any(any("value" in row for rows in entry.parts.values() for row in rows[:1]) for entry in entries)
    heads = [t["name"], *([t["latest"], t["target"]] if valued else []), *(each.title for each in columns)]
    rows = [_row(site, entry, columns, valued, language) for entry in entries]
    at = 3 if valued else 1
    chosen = [(number, each.title, _choices(each.field, entries, language)) for number, each in enumerate(columns, at)]
    return page.render(
        site,
        "list",
        title,
        about=table.description[language],
        data=schema_org.web_page(site.package, title, language, table.description[language], "CollectionPage"),
        columns=heads,
        rows=rows,
        filters=[{"column": number, "title": head, "choices": each} for number, head, each in chosen if len(each) > 1],
        summary=table.description[language],
    )


def _columns(table: Table, entries: Sequence[Entry], language: str) -> Iterator[Column]:
    """Yield the columns that tell records apart: how far they are first, for a telephone shows only a few."""
    for field in sorted(table.fields, key=lambda field: field.name not in FIRST):
        stem = field.name[:-3] if field.name.endswith((f"_{language}", "_id")) else field.name
        fits = field.labels or stem in SHOWN or field.name == "part_of_id"
        if fits and any(entry.row[field.name] is not None for entry in entries):
            yield Column(field.heading(language), field.name, field)


def _row(site: Site, entry: Entry, columns: Sequence[Column], valued: bool, language: str) -> dict[str, Any]:
    catalogue, spots = site.catalogue, list[Spot]()
    if valued:
        found = {each.status == "target": each for each in figures(entry, catalogue, language)}
        for aim in (False, True):
            spots.append(_value(site, found.get(aim), language))
    for each in columns:
        value = entry.row[each.name]
        if each.name == "part_of_id" and value is not None:
            spots.append(Spot(link(catalogue, str(value), language)))
        else:
            sort = sort_key(value) if isinstance(value, (int, Decimal, datetime.date)) else ""
            spots.append(Spot(Link(cell_text(each.field, value, language)), sort))
    return {"link": Link(entry.name(language), entry.id), "other": entry.name(other(language)), "cells": spots}


def _value(site: Site, figure: Figure | None, language: str) -> Spot:
    """Return the cell of a result or target, with its period, and what became of a target of the past."""
    found = site.catalogue.package.find(figure.id) if figure else None
    if figure is None or found is None:
        return Spot(Link(""), sort_key(None))
    row = found[1]
    text = figure.text if figure.status == "target" else str(row[f"display_{language}"])
    when = words(language)["comma"].join(filter(None, (period(str(row["period"]), language), figure.outcome)))
    return Spot(Link(text, figure.id), sort_key(row.get("plain_value")), when)


def _choices(field: Field, entries: Iterable[Entry], language: str) -> list[str]:
    """Return the labels that records have in a column, in the order of its vocabulary."""
    had = {str(entry.row[field.name]) for entry in entries}
    return [label[language] for value, label in field.labels.items() if value in had]
