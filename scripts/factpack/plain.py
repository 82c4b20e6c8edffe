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

from factpack.characters import GREEK_OR_CYRILLIC, forbidden

LENGTH_LIMIT = 40_000
"""Characters; below the strict loader's limits on files, texts and nodes, of which no line has more than 4 in 9."""
LEVELS, KEYS_KEPT = 12, 1_000

_KEY = re.compile(r"[a-z][a-z0-9_]{0,99}")
"""A longer one may be beyond what a parser looks back for."""
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
    """Build the mapping line by line; `open_` holds the collection of each level, `waiting` a key without value yet."""
    root: dict[str, Any] = {}
    open_: list[Any] = [root]
    waiting: dict[str, Any] | None = None
    name = ""
    for line in text.split("\n"):
        rest = line.lstrip(" ")
        if not rest or rest[0] == "#":
            continue
        level, odd = divmod(len(line) - len(rest), 2)
        dash = rest[:2] == "- "
        if dash:
            rest = rest[2:]
        key, colon, value = rest.partition(": ")
        if not colon and rest[-1:] == ":":
            key, colon = rest[:-1], ":"
        if colon and (key not in _known and not _is_key(key)):
            raise _Unsure
        if waiting is not None:
            inner: Any = [] if dash else {}
            waiting[name] = inner
            waiting = None
            if odd or level != len(open_) or level > LEVELS:
                raise _Unsure
            open_.append(inner)
        elif odd or level >= len(open_):
            raise _Unsure
        else:
            del open_[level + 1 :]
        holder = open_[level]
        if dash:
            if type(holder) is not list:
                raise _Unsure
            if not colon:
                holder.append(_value(rest))
                continue
            item: dict[str, Any] = {}
            holder.append(item)
            open_.append(item)
            holder = item
        elif type(holder) is not dict or not colon:
            raise _Unsure
        if key in holder:
            raise _Unsure
        holder[key] = None
        if value:
            holder[key] = _value(value)
        else:
            waiting, name = holder, key
    if waiting is not None or not root:
        raise _Unsure
    return root


_known: set[str] = set()
"""Keys that were seen to be safe."""


def _is_key(key: str) -> bool:
    """Say whether a key is a plain name that every reader takes for a text."""
    if not _KEY.fullmatch(key) or key in _NO_TEXTS:
        return False
    if len(_known) < KEYS_KEPT:
        _known.add(key)
    return True


def scalar(raw: bytes) -> str | None:
    """Return the text that a plain or single-quoted scalar means, or None where it is no plainly safe text."""
    try:
        found = _value(raw.decode("utf-8"))
    except (_Unsure, UnicodeDecodeError):
        return None
    return found if isinstance(found, str) else None


def _value(text: str) -> Any:
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
