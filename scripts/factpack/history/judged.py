"""The tables of an earlier edition that say what became of promises, or which results are preferred."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from factpack.history.columns import Columns
from factpack.history.damage import Damage, Damaged, text_of
from factpack.history.editions import Edition
from factpack.history.turns import JUDGED, Rows
from factpack.source.conflict import CONFLICT


def judged(then: Edition, known: Columns) -> tuple[dict[str, Rows], list[Damage]]:
    """Return the rows of these tables by table, and what is wrong with their files; raises GitFailed."""
    found, damage = dict[str, Rows](), list[Damage]()
    for table, names in known.items():
        if not JUDGED.isdisjoint(names):
            path = f"build/csv/{table}.csv"
            try:
                found[table] = _rows(path, _lines(path, then.read(path)), names)
            except Damaged as error:
                damage.append(error.damage)
            else:
                damage += then.replaced(path)
    return found, damage


def _lines(path: str, raw: bytes | None) -> list[list[str]]:
    """Return the lines of a CSV, each as cells, the header first; raises Damaged."""
    if raw is None:
        raise Damaged(path, "missing")
    text = text_of(path, raw)
    if mark := CONFLICT.search(text):
        raise Damaged(path, "conflict", text.count("\n", 0, mark.start()) + 1)
    if not text.endswith("\n"):
        raise Damaged(path, "cut", text.count("\n") + 1)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise Damaged(path, "csv") from error


def _rows(path: str, lines: list[list[str]], names: Sequence[str]) -> Rows:
    """Return the rows below a header by id; raises Damaged where it lacks a column, or a row has other cells."""
    head, *below = lines
    missing = next((each for each in ("id", *names) if each not in head), None)
    if missing is not None:
        raise Damaged(path, "header", column=missing)
    strange = [number for number, line in enumerate(below, 2) if len(line) != len(head)]
    if strange:
        raise Damaged(path, "no rows", strange[0], count=len(strange))
    rows = (dict(zip(head, line, strict=True)) for line in below)
    return {each["id"]: each for each in rows}
