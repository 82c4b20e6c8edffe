"""Documentation: the pages that explain the data: coverage, downloads, the data dictionary, and fields of records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from factpack.edit.fields import Guide, fields, items_of, join
from factpack.package.table import Field, Table
from factpack.schema.model import Kind, Schema
from factpack.site import schema_org
from factpack.site.catalogue import Entry
from factpack.site.outline import span, tokens
from factpack.site.page import Made, Page, Site
from factpack.site.templating import words

USES = ("observation", "record", "waived", "unclaimed")


def uses_of(found: Iterable[Mapping[int, Sequence[Any]]]) -> dict[str, int]:
    """Return how many numbers of some texts are put to each use."""
    counts = dict.fromkeys(USES, 0)
    for paragraphs in found:
        for listed in paragraphs.values():
            for each in listed:
                counts[each.use] += 1
    return counts


def coverage(site: Site, language: str) -> Made:
    """Return the page that says how the numbers of each text are accounted for."""
    t, evidence = words(language), site.package.rows["evidence"]
    quoted = [row for row in evidence if row["quote"] is not None]
    return Page(language, "coverage/index.html").render(
        site,
        "coverage",
        t["coverage"],
        data=schema_org.web_page(site.package, t["coverage"], language, t["coverage about"]),
        quotes=len(quoted),
        verified=sum(row["verified"] is True for row in quoted),
        documents=[_covered(site, own, language) for own in site.catalogue.texts],
        summary=t["coverage about"],
    )


def _covered(site: Site, document: str, language: str) -> dict[str, Any]:
    t, entry, found = words(language), site.catalogue.entries[document], tokens(site.catalogue, document, language)
    field = next(each for each in site.package.tables["numbers"].fields if each.name == "use")
    counts = uses_of([found])
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
        counts = uses_of([{at: listed for at, listed in found.items() if first <= at <= last}])
        yield {
            "id": row["id"],
            "title": row[f"label_{language}"],
            "first": first,
            "span": span(first, last, words(language)),
            "counts": list(counts.values()),
        }


def amount(size: int) -> str:
    """Return a size in bytes as a reader writes it."""
    return f"{size} B" if size < 1000 else f"{size / 1000:.0f} kB" if size < 10**6 else f"{size / 10**6:.1f} MB"


def downloads(site: Site, language: str) -> Made:
    """Return the page of files."""
    t, package = words(language), site.package
    archive, name, size = site.archive
    whole = [
        {
            "path": archive,
            "name": name,
            "what": t["package zip"],
            "size": amount(size),
            "table": "",
        },
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
            "rows": len(package.rows[name]),
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
        {
            "path": f"downloads/{name}",
            "name": name,
            "what": t.get(f"form {PurePosixPath(name).suffix}", ""),
            "size": amount(size),
            "table": "",
        }
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
    data = schema_org.web_page(package, t["downloads"], language, t["downloads about"])
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
    data = schema_org.web_page(site.package, t["dictionary"], language, t["dictionary about"])
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
    data = schema_org.web_page(site.package, t["fields"], language, t["fields about"])
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
