"""CSV on the Web: what the columns of all tables are, for tools that read https://www.w3.org/TR/tabular-metadata/."""

from __future__ import annotations

from typing import Any

from factpack.package.package import Package
from factpack.package.table import Field, Table
from factpack.release.json_files import json_file, tagged

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
        "dc:title": tagged(package.title),
        "dc:description": tagged(package.description),
        "dc:license": {"@id": package.licence["path"]},
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\n"]},
        "null": "",
        "tables": [_table(each, package) for each in package.tables.values()],
    }
    return json_file(made)


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
        "dc:title": tagged(table.title),
        "dc:description": tagged(table.description),
        "tableSchema": {**schema, **({"foreignKeys": keys} if keys else {})},
    }


def _column(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "dc:title": tagged(field.title),
        "dc:description": tagged(field.description),
        "datatype": "anyURI" if field.format == "uri" else DATATYPES[field.type],
        **({"required": True} if field.required else {}),
    }
