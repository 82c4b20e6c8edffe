"""Which characters a source text may hold: rules on raw text and on decoded scalars (DESIGN 7)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0e"
    "\ufeff\uffa0\ufff0-\uffff"  # invisible and special
    "\u2028\u2029"  # line and paragraph separators
    "\ud800-\udfff\ufdd0-\ufdef"  # surrogates and non-characters
    "\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"  # private use, tags
    "|\r(?!\n)"  # a carriage return that ends no line
)
"""U+FE0F (emoji presentation) is allowed; U+200D, which only some emoji need, is not."""

_ALPHABETS = (
    ("Latin", re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
    ("Greek", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("Cyrillic", re.compile("[\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]")),
)
GREEK_OR_CYRILLIC = re.compile("[\u0370-\u052f\u1c80-\u1c8f\u1f00-\u1fff\u2de0-\u2dff\ua640-\ua69f]")
_WORD = re.compile(r"[^\W\d_]+")


def faults(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (offset, problem code, what was found) for each fault of a text, in the order of the checks."""
    for match in FORBIDDEN.finditer(text):
        yield match.start(), "forbidden-character", f"U+{ord(match[0]):04X}"
    if not text.isascii():
        yield from _not_normal(text)
        yield from _mixed_words(text)


def _not_normal(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the first line that is not in Unicode normal form C."""
    if unicodedata.is_normalized("NFC", text):
        return
    offset = 0
    for line in text.splitlines(keepends=True):
        normal = unicodedata.normalize("NFC", line)
        if normal != line:
            column = next((i for i, (a, b) in enumerate(zip(line, normal, strict=False)) if a != b), 0)
            yield offset + column, "not-nfc", line[column : column + 2]
            return
        offset += len(line)


def _mixed_words(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield words whose letters come from more than one of Latin, Greek and Cyrillic."""
    if not GREEK_OR_CYRILLIC.search(text):
        return
    for match in _WORD.finditer(text):
        if sum(bool(letters.search(match[0])) for _, letters in _ALPHABETS) > 1:
            yield match.start(), "mixed-alphabets", match[0]
