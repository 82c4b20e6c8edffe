"""Checks the names that schemas and the package give to files, sheets, tables and columns.

Their form is the program's own, whatever a schema allows: a name becomes part of a path, of SQL and of a workbook.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from factpack.problems import Problem
from factpack.schema.breaches import words_of
from factpack.schema.dialect import fault_at, objects, schema_path
from factpack.schema.model import SHARED, Column, Schemas, Table
from factpack.schema.references import shapes
from factpack.source.marks import Path
from factpack.words import LANGUAGES, texts

TABLE_LIMIT = 31
"""Characters in the name of a sheet, and so of a table."""
NAME_LIMIT = 60
"""Characters in any other name: a path of several names stays shorter than any system demands."""
COLUMN_LIMIT = 1_000
"""Columns in a table: SQLite takes 2,000."""
DEVICES = {"aux", "con", "nul", "prn", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
"""Names that Windows keeps for devices, in any folder and with any ending."""
FORMS = {"name": re.compile("[a-z][a-z0-9_]*"), "package": re.compile("[a-z0-9](?:-?[a-z0-9])*")}


def name_fault(name: str, limit: int = NAME_LIMIT, form: str = "name") -> dict[str, str]:
    """Return why a name cannot be used, as values of a problem; nothing if it can."""
    if len(name) > limit:
        return _because("long", name, limit=limit)
    if not FORMS[form].fullmatch(name):
        return _because(form, name)
    return _because("device", name) if name in DEVICES else {}


def _table_fault(name: str) -> dict[str, str]:
    """Return why a table cannot have a name, beyond what holds for all names."""
    if name.startswith("sqlite_"):
        return _because("sqlite", name)
    return _because("sheet", name) if name == "history" else name_fault(name, TABLE_LIMIT)


def _because(reason: str, name: str, **values: object) -> dict[str, str]:
    words = texts("schema", "unfit names")[reason]
    return {"found": name, **{f"words_{each}": words[each].format(**values) for each in LANGUAGES}}


class Named(NamedTuple):
    """A table with its place: the name of its schema, the path of what it is a table of, and that of its own name."""

    schema: str
    holder: Path
    path: Path
    table: Table


def name_problems(schemas: Schemas, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield each name that cannot be used, and each that two things have."""
    for name in files:
        if fault := name_fault(name):
            yield Problem(schema_path(name), 1, 1, "unfit-name", "", fault)
    tables = list(_tables(schemas))
    yield from _kind_problems(schemas, files)
    yield from _table_problems(tables, files)
    for each in tables:
        yield from _column_problems(each, files[each.schema])


def _tables(schemas: Schemas) -> Iterator[Named]:
    """Yield every table with its place, the shared ones first."""
    for path, part in objects(schemas.sources[SHARED]):
        if "x-shared" in part:
            yield Named(SHARED, path, (*path, "x-table"), schemas.shared[part["x-table"]])
    for name, kind in schemas.kinds.items():
        for path, shape in shapes(kind.shape):
            own, *views = shape.tables
            yield Named(name, path, (*path, "x-table"), own)
            for index, view in enumerate(views):
                yield Named(name, (*path, "x-views", index), (*path, "x-views", index, "x-table"), view)
            for key, link in shape.links.items():
                yield Named(name, path, (*path, "properties", key), link)


def _kind_problems(schemas: Schemas, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield the folders and prefixes of record types that cannot be used, or that two of them have."""
    seen = {("x-folder", "texts")}  # where the records of texts are
    for name, kind in schemas.kinds.items():
        if fault := name_fault(kind.folder):
            yield fault_at(name, files[name], ("x-folder",), "unfit-name", **fault)
        for claim in (("x-folder", kind.folder), ("x-prefix", kind.prefix)):
            if claim in seen:
                yield fault_at(name, files[name], (claim[0],), "schema-clash", found=claim[1])
            seen.add(claim)


def _table_problems(tables: list[Named], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield the tables with a name that cannot be used, or that another table or a view of the database has."""
    views = {f"{each.table.name}_{language}" for each in tables for language in LANGUAGES}
    seen: dict[str, Named] = {}
    for each in tables:
        name = each.table.name
        fault = _table_fault(name) or (_because("view", name) if name in views else {})
        if fault:
            yield fault_at(each.schema, files[each.schema], each.path, "unfit-name", **fault)
        elif name in seen and not _is_same(each, seen[name]):
            yield fault_at(each.schema, files[each.schema], each.path, "schema-clash", found=name)
        seen.setdefault(name, each)


def _is_same(one: Named, other: Named) -> bool:
    """Say whether two lists of a record type are rows of one table: one shared definition makes both."""
    return one.schema == other.schema and one.table.schema is other.table.schema


def _column_problems(named: Named, raw: bytes) -> Iterator[Problem]:
    """Yield the columns of a table with a name that cannot be used, or that another column has."""
    columns = named.table.columns
    if len(columns) > COLUMN_LIMIT:
        words = words_of("columns", limit=f"{COLUMN_LIMIT:,}")
        yield fault_at(named.schema, raw, named.path, "schema-dialect", **words)
    often = Counter(column.name for column in columns)
    for column in {column.name: column for column in columns}.values():
        fault = name_fault(column.name) or (_because("column", column.name) if often[column.name] > 1 else {})
        if fault:
            yield fault_at(named.schema, raw, _place(named, column), "unfit-name", **fault)


def _place(named: Named, column: Column) -> Path:
    """Return the path in its schema of what makes a column: a field, a derived column, or the table itself."""
    if column.source.startswith("#"):
        return named.path
    return (*named.holder, "x-derived" if column.derived else "properties", column.source)
