"""How a value is to be read, in a word or two each: over, expected, the period from the heading; and its marks."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.package.table import Row, Table
from factpack.site.cells import cell_text
from factpack.site.templating import words

BASES = frozenset(("heading", "printed"))
"""Where a period may come from that nobody had to infer, which has a mark."""


def reading_words(table: Table, row: Row, language: str) -> Iterator[str]:
    """Yield the qualifier of a value as printed, its status, and where its period comes from."""
    t, fields = words(language), {each.name: each for each in table.fields}
    if row.get("value") is not None:
        bound = row.get("bound") or "exact"
        yield t["no qualifier"] if bound == "exact" else cell_text(fields["bound"], bound, language)
    yield cell_text(fields["status"], row["status"], language).lower()
    if row.get("period_basis") in BASES:
        yield t[f"basis {row['period_basis']}"]
