"""What arrives: each form of the package, read with the library of its readers, has the cells and types of the CSV.

The readers are told what docs/data.md tells them, in the words of its examples, and nothing else.
"""

from __future__ import annotations

import asyncio
import csv
import datetime
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from math import isnan
from pathlib import Path
from typing import Any

import pytest

import frozen
from factpack.package.table import Field
from factpack.release.croissant import dataset
from factpack.release.csv_for_excel import for_excel
from factpack.release.csvw import csvw
from factpack.release.parquet import parquet
from factpack.release.released import ReleasedFile
from factpack.release.sqlite import database
from factpack.release.xlsx import workbook
from pages import blocks, read

Tables = Mapping[str, Iterable[Iterable[Any]]]
"""Rows of each table by its name, with the values that a library gives."""
PACKAGE = frozen.package()


def shown(language: str, *words: str) -> str:
    """Return the example of docs/data.md in a language that has these words."""
    (found,) = (body for of, body in blocks(read("docs/data.md")) if of == language and all(w in body for w in words))
    return found


def executed(code: str) -> dict[str, Any]:
    """Return what an example in Python has defined, run where it is to be run."""
    found: dict[str, Any] = {}
    before = Path.cwd()
    os.chdir(frozen.root())
    try:
        exec(code, found)  # noqa: S102 - an example of the documentation
    finally:
        os.chdir(before)
    return found


# ---- readers of the CSV files


def by_frictionless() -> Tables:
    import frictionless

    package = frictionless.Package(str(frozen.root() / "datapackage.json"))
    return {name: [row.to_dict().values() for row in package.get_resource(name).read_rows()] for name in PACKAGE.tables}


def by_csvw(folder: Path) -> Tables:
    csvw_library = pytest.importorskip("csvw")
    for path, raw in PACKAGE.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(raw)
    (folder / "csv-metadata.json").write_bytes(csvw(PACKAGE))
    group = csvw_library.TableGroup.from_file(folder / "csv-metadata.json")
    return {Path(str(each.url)).stem: [row.values() for row in each.iterdicts()] for each in group.tables}


def by_pandas() -> Tables:
    tables = executed(shown("python", "tables[each", "pandas"))["tables"]
    return {name: frame.astype(object).to_numpy() for name, frame in tables.items()}


def by_polars() -> Tables:
    tables = executed(shown("python", "tables[each", "polars"))["tables"]
    return {name: frame.iter_rows() for name, frame in tables.items()}


def by_duckdb() -> Tables:
    import duckdb

    kinds = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
    return {
        name: duckdb.read_csv(
            str(frozen.root() / table.path), dtype={field.name: kinds[field.type] for field in table.fields}
        ).fetchall()
        for name, table in PACKAGE.tables.items()
    }


def by_r(folder: Path) -> Tables:
    """Read with R as told, and hand on as JSON: it has no dates, but all else."""
    if shutil.which("Rscript") is None:
        pytest.skip("needs R with readr and jsonlite (apt-get install r-cran-readr r-cran-jsonlite)")
    write = "jsonlite::write_json(tables, commandArgs(TRUE)[1], dataframe = 'values', na = 'null', digits = NA)\n"
    (folder / "read.R").write_text(shown("r", "read_json") + write, "utf-8")
    command = ["Rscript", folder / "read.R", folder / "read.json"]
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run(command, cwd=frozen.root(), env=env, check=True, capture_output=True, timeout=120)
    found: Tables = json.loads((folder / "read.json").read_text("utf-8"))
    return found


# ---- readers of the other forms


def by_pandas_from_parquet() -> Tables:
    import pandas as pd

    assert 'dtype_backend="numpy_nullable"' in read("docs/data.md")
    frames = {
        name: pd.read_parquet(io.BytesIO(parquet(PACKAGE, table)), dtype_backend="numpy_nullable")
        for name, table in PACKAGE.tables.items()
    }
    return {name: frame.astype(object).to_numpy() for name, frame in frames.items()}


def by_polars_from_parquet() -> Tables:
    import polars as pl

    return {name: pl.read_parquet(parquet(PACKAGE, table)).iter_rows() for name, table in PACKAGE.tables.items()}


def by_duckdb_from_parquet(folder: Path) -> Tables:
    import duckdb

    found = {}
    for name, table in PACKAGE.tables.items():
        (folder / f"{name}.parquet").write_bytes(parquet(PACKAGE, table))
        found[name] = duckdb.read_parquet(str(folder / f"{name}.parquet")).fetchall()
    return found


def by_pandas_from_the_workbook() -> Tables:
    import pandas as pd

    texts = executed(shown("python", "TEXT ="))["TEXT"]
    book = pd.ExcelFile(io.BytesIO(workbook(PACKAGE)))
    frames = {name: pd.read_excel(book, sheet_name=name, header=2, dtype=texts) for name in PACKAGE.tables}
    for name, frame in frames.items():
        assert list(frame.columns) == [field.name for field in PACKAGE.tables[name].fields]
    return {name: frame.astype(object).to_numpy() for name, frame in frames.items()}


def by_openpyxl_from_the_tables_of_the_workbook() -> Tables:
    """Read what Excel, Power Query and pivot tables find by the name of a table."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook(PACKAGE)))
    found = {}
    for name, table in PACKAGE.tables.items():
        if not PACKAGE.rows[name]:  # a table of Excel has a row at least
            assert not book[name].tables
            found[name] = []
            continue
        heads, *rows = book[name][book[name].tables[name].ref]
        assert [cell.value for cell in heads] == [field.name for field in table.fields]
        found[name] = [[cell.value for cell in row] for row in rows]
    return found


def by_pandas_from_csv_for_excel() -> Tables:
    import pandas as pd

    texts = executed(shown("python", "TEXT ="))["TEXT"]
    frames = {name: pd.read_csv(io.BytesIO(for_excel(table)), dtype=texts) for name, table in PACKAGE.tables.items()}
    return {name: frame.astype(object).to_numpy() for name, frame in frames.items()}


def by_pandas_from_the_database() -> Tables:
    import sqlite3

    import pandas as pd

    connection = sqlite3.connect(":memory:")
    connection.deserialize(database(PACKAGE))
    return {name: pd.read_sql(f"SELECT * FROM {name}", connection).astype(object).to_numpy() for name in PACKAGE.tables}


def by_datasette_from_the_database(folder: Path) -> Tables:
    from datasette.app import Datasette

    (folder / "package.db").write_bytes(database(PACKAGE))

    async def got() -> Tables:
        client = Datasette([], immutables=[str(folder / "package.db")]).client
        answers = {name: await client.get(f"/package/{name}.json?_shape=arrays&_size=max") for name in PACKAGE.tables}
        return {name: answer.json()["rows"] for name, answer in answers.items()}

    return asyncio.run(got())


READERS: dict[str, Callable[..., Tables]] = {
    name.removeprefix("by_").replace("_", " "): found
    for name, found in list(globals().items())
    if name.startswith("by_")
}
LENIENT = {
    *("pandas from the workbook", "pandas from csv for excel", "pandas from the database"),
    "datasette from the database",
}
"""Readers that have no whole numbers where some are missing, or 0 and 1 for false and true, as docs/data.md says."""


def cell(value: Any, field: Field) -> str:
    """Return what arrived as a CSV writes it; a value of another type than the column's says which type it has."""
    if type(value).__name__ == "URIReference":  # of the library csvw
        value = value.unsplit()
    if value is None or type(value).__name__ in ("NaTType", "NAType") or (isinstance(value, float) and isnan(value)):
        return ""
    kinds: dict[str, tuple[type, ...]] = {
        "string": (str,),
        "integer": (int,),
        "number": (int, float, Decimal),
        "boolean": (bool,),
        "date": (datetime.date, str),
    }
    if isinstance(value, bool) is not (field.type == "boolean") or not isinstance(value, kinds[field.type]):
        return f"{type(value).__name__} {value}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return re.sub(r"\.0\Z", "", format(Decimal(repr(float(value))), "f"))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def differing(found: Tables, lenient: bool = False, partly: bool = False) -> set[tuple[str, str, str, str]]:
    """Return the cells that arrive as others than they are in the CSV: table, column, as it is, and as it arrives."""
    differ = set()
    for name, table in PACKAGE.tables.items():
        if partly and name not in found:
            continue
        expected = list(csv.reader(io.StringIO(table.raw.decode("utf-8"), newline="")))[1:]
        rows = [list(row) for row in found[name]]
        assert len(rows) == len(expected), name
        for want, row in zip(_by_key(expected, name), _by_key(rows, name), strict=True):
            for field, one, value in zip(table.fields, want, row, strict=True):
                whole = lenient and field.type == "integer" and isinstance(value, float) and value.is_integer()
                flag = lenient and field.type == "boolean" and value in (0, 1)
                got = cell(int(value) if whole else bool(value) if flag else value, field)
                if got != one:
                    differ.add((name, field.name, one, got))
    return differ


def _by_key(rows: Iterable[Any], name: str) -> list[Any]:
    """Return rows in the order of their keys."""
    at = [index for index, field in enumerate(PACKAGE.tables[name].fields) if field.name in PACKAGE.tables[name].key]
    return sorted(rows, key=lambda row: [str(row[each]) for each in at])


def test_a_program_that_guesses_gets_other_cells_and_the_law_finds_them() -> None:
    import pandas as pd

    frames = {name: pd.read_csv(frozen.root() / table.path) for name, table in PACKAGE.tables.items()}
    differ = differing({name: frame.astype(object).to_numpy() for name, frame in frames.items()}, lenient=True)
    assert ("places", "code", "990106", "float 990106.0") in differ
    assert {column for _, column, *_ in differ} <= set(executed(shown("python", "TEXT ="))["TEXT"])


@pytest.mark.parametrize("reader", READERS)
def test_what_arrives_is_what_the_csv_has(reader: str, tmp_path: Path) -> None:
    found = READERS[reader](tmp_path) if READERS[reader].__code__.co_argcount else READERS[reader]()
    assert differing(found, reader in LENIENT) == set()


def test_json_arrives_in_pandas_as_told_with_the_texts_of_the_csv() -> None:
    import pandas as pd

    assert 'pd.read_json("build/json/places.json", dtype=False)' in read("docs/data.md")
    compared = set()
    for table in PACKAGE.tables.values():
        if f"build/json/{table.name}.json" not in PACKAGE.files:
            continue
        frame = pd.read_json(frozen.root() / f"build/json/{table.name}.json", dtype=False).set_index("id")
        for row in table.items():
            for field in (each for each in table.fields if each.type == "string" and each.name in frame):
                if isinstance(frame.loc[str(row["id"]), field.name], list):  # a table of its own, and joined in a cell
                    continue
                assert cell(frame.loc[str(row["id"]), field.name], field) == (row[field.name] or "")
                compared.add((table.name, field.name))
    assert {("places", "code"), ("places", "kind"), ("documents", "published_at"), ("projects", "kind")} <= compared


def test_croissant_arrives_but_for_texts_that_its_library_guesses_to_be_numbers(tmp_path: Path) -> None:
    """mlcroissant 1.1 reads a CSV as pandas guesses, whatever the type of a field is; docs/data.md says so.

    Each table has a data set opened for it: that version reads no second one that points to another.
    """
    mlcroissant = pytest.importorskip("mlcroissant")
    files = []
    for path, raw in PACKAGE.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(raw)
        files.append(ReleasedFile(path, "text/csv", len(raw), hashlib.sha256(raw).hexdigest(), PACKAGE.title))
    (tmp_path / "dataset.jsonld").write_bytes(dataset(PACKAGE, files))
    found = {
        name: [
            [each.decode() if isinstance(each, bytes) else each for each in record.values()]
            for record in mlcroissant.Dataset(jsonld=str(tmp_path / "dataset.jsonld")).records(name)
        ]
        for name in ("places", "targets", "projects_places")
    }
    differ = differing(found, partly=True)
    assert {column for _, column, *_ in differ} == {"code", "baseline_period", "outcome_period"}
    assert all(got == f"{one}.0" for *_, one, got in differ)
