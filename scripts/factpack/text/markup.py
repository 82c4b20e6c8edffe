"""Takes a page in HTML apart as browsers do: text and tags in order, in time that grows as the page does.

Python's own parser, before its repairs of 2025, needs time that grows with the square of some malformed pages. Here
every character is looked at a fixed number of times, for nothing is tried again further on: what is opened and never
closed (a comment, a tag, a script) takes the rest of the page with it, as the HTML standard says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Literal, NamedTuple

VERBATIM = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes"))
"""Elements whose content is neither markup nor has references."""
_ESCAPABLE = frozenset(("title", "textarea"))
"""Elements whose content is no markup, but may have references."""
_TAG = re.compile("<(/?)([A-Za-z][^\t\n\f\r />]*)")
_PLAIN_END = re.compile("[^>\"']*>")
_ATTRIBUTE = re.compile(
    "[\t\n\f\r /]+|[^\t\n\f\r />][^\t\n\f\r />=]*"
    "(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"[^\"]*(?:\"|\\Z)|'[^']*(?:'|\\Z)|[^\t\n\f\r >\"'][^\t\n\f\r >]*)?)?"
)
_COMMENT_END = re.compile("--!?>")
_DECIMAL_REFERENCE = re.compile("&#0*([0-9]+)")


class Piece(NamedTuple):
    """A part of a page: its text with references resolved, or the name of a tag in lower case."""

    kind: Literal["text", "start", "end"]
    content: str


def pieces(page: str) -> Iterator[Piece]:
    """Yield the text and the tags of a page in order."""
    at = 0
    while (found := page.find("<", at)) >= 0:
        if found > at:
            yield Piece("text", _resolved(page[at:found]))
        if not (tag := _TAG.match(page, found)):
            at = _after_other(page, found)
            if at == found + 1:
                yield Piece("text", "<")
            continue
        at, name = _after_tag(page, tag.end()), tag[2].lower()
        if at > len(page):
            return
        yield Piece("end" if tag[1] else "start", name)
        if not tag[1] and (name in VERBATIM or name in _ESCAPABLE):
            close = _closing(name).search(page, at)
            content, at = page[at : close.start() if close else None], close.start() if close else len(page)
            yield Piece("text", content if name in VERBATIM else _resolved(content))
    if at < len(page):
        yield Piece("text", _resolved(page[at:]))


def _after_other(page: str, at: int) -> int:
    """Return the offset after a comment or declaration; after the `<` only if it begins neither."""
    if page.startswith("<!--", at):
        if page.startswith((">", "->"), at + 4):
            return page.index(">", at) + 1
        end = _COMMENT_END.search(page, at + 4)
        return end.end() if end else len(page)
    if page.startswith(("<!", "<?"), at) or (page.startswith("</", at) and at + 2 < len(page)):
        return page.find(">", at) + 1 or len(page)
    return at + 1


def _after_tag(page: str, at: int) -> int:
    """Return the offset after the tag whose name ends at an offset; beyond the page if the tag has no end."""
    if plain := _PLAIN_END.match(page, at):
        return plain.end()
    while part := _ATTRIBUTE.match(page, at):
        at = part.end()
    return at + 1


@cache
def _closing(name: str) -> re.Pattern[str]:
    """Return the pattern of the tag that closes an element whose content is no markup."""
    return re.compile(f"</{name}(?=[\t\n\f\r />])", re.IGNORECASE | re.ASCII)


def _resolved(text: str) -> str:
    """Return a text with its references resolved; a number too long for Python to read names no character."""
    return unescape(_DECIMAL_REFERENCE.sub(lambda number: f"&#{number[1][:8]}", text)) if "&" in text else text
