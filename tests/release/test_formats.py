"""Each form of the package holds every cell of its CSVs, and refuses what it cannot hold.

What a form loses, and nothing else, which the tests find by comparing every cell:

| form | lost |
|---|---|
| CSV, CSV for Excel | nothing |
| workbook | nothing: numbers are doubles, but their format shows the digits of the source |
| database, Parquet | zeros at the end of a number with a point: `5.0` is the number 5 |
"""

from __future__ import annotations

import asyncio
import csv
import dataclasses
import datetime
import hashlib
import html
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet
import pytest
from datasette.app import Datasette
from datasette.utils import tilde_encode

from factpack.package.package import Package
from factpack.release.cells import CellNotRepresentable
from factpack.release.csv_for_excel import for_excel
from factpack.release.datasette import settings
from factpack.release.parquet import parquet
from factpack.release.sqlite import database
from factpack.release.xlsx import _table_name, workbook
from projects import ROOT

Cells = dict[str, list[list[str]]]
"""Rows of cells by table, each as the CSV writes it."""
FEWEST = 10_000
"""Cells that the package has at least, so that no comparison passes by reading nothing."""
NAUGHTY = ROOT / "tests" / "node_modules" / "big-list-of-naughty-strings" / "blns.json"
SOFFICE = shutil.which("soffice")
office = pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice Calc (apt-get install libreoffice-calc)")
ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
"""Every sheet as CSV in UTF-8, its cells as shown (https://wiki.openoffice.org/wiki/Documentation/DevGuide/Spreadsheets/Filter_Options)."""


@pytest.fixture(scope="module")
def source(linxi: Path) -> Cells:
    """The cells as they stand in the CSV files, read by nothing of ours."""
    found = {}
    for path in sorted((linxi / "build" / "csv").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.reader(file))[1:]
    return found


@pytest.fixture(scope="module")
def book(package: Package) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook(package)))


def said(value: Any) -> str:
    """Return a value as a CSV writes it, a float with the fewest digits that tell it from every other."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return re.sub(r"\.0\Z", "", format(Decimal(repr(value)), "f"))
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        value = value.date()
    return "" if value is None else str(value)


def typed(package: Package) -> Cells:
    return {name: [list(map(said, row)) for row in table.rows()] for name, table in package.tables.items()}


def from_for_excel(package: Package) -> Cells:
    tables = {name: for_excel(table).decode("utf-8-sig") for name, table in package.tables.items()}
    return {name: list(csv.reader(io.StringIO(text, newline="")))[1:] for name, text in tables.items()}


def shown(cell: Any) -> str:
    """Return a cell of a sheet, a number with the digits that its format shows."""
    if cell.data_type == "s":
        return str(cell.value)
    if cell.data_type == "n" and cell.value is not None:
        point = re.fullmatch(r"0(?:\.(0+))?", cell.number_format)
        assert point, cell.number_format
        return format(Decimal(repr(cell.value)), f".{len(point[1] or '')}f")
    return said(cell.value)


def from_workbook(package: Package) -> Cells:
    book = openpyxl.load_workbook(io.BytesIO(workbook(package)))
    return {name: [list(map(shown, row)) for row in book[name].iter_rows(4)] for name in package.tables}


def opened(made: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(made)
    return connection


def from_database(package: Package) -> Cells:
    found = {}
    with closing(opened(database(package))) as connection:
        for name, table in package.tables.items():
            flags = [field.type == "boolean" for field in table.fields]
            rows = connection.execute(f"SELECT * FROM {name}")
            found[name] = [
                [said(bool(cell) if flag and cell is not None else cell) for cell, flag in zip(row, flags, strict=True)]
                for row in rows
            ]
    return found


def from_parquet(package: Package) -> Cells:
    found = {}
    for name, table in package.tables.items():
        read = pyarrow.parquet.read_table(io.BytesIO(parquet(package, table)))
        assert read.column_names == [field.name for field in table.fields]
        found[name] = [list(map(said, row.values())) for row in read.to_pylist()]
    return found


FORMS: dict[str, Callable[[Package], Cells]] = {
    "csv": typed,
    "for excel": from_for_excel,
    "workbook": from_workbook,
    "database": from_database,
    "parquet": from_parquet,
}
LOSE_ZEROS = ("database", "parquet")


def differing(left: Cells, right: Cells) -> tuple[int, list[tuple[str, str]]]:
    """Return how many cells two have, and those pairs that differ; tables and rows must be as many."""
    assert left.keys() == right.keys()
    pairs = [
        pair
        for name in left
        for one, other in zip(sorted(left[name]), sorted(right[name]), strict=True)
        for pair in zip(one, other, strict=True)
    ]
    return len(pairs), [(one, other) for one, other in pairs if one != other]


@pytest.mark.parametrize("form", FORMS)
def test_every_cell_is_in_every_form(form: str, package: Package, source: Cells) -> None:
    count, differ = differing(source, FORMS[form](package))
    assert count > FEWEST
    assert not differ, "no number of the package ends in a zero after the point"


@pytest.mark.parametrize("form", FORMS)
def test_rows_stand_in_the_order_of_the_csv(form: str, package: Package, source: Cells) -> None:
    made = FORMS[form](package)
    assert all(
        [row[0] for row in made[name]] == [row[0] for row in source[name]]
        for name, table in package.tables.items()
        if table.key == ("id",)
    )


def cut(package: Package, name: str, rows: list[tuple[object, ...]]) -> Package:
    """Return a package of one table with other rows."""
    table = package.tables[name]
    resource = next(each for each in package.descriptor["resources"] if each["name"] == name)
    buffer = io.StringIO()
    write = csv.writer(buffer, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")  # with CRLF it quotes a lone CR, too
    for row in ([field.name for field in table.fields], *rows):
        write.writerow(row)
    raw = buffer.getvalue().encode("utf-8")
    return dataclasses.replace(
        package, descriptor={**package.descriptor, "resources": [resource]}, files={table.path: raw}
    )


def with_numbers(package: Package, numbers: list[str]) -> Package:
    """Return a package of units, each with a factor."""
    empty = [""] * (len(package.tables["units"].fields) - 2)
    assert package.tables["units"].fields[-1].name == "factor"
    return cut(package, "units", [(f"unt-{at:05}", *empty, number) for at, number in enumerate(numbers)])


NUMBERS = ["5.0", "2.50", "0.1", "-0.4", "0", "100000000", "123456789012345", "0.000001", "1.23456789012345"]
TOO_LONG = ["12345678901234567", "0.12345678901234567", "9007199254740993"]


@pytest.mark.parametrize("form", FORMS)
def test_numbers_lose_nothing_but_zeros_at_their_end(form: str, package: Package) -> None:
    made = with_numbers(package, NUMBERS)
    _, differ = differing(typed(made), FORMS[form](made))
    assert differ == ([("5.0", "5"), ("2.50", "2.5")] if form in LOSE_ZEROS else [])


@pytest.mark.parametrize("number", TOO_LONG)
@pytest.mark.parametrize("form", ["workbook", "database", "parquet"])
def test_a_number_with_more_digits_than_a_form_keeps_is_refused(form: str, number: str, package: Package) -> None:
    with pytest.raises(CellNotRepresentable, match="units / unt-00001 / factor: a number ") as caught:
        FORMS[form](with_numbers(package, ["1", number]))
    assert "位" in caught.value.message("zh")


def with_texts(package: Package, texts: dict[str, str]) -> Package:
    """Return a package of documents that have these texts for titles, by id."""
    empty = [""] * (len(package.tables["documents"].fields) - 2)
    return cut(package, "documents", [(key, text, *empty) for key, text in texts.items()])


def survivors(form: str, package: Package, texts: list[str]) -> tuple[dict[str, str], Cells, list[str]]:
    """Return the texts that a form holds by id, the cells that it then gives back, and the texts that it refuses."""
    held = {f"doc-{at:05}": text for at, text in enumerate(texts)}
    refused = []
    while True:
        try:
            return held, FORMS[form](with_texts(package, held)), refused
        except CellNotRepresentable as error:
            refused.append(held.pop(error.row))


def unkept(form: str, text: str) -> bool:
    """Tell whether a form must refuse a text."""
    if form == "workbook":
        kept = all(char in "\t\n" or (char >= " " and char not in "\ufffe\uffff") for char in text)
        return not kept or len(text.encode("utf-16-le")) > 2 * 32_767 or text in TAKEN
    if form == "for excel":
        return text[0] in "=@\t\r＝＠" or (text[0] in "+-＋－" and not re.fullmatch(r"[0-9.,]+%?", text[1:]))
    return form == "database" and "\0" in text


TAKEN = ["<r>a</r>", "<r><t>a</t></r>", "_x005F_x0041_", "a_x0041_x0042_"]
"""Texts that would be taken for markup in a workbook."""
HARD = [
    *TAKEN,
    *("=1+1", "+1+1", "-1+1", "-1", "+8.5%", "@SUM(1)", "{=1+1}", "＝1+1", '=HYPERLINK("http://x")', "'=1", " =1"),
    *("http://example.org/", "mailto:a@example.org", "internal:Sheet1!A1", "00123", "1e5", "TRUE", "true", "NULL"),
    *(
        "2025-12-31",
        "1/2",
        "#N/A",
        "_x0041_",
        "_x000D_",
        "<t>",
        "&amp;",
    ),
    *("\r", "a\rb", "a\r\nb", "a\nb", "\n", "\t", " ", "\ufeffa", "\x01", "\x0b", "\x1f", "\x7f", "\x85", "\u2028"),
    *("\ufffe", "\uffff", "\ufffd", "\ue000", "\U00020000", "a\0b", '"', ",", "'", "字" * 32_767, "字" * 32_768),
    *("😀" * 16_383, "😀" * 16_384, "\u202ea", "e\u0301", "é"),
]


@pytest.mark.parametrize("form", FORMS)
def test_a_hard_text_is_kept_as_it_is_or_refused(form: str, package: Package) -> None:
    held, made, refused = survivors(form, package, HARD)
    assert {row[0]: row[1] for row in made["documents"]} == held
    assert refused == [text for text in HARD if unkept(form, text)]


@pytest.mark.skipif(not NAUGHTY.exists(), reason="needs the naughty strings (npm ci --ignore-scripts --prefix tests)")
@pytest.mark.parametrize("form", FORMS)
def test_a_naughty_text_is_kept_as_it_is_or_refused(form: str, package: Package) -> None:
    texts = [text for text in json.loads(NAUGHTY.read_text("utf-8")) if text]
    held, made, refused = survivors(form, package, texts)
    assert len(texts) > 450
    assert {row[0]: row[1] for row in made["documents"]} == held
    assert refused == [text for text in texts if unkept(form, text)]
    assert len(refused) == {"workbook": 3, "for excel": 16}.get(form, 0)


def test_no_text_becomes_a_formula_a_link_or_a_number(package: Package) -> None:
    held, _, _ = survivors("workbook", package, HARD)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(with_texts(package, held))))["documents"]
    assert sheet.max_row > 40
    for row in sheet.iter_rows(4, max_col=2):
        assert all((cell.data_type, cell.number_format, cell.hyperlink) == ("s", "@", None) for cell in row)


@pytest.mark.parametrize("text", ["_x0041_", "_x000D_", "a_x0041_ _x0042_", "_x00411_"])
def test_what_looks_like_an_escape_is_escaped(text: str, package: Package) -> None:
    """As ECMA-376 part 1, 22.9.2.19 has it, and Excel reads it; openpyxl only half reads it."""
    with zipfile.ZipFile(io.BytesIO(workbook(with_texts(package, {"doc-a": text})))) as archive:
        strings = ElementTree.fromstring(archive.read("xl/sharedStrings.xml")).itertext()
    assert text in [re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), each) for each in strings]


DIGESTS = """
import hashlib
import sys
from pathlib import Path
from factpack.package.package import open_package
from factpack.release.csv_for_excel import for_excel
from factpack.release.parquet import parquet
from factpack.release.sqlite import database
from factpack.release.xlsx import workbook
of = open_package(Path(sys.argv[1]))
made = [workbook(of), database(of)]
made += [each for table in of.tables.values() for each in (parquet(of, table), for_excel(table))]
print([hashlib.sha256(each).hexdigest() for each in made])
"""


@pytest.fixture(scope="module")
def digests(package: Package) -> str:
    made = [workbook(package), database(package)]
    for table in package.tables.values():
        made += [parquet(package, table), for_excel(table)]
    return str([hashlib.sha256(each).hexdigest() for each in made])


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LANG": "zh_CN.GB18030", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
    ],
)
def test_the_bytes_are_the_same_in_any_surroundings(surroundings: dict[str, str], digests: str, linxi: Path) -> None:
    environment = {**os.environ, **surroundings}
    done = subprocess.run(
        [sys.executable, "-c", DIGESTS, linxi], env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == digests


def test_nothing_that_depends_on_the_machine_is_in_the_files(package: Package) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(package))) as archive:
        entries = archive.infolist()
        core = archive.read("docProps/core.xml").decode()
    assert {(each.create_system, each.compress_type, each.date_time) for each in entries} == {
        (3, zipfile.ZIP_DEFLATED, (1980, 1, 1, 0, 0, 0))
    }
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[0-9:]+Z", core)) == {package.descriptor["created"]}
    assert database(package)[96:100] == (3_037_000).to_bytes(4, "big")


def test_a_workbook_begins_with_what_it_is(package: Package, book: Any) -> None:
    assert book.sheetnames == ["说明 README", *package.tables, "数据字典 Dictionary"]
    text = "\n".join(str(cell.value) for row in book["说明 README"].iter_rows() for cell in row)
    licence = package.descriptor["licenses"][0]
    for part in (
        *package.title.values(),
        package.version,
        licence["title"],
        licence["path"],
        "header=2",
        *package.tables,
    ):
        assert part in text


def test_a_sheet_has_three_header_rows_a_filter_and_frozen_panes(package: Package, book: Any) -> None:
    for name, table in package.tables.items():
        sheet = book[name]
        heads = [[cell.value for cell in row] for row in sheet.iter_rows(1, 3)]
        assert heads[0] == [field.title["zh"] for field in table.fields]
        assert heads[1] == [field.title["en"] for field in table.fields]
        assert heads[2] == [field.name for field in table.fields]
        assert sheet.freeze_panes == "B4"
        if sheet.max_row == 3:
            assert not sheet.tables, "a table of Excel has rows"
            continue
        listed = sheet.tables[name]
        assert re.fullmatch(rf"A3:[A-Z]+{sheet.max_row}", listed.ref)
        assert listed.autoFilter.ref == listed.ref
        assert listed.column_names == heads[2]
        assert all(8 <= width.width <= 51 for width in sheet.column_dimensions.values())


@pytest.mark.parametrize(
    ("name", "called"), [("ids", "ids"), ("abc1", "abc1_"), ("r1c1", "r1c1_"), ("c", "c_"), ("abcd1", "abcd1")]
)
def test_no_table_of_a_workbook_is_called_like_a_cell(name: str, called: str) -> None:
    assert _table_name(name) == called


def test_a_table_without_rows_is_a_sheet_with_its_heading(package: Package) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(cut(package, "documents", []))))["documents"]
    assert [cell.value for cell in sheet[3]] == [field.name for field in package.tables["documents"].fields]
    assert not sheet.tables


def test_rows_are_as_high_as_their_wrapped_texts(book: Any) -> None:
    high = 0
    for sheet, width in [(book.worksheets[0], 70), *((each, 48) for each in book.worksheets[1:])]:
        for number, row in enumerate(sheet.iter_rows(min_row=1 if width == 70 else 4, values_only=True), 1):
            at = number if width == 70 else number + 3
            texts = [text for text in row[1 if width == 70 else 0 :] if isinstance(text, str)]
            broad = max((len(text) + sum(char > "\u2e7f" for char in text) for text in texts), default=0)
            height = sheet.row_dimensions[at].height or 15
            assert height >= min(409, 15 * broad / width), (sheet.title, at)
            high += height > 15
    assert high > 200


def test_a_cell_has_its_type_and_none_is_a_formula(package: Package, book: Any) -> None:
    types = {"string": {"s"}, "integer": {"n"}, "number": {"n"}, "boolean": {"b"}, "date": {"d"}}
    for name, table in package.tables.items():
        for column, field in zip(book[name].iter_cols(min_row=4), table.fields, strict=True):
            assert {cell.data_type for cell in column if cell.value is not None} <= types[field.type]
    assert not any(cell.data_type == "f" or cell.hyperlink for sheet in book for row in sheet.rows for cell in row)


def test_the_dictionary_names_every_column(package: Package, book: Any) -> None:
    heads, *rows = book["数据字典 Dictionary"].iter_rows(3, values_only=True)
    listed = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [(row["table"], row["column"], row["type"]) for row in listed] == [
        (name, field.name, field.type) for name, table in package.tables.items() for field in table.fields
    ]
    status = next(row for row in listed if (row["table"], row["column"]) == ("observations", "status"))
    assert "estimate: Expected / 预计" in status["vocabulary"]
    of = next(row for row in listed if (row["table"], row["column"]) == ("observations", "indicator_id"))
    assert of["reference"] == "indicators.id"


@pytest.mark.parametrize(("day", "fits"), [("1900-02-28", False), ("1900-03-01", True), ("2100-12-31", True)])
def test_a_day_that_excel_counts_wrong_is_refused(day: str, fits: bool, package: Package) -> None:
    at = [field.name for field in package.tables["documents"].fields].index("delivered_on")
    row = ["doc-a", *[""] * (len(package.tables["documents"].fields) - 1)]
    row[at] = day
    made = cut(package, "documents", [tuple(row)])
    if fits:
        assert from_workbook(made)["documents"][0][at] == day
    else:
        with pytest.raises(CellNotRepresentable, match="documents / doc-a / delivered_on: a date before 1900-03-01"):
            workbook(made)


@pytest.fixture
def connection(package: Package) -> Iterator[sqlite3.Connection]:
    with closing(opened(database(package))) as connection:
        yield connection


def test_a_database_is_whole_and_its_references_hold(package: Package, connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for name, table in package.tables.items():
        keys = connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
        assert {(key[3], key[2], key[4]) for key in keys} == {(k.field, k.table, k.target) for k in table.links}


def test_every_reference_has_an_index(package: Package, connection: sqlite3.Connection) -> None:
    for name, table in package.tables.items():
        first = set()
        for _, index, *_ in connection.execute(f"PRAGMA index_list({name})").fetchall():
            first.add(connection.execute(f"PRAGMA index_info('{index}')").fetchone()[2])
        assert {link.field for link in table.links} <= first | {table.key[0]}


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE observations SET paragraph = 'many'", "cannot store TEXT value in INTEGER column"),
        ("UPDATE observations SET value = 'many'", "cannot store TEXT value in REAL column"),
        ("UPDATE observations SET provisional = 2", "CHECK constraint failed"),
        ("UPDATE observations SET id = NULL", "NOT NULL constraint failed"),
        ("UPDATE observations SET unit_id = 'unt-none'", "FOREIGN KEY constraint failed"),
        ("UPDATE observations SET id = 'same'", "UNIQUE constraint failed"),
    ],
)
def test_a_database_refuses_what_does_not_fit(connection: sqlite3.Connection, statement: str, why: str) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match=why):
        connection.execute(statement)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_view_has_titles_and_labels_in_its_language(
    language: str, package: Package, connection: sqlite3.Connection
) -> None:
    views = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    for name, table in package.tables.items():
        assert (f"{name}_{language}" in views) is any(field.categories for field in table.fields)
        if f"{name}_{language}" not in views:
            continue
        cursor = connection.execute(f"SELECT * FROM {name}_{language}")
        heads, rows = [each[0] for each in cursor.description], cursor.fetchall()
        assert len(rows) == sum(1 for _ in table.rows())
        assert len(set(heads)) == len(heads)
        for field in table.fields:
            title = field.title[language]
            if field.categories and title in heads:
                labels = {label[language] for label in field.labels.values()}
                assert {row[heads.index(title)] for row in rows} <= {None, *labels}
    first = connection.execute(f"SELECT * FROM observations_{language} LIMIT 1")
    assert {"zh": "时期", "en": "Period"}[language] in [each[0] for each in first.description]


def test_a_database_says_what_it_is(package: Package, connection: sqlite3.Connection) -> None:
    told = connection.execute("SELECT name, title_zh, version, licence_url FROM _package").fetchall()
    assert told == [(package.name, package.title["zh"], package.version, package.descriptor["licenses"][0]["path"])]
    columns = connection.execute('SELECT "table", count(*) FROM _columns GROUP BY 1').fetchall()
    assert dict(columns) == {name: len(table.fields) for name, table in package.tables.items()}
    assert connection.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"fact", "big"),)


def test_datasette_shows_a_table_a_row_and_a_view(package: Package, tmp_path: Path) -> None:
    path = tmp_path / "package.db"
    path.write_bytes(database(package))
    key, name = (
        [field.name for field in package.tables["observations"].fields].index(each)
        for each in ("id", "indicator_name_zh")
    )
    row = next(package.tables["observations"].rows())

    async def pages() -> list[tuple[int, str]]:
        client = Datasette([], immutables=[str(path)]).client
        addresses = (
            "observations",
            f"observations/{tilde_encode(str(row[key]))}",
            "observations_zh",
            "projects_places",
        )
        answers = [await client.get(f"/package/{address}") for address in addresses]
        return [(answer.status_code, answer.text) for answer in answers]

    found = asyncio.run(pages())
    assert [status for status, _ in found] == [200] * 4
    assert all(str(row[name]) in text for _, text in found[:3])
    assert "指标名称" in found[2][1]


@pytest.mark.parametrize(
    ("language", "title", "label"),
    [
        ("zh", "临溪区政府工作报告数据", "地区生产总值"),
        ("en", "Work Report of Linxi District, Data", "Gross regional product (GDP)"),
    ],
)
def test_datasette_shows_the_names_of_what_a_row_links_to(
    language: str, title: str, label: str, package: Package, tmp_path: Path
) -> None:
    path = tmp_path / "linxi-0.2.0.sqlite"
    path.write_bytes(database(package))
    metadata = json.loads(settings(package, path.stem, language))

    async def got(address: str) -> Any:
        return await Datasette([], immutables=[str(path)], metadata=metadata).client.get(address)

    base = f"/{tilde_encode(path.stem)}"
    query = f"{base}/observations.json?_labels=on&_shape=objects&id=ind-gdp.2025.estimate"
    (row,) = asyncio.run(got(query)).json()["rows"]
    assert row["indicator_id"] == {"value": "ind-gdp", "label": label}
    tables = metadata["databases"][path.stem]["tables"]
    targets = {link.table for table in package.tables.values() for link in table.links}
    assert {name for name in targets if "label_column" not in tables[name]} == {"ids"}, "which has no names"
    places = package.tables["places"]
    page = html.unescape(asyncio.run(got(f"{base}/places")).text)
    assert places.description[language] in page
    assert places.fields[1].description[language] in page
    assert title in html.unescape(asyncio.run(got("/")).text)


def test_parquet_says_what_it_and_its_columns_are(package: Package) -> None:
    table = package.tables["observations"]
    schema = pyarrow.parquet.read_schema(io.BytesIO(parquet(package, table)))
    assert schema.metadata[b"title_zh"].decode() == table.title["zh"]
    assert schema.metadata[b"package_version"].decode() == package.version
    for field, column in zip(table.fields, schema, strict=True):
        assert column.metadata[b"title_zh"].decode() == field.title["zh"]
        assert column.metadata[b"description_en"].decode() == field.description["en"]
        assert (b"vocabulary" in column.metadata) is bool(field.categories)
    types = {
        "value": "double",
        "paragraph": "int64",
        "period_end": "date32[day]",
        "provisional": "bool",
        "id": "string",
    }
    assert {name: str(schema.field(name).type) for name in types} == types


def test_csv_for_excel_is_the_csv_with_a_mark(package: Package, linxi: Path) -> None:
    for table in package.tables.values():
        assert for_excel(table) == b"\xef\xbb\xbf" + (linxi / table.path).read_bytes()


def convert(paths: list[Path], to: str, out: Path, *more: str) -> None:
    """Let LibreOffice read files and write each as another."""
    profile = (out / "profile").as_uri()
    command = [str(SOFFICE), f"-env:UserInstallation={profile}", "--headless", *more, "--convert-to", to]
    subprocess.run([*command, "--outdir", str(out), *map(str, paths)], check=True, capture_output=True, timeout=240)


@office
def test_libreoffice_shows_every_cell_of_the_workbook(package: Package, source: Cells, tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(workbook(package))
    convert([tmp_path / "book.xlsx"], ALL_SHEETS, tmp_path)
    made = {}
    for name, table in package.tables.items():
        with (tmp_path / f"book-{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[3:]
        flags = [field.type == "boolean" for field in table.fields]
        made[name] = [[cell.lower() if flag else cell for cell, flag in zip(row, flags, strict=True)] for row in rows]
    count, differ = differing(source, made)
    assert count > FEWEST
    assert not differ


@office
def test_libreoffice_reads_csv_for_excel(package: Package, source: Cells, tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.csv" for name in package.tables]
    for path in paths:
        path.write_bytes(for_excel(package.tables[path.stem]))
    texts = "/".join(f"{column}/2" for column in range(1, 65))
    out = tmp_path / "out"
    convert(paths, "csv:Text - txt - csv (StarCalc):44,34,76", out, f"--infilter=CSV:44,34,76,1,{texts}")
    made = {}
    for name, table in package.tables.items():
        with (out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            heads, *made[name] = list(csv.reader(file))
        assert heads == [field.name for field in table.fields], "the mark is none of the first name"
    count, differ = differing(source, made)
    assert count > FEWEST
    assert not differ
