"""Full-width signs where YAML needs its own: Chinese input methods type them, and they look alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_DASHES = "－﹣—–‐−•·"
_STRUCTURE = (
    (re.compile("[ ]*(?:- )?[ ]*[A-Za-z][A-Za-z0-9_]* ?(：)"), ":"),
    (re.compile("[ ]*(\u3000)[\\s\u3000]*[-A-Za-z#]"), " "),
    (re.compile(f"[ ]*([{_DASHES}])[ \u3000]?[A-Za-z][A-Za-z0-9_]* ?[:：]"), "-"),
    (re.compile("[ ]*(＃)"), "#"),
)
"""What a line may begin with that no right line begins with, and the sign that is meant."""
_OPENING = {"“": "'", "‘": "'", "＂": "'", "＇": "'", "［": "[", "【": "[", "｛": "{", "｜": "|", "＞": ">", "＃": "#"}
"""How a value may begin, and the sign that is meant where the file cannot be read otherwise."""
_VALUE = re.compile("[ ]*(?:- )?(?:[A-Za-z][A-Za-z0-9_]*:[ ]+)?(?=(.))")
_COMMA = re.compile("[\\[{][^\\]}]*(，)[ ]*[A-Za-z][A-Za-z0-9_]*:")
_QUOTED = re.compile("[“‘＂＇](.*)[”’＂＇]")


class Sign(NamedTuple):
    """A full-width sign: its line and column from 1, and what should stand there."""

    line: int
    column: int
    found: str
    wanted: str


def signs(text: str) -> Iterator[Sign]:
    """Yield the first sign of each line that begins as no line of a record does."""
    for number, line in enumerate(text.split("\n"), 1):
        for pattern, wanted in _STRUCTURE:
            if match := pattern.match(line):
                yield Sign(number, match.start(1) + 1, match[1], wanted)
                break


def sign_in_value(text: str, line: int) -> Sign | None:
    """Return the sign that a value of a line begins with, or a comma between its fields, where that cannot be read."""
    shown = text.split("\n")[line - 1]
    if comma := _COMMA.search(shown):
        return Sign(line, comma.start(1) + 1, comma[1], ",")
    value = _VALUE.match(shown)
    wanted = _OPENING.get(value[1]) if value else None
    return Sign(line, value.start(1) + 1, value[1], wanted) if value and wanted else None


def meant(text: str) -> tuple[str, str] | None:
    """Return the full-width sign that makes a text out of something else, and the one that is meant; None without."""
    if found := next(signs(text), None):
        return found.found, found.wanted
    if _QUOTED.fullmatch(text):
        return text[0], "'"
    if text.startswith(("［", "【", "｛")):
        return text[0], _OPENING[text[0]]
    return None
