"""Records to rows: each record alone gives its rows of every table, and its entry in the JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factpack.derived import DERIVATIONS
from factpack.lookups import Library, Record
from factpack.schemas import Column, Kind, Schema, Shape, Table
from factpack.views import View

Row = tuple[Any, ...]
Placed = tuple[str, Row]
"""A row with the name of its table."""


def part_id(record: str, shape: Shape, part: Record, library: Library) -> str:
    """Return a part's permanent id: its record's, then the values of its key, then its area if not the default."""
    steps = [str(part.get(field, "")).replace("/", "--") for field in shape.key]
    area = part.get(shape.role("area") or "")
    if area is not None and area != library.area:
        steps.append(str(area))
    return ".".join([record, *steps])


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


def part_ids(own: str, shape: Shape, listed: list[Record], library: Library) -> list[str]:
    """Return the ids of parts in their order.

    Where two documents give the same key, the part of the later delivered one takes its document's slug too.
    """
    plain = [(part_id(own, shape, part, library), _origin(shape, part, library)) for part in listed]
    earliest: dict[str, tuple[str, str]] = {}
    for key, origin in plain:
        earliest[key] = min(origin, earliest.get(key, origin))
    return [f"{key}.{origin[1].removeprefix('doc-')}" if earliest[key] < origin else key for key, origin in plain]


def _origin(shape: Shape, part: Record, library: Library) -> tuple[str, str]:
    """Return when the document of a part's first evidence was delivered, and its id."""
    pieces: Any = part.get(shape.role("evidence") or "")
    document = str(pieces[0]["document"]) if pieces else ""
    return str(library.role(document, "delivered") or "") if document else "", document


def is_retired(shape: Shape, item: Record) -> bool:
    """Say whether a record or part is retired: it stays in the table of ids only."""
    return item.get(shape.role("retired") or "") is not None


def rows(kind: Kind, record: Record, library: Library, done: Record | None = None) -> Iterator[Placed]:
    """Yield the rows of one valid record: its own, its parts', and those of the shared tables.

    `done` is the record as `complete` returns it, where that is known already.
    """
    yield from _id_rows(kind, record, library)
    if is_retired(kind.shape, record):
        return
    done = done or complete(kind, record, library)
    root = View(done, kind.shape, done, kind.shape, (), library)
    yield from _item_rows(root, done, 1)


def _item_rows(view: View, parent: Record, position: int) -> Iterator[Placed]:
    for table in view.shape.tables:
        if all(view.item.get(field) in allowed for field, allowed in table.where.items()):
            yield table.name, tuple(_cell(column, view, parent, position) for column in table.columns)
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


def _cell(column: Column, view: View, parent: Record, position: int) -> Any:
    """Return the value that a column shows of an item."""
    match column.source:
        case "#id":
            return view.item["id"]
        case "#parent":
            return parent["id"]
        case "#position":
            return position
    value: Any = _derive(column.derived, view) if column.derived else view.item.get(column.source)
    if column.sub and isinstance(value, list):
        value = value[0] if value else None
    if column.sub:
        return value.get(column.sub) if isinstance(value, dict) else None
    return value


def _derive(path: str, view: View) -> Any:
    """Return what an `x-from` path leads to: `@function`, `../field of the record` or `field`, then further steps."""
    head, *steps = path.split("/")
    if head.startswith("@"):
        return view.library.follow(DERIVATIONS[head[1:]](view), steps)
    if head == "..":
        return view.library.follow(view.record, steps)
    return view.library.follow(view.item.get(head), steps)


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


def _id_rows(kind: Kind, record: Record, library: Library) -> Iterator[Placed]:
    """Yield the permanent ids of a record and of its parts, retired ones too."""
    found = [(str(record["id"]), kind.name, kind.shape, record)]
    for field, shape in kind.shape.parts.items():
        parts: Any = record.get(field) or ()
        if shape.key:
            ids = part_ids(str(record["id"]), shape, parts, library)
            found += [(own, shape.tables[0].name, shape, part) for own, part in zip(ids, parts, strict=True)]
    for own, name, shape, item in sorted(found, key=lambda each: each[0]):
        retired: Any = item.get(shape.role("retired") or "") or record.get(kind.shape.role("retired") or "")
        state: Record = {"id": own, "kind": name, "state": "retired" if retired else "current"}
        yield shared_row("ids", {**state, **(retired or {})}, library)


def shared_row(name: str, item: Record, library: Library) -> Placed:
    """Return a row of a table made from all kinds; an item holds its columns by their `x-from`."""
    table: Table = library.schemas.shared[name]
    return name, tuple(item.get(column.derived or column.source) for column in table.columns)
