"""Settings for Datasette: what it calls a linked row in each language, and what tables and columns are.

https://docs.datasette.io/en/stable/metadata.html. Without them it shows the id of a linked row alone: it looks for a
column `name` or `title`, and ours have a language.
"""

from __future__ import annotations

from typing import Any

from factpack.package.package import Package
from factpack.package.table import Table
from factpack.release.json_files import json_file

LABELS = ("name", "title", "display", "label")
"""Columns that name a row, without their language; the first that a table has does."""


def settings(package: Package, database: str, language: str) -> bytes:
    """Return the file for `datasette --metadata`; `database` is the name of the database without its ending."""
    licence = package.licence
    made = {
        "title": package.title[language],
        "description": package.description[language],
        "license": licence.get("title", licence["name"]),
        "license_url": licence["path"],
        **({"source": package.title[language], "source_url": package.homepage} if package.homepage else {}),
        "databases": {database: {"tables": {name: _table(table, language) for name, table in package.tables.items()}}},
    }
    return json_file(made)


def _table(table: Table, language: str) -> dict[str, Any]:
    names = {field.name for field in table.fields} if table.name != "ids" else ()  # it names only what is retired
    label = next((f"{each}_{language}" for each in LABELS if f"{each}_{language}" in names), None)
    return {
        "title": table.title[language],
        "description": table.description[language],
        "columns": {field.name: field.description[language] for field in table.fields},
        **({"label_column": label} if label else {}),
    }
