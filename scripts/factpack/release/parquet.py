"""A table as Parquet, for pandas, polars, R, DuckDB and Spark: columns with their types, titles and descriptions.

Numbers are doubles, not decimals: every reader computes with them at once (pandas makes objects of decimals), scales
differ from row to row in a column, and a double keeps each of the 15 digits that a source may have; a number that it
would not keep is refused. What is lost: trailing zeros after the point (`5.0` is 5; the column of the printed number
keeps them). The bytes depend on the version of pyarrow, which also names itself in the file.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

import pyarrow
from pyarrow import parquet as files

from factpack.package.dictionary import about
from factpack.package.package import Package
from factpack.package.table import Cell, Field, Table
from factpack.release.cells import as_double, as_int64, convert_cells
from factpack.words import LANGUAGES

TYPES = {
    "string": pyarrow.string(),
    "integer": pyarrow.int64(),
    "number": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "date": pyarrow.date32(),
}
LEVEL = 9
"""Of zstd: files are written once and read often."""


def parquet(package: Package, table: Table) -> bytes:
    """Return a table of a package as Parquet; raises CellNotRepresentable if a double cannot keep a number.

    The metadata of the file say which package and version it is of, those of each column its title and description,
    `title_zh` and so on, and its vocabulary.
    """
    rows = list(convert_cells(table, _converted))
    schema = pyarrow.schema([_column(field, table) for field in table.fields], _about(package, table))
    columns = [[row[at] for row in rows] for at in range(len(table.fields))]
    arrays = [pyarrow.array(cells, each.type) for cells, each in zip(columns, schema, strict=True)]
    sink = pyarrow.BufferOutputStream()
    files.write_table(
        pyarrow.Table.from_arrays(arrays, schema=schema),
        sink,
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=LEVEL,
    )
    made: bytes = sink.getvalue().to_pybytes()
    return made


def _converted(field: Field, cell: Cell) -> str | int | float | bool | datetime.date | None:
    if isinstance(cell, Decimal):
        return as_double(cell)
    return as_int64(cell) if field.type == "integer" and isinstance(cell, int) else cell


def _column(field: Field, table: Table) -> pyarrow.Field:
    metadata = {**_texts(field), **({"vocabulary": field.vocabulary} if field.vocabulary else {})}
    nullable = not field.required and field.name not in table.key
    return pyarrow.field(field.name, TYPES[field.type], nullable, metadata)


def _texts(each: Field | Table) -> dict[str, str]:
    texts = {"title": each.title, "description": each.description}
    return {f"{name}_{language}": text[language] for name, text in texts.items() for language in LANGUAGES}


def _about(package: Package, table: Table) -> dict[str, str]:
    (row,) = about(package).items()
    of = {f"package_{name}": str(cell) for name, cell in row.items() if cell is not None}
    return {"name": table.name, **_texts(table), "key": ", ".join(table.key), **of}
