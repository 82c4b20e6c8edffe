"""Which characters a record file may contain: rules for its raw text, and for texts whose escapes are decoded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from factpack.source.assigned import is_assigned
from factpack.source.ordinary import OTHERS, ordinary

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164\ufe00-\ufe0e"
    "\ufeff\uffa0\ufff0-\uffff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"  # invisible
    "\u2028\u2029"  # line and paragraph separators
    "\ud800-\udfff\ufdd0-\ufdef"  # surrogates and non-characters
    + "".join(chr(plane << 16 | last) for plane in range(1, 15) for last in (0xFFFE, 0xFFFF))
    + "\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"  # private use, tags
    "|\r(?!\n)"  # a carriage return that ends no line
    "|\ufe0f(?<![\u00a9\u00ae\u203c-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]\ufe0f)(?!\u20e3)"
)
"""U+FE0F is allowed behind a sign or a key that it turns into emoji; U+200D, which only some emoji need, is not."""
UNUSUAL = re.compile(
    "[^\n -~\u00a1-\u00ac\u00ae-\u034e\u2010-\u2027\u2030-\u205e\u3000-\u303f\u3041-\u3096\u3099-\u30ff\u3400-\ua48c"
    "\uac00-\ud7a3\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff60]"
)
"""All but the characters of most texts: a text without any has none that is forbidden, unassigned or only looks
like another, a quick first test."""

MARKS_LIMIT = 8
"""Combining marks in a row: languages need four, and normalising takes time that grows with their square."""
NO_STARTER = (
    "[^\x00-\xa7\xa9-\xae\xb0-\xb3\xb5-\xb7\xb9-\u02d7\u02de-\u02ff\u2000-\u2016\u2018-\u203d\u203f-\u20cf\u2100-\u2bff"
    "\u3000-\u3029\u3030-\u3098\u309d-\ua66e\uac00-\ud7af\uff00-\uff9d\uffa0-\uffe2\uffe4-\uffef\U00020000-\U0003ffff]"
)
"""All but characters that neither are combining marks nor begin with one in any normal form: a quick first test."""
_COMPATIBILITY = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1d]")
"""Chinese characters that form C replaces, one for one; they are told as what they look like."""
_CROWDED = re.compile(f"{NO_STARTER}{{{MARKS_LIMIT + 1},}}")

NAMED_LIMIT = 3
"""Code points of a run that a message names."""

_LATIN = (
    "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff"
    "\u2c60-\u2c7f\ua722-\ua7ff\uab30-\uab64\uff21-\uff3a\uff41-\uff5a"
)
_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
_CYRILLIC = "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f"
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_ALPHABETS = tuple(re.compile(f"[{letters}]") for letters in (_LATIN, _GREEK, _CYRILLIC))
GREEK_OR_CYRILLIC = re.compile(f"[{_GREEK}{_CYRILLIC}]")
_WORD = re.compile(f"[\\w{_MARKS}]+")
_NOT_HAN = re.compile("[^\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]+")
"""Parts of a word: writing systems without spaces between words may be next to any letters."""


def forbidden(text: str) -> Iterator[re.Match[str]]:
    """Yield each forbidden character of a text."""
    return FORBIDDEN.finditer(text) if UNUSUAL.search(text) else iter(())


def faults(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (offset, problem code, what was found) for each fault of a text, check by check."""
    if unusual := UNUSUAL.search(text):
        for match in FORBIDDEN.finditer(text):
            yield match.start(), "forbidden-character", named(match[0])
        yield from _strange(text, unusual.start())
    if not text.isascii():
        if (stack := stacked_marks(text)) is not None:
            yield stack, "stacked-marks", named(text[stack])
        else:
            yield from _not_normal(text)
        yield from _mixed_words(text)


def named(character: str) -> str:
    return f"U+{ord(character):04X}"


def fault_values(code: str, found: str) -> dict[str, str]:
    """Return the values of a problem of a code that `faults` yields."""
    if code != "lookalike-character":
        return {"found": found}
    more = " …" if len(found) > NAMED_LIMIT else ""
    return {"found": " ".join(map(named, found[:NAMED_LIMIT])) + more, "ordinary": "".join(map(ordinary, found))}


def _strange(text: str, start: int) -> Iterator[tuple[int, str, str]]:
    """Yield runs of characters that only look like others, and code points that are no characters."""
    for match in OTHERS.finditer(text, start):
        yield match.start(), "lookalike-character", match[0]
    for match in UNUSUAL.finditer(text, start):
        if not is_assigned(match[0]) and not FORBIDDEN.match(match[0]):
            yield match.start(), "forbidden-character", named(match[0])


def stacked_marks(text: str) -> int | None:
    """Return where more combining marks in a row begin than may be normalised, or None."""
    for run in _CROWDED.finditer(text):
        marks = 0
        for at, sign in enumerate(run[0], run.start()):
            marks = marks + 1 if unicodedata.combining(sign) else 0
            if marks > MARKS_LIMIT:
                return at - MARKS_LIMIT
    return None


def _not_normal(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the first line that is not in Unicode normal form C."""
    if unicodedata.is_normalized("NFC", text):
        return
    text = _COMPATIBILITY.sub(lambda sign: unicodedata.normalize("NFC", sign[0]), text)
    offset = 0
    for line in text.splitlines(keepends=True):
        normal = unicodedata.normalize("NFC", line)
        if normal != line:
            column = next((i for i, (a, b) in enumerate(zip(line, normal, strict=False)) if a != b), 0)
            yield offset + column, "not-nfc", line[column : column + 2]
            return
        offset += len(line)


def _mixed_words(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield words with letters of more than one of Latin, Greek and Cyrillic, no Chinese character between."""
    if not GREEK_OR_CYRILLIC.search(text):
        return
    for match in _WORD.finditer(text):
        if any(sum(bool(letters.search(run)) for letters in _ALPHABETS) > 1 for run in _NOT_HAN.findall(match[0])):
            yield match.start(), "mixed-alphabets", match[0]
