"""Makes the tables and columns of a record type from its fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from factpack.schema.model import SHARED, Column, Kind, Schema, Schemas, Shape, Table, is_text, resolve
from factpack.words import LANGUAGES, texts

EVIDENCE_COLUMNS = ("document", "paragraph", "quote")
"""Roles of the first evidence entry that have a column in the row of what it is evidence for."""
IN_SHARED_TABLES = ("evidence", "aliases", "former_names")
"""Roles of lists whose items are rows of a table of all kinds together."""


def kind(name: str, source: Schema, sources: Mapping[str, Schema]) -> Kind:
    """Return the record type of a schema; `sources` are all schemas, by name."""
    return Kind(name, source["x-folder"], source["x-prefix"], shape(name, source, sources, ""))


def shape(name: str, source: Schema, sources: Mapping[str, Schema], parent: str, part: str = "") -> Shape:
    """Return the shape of an object; `parent` is the column for the id of the record that it is a part of, if any.

    `part` is the field of that record which lists it.
    """
    fields = {key: resolve(field, sources) for key, field in source.get("properties", {}).items()}
    roles = {field["x-role"]: key for key, field in fields.items() if "x-role" in field}
    parts: dict[str, Shape] = {}
    links: dict[str, Table] = {}
    for key, field in fields.items():
        items = field.get("items", {})
        if "x-table" in items and not items.get("x-shared"):
            parts[key] = shape(name, items, sources, items.get("x-parent", f"{name}_id"), key)
        elif field.get("type") == "array" and field.get("x-role") not in IN_SHARED_TABLES:
            links[key] = _link_table((name, part), source["x-table"], key, field, sources)
    derived = {key: resolve(field, sources) for key, field in source.get("x-derived", {}).items()}
    tables = [_table(source, _columns(source, fields, derived, parent, name))]
    for view in source.get("x-views", ()):
        more = {key: resolve(field, sources) for key, field in view.get("x-derived", {}).items()}
        tables.append(_table(view, _columns(source, fields, more, parent, name)))
    return Shape(name, source, fields, roles, parts, tuple(tables), links)


def _table(source: Schema, columns: list[Column]) -> Table:
    order = source.get("x-columns")
    if order:
        columns = sorted((each for each in columns if each.name in order), key=lambda each: order.index(each.name))
    where = {key: tuple(values) for key, values in source.get("x-where", {}).items()}
    return Table(source["x-table"], source, tuple(columns), where)


def _columns(
    source: Schema, fields: Mapping[str, Schema], derived: Mapping[str, Schema], parent: str, kind: str
) -> list[Column]:
    """Return all columns that an object can have, in the order of its fields: evidence adds what others leave."""
    columns: list[Column] = []
    if not source.get("x-shared"):
        columns.append(_plain_column("id"))
        if parent:
            columns.append(_parent_column(parent, "parent", kind))
            if "x-letter" in source:
                columns.append(_plain_column("position"))
    for key, field in {**fields, **derived}.items():
        if key != "id" or source.get("x-shared"):
            known = {column.name for column in columns} if field.get("x-role") == "evidence" else ()
            columns.extend(column for column in _field_columns(key, field) if column.name not in known)
    return columns


def _plain_column(name: str) -> Column:
    """Return the column `id` or `position`."""
    return Column(name, {"type": "integer" if name == "position" else "string", **_texts(name, name)}, f"#{name}")


def _parent_column(name: str, description: str, kind: str) -> Column:
    """Return the column for the id of the record of a kind that a row belongs to."""
    return Column(name, {"type": "string", **_texts("parent", description)}, "#parent", target=kind)


def _texts(title: str, description: str) -> Schema:
    words = {"x-title": texts("schema", "titles")[title], "x-description": texts("schema", "descriptions")[description]}
    return {key: {language: text[language] for language in LANGUAGES} for key, text in words.items()}


def _field_columns(key: str, field: Schema) -> Iterator[Column]:
    """Yield the columns of one field: none for a list, two for a text, three for evidence, else one."""
    path = field.get("x-from", "")
    base = field.get("x-column", key)
    if is_text(field):
        for language in LANGUAGES:
            yield Column(f"{base}_{language}", field, key, language, path)
    elif field.get("x-role") == "evidence":
        for sub, inner in field["items"]["properties"].items():
            if sub in EVIDENCE_COLUMNS:
                target = inner.get("x-ref", "")
                yield Column(f"{sub}_id" if target else sub, inner, key, sub, path, target)
    elif field.get("type") not in ("array", "object"):
        target = field.get("x-ref", "")
        name = field.get("x-column") or (f"{key}_id" if target else key)
        yield Column(name, field, key, "", path, target)


def _link_table(owner: tuple[str, str], table: str, key: str, field: Schema, sources: Mapping[str, Schema]) -> Table:
    """Return the table of a list of references or of plain values, with one row for each item.

    `owner` is the record type, and of a list in a part the field of the part.
    """
    item = {
        **resolve(field["items"], sources),
        "x-title": field["x-title"],
        "x-description": field["x-description"],
    }
    target = item.get("x-ref", "")
    kind, part = owner
    parent = _parent_column("part_id", "linked", f"{kind}/{part}") if part else None
    columns = [parent or _parent_column(f"{kind}_id", "linked", kind)]
    if not target:
        columns.append(_plain_column("position"))
    columns.append(Column(f"{target}_id" if target else key, item, "#item", target=target))
    return Table(f"{table}_{key}", field, tuple(columns))


def modelled(sources: Mapping[str, Schema]) -> Schemas:
    """Return the schemas in the content of their files, which has no problem by itself."""
    kinds = {name: kind(name, source, sources) for name, source in sources.items() if "x-folder" in source}
    definitions = sources[SHARED]["$defs"]
    published = (each for part in definitions.values() for each in (part, part.get("items", {})))
    shared = {part["x-table"]: shape("", part, sources, "").tables[0] for part in published if "x-shared" in part}
    return Schemas(sources, kinds, shared)
