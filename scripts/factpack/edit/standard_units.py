"""The standard units as records: which of them a word means, and which of them another one is converted to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from factpack.edit.starter import unit_files
from factpack.source import documents

REFERENCES = ("plain_unit", "difference_unit")
"""The fields by which a unit names another one."""


@cache
def standard_units() -> Mapping[str, Mapping[str, Any]]:
    """Return the standard units by id."""
    return {name: documents.load(f"{name}.yaml", raw).data or {} for name, raw in unit_files().items()}


def units_meant(word: str) -> list[str]:
    """Return the ids of the standard units that a word means: by id, with or without prefix, else as it is printed."""
    listed = standard_units()
    by_id = [name for name in listed if word in (name, name.partition("-")[2])]
    return by_id or [name for name, unit in listed.items() if word in unit["printed"]]


def missing_units(unit: str, known: Collection[str]) -> Mapping[str, bytes]:
    """Return the files of a standard unit that is not known, and of those that it names and are not, by id."""
    files, named = unit_files(), () if unit in known else _with_named(unit)
    return {name: files[name] for name in named if name in files and name not in known}


def _with_named(unit: str) -> Iterator[str]:
    """Yield a unit and those that it names; these name no others."""
    yield unit
    record = standard_units().get(unit, {})
    yield from (record[field] for field in REFERENCES if field in record)
