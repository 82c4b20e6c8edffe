"""The format that a package.yaml says: only a number that is another one is told here."""

from __future__ import annotations

import pytest

from factpack.schema.format import FORMAT, format_problems
from factpack.source.documents import load


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"format: {FORMAT}", []),
        (f"format: {FORMAT + 1}", [("newer-format", 2)]),
        (f"format: {FORMAT - 1}", [("older-format", 1)]),
        ("format: -1", [("older-format", 2)]),
        ("version: 0.1.0", [("older-format", 1)]),
        (f"format: '{FORMAT + 1}'", []),
        ("format: true", []),
        ("format: 1.5", []),
        ("format: [2]", []),
        ("format:", []),
        ("a: b: c", []),
    ],
)
def test_another_format_is_told_at_its_line(line: str, told: list[tuple[str, int]]) -> None:
    document = load("sources/package.yaml", f"name: x\n{line}\n".encode())
    assert [(each.code, each.line) for each in format_problems(document)] == told
