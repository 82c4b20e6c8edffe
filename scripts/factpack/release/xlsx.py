"""The package as one Excel workbook: what it is, a sheet a table, and a data dictionary.

Each sheet has three header rows: Chinese titles, English titles, and the names of the columns. From the names on it is
an Excel table that is called as its sheet, so that sorting, pivot tables and Power Query take the names for the
heading and nothing else; what people read stands above it. Other programs are told where the heading is
(`pandas.read_excel(..., header=2)`): titles in comments would be seen by nobody who does not look for them.

Text cells are texts, whatever they look like, and are formatted as texts, so that they stay so when edited. Numbers
show the digits of the source, `5.0` as 5.0, by their number format. What is refused: texts longer than a cell holds,
numbers of more than 15 digits, dates before March 1900 (Excel counts a 29 February in that year), and control
characters. XML 1.0 has no control characters but tab and line ends, and turns CR into LF; Excel writes them as
`_x000D_` and reads them back, but other programs show just those letters.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import xlsxwriter

from factpack.package.dictionary import COLUMNS, PACKAGE, TABLES, dictionary
from factpack.package.package import Package
from factpack.package.table import Cell, Field, Table
from factpack.release.cells import CellNotRepresentable, NotRepresentable, as_double, convert_cells
from factpack.schema.names import TABLE_LIMIT
from factpack.source.cells import CELL_LIMIT, DIGITS, FIRST_DAY, NO_XML, digits, markup, units
from factpack.words import LANGUAGES, Both, texts

MAX_ROWS = 1_048_576
"""Rows in a sheet."""
HEADERS = 3
"""Header rows."""
NARROW, WRAPPED, README_WIDTH = 6, 48, 70
"""Widths of columns in digits: the least, that from which texts are wrapped, and that of texts in the first sheet."""
LINE, HIGHEST = 15, 409.5
"""Heights in points: of a line of text, and of the highest row that Excel allows."""
CELL = re.compile(r"[a-z]{1,3}[0-9]+|(r[0-9]*)?(c[0-9]*)?", re.IGNORECASE)
"""Names that Excel takes for cells, rows or columns."""
PROPERTIES = ("title", "description", "version", "created", "licence", "licence_url", "homepage")
"""What the first sheet says of the package: columns of `_package`."""


def workbook(package: Package) -> bytes:
    """Return the package as an Excel workbook; raises CellNotRepresentable if it cannot contain a cell."""
    buffer = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **safe})
    created = package.created.astimezone(datetime.UTC).replace(tzinfo=None)
    title = f"{package.title['zh']} {package.title['en']} {package.version}"
    book.set_properties({"title": title, "created": created})
    described, words = dictionary(package), texts("release", "workbook")
    styles = _Styles(book)
    _write_readme(book.add_worksheet(_bilingual(words["readme"])), described, styles)
    for table in package.tables.values():
        _write_table(book, table.name, table, styles)
    _write_table(book, _bilingual(words["dictionary"]), described[COLUMNS], styles)
    book.close()
    return _reproducible(buffer.getvalue())


class _Styles:
    """Formats of a workbook, each made once: by number format and whether long texts are wrapped."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[str, bool], Any] = {}
        self.head = book.add_format({"bold": True, "valign": "top", "bg_color": "#E8EEF4", "num_format": "@"})
        self.name = book.add_format(
            {"valign": "top", "bg_color": "#E8EEF4", "font_color": "#44546A", "num_format": "@"}
        )

    def body(self, shown: str, wrapped: bool = False) -> Any:
        """Return the format of a cell of data."""
        if (shown, wrapped) not in self.made:
            look = {"num_format": shown, "valign": "top", "text_wrap": wrapped}
            self.made[shown, wrapped] = self.book.add_format(look)
        return self.made[shown, wrapped]


def _write_table(book: Any, name: str, table: Table, styles: _Styles) -> None:
    """Write a table as a sheet."""
    if len(name) > TABLE_LIMIT:
        raise CellNotRepresentable(table.name, "", "", "long name", {"limit": TABLE_LIMIT})
    rows = list(convert_cells(table, _checked))
    if len(rows) + HEADERS > MAX_ROWS:
        raise CellNotRepresentable(table.name, "", "", "rows", {"limit": MAX_ROWS})
    sheet = book.add_worksheet(name)
    for at, field in enumerate(table.fields):
        heads = (field.title["zh"], field.title["en"], field.name)
        for row, (text, style) in enumerate(zip(heads, (styles.head, styles.head, styles.name), strict=True)):
            sheet.write_string(row, at, text, style)
        cells = [row[at] for row in rows]
        width = _width((*heads, *cells))
        sheet.set_column(at, at, min(width, WRAPPED) + 2)
        _write_column(sheet, at, cells, styles, width > WRAPPED)
    for at, row_cells in enumerate(rows, HEADERS):
        _set_height(sheet, at, row_cells, WRAPPED)
    last = len(rows) + HEADERS - 1, len(table.fields) - 1
    sheet.freeze_panes(HEADERS, 1)
    if rows:
        columns = [{"header": field.name, "header_format": styles.name} for field in table.fields]
        settings = {"name": _table_name(table.name), "columns": columns, "style": None}
        sheet.add_table(HEADERS - 1, 0, *last, settings)
    sheet.ignore_errors({"number_stored_as_text": xlsxwriter.utility.xl_range(HEADERS, 0, *last)})


def _table_name(name: str) -> str:
    """Return what an Excel table is called: not as a cell is, such as A1 or R1C1."""
    return f"{name}_" if CELL.fullmatch(name) else name


def _write_column(sheet: Any, at: int, cells: Iterable[Cell], styles: _Styles, wrapped: bool) -> None:
    for row, cell in enumerate(cells, HEADERS):
        if isinstance(cell, str):
            sheet.write_string(row, at, cell, styles.body("@", wrapped))
        elif isinstance(cell, bool):
            sheet.write_boolean(row, at, cell, styles.body("General"))
        elif isinstance(cell, datetime.date):
            sheet.write_datetime(row, at, cell, styles.body("yyyy-mm-dd"))
        elif cell is not None:
            sheet.write_number(row, at, float(cell), styles.body(_number_format(cell)))


def _checked(_: Field, cell: Cell) -> Cell:
    """Return a cell as it is; raises NotRepresentable."""
    if isinstance(cell, str):
        _check_text(cell)
    elif isinstance(cell, (int, Decimal)) and not isinstance(cell, bool):
        if digits(cell) > DIGITS:
            raise NotRepresentable("digits", limit=DIGITS)
        as_double(Decimal(cell))
    elif isinstance(cell, datetime.date) and cell < FIRST_DAY:
        raise NotRepresentable("early date", first=FIRST_DAY)
    return cell


def _check_text(text: str) -> None:
    if NO_XML.search(text):
        raise NotRepresentable("control character")
    if units(text) > CELL_LIMIT:
        raise NotRepresentable("long text", limit=CELL_LIMIT)
    if markup(text):
        raise NotRepresentable("markup")


def _number_format(number: int | Decimal) -> str:
    """Return the number format that shows as many digits after the point as the number was authored with."""
    exponent = Decimal(number).as_tuple().exponent
    scale = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return "0." + "0" * scale if scale else "0"


def _set_height(sheet: Any, row: int, cells: Iterable[Cell], width: int) -> None:
    """Make a row as high as its longest text when it is wrapped at a width; not every program does that by itself."""
    lines = [
        sum(-(-max(1, _breadth(line)) // width) for line in cell.split("\n")) for cell in cells if isinstance(cell, str)
    ]
    if max(lines, default=1) > 1:
        sheet.set_row(row, min(LINE * max(lines), HIGHEST))


def _width(cells: Iterable[Cell]) -> int:
    """Return how broad the broadest line of some cells is in digits; Han characters and their like count double."""
    return max([NARROW, *(_breadth(line) for cell in cells if cell is not None for line in str(cell).split("\n"))])


def _breadth(line: str) -> int:
    return len(line) if line.isascii() else len(line) + sum(char >= "\u2e80" for char in line)


def _write_readme(sheet: Any, described: Mapping[str, Table], styles: _Styles) -> None:
    """Write the first sheet: what this is, how to read it, and which sheets there are."""
    words = texts("release", "workbook")
    lines = [("", *_in_both(words["language"])), *_properties(described[PACKAGE])]
    lines.append((_bilingual(words["how"]), *_in_both(words["how to read"])))
    heads = {0, len(lines)}
    lines.append((_bilingual(words["sheet"]), *_in_both(words["contents"])))
    for row in described[TABLES].items():
        contents = [
            words["content"][each].format(title=row[f"title_{each}"], description=row[f"description_{each}"])
            for each in LANGUAGES
        ]
        lines.append((str(row["name"]), *contents))
    for at, line in enumerate(lines):
        for column, text in enumerate(line):
            style = styles.head if at in heads or not column else styles.body("@", True)
            sheet.write_string(at, column, text, style)
        _set_height(sheet, at, line[1:], README_WIDTH)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 2, README_WIDTH)


def _properties(about: Table) -> Iterator[tuple[str, ...]]:
    """Yield what a package says of itself, as far as it does: what it is called, and in Chinese and English."""
    (row,), headings = about.items(), {field.name: field.title for field in about.fields}
    words = texts("release", "workbook")
    for name in PROPERTIES:
        cells = [row.get(f"{name}_{language}", row.get(name)) for language in LANGUAGES]
        if cells[0]:
            yield (_bilingual(headings.get(name) or words[name]), *map(str, cells))


def _in_both(text: Both) -> list[str]:
    return [text[language] for language in LANGUAGES]


def _bilingual(text: Both) -> str:
    return " ".join(_in_both(text))


def _reproducible(made: bytes) -> bytes:
    """Return an archive that is the same on every system, compressed: its host and the time do not show."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(buffer, "w", compresslevel=9) as new:
        for each in old.infolist():
            entry = zipfile.ZipInfo(each.filename)
            entry.create_system, entry.compress_type = 3, zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(each))
    return buffer.getvalue()
