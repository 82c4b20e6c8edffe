"""The package as one Excel workbook: what it is, a sheet a table, and a data dictionary.

Each sheet has three header rows: Chinese titles, English titles, and the names of the columns. The names are a row and
not comments, because programs skip comments (`pandas.read_excel(..., header=2)`) and screen readers do, too; they stand
last, since a filter belongs right above the data.

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
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from factpack.package.dictionary import COLUMNS, PACKAGE, TABLES, dictionary
from factpack.package.package import Package
from factpack.package.table import Cell, Field, Table
from factpack.release.cells import Refused, Unfit, double, fitted
from factpack.words import LANGUAGES, Both

LONGEST = 32_767
"""UTF-16 units that a cell holds."""
ROWS, SHEET = 1_048_576, 31
"""Rows that a sheet has, and characters that its name may have."""
HEADERS = 3
NARROW, BROAD = 6, 48
LINE, HIGHEST = 15, 409
"""Points: of a line of text, and the most that a row may be high."""
"""Widths of columns in digits: the least, and that from which texts are wrapped."""
NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not hold (https://www.w3.org/TR/xml/#charsets), and CR, which it does not keep."""
MARKED = re.compile("<r>.*</r>\\Z|.*_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_", re.DOTALL)
"""What XlsxWriter takes for rich text, or escapes but half: it writes `_x0041_` so that Excel reads just that, but of
two such that share a low line only the first."""
FIRST_DAY = datetime.date(1900, 3, 1)
LONG = {"zh": f"文本超过 {LONGEST} 个字符", "en": f"a text of more than {LONGEST} characters"}
CONTROL = {"zh": "文本含有 Excel 文件不能保存的字符", "en": "a text with a character that an Excel file does not keep"}
MARKUP = {"zh": "文本会被误认作标记", "en": "a text that would be taken for markup"}
DIGITS = {"zh": "数字超过 15 位有效数字", "en": "a number of more than 15 digits"}
EARLY = {"zh": "日期早于 1900-03-01", "en": "a date before 1900-03-01"}
NAME = {"zh": f"表名超过 {SHEET} 个字符", "en": f"a name of more than {SHEET} characters"}
TALL = {"zh": f"表超过 {ROWS} 行", "en": f"more than {ROWS} rows"}

README, DICTIONARY = "说明 README", "数据字典 Dictionary"
HOW: Both = {
    "zh": "每个工作表是一张表。第 1 行是中文列名，第 2 行是英文列名，第 3 行是程序所用的列名（与 CSV 相同），"
    "数据从第 4 行开始（pandas：header=2）。空白表示原文没有说明或不适用。各列的含义、取值和引用见“数据字典”工作表。",
    "en": "Each sheet is a table. Row 1 has the Chinese titles, row 2 the English ones, row 3 the column names that "
    "programs use (as in the CSV), and the data begin in row 4 (pandas: header=2). Empty means not stated or not "
    "applicable. The sheet Dictionary says what each column means, which values it may have and what it points to.",
}
PROPERTIES = {
    "title": ("题名", "Title"),
    "description": ("说明", "Description"),
    "version": ("版本", "Version"),
    "created": ("日期", "Date"),
    "licence": ("许可", "Licence"),
    "licence_url": ("许可全文", "Text of the licence"),
    "homepage": ("网址", "Address"),
}


def workbook(package: Package) -> bytes:
    """Return the package as an Excel workbook; raises Unfit where it cannot hold a cell."""
    buffer = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **safe})
    created = package.created.astimezone(datetime.UTC).replace(tzinfo=None)
    title = f"{package.title['zh']} {package.title['en']} {package.version}"
    book.set_properties({"title": title, "created": created})
    described = dictionary(package)
    styles = _Styles(book)
    _readme(book.add_worksheet(README), described, styles)
    for table in package.tables.values():
        _sheet(book, table.name, table, styles)
    _sheet(book, DICTIONARY, described[COLUMNS], styles)
    book.close()
    return _same(buffer.getvalue())


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


def _sheet(book: Any, name: str, table: Table, styles: _Styles) -> None:
    """Write a table as a sheet."""
    if len(name) > SHEET:
        raise Unfit(table.name, "", "", NAME)
    rows = list(fitted(table, _held))
    if len(rows) + HEADERS > ROWS:
        raise Unfit(table.name, "", "", TALL)
    sheet = book.add_worksheet(name)
    for at, field in enumerate(table.fields):
        heads = (field.title["zh"], field.title["en"], field.name)
        for row, (text, style) in enumerate(zip(heads, (styles.head, styles.head, styles.name), strict=True)):
            sheet.write_string(row, at, text, style)
        cells = [row[at] for row in rows]
        width = _width((*heads, *cells))
        sheet.set_column(at, at, min(width, BROAD) + 2)
        _column(sheet, at, cells, styles, width > BROAD)
    for at, held in enumerate(rows, HEADERS):
        _fit(sheet, at, held, BROAD)
    last = len(rows) + HEADERS - 1, len(table.fields) - 1
    sheet.freeze_panes(HEADERS, 1)
    sheet.autofilter(HEADERS - 1, 0, *last)
    sheet.ignore_errors({"number_stored_as_text": xlsxwriter.utility.xl_range(HEADERS, 0, *last)})


def _column(sheet: Any, at: int, cells: Iterable[Cell], styles: _Styles, wrapped: bool) -> None:
    for row, cell in enumerate(cells, HEADERS):
        if isinstance(cell, str):
            sheet.write_string(row, at, cell, styles.body("@", wrapped))
        elif isinstance(cell, bool):
            sheet.write_boolean(row, at, cell, styles.body("General"))
        elif isinstance(cell, datetime.date):
            sheet.write_datetime(row, at, cell, styles.body("yyyy-mm-dd"))
        elif cell is not None:
            sheet.write_number(row, at, float(cell), styles.body(_digits(cell)))


def _held(field: Field, cell: Cell) -> Cell:
    """Return a cell as it is, or refuse it."""
    if isinstance(cell, str):
        _text(cell)
    elif isinstance(cell, (int, Decimal)) and not isinstance(cell, bool):
        if len(Decimal(cell).normalize().as_tuple().digits) > 15:
            raise Refused(DIGITS)
        double(Decimal(cell))
    elif isinstance(cell, datetime.date) and cell < FIRST_DAY:
        raise Refused(EARLY)
    return cell


def _text(text: str) -> None:
    if NO_XML.search(text):
        raise Refused(CONTROL)
    if len(text) > LONGEST // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST:
        raise Refused(LONG)
    if MARKED.match(text):
        raise Refused(MARKUP)


def _digits(number: int | Decimal) -> str:
    """Return the number format that shows as many digits after the point as the number was authored with."""
    exponent = Decimal(number).as_tuple().exponent
    scale = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return "0." + "0" * scale if scale else "0"


def _fit(sheet: Any, row: int, cells: Iterable[Cell], width: int) -> None:
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


def _readme(sheet: Any, described: Mapping[str, Table], styles: _Styles) -> None:
    """Write the first sheet: what this is, how to read it, and which sheets there are."""
    (cells,) = described[PACKAGE].items()
    lines: list[Sequence[Any]] = [("", "中文", "English")]
    for name, (zh, en) in PROPERTIES.items():
        both = [cells.get(f"{name}_{language}", cells.get(name)) for language in LANGUAGES]
        if both[0]:
            lines.append((f"{zh} {en}", *both))
    lines.append(("读法 How to read", HOW["zh"], HOW["en"]))
    lines.append(("工作表 Sheet", "内容", "Contents"))
    heads = {0, len(lines) - 1}
    for table, _, *titles in described[TABLES].rows():
        lines.append((table, f"{titles[0]}：{titles[2]}", f"{titles[1]}: {titles[3]}"))
    for row, line in enumerate(lines):
        for at, text in enumerate(line):
            sheet.write_string(row, at, text, styles.head if row in heads or not at else styles.body("@", True))
        _fit(sheet, row, line[1:], 70)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 2, 70)


def _same(made: bytes) -> bytes:
    """Return an archive that is the same on every system: neither its host nor its build of zlib show."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(buffer, "w") as new:
        for each in old.infolist():
            entry = zipfile.ZipInfo(each.filename)
            entry.create_system = 3
            new.writestr(entry, old.read(each))
    return buffer.getvalue()
