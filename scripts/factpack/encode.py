"""Rows and records to bytes: CSV (RFC 4180 with LF) and JSON, numbers as they were authored."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any


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
    csv.writer(buffer, lineterminator="\n").writerows([[cell(value) for value in row] for row in rows])
    return buffer.getvalue().encode("utf-8")


def json_text(value: Any, indent: int = 0) -> str:
    """Return a value as JSON, two spaces a level, Decimals with the digits they were authored with."""
    inner, outer = "\n" + "  " * (indent + 1), "\n" + "  " * indent
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict) and value:
        pairs = (f"{encode_basestring(str(key))}: {json_text(each, indent + 1)}" for key, each in value.items())
        return "{" + inner + ("," + inner).join(pairs) + outer + "}"
    if isinstance(value, (list, tuple)) and value:
        return "[" + inner + ("," + inner).join(json_text(each, indent + 1) for each in value) + outer + "]"
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False)


def json_array(entries: Iterable[bytes]) -> Iterable[bytes]:
    """Yield a JSON array of already encoded entries, piece by piece."""
    before = b"[\n  "
    for entry in entries:
        yield before + entry
        before = b",\n  "
    yield b"[]\n" if before == b"[\n  " else b"\n]\n"
