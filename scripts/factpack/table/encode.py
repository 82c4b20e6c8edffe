"""Rows and records to bytes: CSV (RFC 4180 with LF) and JSON, numbers as they were authored."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import orjson


def cell(value: object) -> str:
    """Return a value as a CSV cell: null is empty, numbers without exponent, true and false in lower case."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def csv_lines(rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as CSV lines in UTF-8."""
    buffer = io.StringIO()
    write, quote = buffer.write, csv.writer(buffer, lineterminator="\n").writerow
    for row in rows:
        cells = ["" if each is None else each if type(each) is str else cell(each) for each in row]
        line = ",".join(cells)
        if not line or line.count(",") >= len(cells) or '"' in line or "\n" in line or "\r" in line:
            quote(cells)
        else:  # most rows need no quotes, and the writer looks at each character
            write(line + "\n")
    return buffer.getvalue().encode("utf-8")


def json_bytes(value: Any, indent: int = 0) -> bytes:
    """Return a value as JSON in UTF-8, two spaces a level, Decimals with the digits they were authored with.

    Whole numbers may have 64 bits, more than a source may hold.
    """
    made = orjson.dumps(value, _number, orjson.OPT_INDENT_2)
    return made.replace(b"\n", b"\n" + b"  " * indent) if indent else made  # texts hold no line end of their own


def _number(value: Decimal) -> orjson.Fragment:
    return orjson.Fragment(format(value, "f").encode())


def json_array(entries: Iterable[bytes]) -> Iterable[bytes]:
    """Yield a JSON array of already encoded entries, piece by piece."""
    before = b"[\n  "
    for entry in entries:
        yield before + entry
        before = b",\n  "
    yield b"[]\n" if before == b"[\n  " else b"\n]\n"


def pack(head: Mapping[str, Any], blobs: Sequence[bytes] = ()) -> bytes:
    """Return a head of JSON and some bytes as one: what goes from one process to another, or is kept."""
    return b"".join((orjson.dumps({**head, "blobs": [len(each) for each in blobs]}), b"\n", *blobs))


def unpack(packed: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Return the head and the bytes that `pack` made one; raises ValueError where it did not."""
    start = packed.index(b"\n") + 1
    head: dict[str, Any] = orjson.loads(packed[: start - 1])
    blobs = []
    for length in head.pop("blobs"):
        blobs.append(packed[start : start + length])
        start += length
    return head, blobs
