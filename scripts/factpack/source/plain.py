"""A fast reader for plain YAML: block style, two spaces a level, plain or single-quoted texts, as `fmt` writes it.

It reads only what it is sure of. For every text that it accepts, the strict reader finds the same data and no problem:
the tests compare the two on texts that hypothesis and a fuzzer make. It finds no marks; if a problem needs one, the
strict reader reads the text again. Nothing but `documents.load` calls it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

LENGTH_LIMIT = 40_000
"""Characters; below the strict reader's limits on files, texts and nodes (at most 4 nodes in 9 characters)."""
LEVELS = 12
"""Below the strict reader's limit on depth."""
HEADS_KEPT, SCALARS_KEPT, SHORT = 1_000, 10_000, 20
"""How many beginnings of lines and how many short scalars are remembered; characters of a short one."""
KEY_LIMIT = 100
HEAD_LIMIT = 2 * LEVELS + len("- ") + KEY_LIMIT
"""Characters of a key, and of all that may be before its colon."""

_HEAD = re.compile(rf"( *)(- )?([a-z][a-z0-9_]{{0,{KEY_LIMIT - 1}}})")
"""A longer key may be more than a parser looks back for."""
_ODD = re.compile(
    "[^\n -~\u3001-\u3029\u3030-\u303f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff20“”‘’—…·²³]"
)
"""All but the characters that most records consist of, which are harmless and in normal form C."""
_INT = re.compile(r"0|-?[1-9][0-9]{0,14}")
_DECIMAL = re.compile(r"(?!-0\.0*\Z)-?(?:0|[1-9][0-9]{0,8})\.[0-9]{1,6}")
_COUNTED = re.compile(r"[0-9][ -9;-~]*[^ -~]|[0-9][0-9.,]* [A-Za-z]|[0-9]+\.[0-9]+\.[0-9]+\Z")
"""How a text may begin with a digit and still not be a number, date or time: 25亿元, 3.2 km, 0.1.0."""
_OPENING = frozenset("“‘《（【")
_NO_TEXTS = frozenset(("y", "yes", "n", "no", "true", "false", "on", "off", "null"))
"""Words that some reader of YAML does not read as a text, in upper or lower case."""
_LONGEST = max(map(len, _NO_TEXTS))


class _Unsure(Exception):
    """There is something in the text that the strict reader must judge."""


def read(raw: bytes) -> dict[str, Any] | None:
    """Return the mapping in the bytes of a file, or None if this reader is not sure of them."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if len(text) > LENGTH_LIMIT or (_ODD.search(text) and not _is_harmless(text)):
        return None
    try:
        return _mapping(text)
    except _Unsure:
        return None


def _is_harmless(text: str) -> bool:
    """Say whether the strict reader accepts all characters of a text."""
    from factpack.source.characters import faults  # costs start-up time, and most files have none that it looks at

    return "\t" not in text and "\r" not in text and not any(faults(text))


def _mapping(text: str) -> dict[str, Any]:
    """Return the mapping, built line by line; raises `_Unsure`.

    `open_` has the open collection of each level, down to `deepest`. `waiting` is the mapping whose last key, `name`,
    has no value yet.
    """
    root: dict[str, Any] = {}
    open_: list[Any] = [root] * (LEVELS + 2)
    deepest = 0
    waiting: dict[str, Any] | None = None
    name = ""
    for line in text.split("\n"):
        head, colon, value = line.partition(": ")
        if not colon and line[-1:] == ":":
            head, colon = line[:-1], ":"
        if colon and len(head) <= HEAD_LIMIT:
            place = _place(head)
        else:
            place, colon = _unkeyed(line), ""
        if place is None:
            continue
        level, dash, key = place
        if waiting is not None:
            if level != deepest + 1:
                raise _Unsure
            waiting[name] = open_[level] = [] if dash else {}
            waiting = None
        elif level > deepest:
            raise _Unsure
        deepest = level
        holder = open_[level]
        if dash:
            if type(holder) is not list:
                raise _Unsure
            if not colon:
                holder.append(_value(key))
                continue
            item: dict[str, Any] = {}
            holder.append(item)
            deepest += 1
            holder = open_[deepest] = item
        elif type(holder) is not dict or key in holder:
            raise _Unsure
        if value:
            holder[key] = _short_value(value) if len(value) <= SHORT else _value(value)
        else:
            holder[key] = None
            waiting, name = holder, key
    if waiting is not None or not root:
        raise _Unsure
    return root


_Place = tuple[int, bool, str]
"""How a line begins: its level, whether it begins an item of a list, and its key."""


@lru_cache(maxsize=HEADS_KEPT)
def _place(head: str) -> _Place | None:
    """Return the place of a line from what is before its colon; None for a comment."""
    match = _HEAD.fullmatch(head)
    if not match:
        if head.lstrip(" ")[:1] == "#":
            return None
        raise _Unsure
    indent, dash, key = match.groups()
    if len(indent) % 2 or len(indent) > 2 * LEVELS or key in _NO_TEXTS:
        raise _Unsure
    return len(indent) // 2, bool(dash), key


def _unkeyed(line: str) -> _Place | None:
    """Return the place of a line without a key, with its scalar as the key; None for a comment or a blank line."""
    rest = line.lstrip(" ")
    if not rest or rest[0] == "#":
        return None
    indent = len(line) - len(rest)
    if rest[:2] != "- " or indent % 2 or indent > 2 * LEVELS:
        raise _Unsure
    return indent // 2, True, rest[2:]


def _value(text: str) -> Any:
    """Return the value of a scalar: a text, a number, true or false."""
    first = text[:1]
    if first == "'":
        return _quoted(text)
    if first.isalpha() or first in _OPENING:
        if len(text) <= _LONGEST and text.lower() in _NO_TEXTS:
            if text in ("true", "false"):
                return text == "true"
            raise _Unsure
    elif _INT.fullmatch(text):
        return int(text)
    elif _DECIMAL.fullmatch(text):
        return Decimal(text)
    elif not _COUNTED.match(text):
        raise _Unsure
    if ": " in text or " #" in text or text[-1] == ":" or text[-1].isspace():
        raise _Unsure
    return text


@lru_cache(maxsize=SCALARS_KEPT)
def _short_value(text: str) -> Any:
    """Return the value of a short scalar; most of them are in many records."""
    return _value(text)


def _quoted(text: str) -> str:
    """Return the text of a scalar in single quotes."""
    inner = text[1:-1].replace("''", "\n")
    if text[-1] != "'" or not inner or "'" in inner or inner[0].isspace() or inner[-1].isspace():
        raise _Unsure
    return inner.replace("\n", "'")
