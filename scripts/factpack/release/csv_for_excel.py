"""For Excel: a table as CSV with a byte order mark, without which Excel in China shows Chinese as garbage.

Only the mark is added: the rest is the CSV byte for byte. Its line ends stay LF, which Excel opens as well as CRLF. A
CSV says nothing of types, so Excel still guesses (`2026` and `110000` become numbers); the workbook is the form where
it need not. A text that Excel would run as a formula is refused.
"""

from __future__ import annotations

import codecs
import re

from factpack.package.table import Cell, Field, Table
from factpack.release.cells import Refused, fitted

FORMULA = {
    "zh": "文本开头会被 Excel 当作公式执行",
    "en": "a text that begins as what Excel runs as a formula",
}
RUN = re.compile(r"[=@\t\r＝＠]|[+\-＋－](?![0-9.,]+%?\Z)")
"""How a cell begins that Excel runs when it opens a CSV, full-width signs too; a number with its sign is not run."""


def for_excel(table: Table) -> bytes:
    """Return a table's CSV with a byte order mark; raises Unfit where Excel would run a cell."""
    for _ in fitted(table, _inert):
        pass
    return codecs.BOM_UTF8 + table.raw


def _inert(field: Field, cell: Cell) -> None:
    if isinstance(cell, str) and RUN.match(cell):
        raise Refused(FORMULA)
