"""Overviews: the pages that lead to records: home, the lists of kinds, and targets beside results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from factpack.package.citation import STYLES, cited
from factpack.package.table import Cell, Field, Row, Table
from factpack.site import schema_org
from factpack.site.catalogue import Entry
from factpack.site.charts import charts, period
from factpack.site.outline import tokens
from factpack.site.page import Made, Page, Site, list_path
from factpack.site.record import Link, drawn, figures, label_of, link, list_title, said
from factpack.site.reference import amount, uses_of
from factpack.site.templating import other, words

FIRST = frozenset(("stage", "period", "next_stage", "next_period"))
SHOWN = frozenset(("period", "next_period", "number", "code", "delivered_on", "quantity", "symbol"))
"""Columns that a list shows besides those with a vocabulary, and what a record is a part of."""


# ---- home


class Card(NamedTuple):
    """A headline record: its name, its latest values, and a chart."""

    link: Link
    figures: Sequence[Any]
    charts: Sequence[Any]


def home(site: Site, language: str) -> Made:
    """Return the home page."""
    package, catalogue = site.package, site.catalogue
    counts = [
        {"path": list_path(name), "title": list_title(table, language), "count": len(catalogue.of(name))}
        for name, table in sorted(catalogue.proven.items(), key=lambda each: -len(catalogue.of(each[0])))
    ]
    found = [catalogue.entries[own] for own in package.headline if own in catalogue.entries]
    headline = [
        Card(
            link(catalogue, entry.id, language),
            list(figures(entry, catalogue, language)),
            drawn(entry, language)[:1],
        )
        for entry in found
    ]
    groups = [{"key": key, "title": title, "count": len(rows)} for key, title, rows in _by_period(site, language)]
    starts = [each for each in ("observations", "targets", *catalogue.proven) if each in package.tables][:4]
    files = [
        {"path": package.tables[name].path, "title": list_title(package.tables[name], language)} for name in starts
    ]
    listed = [(each["path"], each["mediatype"]) for each in package.descriptor["resources"] if "mediatype" in each]
    uses = uses_of(tokens(catalogue, each, language) for each in catalogue.texts)
    archive, _, size = site.archive
    return Page(language, "index.html").render(
        site,
        "home",
        package.title[language],
        data=schema_org.dataset(package, language, [(archive, "application/zip"), *listed]),
        counts=counts,
        headline=headline,
        numbers=sum(uses.values()),
        unclaimed=uses["unclaimed"],
        targets=groups,
        files=files,
        archive=archive,
        archive_size=amount(size),
        cite=STYLES[{"zh": "gbt7714", "en": "apa"}[language]](cited(package, "", language)),
    )


# ---- lists


class Column(NamedTuple):
    """A column of a list: its heading, and what it shows of a record."""

    title: str
    name: str
    field: Field


class Spot(NamedTuple):
    """A cell of a list: what it shows, and by what it sorts where that is something else."""

    link: Link
    sort: str = ""


def listing(site: Site, language: str, name: str) -> Made:
    """Return the list of the records of a kind, by the name of its table."""
    table, entries = site.catalogue.kinds[name], site.catalogue.of(name)
    t, title, page = words(language), list_title(table, language), Page(language, list_path(name))
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
            yield Column(label_of(field, language), field.name, field)


def _row(site: Site, entry: Entry, columns: Sequence[Column], valued: bool, language: str) -> dict[str, Any]:
    catalogue, spots = site.catalogue, list[Spot]()
    if valued:
        found = {each.status == "target": each for each in figures(entry, catalogue, language)}
        for aim in (False, True):
            figure = found.get(aim)
            row = catalogue.package.find(figure.id) if figure else None
            number = row[1].get("plain_value") if row else None
            spots.append(Spot(Link(figure.said, figure.id) if figure else Link(""), sort_key(number)))
    for each in columns:
        value = entry.row[each.name]
        if each.name == "part_of_id" and value is not None:
            spots.append(Spot(link(catalogue, str(value), language)))
        else:
            text = said(each.field, value, language)
            spots.append(Spot(Link(text), sort_key(value) if isinstance(value, (int, Decimal)) else ""))
    return {"link": Link(entry.name(language), entry.id), "other": entry.name(other(language)), "cells": spots}


def sort_key(number: Cell) -> str:
    """Return by what a number sorts; nothing sorts before everything."""
    return format(number, "f") if isinstance(number, Decimal) else "-1e99" if number is None else str(number)


def _choices(field: Field, entries: Iterable[Entry], language: str) -> list[str]:
    """Return the labels that records have in a column, in the order of its vocabulary."""
    had = {str(entry.row[field.name]) for entry in entries}
    return [label[language] for value, label in field.labels.items() if value in had]


# ---- targets


class Aim(NamedTuple):
    """A target beside the result before it."""

    link: Link
    target: str
    sort: str
    baseline: str
    baseline_id: str
    baseline_when: str
    baseline_sort: str
    outcome: str
    charts: Sequence[Any]


def _by_period(site: Site, language: str) -> list[tuple[str, str, list[Row]]]:
    """Return the targets by period, the nearest first: an anchor, a heading, and rows."""
    table = site.package.tables.get("targets")
    found: dict[str, list[Row]] = {}
    for row in site.package.rows["targets"] if table else ():
        found.setdefault(str(row["period"]), []).append(row)
    order = sorted(found, key=lambda each: (each.rpartition("/")[2], each))
    title = words(language)["targets of"]
    return [(f"t{each.replace('/', '--')}", title.format(period=period(each, language)), found[each]) for each in order]


def targets(site: Site, language: str) -> Made:
    """Return the page of targets beside results."""
    t = words(language)
    groups = [
        {"key": key, "title": title, "rows": [_aim(site, row, language) for row in rows]}
        for key, title, rows in _by_period(site, language)
    ]
    page = Page(language, "targets/index.html")
    data = schema_org.web_page(site.package, t["targets"], language, t["targets about"])
    return page.render(site, "targets", t["targets"], data=data, groups=groups, summary=t["targets about"])


def _aim(site: Site, row: Row, language: str) -> Aim:
    package, t = site.package, words(language)
    outcome = next(each for each in package.tables["targets"].fields if each.name == "outcome")
    rows = [
        found[1] for found in (package.find(str(row[each])) for each in ("baseline_id", "outcome_id", "id")) if found
    ]
    own = rows[-1]
    base = rows[0] if row["baseline_id"] is not None else None
    found = list(charts(rows, str(row[f"indicator_name_{language}"]), language, t)) if base else []
    result = said(outcome, row["outcome"], language)
    if row["outcome_id"] is not None:
        result += f"{t['comma']}{rows[1 if base else 0][f'display_{language}']}"
    return Aim(
        Link(str(row[f"indicator_name_{language}"]), str(row["id"])),
        str(own[f"display_{language}"]),
        sort_key(own.get("plain_value")),
        str(base[f"display_{language}"]) if base else "",
        str(base["id"]) if base else "",
        period(str(base["period"]), language) if base else "",
        sort_key(base.get("plain_value")) if base else "-1e99",
        result,
        found,
    )
