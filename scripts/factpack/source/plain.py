"""A fast reader for plain YAML: block style, two spaces a level, plain or single-quoted texts, as `fmt` writes it.

It reads what it is sure of and nothing else: for every text that it takes, `documents.load` finds no problem and the
same data (the tests compare them on whatever hypothesis and a fuzzer make up). It knows no marks; where a problem has
to be placed, the strict loader reads the text again.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from factpack.source.characters import GREEK_OR_CYRILLIC, forbidden

LENGTH_LIMIT = 40_000
"""Characters; below the strict loader's limits on files, texts and nodes, of which no line has more than 4 in 9."""
LEVELS = 12
"""Below the strict loader's limit on depth."""
HEADS_KEPT, SCALARS_KEPT, SHORT = 1_000, 10_000, 20

_HEAD = re.compile(r"( *)(- )?([a-z][a-z0-9_]{0,99})")
"""A longer key may be beyond what a parser looks back for."""
_ODD = re.compile("[^\n -~\u3001-\u3029\u3030-\u3096\u30a1-\u30fa\u4e00-\u9fff\uff01-\uff5e“”‘’—…·²³]")
"""Whatever is not among the characters that records mostly consist of, all in normal form C."""
_INT = re.compile(r"0|-?[1-9][0-9]{0,14}")
_DECIMAL = re.compile(r"(?!-0\.0*\Z)-?(?:0|[1-9][0-9]{0,8})\.[0-9]{1,6}")
_COUNTED = re.compile(r"[0-9][ -9;-~]*[^ -~]|[0-9][0-9.,]* [A-Za-z]")
"""How a text begins that has a digit first and goes on as no number, date or time does."""
_OPENING = frozenset("“‘《（【")
_NO_TEXTS = frozenset(("y", "yes", "n", "no", "true", "false", "on", "off", "null"))
"""What some reader of YAML takes for something else than a text, in whatever case."""
_LONGEST = max(map(len, _NO_TEXTS))


class _Unsure(Exception):
    """The text holds something that the strict loader must judge."""


def read(raw: bytes) -> dict[str, Any] | None:
    """Return the mapping in the bytes of a file, or None where they are not plainly safe."""
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
    """Say whether no character of a text is one that the strict loader may refuse."""
    if "\t" in text or "\r" in text or any(forbidden(text)):
        return False
    return unicodedata.is_normalized("NFC", text) and not GREEK_OR_CYRILLIC.search(text)


def _mapping(text: str) -> dict[str, Any]:
    """Build the mapping line by line.

    `open_` holds the collection of each level, to the deepest that is open; `waiting` has a key without value yet.
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
        place = (_keyed.get(head) or _place(head)) if colon else _unkeyed(line)
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
            found = _seen.get(value)
            holder[key] = _value(value) if found is None else found
        else:
            holder[key] = None
            waiting, name = holder, key
    if waiting is not None or not root:
        raise _Unsure
    return root


_Place = tuple[int, bool, str]
"""How a line begins: its level, whether it opens an item of a list, and its key."""
_keyed: dict[str, _Place] = {}
"""What stands before colons, where it was seen to be safe."""


def _place(head: str) -> _Place | None:
    """Return the place of a line with a key, a plain name that every reader takes for a text; None for a comment."""
    match = _HEAD.fullmatch(head)
    if not match:
        if head.lstrip(" ")[:1] == "#":
            return None
        raise _Unsure
    indent, dash, key = match.groups()
    if len(indent) % 2 or len(indent) > 2 * LEVELS or key in _NO_TEXTS:
        raise _Unsure
    place = len(indent) // 2, bool(dash), key
    if len(_keyed) < HEADS_KEPT:
        _keyed[head] = place
    return place


def _unkeyed(line: str) -> _Place | None:
    """Return the place of a line without a key, with its scalar for one; None where the line says nothing."""
    rest = line.lstrip(" ")
    if not rest or rest[0] == "#":
        return None
    indent = len(line) - len(rest)
    if rest[:2] != "- " or indent % 2 or indent > 2 * LEVELS:
        raise _Unsure
    return indent // 2, True, rest[2:]


_seen: dict[str, Any] = {}
"""What short scalars mean, most of which stand in many records."""


def _value(text: str) -> Any:
    """Return what a scalar means, and keep it in mind if it is short."""
    found = _meant(text)
    if len(text) <= SHORT:
        if len(_seen) >= SCALARS_KEPT:
            _seen.clear()
        _seen[text] = found
    return found


def _meant(text: str) -> Any:
    """Return what a scalar means: a text, a number, true or false."""
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


def _quoted(text: str) -> str:
    """Return the text that stands in single quotes."""
    inner = text[1:-1].replace("''", "\n")
    if text[-1] != "'" or not inner or "'" in inner or inner[0].isspace() or inner[-1].isspace():
        raise _Unsure
    return inner.replace("\n", "'")
