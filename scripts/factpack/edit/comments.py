"""The comments of a YAML text by the key or item that they belong to, so that they move together with it.

ruamel.yaml attaches a comment to what is before it: a field that is moved would leave its own comment behind and take
that of the next. Here a comment belongs to the key or item that follows it, or to the end of the block that has its
indentation; one after a value, or inside brackets, belongs to the key of that value. Each gets a line of its own, since
a comment after a plain text is not allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

Node: TypeAlias = Any
"""A node of ruamel.yaml: a mapping's value is a list of pairs of nodes, a list's a list of nodes, a scalar's a text."""
Place: TypeAlias = tuple[int, bool]
"""Where comments are: before a key or item, or (True) at the end of a block; the first is the identity of the node."""
Comments: TypeAlias = dict[Place, list[str]]
"""Comment lines by place, without indentation; an empty one is a blank line."""
Lines: TypeAlias = list[tuple[str, str]]
"""The lines of a text, each with its code (see `_code`)."""


def is_mapping(node: Node) -> bool:
    """Say whether a node is a mapping."""
    return str(node.id) == "mapping"


def children(node: Node) -> Iterator[tuple[Node, Node]]:
    """Yield key and value of each field of a mapping; of a list, each item twice."""
    for each in node.value:
        yield each if isinstance(each, tuple) else (each, each)


def _is_leaf(node: Node) -> bool:
    """Say whether a node cannot contain comments: it is not a block, or is empty."""
    return isinstance(node.value, str) or bool(node.flow_style) or not node.value


def collect(text: str, root: Node) -> Comments:
    """Return the comments and blank lines of a text by their places in its tree `root`."""
    code = _code(text, root)
    lines = list(zip(text.split("\n"), code.split("\n"), strict=True))
    stops = _stops(root, re.sub("#.*", lambda match: " " * len(match[0]), code))
    close = _Stop((id(root), True), len(lines), -1, -1)
    comments: Comments = {}
    before, ends = _Stop(close.place, 0, -1, 0), list[_Stop]()
    for stop in (*stops, close):
        if stop.line < 0:
            ends.append(stop)
            continue
        for place, line in _between(before, ends, stop, lines):
            comments.setdefault(place, []).append(line)
        before, ends = stop, []
    return comments


def take_head(comments: Comments, root: Node, modeline: str) -> list[str]:
    """Take out and return the comments on the file as a whole: those above its first key, down to a blank line.

    Those that begin with `modeline` are dropped.
    """
    first, *_ = next(_places(root))
    lines = [line for line in comments.get(first, ()) if not line.startswith(modeline)]
    cut = len(lines) - lines[::-1].index("") if "" in lines else 0
    comments[first] = lines[cut:]
    return lines[:cut]


def weave(head: list[str], body: str, written: Node, root: Node, comments: Comments) -> list[str]:
    """Return the lines of a file: its head, then the body with the comments in it.

    `body` is the text of the tree `root`, `written` the tree that is read from that text.
    """
    lines = body.removesuffix("\n").split("\n")
    stops = list(_stops(written, _code(body, written)))
    begins = [len(lines)]
    for stop in reversed(stops):  # the end of a block is the beginning of what follows it
        begins.append(begins[-1] if stop.line < 0 else stop.line)
    woven, done = [*head], 0
    for (place, *_), stop, line in zip(_places(root), stops, begins[:0:-1], strict=True):
        woven += lines[done:line]
        done = line
        column = stop.column
        if not place[1]:
            column = len(lines[line]) - len(lines[line].lstrip())
            lines[line] = lines[line].rstrip()  # ruamel writes a blank after the dash of an empty item
        for comment in comments.get(place, ()):
            if comment or woven[-1]:  # two blank lines are one
                woven.append(" " * column + comment if comment else "")
    woven += lines[done:]
    return woven if woven[-1] else woven[:-1]


@dataclass(frozen=True, slots=True)
class _Stop:
    """A place in a text."""

    place: Place
    line: int
    """The line where its key or item begins, `last` where it ends; -1 for the end of a block."""
    last: int
    column: int
    """Indentation of the key or dash; at the end of a block, of what is in it."""


def _places(block: Node) -> Iterator[tuple[Place, Node, Node]]:
    """Yield the places of a block and of the blocks in it, in order: (place, key or item, its value)."""
    for key, value in children(block):
        yield (id(key), False), key, value
        if not _is_leaf(value):
            yield from _places(value)
    yield (id(block), True), block, block


def _stops(root: Node, code: str) -> Iterator[_Stop]:
    """Yield the position of each place of a tree in its text."""
    for place, key, value in _places(root):
        if place[1]:
            yield _Stop(place, -1, -1, 0 if key is root else key.start_mark.column)
            continue
        begin, line = key.start_mark.index, key.start_mark.line
        ahead = code[:begin].rstrip()
        if key is value or ahead.endswith("?"):  # an item begins with its dash, a long key with its question mark
            line -= code.count("\n", len(ahead), begin)
            begin = len(ahead) - 1
        end = begin if not _is_leaf(value) or _is_empty(value) else _end(value, code)
        yield _Stop(place, line, line + code.count("\n", begin, end), begin - code.rfind("\n", 0, begin) - 1)


def _between(before: _Stop, ends: list[_Stop], after: _Stop, lines: Lines) -> Iterator[tuple[Place, str]]:
    """Yield the comments and blank lines between two keys or items, with their places; the blocks `ends` end there."""
    blank = False
    for number in range(before.line, after.line):
        line, code = lines[number]
        ahead, mark, _ = code.partition("#")
        if not mark:
            blank = blank or (number > before.last and not ahead.strip())
            continue
        place = before.place
        if number > before.last:
            column = -1 if ahead.strip() else len(ahead)  # after a dash it belongs to the item
            ends = [end for end in ends if max(end.column, after.column + 1) <= column]
            place = max(reversed(ends), key=lambda end: end.column, default=after).place
        if blank:
            yield place, ""
        yield place, line[len(ahead) :].rstrip()
        blank = False
    if blank:
        yield after.place, ""


def _is_empty(node: Node) -> bool:
    return bool(node.start_mark.index == node.end_mark.index)


def _end(node: Node, text: str) -> int:
    """Return the offset after a leaf; ruamel counts the blank lines after a block scalar as part of it."""
    return len(text[: node.end_mark.index].rstrip())


def _code(text: str, root: Node) -> str:
    """Return a text of the same length with x for the scalars: each `#` that is left begins a comment."""
    pieces, done = [], 0
    for node in _scalars(root):
        begin, end = node.start_mark.index, _end(node, text)
        if node.style in ("|", ">"):  # a comment may follow the sign
            begin = text.index("\n", begin)
        pieces += [text[done:begin], re.sub(".", "x", text[begin:end])]
        done = max(begin, end)
    return "".join([*pieces, text[done:]])


def _scalars(node: Node) -> Iterator[Node]:
    if isinstance(node.value, str):
        yield from () if _is_empty(node) else (node,)
        return
    for key, value in children(node):
        if key is not value:
            yield from _scalars(key)
        yield from _scalars(value)
