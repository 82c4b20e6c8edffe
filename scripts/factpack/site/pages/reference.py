"""Documentation: the pages that explain the data: coverage, downloads, the data dictionary, and fields of records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factpack.edit.fields import Guide, fields, items_of, join
from factpack.package.table import Field, Table
from factpack.schema.model import Kind, Schema
from factpack.site import schema_org
from factpack.site.page import Item, OutputFile, Page, Site
from factpack.site.templating import words

DICTIONARY = "dictionary/index.html"
"""The page of all tables."""


def dictionary(site: Site, language: str) -> OutputFile:
    """Return the page of all tables, each with a link to the page of its columns."""
    t = words(language)
    tables = [
        (name, table.title[language], table.description[language], len(table.fields))
        for name, table in site.package.tables.items()
    ]
    data = schema_org.web_page(site.package, t["dictionary"], language, t["dictionary about"])
    page = Page(language, DICTIONARY)
    return page.render(site, "dictionary", t["dictionary"], data=data, tables=tables, summary=t["dictionary about"])


def columns(site: Site, language: str, name: str) -> OutputFile:
    """Return the page that explains every column of a table."""
    t, table = words(language), site.package.tables[name]
    about = table.description[language]
    page = Page(language, f"dictionary/{name}/index.html", DICTIONARY)
    return page.render(
        site,
        "columns",
        table.title[language],
        table=name,
        about=about,
        key=", ".join(table.key),
        fields=[_explained(field, table, language) for field in table.fields],
        trail=[Item(t["dictionary"], DICTIONARY)],
        data=schema_org.web_page(site.package, table.title[language], language, about),
        summary=about,
    )


def _explained(field: Field, table: Table, language: str) -> dict[str, Any]:
    target = next(((each.table, each.target) for each in table.links if each.field == field.name), None)
    return {
        "name": field.name,
        "type": field.type,
        "title": field.title[language],
        "about": field.description[language],
        "target": target,
        "labels": [(value, label[language]) for value, label in field.labels.items()],
    }


def record_fields(site: Site, language: str) -> OutputFile:
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
