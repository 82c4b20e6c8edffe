"""A table as CSV for Excel, with a byte order mark, without which Excel in China shows Chinese as garbage.

Only the mark is added: the rest is the CSV byte for byte. Its line ends stay LF, which Excel opens as well as CRLF. A
CSV says nothing of types, so Excel still guesses (`2026` and `110000` become numbers); in the workbook it need not. A
text that Excel would run as a formula is refused.
"""

from __future__ import annotations

import codecs

from factpack.package.table import Cell, Field, Table
from factpack.release.cells import NotRepresentable, convert_cells
from factpack.source.cells import formula


def for_excel(table: Table) -> bytes:
    """Return a table's CSV with a byte order mark; raises CellNotRepresentable if Excel would run a cell."""
    for _ in convert_cells(table, _check):
        pass
    return codecs.BOM_UTF8 + table.raw


def _check(_: Field, cell: Cell) -> None:
    if isinstance(cell, str) and formula(cell):
        raise NotRepresentable("formula")
