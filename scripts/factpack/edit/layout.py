"""Rewrites a file in the standard layout: order of fields, indentation and quotes. Data and comments do not change.

ruamel.yaml reads the file into nodes and writes them in order; comments are handled apart, see `comments`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any

from factpack.edit.comments import Node, children, collect, is_mapping, take_head, weave
from factpack.edit.modeline import MODELINE, modeline
from factpack.problems import Problem
from factpack.schema.model import Schema, Schemas, resolve
from factpack.source import documents, scalars
from factpack.source.marks import Record, Value
from factpack.source.syntax import syntax_problems

_NOT_PLAIN = re.compile(
    r"""[0-9/-]+$"""  # periods: 2025 would be a number; 2021/2025 is quoted like it
    r"""|---|[.]{3}|[-?:](?: |$)|[,&*!|>'"%@`#]"""  # what means something to YAML at the beginning of a value
    r"""|.*(?::(?: |$)| #|[][{}])"""  # or later; brackets would be harmless but look as if they were not
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A file in the standard layout: its bytes, or the bytes as they were and the problems that prevent it."""

    raw: bytes
    problems: tuple[Problem, ...] = ()


class Unfaithful(Exception):
    """The layout would change the data of a file: a bug, so nothing is written."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a file: what does it to the tree, and the data that the file has then."""

    make: Callable[[Node], None]
    """It may change keys and values and add new ones, and takes none away: comments belong to them."""
    data: Record


def lay_out(path: str, raw: bytes, name: str, schemas: Schemas, change: Change | None = None) -> Layout:
    """Return a file in the layout of its schema, a kind or `package`; a file in that layout does not change.

    Where a change is given, it is made. Comments stay where they are.
    """
    from ruamel.yaml.error import MarkedYAMLError  # heavy, and only needed here

    before = documents.load(path, raw)
    if before.data is None:
        return Layout(raw, before.problems)
    schema = schemas.sources[name]
    text = raw.decode("utf-8").replace("\r\n", "\n")
    try:
        root = _compose(text)
    except MarkedYAMLError as error:  # libyaml reads a little more than ruamel does
        line, column = (error.problem_mark.line, error.problem_mark.column) if error.problem_mark else (0, 0)
        return Layout(raw, tuple(syntax_problems(path, text, (line + 1, column + 1), error.problem or "")))
    comments = collect(text, root)
    head = [modeline(path, name), *take_head(comments, root, MODELINE.partition("$")[0])]
    if change:
        change.make(root)
    _settle(root, schema, schemas)
    body = _serialize(root)
    written = "".join(f"{line}\n" for line in weave(head, body, _compose(body), root, comments)).encode("utf-8")
    after = documents.load(path, written)
    if after.data is None:
        return Layout(raw, after.problems)
    wanted = change.data if change else before.data
    if canonical(after.data, schema, schemas) != canonical(wanted, schema, schemas):
        raise Unfaithful(f"laying out {path} would change its data")
    return Layout(written)


def _yaml() -> Any:
    from ruamel.yaml import YAML  # heavy, and only needed here

    yaml = YAML(typ="safe", pure=True)
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = sys.maxsize
    return yaml


def _compose(text: str) -> Node:
    return _yaml().compose(text)


def _serialize(root: Node) -> str:
    stream = StringIO()
    _yaml().serialize(root, stream)
    return stream.getvalue()


def _settle(node: Node, source: Schema, schemas: Schemas) -> None:
    """Give a node and all in it the order and the style of its schema."""
    schema = resolve(source, schemas.sources)
    node.comment = None
    if isinstance(node.value, str):
        value = node.value if node.style else scalars.resolve(node.value)
        if isinstance(value, str):
            node.tag, node.style = "tag:yaml.org,2002:str", style(node.value)
        elif value is None:
            node.value = ""
        return
    node.flow_style = False
    fields, items = schema.get("properties", {}), schema.get("items", {})
    for key, value in children(node):
        if key is not value:
            _settle(key, {}, schemas)
            key.style = '"' if key.style == "|" else key.style  # a key stays on its line
        _settle(value, items if key is value else fields.get(key.value, {}), schemas)
    if is_mapping(node):
        order = {field: number for number, field in enumerate(fields)}
        node.value.sort(key=lambda pair: order.get(pair[0].value, len(order)))
    elif _is_free(schema, schemas):
        node.value.sort(key=lambda item: _rank(item, resolve(items, schemas.sources), schemas))


def style(text: str) -> str | None:
    """Return the style of a text: plain (None) if no reader, person or program, can mistake it for something else."""
    if "\n" in text:
        return "|"
    return None if isinstance(scalars.resolve(text), str) and not _NOT_PLAIN.match(text) else "'"


def _is_free(schema: Schema, schemas: Schemas) -> bool:
    """Say whether the order of a list has no meaning: its schema says so, or its parts have a key."""
    return bool(schema.get("x-sorted") or "x-key" in resolve(schema.get("items", {}), schemas.sources))


def _rank(item: Node, schema: Schema, schemas: Schemas) -> list[tuple[int, str]]:
    """Return the sort key of an item: the fields of a part's key, in the order of their vocabularies, or its text."""
    if not is_mapping(item):
        return [(0, str(item.value))]
    values = {key.value: str(value.value) for key, value in item.value}
    ranks = []
    for field in schema.get("x-key", ()):
        words = resolve(schema["properties"][field], schemas.sources).get("enum", [])
        value = values.get(field, "")
        ranks.append((words.index(value) if value in words else len(words), value))
    return ranks


def canonical(value: Value, source: Schema, schemas: Schemas) -> str:
    """Return a value as a text that does not depend on the order of fields and of lists whose order has no meaning."""
    schema = resolve(source, schemas.sources)
    if isinstance(value, dict):
        fields = schema.get("properties", {})
        return f"{{{sorted((key, canonical(each, fields.get(key, {}), schemas)) for key, each in value.items())}}}"
    if isinstance(value, list):
        items = [canonical(inner, schema.get("items", {}), schemas) for inner in value]
        return f"[{sorted(items) if _is_free(schema, schemas) else items}]"
    return repr(value)
