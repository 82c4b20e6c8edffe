"""Reads a published text as saved, plain or as a page in HTML, into paragraphs."""

from __future__ import annotations

import re

from factpack.problems import echo
from factpack.source.characters import MARKS_LIMIT, stacked_marks
from factpack.source.ordinary import without_radicals
from factpack.text.markup import VERBATIM, pieces
from factpack.text.text_record import split
from factpack.text.token import folded_numerals

PAGE_LIMIT = 16 * 1024 * 1024
"""Bytes that a text or saved page may have, with the pictures that browsers put into it."""
TEXT_LIMIT, PARAGRAPH_LIMIT = 300_000, 20_000
"""Characters and paragraphs that it may have: several times those of the longest reports and plans."""
_HTML = re.compile(r"<\s*(?:!doctype|html|head|body|p|div)\b", re.IGNORECASE)
_BLOCKS = frozenset(
    (
        *("address", "article", "dd", "div", "dl", "dt", "footer", "header", "li", "ol", "p", "section", "ul"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "table", "td", "tr"),
    )
)
_SILENT = (VERBATIM - {"xmp"}) | {"head", "template", "noscript"}


class UnreadableText(Exception):
    """The file has no text that a record can be verified against; its reason has a text under `errors` of the room."""

    def __init__(self, which: str, /, **values: object) -> None:
        super().__init__(which, values)
        self.which, self.values = which, values


def paragraphs(raw: bytes) -> list[str]:
    """Return the paragraphs, in normal form, of a text or saved page; raises UnreadableText.

    A page in GB18030, which older Chinese sites use, is read too.
    """
    text = _decoded(raw)
    if _HTML.search(text[:4096]):
        text = _shown(text)
    text = without_radicals(text)
    if len(text) > TEXT_LIMIT and len(text := _without_space(text)) > TEXT_LIMIT:
        raise UnreadableText("text long", limit=TEXT_LIMIT)
    if (stack := stacked_marks(text)) is not None:
        raise UnreadableText("text marks", around=_around(text, stack), limit=MARKS_LIMIT)
    if strange := folded_numerals(text):
        raise UnreadableText("text digits", around=_around(text, strange[0]))
    texts = split(text)
    if not texts:
        raise UnreadableText("text empty")
    if len(texts) > PARAGRAPH_LIMIT:
        raise UnreadableText("text parts", limit=PARAGRAPH_LIMIT)
    return texts


def _decoded(raw: bytes) -> str:
    """Return the characters of a text or page; raises UnreadableText."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError as error:
            raise UnreadableText("text coding") from error


def _shown(page: str) -> str:
    """Return the text that a page shows, a line for each block."""
    shown: list[str] = []
    silent = 0
    for kind, content in pieces(page):
        if kind == "text":
            if not silent:
                shown.append(content.replace("\n", " ").replace("\r", " "))
            continue
        if content in _SILENT:
            silent = silent + 1 if kind == "start" else max(0, silent - 1)
        if content in _BLOCKS:
            shown.append("\n")
    return "".join(shown)


def _without_space(text: str) -> str:
    """Return the lines of a text that are not blank, without white space around and between words."""
    return "\n".join(filter(None, ("".join(line.split()) for line in text.splitlines())))


def _around(text: str, at: int) -> str:
    """Return the characters around an offset, as they may be shown."""
    return echo(text[max(0, at - 10) : at + 10])
