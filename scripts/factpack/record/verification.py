"""Verification: whether quotes were found in the text of their document, or a fact was only transcribed."""

from __future__ import annotations

from collections.abc import Collection

from factpack.record.evidence import Evidence
from factpack.record.library import Library

VERIFIED, TRANSCRIBED = "verified", "transcribed"


def is_found(entry: Evidence, library: Library) -> bool:
    """Say whether the quote of an evidence entry was found at its paragraph; a locator never is."""
    text, paragraph, quote = library.text(entry.document), entry.paragraph, entry.quote
    if not text or quote is None or paragraph is None or paragraph > len(text.paragraphs):
        return False
    return text.paragraphs[paragraph - 1].find(quote) is not None


def verification(entries: Collection[Evidence], library: Library) -> str:
    """Return how far what the entries support is checked: verified if it has quotes, and all of them were found."""
    quoted = [each for each in entries if each.quote is not None]
    return VERIFIED if quoted and all(is_found(each, library) for each in quoted) else TRANSCRIBED
