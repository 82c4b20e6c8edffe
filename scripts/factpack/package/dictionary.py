"""The data dictionary: the tables that describe a package, for formats that have no `datapackage.json`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from factpack.package.package import Package
from factpack.package.table import Field, Link, Table
from factpack.table.encode import csv_lines
from factpack.words import LANGUAGES, Both, texts

PACKAGE, TABLES, COLUMNS, LABELS = "_package", "_tables", "_columns", "_labels"
"""The names of the tables; no table of records begins with an underscore."""
_TEXTS = dict.fromkeys(("title_zh", "title_en", "description_zh", "description_en"), "string")
_TYPES: Mapping[str, Mapping[str, str]] = {
    PACKAGE: {
        "name": "string",
        **_TEXTS,
        **dict.fromkeys(("version", "created", "licence", "licence_url", "homepage"), "string"),
    },
    TABLES: {"name": "string", "position": "integer", **_TEXTS, "key": "string", "rows": "integer"},
    COLUMNS: {
        "table": "string",
        "column": "string",
        "position": "integer",
        "type": "string",
        **_TEXTS,
        "vocabulary": "string",
        "key": "boolean",
        "reference": "string",
    },
    LABELS: {
        "table": "string",
        "column": "string",
        "value": "string",
        "position": "integer",
        "label_zh": "string",
        "label_en": "string",
    },
}
"""The columns of each table with their types."""
_KEYS = {PACKAGE: ("name",), TABLES: ("name",), COLUMNS: ("table", "column"), LABELS: ("table", "column", "value")}


def dictionary(package: Package) -> Mapping[str, Table]:
    """Return the tables that describe a package, by name: `_package`, `_tables`, `_columns` and `_labels`."""
    tables = package.tables.values()
    fields = [(table, at, field) for table in tables for at, field in enumerate(table.fields, 1)]
    labels = [
        (table.name, field.name, value, at, *(label[each] for each in LANGUAGES))
        for table, _, field in fields
        for at, (value, label) in enumerate(field.labels.items(), 1)
    ]
    return {
        PACKAGE: about(package),
        TABLES: _described(TABLES, [_table_row(at, table) for at, table in enumerate(tables, 1)]),
        COLUMNS: _described(COLUMNS, [_column_row(at, field, table) for table, at, field in fields]),
        LABELS: _described(LABELS, labels),
    }


def about(package: Package) -> Table:
    """Return the table `_package`, of one row."""
    licence = package.licence
    row = (
        package.name,
        *_in_both(package.title, package.description),
        package.version,
        package.descriptor["created"],
        licence.get("title", licence.get("name")),
        licence.get("path"),
        package.homepage or None,
    )
    return _described(PACKAGE, [row])


def _described(name: str, rows: Iterable[tuple[object, ...]]) -> Table:
    """Return one of the tables with its titles and descriptions, and with rows in the order of its columns."""
    fields = tuple(_field(name, column, kind) for column, kind in _TYPES[name].items())
    links = tuple(Link(field.name, TABLES, "name") for field in fields if field.name == "table")
    title, description = (texts("package", f"table {each}")[name] for each in ("titles", "descriptions"))
    raw = csv_lines([list(_TYPES[name]), *rows])
    return Table(name, "", title, description, fields, _KEYS[name], links, raw)


def _field(table: str, column: str, kind: str) -> Field:
    """Return a column; its texts are those of its name in the table, else those of its name in any table."""
    title, description = (
        known.get(f"{table}.{column}") or known[column]
        for known in (texts("package", "column titles"), texts("package", "column descriptions"))
    )
    return Field(column, kind, title, description, False, "default", {})


def _in_both(*wanted: Both) -> list[str]:
    """Return texts in both languages, one after the other."""
    return [text[language] for text in wanted for language in LANGUAGES]


def _table_row(at: int, table: Table) -> tuple[object, ...]:
    described = _in_both(table.title, table.description)
    return (table.name, at, *described, ", ".join(table.key), sum(1 for _ in table.rows()))


def _column_row(at: int, field: Field, table: Table) -> tuple[object, ...]:
    reference = next((f"{link.table}.{link.target}" for link in table.links if link.field == field.name), None)
    described = _in_both(field.title, field.description)
    key = field.name in table.key
    return (table.name, field.name, at, field.type, *described, field.vocabulary or None, key, reference)
