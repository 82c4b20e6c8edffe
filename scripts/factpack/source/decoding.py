"""The bytes of a record file as text, and the problems that are seen without reading its YAML."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from itertools import islice

from factpack.disk.project import FILE_LIMIT
from factpack.problems import Problem
from factpack.source.characters import fault_values, faults
from factpack.source.conflict import CONFLICT
from factpack.source.marks import Mark

PROBLEM_LIMIT = 100
"""Problems after which no more of a file is read: it is probably not a record at all."""


def decode(path: str, raw: bytes) -> tuple[str | None, list[Problem]]:
    """Return the text of a file's bytes, or None, and the problems of the raw text."""
    if len(raw) > FILE_LIMIT:
        return None, [Problem(path, 1, 1, "file-too-large", "", {"limit": str(FILE_LIMIT // 1024)})]
    if raw.startswith(b"\xef\xbb\xbf"):
        return None, [Problem(path, 1, 1, "byte-order-mark")]
    try:
        text, wrong = raw.decode("utf-8"), len(raw)
    except UnicodeDecodeError as error:
        text, wrong = "", error.start
    if (nul := raw.find(b"\0", 0, wrong)) >= 0:  # a sign of UTF-16
        wrong = nul
    if wrong < len(raw):
        before = raw[:wrong].decode("utf-8")
        line, column = position(before, len(before))
        return None, [Problem(path, line, column, "not-utf8", "", {"byte": f"0x{raw[wrong]:02X}"})]
    return text, list(islice(_raw_faults(path, text), PROBLEM_LIMIT))


def _raw_faults(path: str, text: str) -> Iterator[Problem]:
    if conflict := CONFLICT.search(text):
        line, column = position(text, conflict.start())
        yield Problem(path, line, column, "merge-conflict", "", {"found": conflict[0]})
        return
    if (tab := text.find("\t")) >= 0:
        line, column = position(text, tab)
        yield Problem(path, line, column, "tab")
    starts: list[int] = []
    shown: set[tuple[int, str, str]] = set()
    for offset, code, excerpt in faults(text):
        starts = starts or [0, *(match.end() for match in re.finditer("\n", text))]
        line = bisect(starts, offset)
        if (line, code, excerpt) not in shown:
            shown.add((line, code, excerpt))
            yield Problem(path, line, offset - starts[line - 1] + 1, code, "", fault_values(code, excerpt))


def position(text: str, offset: int) -> Mark:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
