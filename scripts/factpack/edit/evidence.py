"""Writes what proves a transcribed fact into its record: paragraph and quote, in place of where it was read."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from factpack.edit.comments import Node, children, is_mapping
from factpack.edit.layout import Change, Layout, lay_out
from factpack.schema.model import Schemas
from factpack.source import documents
from factpack.source.marks import Path, Record


class Quoted(NamedTuple):
    """Where in a text a quote stands, and the quote."""

    paragraph: int
    quote: str


def with_quotes(path: str, raw: bytes, name: str, schemas: Schemas, found: Mapping[Path, Quoted]) -> Layout:
    """Return a record's file with quotes in place of locators, by the paths of the evidence entries; comments stay."""
    before = documents.load(path, raw)
    if before.data is None:
        return Layout(raw, before.problems)
    return lay_out(path, raw, name, schemas, Change(lambda root: _change(root, found), quoted(before.data, found)))


def quoted(record: Record, found: Mapping[Path, Quoted]) -> Record:
    """Return a record with quotes in place of locators, by the paths of the evidence entries."""
    changed = deepcopy(record)
    for path, quote in found.items():
        entry: Any = changed
        for step in path:
            entry = entry[step]
        for field in ("locator", "readings"):
            entry.pop(field, None)
        entry |= quote._asdict()
    return changed


def _change(root: Node, found: Mapping[Path, Quoted]) -> None:
    for path, quote in found.items():
        _write(_at(root, path), quote)


def _at(node: Node, path: Path) -> Node:
    """Return the node that a path leads to."""
    for step in path:
        node = _pairs(node)[step] if is_mapping(node) else node.value[step]
    return node


def _pairs(node: Node) -> dict[Any, Node]:
    return {key.value: value for key, value in children(node)}


def _write(entry: Node, quote: Quoted) -> None:
    """Let the keys of an entry that said where and by how many it was read say paragraph and quote."""
    from ruamel.yaml.nodes import ScalarNode  # heavy, and only needed here

    written = {
        "paragraph": ("tag:yaml.org,2002:int", str(quote.paragraph), None),
        "quote": ("tag:yaml.org,2002:str", quote.quote, "'"),
    }
    for key, _ in entry.value:
        key.value = {"locator": "paragraph", "readings": "quote"}.get(key.value, key.value)
    kept = [(key, value) for key, value in entry.value if key.value not in written]
    keys = {key.value: key for key, _ in entry.value}
    for field, (tag, text, style) in written.items():
        key = keys.get(field) or ScalarNode("tag:yaml.org,2002:str", field)
        kept.append((key, ScalarNode(tag, text, style=style)))
    entry.value = kept
