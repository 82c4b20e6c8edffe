"""Records to rows: each record alone gives its rows of every table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from factpack.record.evidence import evidence_of, is_retired
from factpack.record.given_again import given_parts
from factpack.record.ids import part_ids
from factpack.record.library import Library
from factpack.record.verification import is_found
from factpack.schema.model import Kind, Table, kept
from factpack.source.marks import Record
from factpack.table.complete import complete
from factpack.table.derived import DERIVATIONS
from factpack.table.view import View, Whole

Row = tuple[Any, ...]
TableRow = tuple[str, Row]
"""A row with the name of its table."""


def rows(kind: Kind, record: Record, library: Library, done: Record | None = None) -> Iterator[TableRow]:
    """Yield the rows of one valid record: its own, its parts', and those of the shared tables but the table of ids.

    `done` is the record as `complete` returns it, where that is known already.
    """
    if is_retired(kind.shape, record):
        return
    done = done or complete(kind, record, library)
    yield from _item_rows(View(done, kind.shape, Whole(done, kind.shape, library)))


Getter = Callable[[View], Any]


class RowLayout(NamedTuple):
    """How the rows of a table are made. A path is what an item's view is asked, and the steps from there."""

    fields: tuple[str, ...]
    """The field that each column shows as it is; of other columns, an empty text."""
    asked: tuple[tuple[int, Getter, tuple[str, ...]], ...]
    """Of each column that shows something else as it is, its place and its path."""
    texts: tuple[tuple[Getter, tuple[str, ...], list[tuple[int, str]]], ...]
    """Of all columns that show sides of one text, or of the first piece of a list, its path, their places and sides."""


@kept
def _layout(table: Table) -> RowLayout:
    """Return how the rows of a table are made."""
    fields, asked = [""] * len(table.columns), []
    texts: dict[str, list[tuple[int, str]]] = {}
    for place, column in enumerate(table.columns):
        path = column.derived or column.source
        if column.sub:
            texts.setdefault(path, []).append((place, column.sub))
        elif "/" in path or path[0] in "@#":
            asked.append((place, *_origin(path)))
        else:
            fields[place] = path
    return RowLayout(tuple(fields), tuple(asked), tuple((*_origin(path), columns) for path, columns in texts.items()))


def _origin(path: str) -> tuple[Getter, tuple[str, ...]]:
    """Return what a path asks of a view, and the steps from there."""
    head, *steps = path.split("/")
    if head.startswith("@"):
        return DERIVATIONS[head[1:]], tuple(steps)
    if head.startswith("#"):
        return _GETTERS[head], ()
    if head == "..":
        head, *steps = steps
        return lambda view: view.whole.record.get(head), tuple(steps)
    return lambda view: view.item.get(head), tuple(steps)


_GETTERS: Mapping[str, Getter] = {
    "#id": lambda view: view.item["id"],
    "#parent": lambda view: view.whole.record["id"],
    "#position": lambda view: view.position,
}


def _row(table: Table, view: View) -> Row:
    """Return an item's row of a table."""
    fields, asked, texts = _layout(table)
    follow = view.whole.library.follow
    row: list[Any] = list(map(view.item.get, fields))
    for place, ask, steps in asked:
        value = ask(view)
        row[place] = follow(value, steps) if steps and value is not None else value
    for ask, steps, columns in texts:
        value = ask(view)
        if value is None:
            continue
        value = follow(value, steps) if steps else value
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict):
            for place, side in columns:
                row[place] = value.get(side)
    return tuple(row)


def _item_rows(view: View) -> list[TableRow]:
    """Return an item's rows: its own, those of what it cites and lists, and those of its parts."""
    item, shape = view.item, view.shape
    found = [
        (table.name, _row(table, view))
        for table in shape.tables
        if not table.where or all(item.get(field) in allowed for field, allowed in table.where.items())
    ]
    found += _shared_rows(view)
    for field, table in shape.links.items():
        for number, each in enumerate(item.get(field) or (), 1):  # type: ignore[arg-type]
            cells = {"#parent": item["id"], "#position": number, "#item": each}
            found.append((table.name, tuple(map(cells.get, _names(table)))))
    for field, part in shape.parts.items():
        listed = _listed(view, field)
        for number, each in enumerate(listed, 1):
            found += _item_rows(View(each, part, view.whole, view, listed, number))
    return found


def _listed(view: View, field: str) -> list[Record]:
    """Return the parts that a field lists; what is given again by id, with what was given first among them."""
    shape = view.shape
    if field != shape.role("given_again"):
        listed: Any = view.item.get(field) or []
        return list(listed)
    listed, record_id = given_parts(shape, view.item, field), str(view.item["id"])
    ids = part_ids(record_id, shape.parts[field], listed, view.whole.library.area)
    return sorted(({**each, "id": own} for own, each in zip(ids, listed, strict=True)), key=itemgetter("id"))


def _shared_rows(view: View) -> Iterator[TableRow]:
    """Yield an item's rows of the tables made from all kinds: evidence and other names."""
    item_id, record, library = view.item["id"], view.whole.record, view.whole.library
    base: Record = {"record": record["id"], "part": None if view.item is record else item_id}
    for number, entry in enumerate(evidence_of(view.shape, view.item), 1):
        cells: Record = {
            "id": f"{item_id}.e{number}",
            "position": number,
            "document": entry.document,
            "paragraph": entry.paragraph,
            "quote": entry.quote,
            "locator": entry.locator,
            "readings": entry.readings,
            "verified": is_found(entry, library),
        }
        yield shared_row("evidence", {**base, **cells}, library)
    aliases: Any = view.item.get(view.shape.role("aliases") or "") or ()
    names = [*({"kind": "printed", "name": each} for each in aliases), *_former(view)]
    for number, name in enumerate(names, 1):
        yield shared_row("aliases", {**base, "position": number, **name}, library)


def _former(view: View) -> Iterator[Record]:
    """Yield the former names of an item as rows of other names show them."""
    listed: Any = view.item.get(view.shape.role("former_names") or "") or ()
    for each in listed:
        yield {"kind": "former", "name": each["zh"], "name_en": each["en"], "document": each["document"]}


@kept
def _names(table: Table) -> tuple[str, ...]:
    """Return what the columns of a table show, each by its `x-from` or as its source."""
    return tuple(column.derived or column.source for column in table.columns)


@kept
def _sides(table: Table) -> tuple[tuple[int, str], ...]:
    """Return the places of the columns that show one side of a text, each with its language."""
    return tuple((place, column.sub) for place, column in enumerate(table.columns) if column.sub)


def shared_row(name: str, item: Record, library: Library) -> TableRow:
    """Return a row of a table made from all kinds; an item holds its columns by their `x-from`."""
    table = library.schemas.shared[name]
    row: list[Any] = list(map(item.get, _names(table)))
    for place, side in _sides(table):
        row[place] = row[place] and row[place][side]
    return name, tuple(row)
