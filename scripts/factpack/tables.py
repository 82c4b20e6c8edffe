"""Records to rows: each record alone gives its rows of every table, and its entry in the JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from factpack.derived import DERIVATIONS
from factpack.ids import is_retired, part_ids
from factpack.lookups import Library, Record
from factpack.schemas import Column, Kind, Schema, Shape, Table
from factpack.views import View

Row = tuple[Any, ...]
Placed = tuple[str, Row]
"""A row with the name of its table."""


def complete(kind: Kind, record: Record, library: Library) -> Record:
    """Return a record as it is published: defaults filled, part ids added, keys in schema order, nothing retired."""
    return _complete(kind.shape, record, str(record["id"]), record, library)


def _complete(shape: Shape, item: Record, own: str, record: Record, library: Library) -> Record:
    filled: Record = {"id": own} if own else {}
    for field, schema in shape.fields.items():
        value = item.get(field)
        if value is None:
            value = _default(schema, record, library)
        if value is None or schema.get("x-role") == "retired":
            continue
        part = shape.parts.get(field)
        filled[field] = _complete_parts(part, value, own, record, library) if part else value  # type: ignore[arg-type]
    return filled


def _default(schema: Schema, record: Record, library: Library) -> Any:
    if "x-inherit" in schema:
        return record.get(schema["x-inherit"])
    if schema.get("x-role") == "area":
        return library.area or None
    return schema.get("default")


def _complete_parts(shape: Shape, listed: list[Record], own: str, record: Record, library: Library) -> Any:
    """Return parts with their ids: permanent ones sorted by id, positional ones as they stand."""
    current = [part for part in listed if not is_retired(shape, part)]
    if shape.key:
        ids = part_ids(own, shape, listed, library)
        made = [
            _complete(shape, part, ids[index], record, library)
            for index, part in enumerate(listed)
            if not is_retired(shape, part)
        ]
        return sorted(made, key=lambda part: str(part["id"]))
    return [
        _complete(shape, part, f"{own}.{shape.letter}{number}", record, library)
        for number, part in enumerate(current, 1)
    ]


def rows(kind: Kind, record: Record, library: Library, done: Record | None = None) -> Iterator[Placed]:
    """Yield the rows of one valid record: its own, its parts', and those of the shared tables but the table of ids.

    `done` is the record as `complete` returns it, where that is known already.
    """
    if is_retired(kind.shape, record):
        return
    done = done or complete(kind, record, library)
    root = View(done, kind.shape, done, kind.shape, (), library)
    yield from _item_rows(root, done, 1)


@dataclass(frozen=True, slots=True)
class Source:
    """What some of a table's columns show: a field of the item or of its record, or what a function derives."""

    where: str
    name: str
    columns: tuple[tuple[int, tuple[str, ...], str], ...]
    """Of each column its place in the row, the steps to its value, and which side of a text it shows."""


@cache
def sources(table: Table) -> tuple[Source, ...]:
    """Return where the columns of a table come from; what several of them show is asked for once."""
    found: dict[tuple[str, str], list[tuple[int, tuple[str, ...], str]]] = {}
    for place, column in enumerate(table.columns):
        head, *steps = (column.derived or column.source).split("/")
        where = head[0] if head[0] in "#@" else ".." if head == ".." else ""
        name = steps.pop(0) if where == ".." else head.lstrip("#@")
        found.setdefault((where, name), []).append((place, tuple(steps), column.sub))
    return tuple(Source(where, name, tuple(columns)) for (where, name), columns in found.items())


def _row(table: Table, view: View, parent: Record, position: int) -> Row:
    """Return an item's row of a table."""
    row: list[Any] = [None] * len(table.columns)
    for source in sources(table):
        value = _value(source, view, parent, position)
        for place, steps, side in source.columns if value is not None else ():
            shown: Any = view.library.follow(value, steps) if steps else value
            if side and isinstance(shown, list):
                shown = shown[0] if shown else None
            row[place] = (shown.get(side) if isinstance(shown, dict) else None) if side else shown
    return tuple(row)


def _value(source: Source, view: View, parent: Record, position: int) -> Any:
    match source.where:
        case "":
            return view.item.get(source.name)
        case "@":
            return DERIVATIONS[source.name](view)
        case "..":
            return view.record.get(source.name)
    return {"id": view.item["id"], "parent": parent["id"], "position": position}.get(source.name)


def _item_rows(view: View, parent: Record, position: int) -> Iterator[Placed]:
    for table in view.shape.tables:
        if not table.where or all(view.item.get(field) in allowed for field, allowed in table.where.items()):
            yield table.name, _row(table, view, parent, position)
    yield from _shared_rows(view)
    for field, table in view.shape.links.items():
        for number, item in enumerate(view.item.get(field) or (), 1):  # type: ignore[arg-type]
            yield table.name, tuple(_link_cell(column, view, item, number) for column in table.columns)
    for field, shape in view.shape.parts.items():
        parts: Any = view.item.get(field) or ()
        for number, part in enumerate(parts, 1):
            inner = View(part, shape, view.record, view.record_shape, parts, view.library)
            yield from _item_rows(inner, view.item, number)


def _link_cell(column: Column, view: View, item: Any, number: int) -> Any:
    return {"#parent": view.item["id"], "#position": number}.get(column.source, item)


def _shared_rows(view: View) -> Iterator[Placed]:
    """Yield an item's rows of the tables made from all kinds: evidence and aliases."""
    whole = view.item is view.record
    base: Record = {"record": view.record["id"], "part": None if whole else view.item["id"]}
    pieces: Any = view.item.get(view.shape.role("evidence") or "") or ()
    for number, piece in enumerate(pieces, 1):
        own: Record = {
            "id": f"{view.item['id']}.e{number}",
            "position": number,
            "verified": verified(piece, view.library),
        }
        yield shared_row("evidence", {**base, **piece, **own}, view.library)
    aliases: Any = view.item.get(view.shape.role("aliases") or "") or ()
    for number, alias in enumerate(aliases, 1):
        yield shared_row("aliases", {**base, "position": number, "name": alias}, view.library)


def verified(piece: Record, library: Library) -> bool:
    """Say whether a piece's quote was verified at its paragraph; a locator never is."""
    text, paragraph = library.text(str(piece["document"])), piece.get("paragraph")
    if not text or not isinstance(paragraph, int) or paragraph > len(text.paragraphs):
        return False
    return text.paragraphs[paragraph - 1].find(str(piece["quote"])) is not None


def shared_row(name: str, item: Record, library: Library) -> Placed:
    """Return a row of a table made from all kinds; an item holds its columns by their `x-from`."""
    table: Table = library.schemas.shared[name]
    return name, tuple(item.get(column.derived or column.source) for column in table.columns)
