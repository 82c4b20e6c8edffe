"""Reads a published text as saved, plain or as a page in HTML, into paragraphs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from factpack.problems import echo
from factpack.text.text_record import split
from factpack.text.token import folded_numerals

_HTML = re.compile(r"<\s*(?:!doctype|html|head|body|p|div)\b", re.IGNORECASE)
_BLOCKS = frozenset(
    (
        *("address", "article", "dd", "div", "dl", "dt", "footer", "header", "li", "ol", "p", "section", "ul"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "table", "td", "tr"),
    )
)
_SILENT = frozenset(("script", "style", "head", "template", "noscript"))


class UnreadableText(Exception):
    """The file has no text that a record can be verified against."""


class _Page(HTMLParser):
    """Collects the text of a page, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [""]
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in _SILENT
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.lines[-1] += data.replace("\n", " ").replace("\r", " ")


def paragraphs(raw: bytes) -> list[str]:
    """Return the paragraphs, in normal form, of a text or saved page; raises UnreadableText.

    A page in GB18030, which older Chinese sites use, is read too.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError as error:
            raise UnreadableText("neither UTF-8 nor GB18030") from error
    if _HTML.search(text[:4096]):
        page = _Page()
        page.feed(text)
        page.close()
        text = "\n".join(page.lines)
    if strange := folded_numerals(text):
        around = echo(text[max(0, strange[0] - 10) : strange[0] + 10])
        raise UnreadableText(f"a superscript, fraction or circled number near '{around}' would be read as digits")
    texts = split(text)
    if not texts:
        raise UnreadableText("it has no text")
    return texts
