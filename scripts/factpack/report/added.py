"""What was added to a record, or would be, as a difference of its file or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from difflib import unified_diff
from typing import Any

from factpack.problems import Problem, visible
from factpack.report import as_text
from factpack.report.as_json import json_lines, listed
from factpack.run.add import Addition
from factpack.source.documents import Document


def added_text(record: Document, found: Addition, problems: Sequence[Problem], language: str, *, written: bool) -> str:
    """Return the lines of the file that are new, and what is wrong with them."""
    before, after = (raw.decode("utf-8").splitlines() for raw in (record.raw, found.raw))
    lines = unified_diff(before, after, record.path, record.path, n=0, lineterm="")
    return "".join(f"{visible(line)}\n" for line in lines) + as_text.text(problems, language)


def added_json(record: Document, found: Addition, problems: Sequence[Problem], language: str, *, written: bool) -> str:
    """Return what was added, and whether it was written."""
    return json_lines(
        {
            "path": record.path,
            "id": found.item_id,
            "field": ".".join(map(str, found.at)),
            "added": _plain(found.item),
            "written": written,
            "problems": listed(problems, language),
        }
    )


def _plain(value: Any) -> Any:
    """Return a value with its decimals as numbers of JSON."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return float(value) if isinstance(value, Decimal) else value
