"""Verification: a published text, plain or as a saved page, against the record that is kept of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Any

from factpack.problems import echo
from factpack.record.subject import items
from factpack.run.workspace import Workspace
from factpack.schema.model import Kind
from factpack.source.documents import Document
from factpack.text.text_record import Text, digest, make, split, with_quotes
from factpack.text.token import folded_numerals, normal_form

_HTML = re.compile(r"<\s*(?:!doctype|html|head|body|p|div)\b", re.IGNORECASE)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "section",
        "table",
        "td",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(("script", "style", "head", "template", "noscript"))


class UnreadableText(Exception):
    """The file is no text that can be verified against."""


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

    A page in GB18030, as older Chinese sites serve, is read too.
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
    found = split(text)
    if not found:
        raise UnreadableText("it holds no text")
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """A recorded paragraph that is not in the text as recorded: changed, missing, or added after it."""

    paragraph: int
    kind: str
    found: str = ""
    """How the paragraph begins in the text, as it may be shown."""


def locate(
    known: Text, found: Sequence[str], furniture: Collection[int] = ()
) -> tuple[list[str | None], list[Difference]]:
    """Return the recorded text's paragraphs among those found, and how they differ.

    The recorded paragraphs are looked for as an ordered run; what stands before and after it is ignored. So is what
    has become of the page's furniture (numbers of paragraphs from 1), such as a counter of readings: None stands for
    a paragraph that is taken as it was recorded.
    """
    wanted, given = [each.sha256 for each in known.paragraphs], [digest(each) for each in found]
    kept = [number not in furniture for number in range(1, len(wanted) + 1)]
    body = [each for each, keep in zip(wanted, kept, strict=True) if keep]
    for start in range(len(given) - len(body) + 1):
        run = given[start : start + len(wanted)]
        if len(run) == len(wanted) and all(a == b for a, b, keep in zip(run, wanted, kept, strict=True) if keep):
            return [found[start + index] if keep else None for index, keep in enumerate(kept)], []
        if given[start : start + len(body)] == body:
            rest = iter(found[start : start + len(body)])
            return [next(rest) if keep else None for keep in kept], []
    blocks = SequenceMatcher(None, wanted, given, autojunk=False).get_opcodes()
    if blocks and blocks[0][0] == "insert":
        blocks = blocks[1:]
    if blocks and blocks[-1][0] == "insert":
        blocks = blocks[:-1]
    differences = [each for block in blocks if block[0] != "equal" for each in _told(block, found)]
    return [found[index] for _, _, _, low, high in blocks for index in range(low, high)], differences


def _told(block: tuple[str, int, int, int, int], found: Sequence[str]) -> Iterator[Difference]:
    _, low, high, first, last = block
    for step in range(max(high - low, last - first)):
        new = echo(found[first + step][:30]) if first + step < last else ""
        if low + step >= high:
            yield Difference(high, "added", new)
        else:
            yield Difference(low + step + 1, "changed" if new else "missing", new)


def quotes(kind: Kind, document: Document, cited: str) -> Iterator[tuple[int, str]]:
    """Yield (paragraph, quote) of a record's evidence that cites a document."""
    for shape, item, _ in items(kind.shape, document.data or {}):
        pieces = item.get(shape.role("evidence") or "")
        for piece in pieces if isinstance(pieces, list) else ():
            if isinstance(piece, dict) and piece.get("document") == cited and "quote" in piece:
                yield int(str(piece["paragraph"])), normal_form(str(piece["quote"]))


def by_paragraph(found: Iterator[tuple[int, str]]) -> Mapping[int, set[str]]:
    """Return quotes grouped by paragraph."""
    grouped: dict[int, set[str]] = {}
    for paragraph, quote in found:
        grouped.setdefault(paragraph, set()).add(quote)
    return grouped


def verify_text(space: Workspace, document: str, found: Sequence[str]) -> tuple[Text, list[Difference]]:
    """Return the record of a document's text as found, quotes included, and how it differs from the record kept."""
    kind = space.schemas.documents
    known = space.library.text(document)
    record = space.library.record(document) or {}
    field = kind.shape.role("furniture")
    listed: Any = record.get(field or "") or ()
    role = kind.shape.parts[field].roles["paragraph"] if field else ""
    furniture = frozenset(each[role] for each in listed)
    own, differences = locate(known, found, furniture) if known else (list(found), [])
    texts = [each or "" for each in own]
    pairs = (
        pair
        for other in space.schemas.prefixes.values()
        for name in space.ids[other.name]
        if not (loaded := space.load(other, name))[1]
        for pair in quotes(other, loaded[0], document)
    )
    text = with_quotes(make(document, texts, furniture), texts, by_paragraph(pairs))
    old = known.paragraphs if known else ()
    parts = tuple(new if new.length else old[index] for index, new in enumerate(text.paragraphs))
    return replace(text, paragraphs=parts), differences
