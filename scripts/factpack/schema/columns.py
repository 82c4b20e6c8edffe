"""Tables and columns, made from the fields of a record type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from factpack.schema.model import Column, Kind, Schema, Shape, Table, is_text, resolve

EVIDENCE_COLUMNS = ("document", "paragraph", "quote")
"""Roles of the first piece of evidence that stand in the row of what it proves."""


def kind(name: str, source: Schema, sources: Mapping[str, Schema]) -> Kind:
    return Kind(name, source["x-folder"], source["x-prefix"], shape(name, source, sources, ""))


def shape(name: str, source: Schema, sources: Mapping[str, Schema], parent: str) -> Shape:
    """Return an object's shape; `parent` is the column that names what it is a part of."""
    fields = {key: resolve(each, sources) for key, each in source.get("properties", {}).items()}
    roles = {each["x-role"]: key for key, each in fields.items() if "x-role" in each}
    parts: dict[str, Shape] = {}
    links: dict[str, Table] = {}
    for key, each in fields.items():
        items = each.get("items", {})
        if "x-table" in items and not items.get("x-shared"):
            parts[key] = shape(name, items, sources, items.get("x-parent", f"{name}_id"))
        elif each.get("type") == "array" and each.get("x-role") not in ("evidence", "aliases"):
            links[key] = _link_table(name, source["x-table"], key, each, sources)
    derived = {key: resolve(each, sources) for key, each in source.get("x-derived", {}).items()}
    tables = [_table(source, _columns(source, fields, derived, parent, name))]
    for view in source.get("x-views", ()):
        more = {key: resolve(each, sources) for key, each in view.get("x-derived", {}).items()}
        tables.append(_table(view, _columns(source, fields, more, parent, name)))
    return Shape(name, source, fields, roles, parts, tuple(tables), links)


def _table(source: Schema, columns: Mapping[str, Column]) -> Table:
    order = source.get("x-columns") or list(columns)
    where = {key: tuple(values) for key, values in source.get("x-where", {}).items()}
    return Table(source["x-table"], source, tuple(columns[name] for name in order if name in columns), where)


def _columns(
    source: Schema, fields: Mapping[str, Schema], derived: Mapping[str, Schema], parent: str, kind: str
) -> dict[str, Column]:
    """Return all columns that an object could show, by name, in their natural order."""
    found: list[Column] = []
    if not source.get("x-shared"):
        found.append(_plain_column("id", "Id", "编号", "The id.", "编号。"))
        if parent:
            found.append(_plain_column(parent, "Of", "所属", "The record it is a part of.", "所属记录。", kind))
            if "x-letter" in source:
                found.append(_plain_column("position", "Position", "序号", "Its place, from 1.", "次序，从 1 起。"))
    for key, each in {**fields, **derived}.items():
        if key != "id" or source.get("x-shared"):
            found.extend(_field_columns(key, each))
    return {column.name: column for column in found}


def _plain_column(name: str, en: str, zh: str, description: str, description_zh: str, target: str = "") -> Column:
    texts = {"x-title": {"zh": zh, "en": en}, "x-description": {"zh": description_zh, "en": description}}
    kind = "integer" if name == "position" else "string"
    return Column(name, {"type": kind, **texts}, f"#{'parent' if target else name}", target=target)


def _field_columns(key: str, each: Schema) -> Iterator[Column]:
    """Yield the columns of one field: none for lists, two for texts, three for evidence, else one."""
    path = each.get("x-from", "")
    base = each.get("x-column", key)
    if is_text(each):
        for language in ("zh", "en"):
            yield Column(f"{base}_{language}", each, key, language, path)
    elif each.get("x-role") == "evidence":
        for sub, inner in each["items"]["properties"].items():
            if sub in EVIDENCE_COLUMNS:
                target = inner.get("x-ref", "")
                yield Column(f"{sub}_id" if target else sub, inner, key, sub, path, target)
    elif each.get("type") not in ("array", "object"):
        target = each.get("x-ref", "")
        name = each.get("x-column") or (f"{key}_id" if target else key)
        yield Column(name, each, key, "", path, target)


def _link_table(kind: str, table: str, key: str, each: Schema, sources: Mapping[str, Schema]) -> Table:
    """Return the table of a list of references or of plain values: one row an item."""
    item = {
        **resolve(each["items"], sources),
        "x-title": each["x-title"],
        "x-description": each["x-description"],
    }
    target = item.get("x-ref", "")
    columns = [_plain_column(f"{kind}_id", "Of", "所属", "The record it belongs to.", "所属记录。", kind)]
    if not target:
        columns.append(_plain_column("position", "Position", "序号", "Its place, from 1.", "次序，从 1 起。"))
    columns.append(Column(f"{target}_id" if target else key, item, "#item", target=target))
    return Table(f"{table}_{key}", each, tuple(columns))
