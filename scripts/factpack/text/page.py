"""Reads a published text as saved, plain or as a page in HTML, into paragraphs."""

from __future__ import annotations

import re

from factpack.problems import echo
from factpack.source.characters import MARKS_LIMIT, stacked_marks
from factpack.source.ordinary import without_radicals
from factpack.text.markup import VERBATIM, Piece, pieces
from factpack.text.saved import UnreadableText, characters
from factpack.text.text_record import split
from factpack.text.token import folded_numerals, normal_form

PAGE_LIMIT = 16 * 1024 * 1024
"""Bytes that a text or saved page may have, with the pictures that browsers put into it."""
TEXT_LIMIT, PARAGRAPH_LIMIT = 300_000, 20_000
"""Characters and paragraphs that it may have: several times those of the longest reports and plans."""
HEAD = 4_096
"""Characters in which a page shows that it is one."""
_HTML = re.compile(
    r"\A\s*<(?:[a-z!]|\?xml)|<\s*(?:!doctype|html|head|body|p|div|title|meta|script|table|span|br)\b", re.IGNORECASE
)
_BEGINNING = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
"""How a page begins; what is before it is of the program that saved it."""
_ERROR = re.compile(
    r"\s*(?:error\s*|http\s*)?(?:40[0-9]|410|50[0-9])(?=\W|_|页|错误|\Z)"
    r"|.*\b(?:not found|forbidden|bad gateway|unavailable)\b"
    r"|.*(?:找不到|未找到|不存在|无法访问|页面错误|访问出错|禁止访问)",
    re.IGNORECASE | re.DOTALL,
)
"""Titles of pages that a server sends in place of one that it does not have."""
_BLOCKS = frozenset(
    (
        *("address", "article", "dd", "div", "dl", "dt", "footer", "header", "li", "ol", "p", "section", "ul"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "table", "td", "tr"),
    )
)
_SILENT = (VERBATIM - {"xmp"}) | {"head", "template", "noscript"}


def paragraphs(raw: bytes) -> list[str]:
    """Return the paragraphs, in normal form, of a text or saved page; raises UnreadableText."""
    texts = split(_text(raw))
    if not texts:
        raise UnreadableText("text empty")
    if len(texts) > PARAGRAPH_LIMIT:
        raise UnreadableText("text parts", limit=PARAGRAPH_LIMIT)
    return texts


def as_written(raw: bytes) -> list[str]:
    """Return the paragraphs of a text or saved page as they are written; raises UnreadableText."""
    return [line for line in _text(raw).splitlines() if normal_form(line)]


def _text(raw: bytes) -> str:
    """Return the characters of a text or of what a page shows; raises UnreadableText."""
    text = characters(raw)
    if _HTML.search(text[:HEAD]):
        if _ERROR.match(title := _title(text)):
            raise UnreadableText("text error", title=echo(title))
        text = _shown(_page(text))
        if _BEGINNING.search(text[:HEAD]):  # a browser that shows the source of a page saves it as another page
            text = _shown(_page(text))
    text = without_radicals(text)
    if len(text) > TEXT_LIMIT and len(text := _without_space(text)) > TEXT_LIMIT:
        raise UnreadableText("text long", limit=TEXT_LIMIT)
    if (stack := stacked_marks(text)) is not None:
        raise UnreadableText("text marks", around=_around(text, stack), limit=MARKS_LIMIT)
    if strange := folded_numerals(text):
        raise UnreadableText("text digits", around=_around(text, strange[0]))
    return text


def _page(text: str) -> str:
    """Return a text from where the page in it begins."""
    begins = _BEGINNING.search(text[:HEAD])
    return text[begins.start() :] if begins else text


def _title(page: str) -> str:
    """Return the title of a page, on one line."""
    found = pieces(page)
    for kind, name in found:
        if (kind, name) == ("start", "title"):
            return " ".join(next(found, Piece("text", "")).content.split())
    return ""


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
