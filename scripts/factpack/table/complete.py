"""Records as they are published: defaults filled, part ids added, keys in schema order, nothing retired."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from factpack.record.evidence import is_retired
from factpack.record.ids import part_ids
from factpack.record.library import Library
from factpack.schema.model import Kind, Schema, Shape, kept
from factpack.source.marks import Record


def complete(kind: Kind, record: Record, library: Library) -> Record:
    """Return a record as it is published: defaults filled, part ids added, keys in schema order, nothing retired."""
    return _complete(kind.shape, record, str(record["id"]), record, library)


def _complete(shape: Shape, item: Record, item_id: str, record: Record, library: Library) -> Record:
    filled: Record = {"id": item_id} if item_id else {}
    for field, default in _published(shape):
        value = item.get(field)
        if value is None and default:
            value = default(record, library)
        if value is not None:
            filled[field] = value
    for field, part in shape.parts.items():
        if field in filled:
            filled[field] = _complete_parts(part, filled[field], item_id, record, library)  # type: ignore[arg-type]
    return filled


Default = Callable[[Record, Library], Any]
"""What a field without a value is filled with, told by its record and the library."""


@kept
def _published(shape: Shape) -> tuple[tuple[str, Default | None], ...]:
    """Return the fields of a shape that are published, in order, each with its default if it has one."""
    fields = shape.fields.items()
    return tuple((field, _default(schema)) for field, schema in fields if schema.get("x-role") != "retired")


def _default(schema: Schema) -> Default | None:
    if "x-inherit" in schema:
        return lambda record, _: record.get(schema["x-inherit"])
    if schema.get("x-role") == "area":
        return lambda _, library: library.area or None
    return (lambda *_: schema["default"]) if "default" in schema else None


def _complete_parts(shape: Shape, listed: list[Record], parent_id: str, record: Record, library: Library) -> Any:
    """Return parts with their ids: permanent ones sorted by id, positional ones as they stand."""
    if shape.key:
        ids = part_ids(parent_id, shape, listed, library.area)
        current = [(each, part) for each, part in zip(ids, listed, strict=True) if not is_retired(shape, part)]
        made = [_complete(shape, part, each, record, library) for each, part in current]
        return sorted(made, key=itemgetter("id"))
    stem, kept = f"{parent_id}.{shape.letter}", (part for part in listed if not is_retired(shape, part))
    return [_complete(shape, part, f"{stem}{number}", record, library) for number, part in enumerate(kept, 1)]
