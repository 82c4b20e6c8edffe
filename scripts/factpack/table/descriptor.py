"""The descriptor: `datapackage.json` of the Data Package standard, version 2.0, made from schemas and metadata.

https://datapackage.org/standard/data-package/ says what each property means. Where the official profile and
frictionless disagree, neither is relied on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from factpack.disk.stage import Made
from factpack.schema.model import Column, Kind, Schema, Schemas, Shape, Table
from factpack.source.marks import Record
from factpack.words import LANGUAGES, texts

PROFILES = "https://datapackage.org/profiles/2.0"
CONSTRAINTS = ("pattern", "minLength", "maxLength", "minimum", "maximum", "enum")
OWN = ("short_title", "base_url", "repository", "contact", "next_expected", "headline")
"""Metadata of a project that the standard has no property for."""


def tables(schemas: Schemas) -> dict[str, Table]:
    """Return every table by name: records first, then parts and links, kind by kind; shared tables last."""
    found: dict[str, Table] = {}
    for kind in sorted(schemas.kinds.values(), key=lambda kind: kind.prefix):
        for table in _shape_tables(kind.shape):
            found[table.name] = table
    return {**found, **schemas.shared}


def _shape_tables(shape: Shape) -> Iterator[Table]:
    yield from shape.tables
    yield from shape.links.values()
    for part in shape.parts.values():
        yield from _shape_tables(part)


def descriptor(
    schemas: Schemas, package: Record, documents: Iterable[Record], made: Mapping[str, Made]
) -> dict[str, Any]:
    """Return the descriptor; `made` holds the CSV of each table and the JSON of each folder by path."""
    listed = tables(schemas)
    resources = [_resource(table, schemas, made[f"build/csv/{name}.csv"]) for name, table in listed.items()]
    for kind in sorted(schemas.kinds.values(), key=lambda kind: kind.prefix):
        resources.append(_json_resource(kind, made[f"build/json/{kind.folder}.json"]))
    title: Any = package["title"]
    description: Any = package["description"]
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": package["name"],
        "title": title["en"],
        "x-title": title,
        "description": description["en"],
        "x-description": description,
        "version": package["version"],
        "created": package["created"],
        **({"homepage": package["homepage"]} if "homepage" in package else {}),
        **{f"x-{name}": package[name] for name in OWN if name in package},
        "keywords": package["keywords"],
        "licenses": package["licenses"],
        "contributors": package["contributors"],
        "sources": [_source(schemas.documents, each) for each in documents],
        "resources": resources,
    }


def _source(kind: Kind, record: Record) -> dict[str, Any]:
    """Return a document as a source of the package."""
    title: Any = record[kind.label]
    url = record.get(kind.shape.role("url") or "")
    return {"title": f"{title['en']} ({title['zh']})", **({"path": url} if url else {})}


def _texts(schema: Schema) -> dict[str, Any]:
    title, description = schema["x-title"], schema["x-description"]
    return {
        "title": title["en"],
        "x-title": title,
        "description": description["en"],
        "x-description": description,
    }


def _resource(table: Table, schemas: Schemas, made: Made) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "path": made.path,
        **_texts(table.schema),
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": made.size,
        "hash": f"sha256:{made.sha256}",
        "dialect": {"$schema": f"{PROFILES}/tabledialect.json", "lineTerminator": "\n", "doubleQuote": True},
        "schema": _table_schema(table, schemas),
    }


def _json_resource(kind: Kind, made: Made) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": f"{kind.folder}-json",
        "path": made.path,
        **_texts(kind.shape.schema),
        "scheme": "file",
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
        "bytes": made.size,
        "hash": f"sha256:{made.sha256}",
    }


def _table_schema(table: Table, schemas: Schemas) -> dict[str, Any]:
    keys = primary_key(table)
    fields = [_field(column, schemas, [column.name] == keys, column.name in keys) for column in table.columns]
    foreign = [each for each in (_foreign_key(column, table, schemas) for column in table.columns) if each]
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": fields,
        "missingValues": [""],
    }
    schema["primaryKey"] = keys
    if foreign:
        schema["foreignKeys"] = foreign
    return schema


def primary_key(table: Table) -> list[str]:
    """Return the columns that tell a row from every other: `id`, else owner and position, else all."""
    names = [column.name for column in table.columns]
    if "id" in names:
        return ["id"]
    return [names[0], "position"] if "position" in names else names


def _field(column: Column, schemas: Schemas, unique: bool, key: bool) -> dict[str, Any]:
    schema, title = column.schema, column.schema["x-title"]
    description = schema["x-description"]
    if column.sub in LANGUAGES:
        pattern = texts("table", "columns")[f"in {column.sub}"]
        title = {language: pattern[language].format(title=title[language]) for language in LANGUAGES}
    field: dict[str, Any] = {"name": column.name, "type": field_type(column)}
    if schema.get("format") == "uri":
        field["format"] = "uri"
    field |= {
        "title": title["en"],
        "x-title": title,
        "description": description["en"],
        "x-description": description,
    }
    if schema.get("x-labels"):
        labels = {value: f"{each['en']} / {each['zh']}" for value, each in schema["x-labels"].items()}
        field["categories"] = [{"value": value, "label": labels[value]} for value in schema["enum"]]
    constraints = {} if column.sub in LANGUAGES or field["type"] == "date" else _constraints(schema)
    if key:
        constraints = {"required": True, **constraints}
    if unique:
        constraints = {"unique": True, **constraints}
    return {**field, **({"constraints": constraints} if constraints else {})}


def field_type(column: Column) -> str:
    """Return the Table Schema type of a column."""
    schema = column.schema
    if column.sub in LANGUAGES:
        return "string"
    if schema.get("format") == "date":
        return "date"
    return str(schema.get("type", "string"))


def _constraints(schema: Schema) -> dict[str, Any]:
    return {name: schema[name] for name in CONSTRAINTS if name in schema}


def _foreign_key(column: Column, table: Table, schemas: Schemas) -> dict[str, Any] | None:
    """Return a reference column as a foreign key; one to its own table leaves `resource` out."""
    if not column.target:
        return None
    target = target_table(column, schemas)
    reference: dict[str, Any] = {} if target == table.name else {"resource": target}
    return {"fields": [column.name], "reference": {**reference, "fields": ["id"]}}


def target_table(column: Column, schemas: Schemas) -> str:
    """Return the table that a reference column points into."""
    kind, _, part = column.target.partition("/")
    if kind == "*":
        return "ids"
    shape = schemas.kinds[kind].shape
    return (shape.parts[part] if part else shape).tables[0].name
