"""Adds to a record file what is added to one of its lists: a part, or a piece of evidence; comments stay."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from factpack.edit.blank import UnknownPath, read_value
from factpack.edit.comments import Node, children, is_mapping
from factpack.edit.fields import fields, items_of, join
from factpack.edit.layout import Change, Layout, lay_out
from factpack.schema.model import Schema, Schemas
from factpack.source import documents
from factpack.source.marks import Path, Record, Value


def with_item(path: str, raw: bytes, name: str, schemas: Schemas, at: Path, item: Record) -> Layout:
    """Return a record's file with one more item at the end of the list at a path, which may not be there yet."""
    before = documents.load(path, raw)
    if before.data is None:
        return Layout(raw, before.problems)
    changed: Any = deepcopy(before.data)
    owner = changed
    for step in at[:-1]:
        owner = owner[step]
    owner.setdefault(at[-1], []).append(item)
    return lay_out(path, raw, name, schemas, Change(lambda root: _append(root, at, item), changed))


def with_values(schema: Schema, item: Record, given: Iterable[tuple[str, str]], schemas: Schemas) -> Record:
    """Return an item with values that were given as texts, each by its path in it; raises UnknownPath."""
    changed = deepcopy(item)
    for path, text in given:
        _set(schema, changed, path.split("."), text, schemas, "")
    return changed


def _set(schema: Schema, item: Any, steps: list[str], text: str, schemas: Schemas, at: str) -> None:
    known = dict(fields(schema, schemas))
    key, *rest = steps
    if key not in known or (rest and "properties" not in known[key]) or (not rest and "properties" in known[key]):
        below = known.get(key, schema)
        inner = join(at, key) if key in known else at
        raise UnknownPath(join(at, ".".join(steps)), tuple(join(inner, each) for each, _ in fields(below, schemas)))
    if rest:
        _set(known[key], item.setdefault(key, {}), rest, text, schemas, join(at, key))
    elif items := items_of(known[key], schemas):
        item.setdefault(key, []).append(read_value(items, text))
    else:
        item[key] = read_value(known[key], text)


def _append(root: Node, at: Path, item: Record) -> None:
    """Add an item to the list at a path of a tree."""
    from ruamel.yaml.nodes import SequenceNode  # heavy, and only needed here

    node = root
    for number, step in enumerate(at):
        pairs = {key.value: value for key, value in children(node)} if is_mapping(node) else dict(enumerate(node.value))
        if step not in pairs:
            assert number == len(at) - 1
            made = SequenceNode("tag:yaml.org,2002:seq", [], flow_style=False)
            node.value.append((_node(step), made))
            pairs[step] = made
        node = pairs[step]
    node.value.append(_node(item))


def _node(value: Value) -> Node:
    """Return a value as a node; the layout chooses its style."""
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode  # heavy, and only needed here

    if isinstance(value, dict):
        pairs = [(_node(key), _node(each)) for key, each in value.items()]
        return MappingNode("tag:yaml.org,2002:map", pairs, flow_style=False)
    if isinstance(value, list):
        return SequenceNode("tag:yaml.org,2002:seq", [_node(each) for each in value], flow_style=False)
    if isinstance(value, str):
        return ScalarNode("tag:yaml.org,2002:str", value, style='"')
    if isinstance(value, bool):
        return ScalarNode("tag:yaml.org,2002:bool", str(value).lower())
    if isinstance(value, int):
        return ScalarNode("tag:yaml.org,2002:int", str(value))
    return ScalarNode("tag:yaml.org,2002:float", f"{value:f}")
