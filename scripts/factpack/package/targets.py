"""Targets and what became of them as a reader reads it: cautions in words, and a difference with its unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from factpack.package.package import Package
from factpack.package.table import Cell, Row
from factpack.table.display import scaled
from factpack.words import text_in, texts_in


def cautions(cell: Cell, language: str) -> str:
    """Return the words for what a reader must know before comparing a value, which the tables list by name."""
    known = texts_in(language, "package", "cautions")
    return text_in(language, "package", "targets", "between").join(known[each] for each in str(cell).split(";"))


def difference(package: Package, row: Row, language: str) -> str:
    """Return by how much a result differs from a target, signed; empty where it does not differ or nothing says so.

    A result that is over or under its number tells only one end of the difference: in words, none is given.
    Its unit is left out where the target as displayed leaves it out, too.
    """
    found: Any = row.get("outcome_difference")
    unit_id = row.get("outcome_difference_unit_id")
    if not found or row.get("outcome_bound") != "exact":
        return ""
    unit = package.find(str(unit_id))
    symbol = str(unit[1].get(f"symbol_{language}") or "") if unit else ""
    said = unit_id != row.get("plain_unit_id") or symbol in str(row.get(f"display_{language}"))
    number = f"{'+' if found > 0 else '−'}{amount(abs(found), language)}"
    return text_in(language, "package", "targets", "unit" if said else "no unit", number=number, unit=symbol)


def amount(number: int | Decimal, language: str) -> str:
    """Return a number in base units with the scale words of a language: 3.2 billion, 32亿."""
    if language == "en":
        return scaled(number)
    for size, word in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            return f"{Decimal(number) / size:f}{word}"
    return f"{number:f}" if isinstance(number, Decimal) else str(number)
