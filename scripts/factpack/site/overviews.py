"""Overviews: the pages beside those of records: home, lists, targets, coverage, downloads, fields, and the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from factpack.citation import STYLES, cited
from factpack.guide import Guide, fields, items_of, join
from factpack.package import Cell, Field, Row, Table
from factpack.schemas import Kind, Schema
from factpack.site import linked
from factpack.site.catalogue import Entry
from factpack.site.charts import charts, period
from factpack.site.frame import Edition, Page, Site, list_path
from factpack.site.outline import span, tokens
from factpack.site.records import (
    Link,
    cites,
    drawn,
    figures,
    label_of,
    link,
    list_title,
    report_link,
    said,
    web_authors,
)
from factpack.site.templating import web, words

Made = tuple[str, bytes]
"""A file of the site: its path and its bytes."""
SHOWN = frozenset(("period", "next_period", "number", "code", "delivered_on", "quantity", "symbol"))
"""Columns that a list shows besides those with a vocabulary, and what a record is a part of."""
LISTED = 60
"""Records that a change names at most."""
USES = ("observation", "record", "waived", "unclaimed")


def overviews(site: Site, language: str) -> Iterator[Made]:
    """Yield every page of a language that is not that of a record."""
    yield home(site, language)
    for name in site.catalogue.kinds:
        yield listing(site, site.catalogue.kinds[name], language)
    if "targets" in site.package.tables:
        yield targets(site, language)
    for make in (coverage, downloads, dictionary, record_fields, changes, about, method, search):
        yield make(site, language)


# ---- home


class Card(NamedTuple):
    """A headline record: its name, its latest values, and a chart."""

    link: Link
    figures: Sequence[Any]
    charts: Sequence[Any]


class Target(NamedTuple):
    """Targets of a period: an anchor, a heading, and how many or which."""

    key: str
    title: str
    count: int


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
    groups = [Target(key, title, len(rows)) for key, title, rows in _by_period(site, language)]
    starts = [each for each in ("observations", "targets", *catalogue.proven) if each in package.tables][:4]
    files = [{"path": package.tables[name].path, "title": list_title(package.tables[name], language)} for name in starts]
    listed = [(each["path"], each["mediatype"]) for each in package.descriptor["resources"] if "mediatype" in each]
    uses = _uses(tokens(catalogue, each, language) for each in site.texts)
    archive, size = site.archive
    return Page(language, "index.html").render(
        site,
        "home",
        package.title[language],
        data=linked.dataset(package, language, [(archive, "application/zip"), *listed]),
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
    field: Field | None


class Spot(NamedTuple):
    """A cell of a list: what it shows, and by what it sorts where that is something else."""

    link: Link
    sort: str = ""


def listing(site: Site, table: Table, language: str) -> Made:
    """Return the list of the records of a kind."""
    t, title, page = words(language), list_title(table, language), Page(language, list_path(table.name))
    entries = site.catalogue.of(table.name)
    columns = list(_columns(table, entries, language))
    valued = any(any("value" in row for rows in entry.parts.values() for row in rows[:1]) for entry in entries)
    heads = [t["name"], *([t["latest"], t["target"]] if valued else []), *(each.title for each in columns)]
    rows = [_row(site, entry, columns, valued, language) for entry in entries]
    at = 3 if valued else 1
    filters = [
        {"title": each.title, "column": at + number, "choices": _choices(each.field, entries, language)}
        for number, each in enumerate(columns)
        if each.field and each.field.labels
    ]
    return page.render(
        site,
        "list",
        title,
        about=table.description[language],
        data=linked.web_page(site.package, title, language, table.description[language], "CollectionPage"),
        columns=heads,
        rows=rows,
        filters=[each for each in filters if len(each["choices"]) > 1],
        summary=table.description[language],
    )


def _columns(table: Table, entries: Sequence[Entry], language: str) -> Iterator[Column]:
    """Yield the columns that tell records apart: vocabularies, times, numbers, and what they are a part of."""
    for field in table.fields:
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
            text = said(each.field, value, language) if each.field else str(value)
            spots.append(Spot(Link(text), sort_key(value) if isinstance(value, (int, Decimal)) else ""))
    other = entry.name("en" if language == "zh" else "zh")
    return {"link": Link(entry.name(language), entry.id), "other": other, "cells": spots}


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
    for row in table.items() if table else ():
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
    data = linked.web_page(site.package, t["targets"], language, t["targets about"])
    return page.render(site, "targets", t["targets"], data=data, groups=groups, summary=t["targets about"])


def _aim(site: Site, row: Row, language: str) -> Aim:
    package, t = site.package, words(language)
    outcome = next(each for each in package.tables["targets"].fields if each.name == "outcome")
    rows = [found[1] for found in (package.find(str(row[each])) for each in ("baseline_id", "outcome_id", "id")) if found]
    own = rows[-1]
    base = rows[0] if row["baseline_id"] is not None else None
    found = [each for each in charts(rows, str(row[f"indicator_name_{language}"]), language, t)] if base else []
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


# ---- coverage


def _uses(found: Iterable[Mapping[int, Sequence[Any]]]) -> dict[str, int]:
    counts = dict.fromkeys(USES, 0)
    for paragraphs in found:
        for listed in paragraphs.values():
            for each in listed:
                counts[each.use] += 1
    return counts


def coverage(site: Site, language: str) -> Made:
    """Return the page that says how the numbers of each text are accounted for."""
    t, evidence = words(language), list(site.package.tables["evidence"].items())
    quoted = [row for row in evidence if row["quote"] is not None]
    return Page(language, "coverage/index.html").render(
        site,
        "coverage",
        t["coverage"],
        data=linked.web_page(site.package, t["coverage"], language, t["coverage about"]),
        quotes=len(quoted),
        verified=sum(row["verified"] is True for row in quoted),
        documents=[_covered(site, own, language) for own in site.texts],
        summary=t["coverage about"],
    )


def _covered(site: Site, document: str, language: str) -> dict[str, Any]:
    t, entry, found = words(language), site.catalogue.entries[document], tokens(site.catalogue, document, language)
    field = next(each for each in site.package.tables["numbers"].fields if each.name == "use")
    counts = _uses([found])
    total, start, uses = sum(counts.values()), 0.0, []
    for key, count in counts.items():
        width = round(420 * count / total, 1) if total else 0
        percent = f"{100 * count / total:.1f}" if total else "0"
        title = field.labels[key][language] if key in field.labels else key
        uses.append({"key": key, "title": title, "count": count, "percent": percent, "start": start, "width": width})
        start = round(start + width, 1)
    waived = [
        {"token": token.text, "paragraph": at, "reason": token.why}
        for at, listed in found.items()
        for token in listed
        if token.use == "waived"
    ]
    return {
        "id": document,
        "title": entry.name(language),
        "uses": uses,
        "total": total,
        "described": t["list"].join(f"{each['title']}{t['colon']}{each['count']}" for each in uses),
        "sections": list(_section_counts(entry, found, language)),
        "waived": waived,
    }


def _section_counts(entry: Entry, found: Mapping[int, Sequence[Any]], language: str) -> Iterator[dict[str, Any]]:
    for row in entry.parts.get("sections", ()):
        first, last = int(str(row["first"])), int(str(row["last"]))
        counts = _uses([{at: listed for at, listed in found.items() if first <= at <= last}])
        yield {
            "id": row["id"],
            "title": row[f"label_{language}"],
            "first": first,
            "span": span(first, last, words(language)),
            "counts": list(counts.values()),
        }


# ---- downloads and the dictionary


def amount(size: int) -> str:
    """Return a size in bytes as a reader writes it."""
    return f"{size} B" if size < 1000 else f"{size / 1000:.0f} kB" if size < 10**6 else f"{size / 10**6:.1f} MB"


def downloads(site: Site, language: str) -> Made:
    """Return the page of files."""
    t, package = words(language), site.package
    archive, size = site.archive
    whole = [
        {"path": archive, "name": archive.rpartition("/")[2], "what": t["package zip"], "size": amount(size), "table": ""},
        {
            "path": "datapackage.json",
            "name": "datapackage.json",
            "what": t["descriptor"],
            "size": amount(len(package.raw)),
            "table": "",
        },
    ]
    csvs = [
        {
            "path": table.path,
            "name": f"{name}.csv",
            "what": table.description[language],
            "rows": sum(1 for _ in table.rows()),
            "size": amount(len(table.raw)),
            "table": name,
        }
        for name, table in package.tables.items()
    ]
    jsons = [
        {
            "path": each["path"],
            "name": each["path"].rpartition("/")[2],
            "what": each["x-description"][language],
            "size": amount(each["bytes"]),
            "table": "",
        }
        for each in package.descriptor["resources"]
        if each["format"] == "json"
    ]
    forms = [
        {"path": f"downloads/{name}", "name": name, "what": "", "size": amount(size), "table": ""}
        for name, size in site.forms
    ]
    groups = [
        {"key": key, "title": t[title], "files": files, "counted": key == "tables"}
        for key, title, files in (
            ("package", "whole package", whole),
            ("forms", "other forms", forms),
            ("tables", "tables", csvs),
            ("json", "json files", jsons),
        )
        if files
    ]
    data = linked.web_page(package, t["downloads"], language, t["downloads about"])
    page = Page(language, "downloads/index.html")
    return page.render(site, "downloads", t["downloads"], data=data, groups=groups, summary=t["downloads about"])


def dictionary(site: Site, language: str) -> Made:
    """Return the page that explains every column of every table."""
    t = words(language)
    tables = [
        {
            "name": name,
            "title": table.title[language],
            "about": table.description[language],
            "key": ", ".join(table.key),
            "fields": [_explained(field, table, language) for field in table.fields],
        }
        for name, table in site.package.tables.items()
    ]
    data = linked.web_page(site.package, t["dictionary"], language, t["dictionary about"])
    page = Page(language, "dictionary/index.html")
    return page.render(site, "dictionary", t["dictionary"], data=data, tables=tables, summary=t["dictionary about"])


def _explained(field: Field, table: Table, language: str) -> dict[str, Any]:
    target = next((f"{each.table}.{each.target}" for each in table.links if each.field == field.name), "")
    return {
        "name": field.name,
        "type": field.type,
        "title": field.title[language],
        "about": field.description[language],
        "target": target,
        "labels": [(value, label[language]) for value, label in field.labels.items()],
    }


def record_fields(site: Site, language: str) -> Made:
    """Return the page that explains what a record of each kind may say, from the schemas."""
    t, guide = words(language), Guide(site.schemas, language)
    kinds = [
        {
            "name": kind.name,
            "title": kind.shape.schema["x-title"][language],
            "about": kind.shape.schema["x-description"][language],
            "folder": kind.folder,
            "prefix": kind.prefix,
            "fields": list(_documented(kind, kind.shape.schema, guide)),
        }
        for kind in site.schemas.prefixes.values()
    ]
    data = linked.web_page(site.package, t["fields"], language, t["fields about"])
    page = Page(language, "fields/index.html")
    return page.render(site, "fields", t["fields"], data=data, kinds=kinds, summary=t["fields about"])


def _documented(kind: Kind, schema: Schema, guide: Guide, path: str = "") -> Iterator[dict[str, Any]]:
    """Yield the fields of an object and of the objects in its lists, from the record down."""
    for key, field in fields(schema, guide.schemas):
        question = guide.question(field, str)
        yield {
            "path": join(path, key),
            "required": key in schema.get("required", ()),
            "title": question.title,
            "about": question.description,
            "form": question.form,
            "choices": list(question.choices.items()),
        }
        inner = items_of(field, guide.schemas)
        if "properties" in inner:
            yield from _documented(kind, inner, guide, join(path, key))


# ---- changes, about, method, search


def changes(site: Site, language: str) -> Made:
    """Return the page of what each version changed."""
    t = words(language)
    editions = [_edition(site, each, language) for each in site.editions]
    data = linked.web_page(site.package, t["changes"], language, t["changes about"])
    page = Page(language, "changes/index.html")
    return page.render(site, "changes", t["changes"], data=data, editions=editions, summary=t["changes about"])


def _edition(site: Site, edition: Edition, language: str) -> dict[str, Any]:
    groups = []
    for how, title in (("added", "added"), ("changed", "changed"), ("retired", "gone"), ("removed", "removed")):
        listed = edition.changed.get(how, ())
        if listed:
            links = [
                {"id": own, "text": name.get(language) or own, "known": own in site.catalogue.entries or own in site.package.states}
                for own, name in listed[:LISTED]
            ]
            more = len(listed) - len(links)
            groups.append({"title": words(language)[title], "count": len(listed), "links": links, "more": more})
    return {
        "key": f"v{edition.version}",
        "version": edition.version,
        "date": edition.created[:10],
        "said": edition_said(site, edition, language),
        "groups": groups,
    }


def edition_said(site: Site, edition: Edition, language: str) -> str:
    """Return what a version changed in a sentence."""
    t = words(language)
    if not edition.was:
        return t["first edition"].format(count=len(site.catalogue.entries))
    told = {"added": "added", "changed": "changed", "retired": "gone", "removed": "removed"}
    counts = [f"{t[key]} {len(edition.changed[how])}" for how, key in told.items() if edition.changed.get(how)]
    return t["comma"].join(counts) if counts else t["no change"].format(was=edition.was)


def about(site: Site, language: str) -> Made:
    """Return the page on the data set, its sources and its makers."""
    t, package, catalogue = words(language), site.package, site.catalogue
    documents = [
        {
            "link": link(catalogue, entry.id, language),
            "publisher": str(entry.row.get(f"publisher_{language}") or ""),
            "url": web(entry.row.get("url")),
        }
        for entry in catalogue.of("documents")
    ]
    issued: date = package.issued
    return Page(language, "about/index.html").render(
        site,
        "about",
        t["about"],
        data=linked.web_page(package, t["about"], language, package.description[language], "AboutPage"),
        version=package.version,
        issued=issued.isoformat(),
        authors=web_authors(package),
        repository=web(package.repository),
        documents=documents,
        report=report_link(package, "", language),
        cites=cites(package, "", language),
    )


def method(site: Site, language: str) -> Made:
    """Return the page on how values are proven."""
    t = words(language)
    data = linked.web_page(site.package, t["method"], language, t["proof lead"])
    return Page(language, "method/index.html").render(site, "method", t["method"], data=data, summary=t["proof lead"])


def search(site: Site, language: str) -> Made:
    """Return the page of the search."""
    t = words(language)
    data = linked.web_page(site.package, t["search"], language, t["search about"], "SearchResultsPage")
    lists = [*site.kinds(language, True), *site.kinds(language, False)]
    page = Page(language, "search/index.html")
    return page.render(site, "search", t["search"], data=data, lists=lists, summary=t["search about"])


