"""Records to rows: each record alone gives its rows of every table, and its entry in the JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from factpack.derived import DERIVATIONS
from factpack.ids import identities, is_retired, part_ids
from factpack.lookups import Library, Record
from factpack.schemas import Kind, Schema, Shape, Table
from factpack.views import View, Whole

Row = tuple[Any, ...]
Placed = tuple[str, Row]
"""A row with the name of its table."""


def complete(kind: Kind, record: Record, library: Library) -> Record:
    """Return a record as it is published: defaults filled, part ids added, keys in schema order, nothing retired."""
    return _complete(kind.shape, record, str(record["id"]), record, library)


def _complete(shape: Shape, item: Record, own: str, record: Record, library: Library) -> Record:
    filled: Record = {"id": own} if own else {}
    for field, default in _published(shape):
        value = item.get(field)
        if value is None and default:
            value = default(record, library)
        if value is not None:
            filled[field] = value
    for field, part in shape.parts.items():
        if field in filled:
            filled[field] = _complete_parts(part, filled[field], own, record, library)  # type: ignore[arg-type]
    return filled


Default = Callable[[Record, Library], Any]
"""What a field without a value is filled with, told by its record and the library."""


@cache
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


def _complete_parts(shape: Shape, listed: list[Record], own: str, record: Record, library: Library) -> Any:
    """Return parts with their ids: permanent ones sorted by id, positional ones as they stand."""
    if shape.key:
        ids = part_ids(own, shape, listed, library)
        current = [(each, part) for each, part in zip(ids, listed, strict=True) if not is_retired(shape, part)]
        made = [_complete(shape, part, each, record, library) for each, part in current]
        return sorted(made, key=itemgetter("id"))
    stem, kept = f"{own}.{shape.letter}", (part for part in listed if not is_retired(shape, part))
    return [_complete(shape, part, f"{stem}{number}", record, library) for number, part in enumerate(kept, 1)]


def rows(kind: Kind, record: Record, library: Library, done: Record | None = None) -> Iterator[Placed]:
    """Yield the rows of one valid record: its own, its parts', and those of the shared tables.

    `done` is the record as `complete` returns it, where that is known already.
    """
    for each in identities(kind, record, library):
        yield shared_row("ids", each.row(), library)
    if is_retired(kind.shape, record):
        return
    done = done or complete(kind, record, library)
    yield from _item_rows(View(done, kind.shape, Whole(done, kind.shape, library)), done, 1)


class Source(NamedTuple):
    """What some of a table's columns show: what is asked of an item's view, and the steps from there."""

    ask: Callable[[View], Any]
    steps: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    """Of each column the name of its cell, and which side of a text it shows."""


class Plan(NamedTuple):
    """How the rows of a table are made: which cells stand in a row, and where those come from that are no fields."""

    cells: tuple[str, ...]
    whole: tuple[Source, ...]
    """What all rows of a record share."""
    own: tuple[Source, ...]


@cache
def _plan(table: Table) -> Plan:
    """Return how the rows of a table are made; what several of its columns show is asked for once."""
    columns = [(column.derived or column.source, column.sub) for column in table.columns]
    found: dict[str, list[tuple[str, str]]] = {}
    for path, side in columns:
        if side or "/" in path or path.startswith("@"):
            found.setdefault(path, []).append((_cell(path, side), side))
    sources = {path: Source(*_origin(path), tuple(shown)) for path, shown in found.items()}
    whole = [path for path in sources if path.startswith("../")]
    return Plan(
        tuple(_cell(path, side) for path, side in columns),
        tuple(sources[path] for path in whole),
        tuple(source for path, source in sources.items() if path not in whole),
    )


def _cell(path: str, side: str) -> str:
    """Return the name of the cell that a column shows; a plain field's is its own."""
    return f"{path}:{side}" if side else path


def _origin(path: str) -> tuple[Callable[[View], Any], tuple[str, ...]]:
    """Return what a path asks of a view, and the steps from there."""
    head, *steps = path.split("/")
    if head.startswith("@"):
        return DERIVATIONS[head[1:]], tuple(steps)
    if head != "..":
        return lambda view: view.item.get(head), tuple(steps)
    field, *steps = steps
    return lambda view: view.whole.record.get(field), tuple(steps)


def _shown(sources: tuple[Source, ...], view: View) -> dict[str, Any]:
    """Return the cells that come from sources, by name."""
    cells: dict[str, Any] = {}
    for ask, steps, columns in sources:
        value = ask(view)
        if steps and value is not None:
            value = view.whole.follow(value, steps)
        for cell, side in columns if value is not None else ():
            shown = value[0] if side and isinstance(value, list) and value else value
            cells[cell] = (shown.get(side) if isinstance(shown, dict) else None) if side else shown
    return cells


def _row(table: Table, view: View, parent: Record, position: int) -> Row:
    """Return an item's row of a table."""
    plan, known = _plan(table), view.whole.known
    if table not in known:
        known[table] = _shown(plan.whole, view)
    own = {"#id": view.item["id"], "#parent": parent["id"], "#position": position}
    return tuple(map({**known[table], **view.item, **_shown(plan.own, view), **own}.get, plan.cells))


def _item_rows(view: View, parent: Record, position: int) -> Iterator[Placed]:
    for table in view.shape.tables:
        if not table.where or all(view.item.get(field) in allowed for field, allowed in table.where.items()):
            yield table.name, _row(table, view, parent, position)
    yield from _shared_rows(view)
    for field, table in view.shape.links.items():
        for number, item in enumerate(view.item.get(field) or (), 1):  # type: ignore[arg-type]
            cells = {"#parent": view.item["id"], "#position": number, "#item": item}
            yield table.name, tuple(map(cells.get, _names(table)))
    for field, shape in view.shape.parts.items():
        parts: Any = view.item.get(field) or ()
        for number, part in enumerate(parts, 1):
            yield from _item_rows(View(part, shape, view.whole, parts), view.item, number)


def _shared_rows(view: View) -> Iterator[Placed]:
    """Yield an item's rows of the tables made from all kinds: evidence and aliases."""
    own, record, library = view.item["id"], view.whole.record, view.whole.library
    base: Record = {"record": record["id"], "part": None if view.item is record else own}
    pieces: Any = view.item.get(view.shape.role("evidence") or "") or ()
    for number, piece in enumerate(pieces, 1):
        more: Record = {"id": f"{own}.e{number}", "position": number, "verified": verified(piece, library)}
        yield shared_row("evidence", {**base, **piece, **more}, library)
    aliases: Any = view.item.get(view.shape.role("aliases") or "") or ()
    for number, alias in enumerate(aliases, 1):
        yield shared_row("aliases", {**base, "position": number, "name": alias}, library)


def verified(piece: Record, library: Library) -> bool:
    """Say whether a piece's quote was verified at its paragraph; a locator never is."""
    text, paragraph = library.text(str(piece["document"])), piece.get("paragraph")
    if not text or not isinstance(paragraph, int) or paragraph > len(text.paragraphs):
        return False
    return text.paragraphs[paragraph - 1].find(str(piece["quote"])) is not None


@cache
def _names(table: Table) -> tuple[str, ...]:
    """Return what the columns of a table show, each by its `x-from` or as its source."""
    return tuple(column.derived or column.source for column in table.columns)


def shared_row(name: str, item: Record, library: Library) -> Placed:
    """Return a row of a table made from all kinds; an item holds its columns by their `x-from`."""
    return name, tuple(map(item.get, _names(library.schemas.shared[name])))
