"""Evidence and retirement: the engine owns the fields of these two, in `defs.schema.json`; all others go by role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from factpack.schema.model import Shape, kept
from factpack.source.marks import Path, Record, Value

Item = tuple[Shape, Record, Path]
"""A record or a part in it: what its schema says, its fields, and where in the record it stands."""


class Evidence(NamedTuple):
    """Words of a source document that support a record or part; `paragraph` counts from 1."""

    document: str
    """The id of the source document."""
    paragraph: int | None = None
    quote: str | None = None
    locator: str | None = None
    """Where to look in a document without a text record; stands instead of paragraph and quote."""
    readings: int | None = None
    """How many people have read it there."""


@dataclass(frozen=True, slots=True)
class Retirement:
    """Since which version of the data a record or part is retired, why, and the id that replaces it."""

    since: str
    reason: dict[str, str]
    """By language."""
    replaced_by: str | None = None


def items(shape: Shape, record: Record, path: Path = ()) -> Iterator[Item]:
    """Yield a record and all parts in it; whatever else stands where parts should is left out."""
    yield shape, record, path
    for field, part in shape.parts.items():
        parts = record.get(field)
        for index, each in enumerate(parts if isinstance(parts, list) else ()):
            if isinstance(each, dict):
                yield from items(part, each, (*path, field, index))


def evidence_of(shape: Shape, item: Record) -> tuple[Evidence, ...]:
    """Return the evidence of a record or part, in its order."""
    return decoded(item.get(shape.role("evidence") or ""))


def documents_of(shape: Shape, item: Record) -> tuple[str, ...]:
    """Return the documents that the evidence of a record or part names, each once, in its order."""
    listed = item.get(shape.role("evidence") or "")
    named = [each.get("document") for each in listed if isinstance(each, dict)] if isinstance(listed, list) else ()
    return tuple(dict.fromkeys(each for each in named if isinstance(each, str)))


def decoded(value: Value) -> tuple[Evidence, ...]:
    """Return a list of evidence entries as values; what names no document is left out."""
    return tuple([entry for each in value if (entry := _entry(each))]) if isinstance(value, list) else ()


def _entry(value: Value) -> Evidence | None:
    if not isinstance(value, dict) or not isinstance(document := value.get("document"), str):
        return None
    paragraph, quote, locator, readings = map(value.get, ("paragraph", "quote", "locator", "readings"))
    return Evidence(
        document,
        paragraph if isinstance(paragraph, int) else None,
        quote if isinstance(quote, str) else None,
        locator if isinstance(locator, str) else None,
        readings if isinstance(readings, int) else None,
    )


@kept
def is_fact(shape: Shape) -> bool:
    """Say whether a shape describes facts: its schema publishes whether they are verified or only transcribed."""
    return any(column.derived == "@verification" for table in shape.tables for column in table.columns)


def is_transcribed(shape: Shape, item: Record) -> bool:
    """Say whether a fact has evidence, and no quote in any of it: nothing can be checked against a text."""
    entries = evidence_of(shape, item)
    return is_fact(shape) and bool(entries) and all(each.quote is None for each in entries)


def cited(shape: Shape, record: Record) -> Iterator[Evidence]:
    """Yield the evidence of a record and of all parts in it."""
    for inner, item, _ in items(shape, record):
        yield from evidence_of(inner, item)


def is_retired(shape: Shape, item: Record) -> bool:
    """Say whether a record or part is retired: it stays in the table of ids only."""
    return item.get(shape.role("retired") or "") is not None


def retirement_of(shape: Shape, item: Record) -> Retirement | None:
    """Return since when and why a valid record or part is retired; None while it is in use."""
    value: Any = item.get(shape.role("retired") or "")
    if value is None:
        return None
    replaced_by = value.get("replaced_by")
    return Retirement(str(value["since"]), dict(value["reason"]), None if replaced_by is None else str(replaced_by))
