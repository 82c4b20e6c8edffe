"""Quotes as windows on the recorded numbers of their paragraphs, and the items whose evidence they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from factpack.record.evidence import Evidence
from factpack.record.library import Library
from factpack.record.subject import Subject
from factpack.schema.model import Shape
from factpack.source.marks import Path, Record
from factpack.text.text_record import Paragraph, Quote
from factpack.text.token import Token, normal_form
from factpack.text.tokens import tokens_of


class Window(NamedTuple):
    """A quote on its paragraph: its text, its tokens in its own offsets, and where it was verified."""

    document: str
    number: int
    at: Path
    text: str
    tokens: tuple[Token, ...]
    paragraph: Paragraph | None
    quote: Quote | None


class EvidencedItem(NamedTuple):
    """An item with evidence: a record or one of its parts, seen through its quotes."""

    subject: Subject
    shape: Shape
    item: Record
    path: Path
    item_id: str
    windows: tuple[Window, ...]

    def get(self, role: str) -> Any:
        """Return what plays a role in the item, or None."""
        return self.item.get(self.shape.role(role) or "")

    def at(self, role: str) -> Path:
        """Return the path of the field that plays a role."""
        return (*self.path, self.shape.role(role) or "")

    @property
    def whole(self) -> bool:
        """Whether the item is the record itself, or what another document gives of it as a whole."""
        return not self.path or self.path[0] == self.subject.kind.shape.role("given_again")

    def forms_in(self, window: Window) -> list[str]:
        """Return the forms in which a quote may name the record."""
        return self.subject.forms_in(window.document)


def evidenced_items(subject: Subject) -> Iterator[EvidencedItem]:
    """Yield the record and its parts as far as they carry evidence and are not retired."""
    listed = subject.part_ids.items()
    ids: dict[Path, str] = {(field, index): each for field, made in listed for index, each in enumerate(made)}
    for shape, item, path in subject.in_use:
        entries = subject.evidence[path]
        if entries:
            at = (*path, shape.role("evidence") or "")
            found = (_window(subject.library, entry, (*at, index)) for index, entry in enumerate(entries))
            windows = tuple(window for window in found if window)
            yield EvidencedItem(subject, shape, item, path, ids.get(path, subject.id), windows)


def _window(library: Library, entry: Evidence, at: Path) -> Window | None:
    """Return the window of an evidence entry, or None where it has no quote."""
    if entry.quote is None or entry.paragraph is None:
        return None
    number, text, source = entry.paragraph, normal_form(entry.quote), library.text(entry.document)
    paragraph = source.paragraphs[number - 1] if source and number <= len(source.paragraphs) else None
    quote = paragraph.find(text) if paragraph else None
    return Window(entry.document, number, at, text, tokens_of(text), paragraph, quote)


Proven = list[tuple[Window, Token, bool]]
"""Tokens that an item uses, and whether by its value."""


def leads(window: Window, token: Token) -> bool:
    """Say whether a token is in a list that 分别 leads or ends: its place in it tells its subject."""
    ends = window.text[token.reach_start :].startswith("分别")
    return bool(token.series) and (ends or "分别" in window.text[token.reach_start : token.start])
