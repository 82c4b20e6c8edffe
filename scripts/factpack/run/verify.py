"""Verification: a published text, plain or as a saved page, against the record that is kept of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from factpack.record.evidence import cited
from factpack.run.workspace import Workspace
from factpack.schema.model import Kind
from factpack.source.documents import Document
from factpack.text.locate import Difference, locate
from factpack.text.lookalikes import suspicions
from factpack.text.text_record import Text, digest, make, with_quotes
from factpack.text.token import normal_form

SENTENCE = 10
"""Chinese characters that some paragraph of a Chinese text has."""
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_ENDED = re.compile("[。！？；：.!?;:”’」）)】》〉…]$")
"""How a paragraph ends, in normal form, that the width of a line has not cut."""
AROUND = 6
"""Characters that are shown on either side of what may be damaged."""


def quotes(kind: Kind, document: Document, source: str) -> Iterator[tuple[int, str]]:
    """Yield (paragraph, quote) of a record's evidence that cites a source document."""
    for entry in cited(kind.shape, document.data or {}):
        if entry.document == source and entry.paragraph is not None and entry.quote is not None:
            yield entry.paragraph, normal_form(entry.quote)


def by_paragraph(found: Iterator[tuple[int, str]]) -> Mapping[int, set[str]]:
    """Return quotes grouped by paragraph."""
    grouped: dict[int, set[str]] = {}
    for paragraph, quote in found:
        grouped.setdefault(paragraph, set()).add(quote)
    return grouped


def furniture_of(space: Workspace, document: str) -> frozenset[int]:
    """Return the numbers of the paragraphs of a document that are not part of its text."""
    kind = space.schemas.documents
    record = space.library.record(document) or {}
    field = kind.shape.role("furniture")
    listed: Any = record.get(field or "") or ()
    role = kind.shape.parts[field].roles["paragraph"] if field else ""
    return frozenset(each[role] for each in listed)


def compared(space: Workspace, document: str, found: Sequence[str]) -> tuple[list[str | None], list[Difference]]:
    """Return the paragraphs of a document's text as found, None for furniture, and how they differ from its record."""
    known = space.library.text(document)
    return locate(known, found, furniture_of(space, document)) if known else (list(found), [])


class Damage(NamedTuple):
    """A place of a text where a number may be damaged: paragraph from 1, offset, what is there, and the reason.

    `found` is the place and `around` the words that it stands in. `kept` says whether fingerprints of the paragraph
    are kept, so that somebody has accepted it as it is.
    """

    paragraph: int
    start: int
    found: str
    around: str
    reason: str
    kept: bool


def damage(space: Workspace, document: str, paragraphs: Sequence[str | None]) -> list[Damage]:
    """Return the places of a document's text, as found, where a number may be damaged; furniture is not looked at."""
    known, furniture = space.library.text(document), furniture_of(space, document)
    kept = {each.sha256 for each in known.paragraphs} if known else set()
    return [
        Damage(number, start, text[start:end], text[max(0, start - AROUND) : end + AROUND], reason, same)
        for number, text in enumerate(paragraphs, 1)
        if text and number not in furniture and (found := suspicions(text))
        for same in (digest(text) in kept,)
        for start, end, reason in found
    ]


def doubts(paragraphs: Sequence[str | None]) -> list[str]:
    """Return why paragraphs may not be those of a published Chinese text: `foreign`, or `wrapped` at a line width."""
    texts = [text for text in paragraphs if text]
    if not any(len(_HAN.findall(text)) >= SENTENCE for text in texts):
        return ["foreign"]
    long = [text for text in texts if len(text) >= 2 * SENTENCE]
    cut = [text for text in long if not _ENDED.search(text)]
    return ["wrapped"] if len(long) >= SENTENCE and 2 * len(cut) > len(long) else []


def fingerprints(space: Workspace, document: str, paragraphs: Sequence[str | None]) -> Text:
    """Return the record of a document's text with those paragraphs and all quotes that are in them."""
    known = space.library.text(document)
    furniture = furniture_of(space, document)
    texts = [each or "" for each in paragraphs]
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
    return replace(text, paragraphs=parts)
