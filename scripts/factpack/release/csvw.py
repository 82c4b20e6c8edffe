"""CSV on the Web: what the columns of all tables are, for tools that read https://www.w3.org/TR/tabular-metadata/."""

from __future__ import annotations

from typing import Any

from factpack.package.package import Package
from factpack.package.table import Field, Table
from factpack.table.encode import json_bytes
from factpack.words import LANGUAGES, Both

DATATYPES: dict[str, Any] = {
    "string": "string",
    "integer": "integer",
    "number": "decimal",
    "boolean": {"base": "boolean", "format": "true|false"},
    "date": "date",
}


def csvw(package: Package) -> bytes:
    """Return the metadata of a group of tables, to lie beside the descriptor of the package.

    Columns have no `titles`: those would have to be the header of the CSV. What they are called is in `dc:title`.
    """
    made = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": both(package.title),
        "dc:description": both(package.description),
        "dc:license": {"@id": package.licence["path"]},
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\n"]},
        "null": "",
        "tables": [_table(each, package) for each in package.tables.values()],
    }
    return json_bytes(made) + b"\n"


def both(text: Both) -> list[dict[str, str]]:
    """Return a text as values with their language."""
    return [{"@value": text[language], "@language": language} for language in LANGUAGES]


def _table(table: Table, package: Package) -> dict[str, Any]:
    keys = [
        {
            "columnReference": link.field,
            "reference": {"resource": package.tables[link.table].path, "columnReference": link.target},
        }
        for link in table.links
    ]
    schema: dict[str, Any] = {"columns": [_column(each) for each in table.fields], "primaryKey": list(table.key)}
    return {
        "url": table.path,
        "dc:title": both(table.title),
        "dc:description": both(table.description),
        "tableSchema": {**schema, **({"foreignKeys": keys} if keys else {})},
    }


def _column(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "dc:title": both(field.title),
        "dc:description": both(field.description),
        "datatype": "anyURI" if field.format == "uri" else DATATYPES[field.type],
        **({"required": True} if field.required else {}),
    }
