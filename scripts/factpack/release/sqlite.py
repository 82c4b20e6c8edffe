"""The package as one SQLite database: strict tables with their keys, a data dictionary, and views for people.

Booleans are 0 and 1, dates are texts (`2025-12-31`), numbers are doubles. What is lost: trailing zeros after the point
(`5.0` and `5` are one number). What is refused: a number that a double or 64 bits would not keep, and a text with a
NUL, at which SQLite's functions stop. The bytes depend on the version of SQLite, the content does not. Tables are
named as their files; those that begin with a low line describe them.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal

from factpack.package.dictionary import LABELS, dictionary
from factpack.package.package import Package
from factpack.package.table import Cell, Field, Table
from factpack.release.cells import NotRepresentable, as_double, as_int64, convert_cells
from factpack.words import LANGUAGES, other, texts_in

APPLICATION = 0x66616374
"""`fact`, by which `file` and others know the file."""
LAYOUT = 1
"""Raised when tables or views are laid out otherwise; the version of the data stands in `_package`."""
TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}
SETTINGS = (
    "PRAGMA page_size = 4096",
    "PRAGMA encoding = 'UTF-8'",
    "PRAGMA temp_store = MEMORY",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {LAYOUT}",
)
WRITER = slice(96, 100)
"""Where the header names the version of SQLite that wrote it (https://sqlite.org/fileformat2.html, 1.3.18)."""
OLDEST = (3_037_000).to_bytes(4, "big")
"""The first version that knows strict tables: it stands there whichever version wrote the file."""


def database(package: Package) -> bytes:
    """Return the package as an SQLite database; raises CellNotRepresentable if it cannot contain a cell."""
    described = dictionary(package)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        run = connection.execute
        for statement in SETTINGS:
            run(statement)
        run("BEGIN")
        for table in (*described.values(), *package.tables.values()):
            run(_create(table))
            marks = ", ".join("?" * len(table.fields))
            connection.executemany(
                f"INSERT INTO {_name(table.name)} VALUES ({marks})",  # noqa: S608 - _name quotes, cells are bound
                convert_cells(table, _converted),
            )
            for statement in _indices(table):
                run(statement)
        for table in package.tables.values():
            if any(field.categories for field in table.fields):
                for language in LANGUAGES:
                    run(_view(table, language))
        run("COMMIT")
        run("VACUUM")
        made = bytearray(connection.serialize())
    made[WRITER] = OLDEST
    return bytes(made)


def _converted(field: Field, cell: Cell) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return as_double(cell)
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, str) and "\0" in cell:
        raise NotRepresentable("nul")
    return as_int64(cell) if isinstance(cell, int) else cell


def _create(table: Table) -> str:
    """Return the statement that makes a table; without a rowid where the key has several short columns."""
    lines = [
        *(_column(field, table) for field in table.fields),
        f"PRIMARY KEY ({', '.join(map(_name, table.key))})",
        *(
            f"FOREIGN KEY ({_name(link.field)}) REFERENCES {_name(link.table)} ({_name(link.target)})"
            for link in table.links
        ),
    ]
    how = "STRICT, WITHOUT ROWID" if len(table.key) > 1 else "STRICT"
    return f"CREATE TABLE {_name(table.name)} (\n  " + ",\n  ".join(lines) + f"\n) {how}"


def _column(field: Field, table: Table) -> str:
    name = _name(field.name)
    needed = " NOT NULL" if field.required or field.name in table.key else ""
    check = f" CHECK ({name} IN (0, 1))" if field.type == "boolean" else ""
    return f"{name} {TYPES[field.type]}{needed}{check}"


def _indices(table: Table) -> Iterator[str]:
    """Yield an index on each column that people join or filter by: references, vocabularies, dates."""
    joined = {link.field for link in table.links}
    for field in table.fields:
        if (field.name in joined or field.categories or field.type == "date") and field.name != table.key[0]:
            yield f"CREATE INDEX {_name(f'{table.name}.{field.name}')} ON {_name(table.name)} ({_name(field.name)})"


def _view(table: Table, language: str) -> str:
    """Return the statement that makes a table's view for readers of a language: its titles, and labels for values."""
    words, names = texts_in(language, "release", "database"), {field.name for field in table.fields}
    shown = [
        field
        for field in table.fields
        if not (field.name.endswith(f"_{other(language)}") and f"{field.name[:-3]}_{language}" in names)
    ]
    often = Counter(field.title[language].casefold() for field in shown)
    columns = []
    for field in shown:
        title = field.title[language]
        if often[title.casefold()] > 1:
            title = words["distinct"].format(title=title, column=field.name)
        columns.append(f"{_shown(field, table, language)} AS {_name(title)}")
    view = _name(f"{table.name}_{language}")
    return f"CREATE VIEW {view} AS SELECT\n  " + ",\n  ".join(columns) + f"\nFROM {_name(table.name)} AS t"


def _shown(field: Field, table: Table, language: str) -> str:
    cell = f"t.{_name(field.name)}"
    if field.type == "boolean":
        words = texts_in(language, "release", "database")
        yes, no = _text(words["yes"]), _text(words["no"])
        return f"iif({cell}, {yes}, iif({cell} = 0, {no}, NULL))"
    if not field.categories:
        return cell
    return (
        f'coalesce((SELECT label_{language} FROM {LABELS} WHERE "table" = {_text(table.name)} AND '  # noqa: S608 - quoted
        f'"column" = {_text(field.name)} AND value = {cell}), {cell})'
    )


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
