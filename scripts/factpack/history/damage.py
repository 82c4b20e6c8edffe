"""Damage: what of an earlier edition cannot be read, and why; it never counts as nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from factpack.problems import Problem
from factpack.source.conflict import CONFLICT
from factpack.source.marks import is_deeper
from factpack.words import LANGUAGES, Count, text_in

DEEPEST, LARGEST = 49, 400
"""Levels that a list of records has below it at most, and digits of a number before and after its point."""
REPLACED = "replaced"
"""Why a file that can be read is damage: it is not the one that was published."""
WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How a text in UTF-16 or UTF-32 begins; the other form of the latter begins with zero bytes."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of an edition that cannot be read, or not whole: why (a key among the words of damage), and where."""

    path: str
    why: str
    line: int = 1
    values: Mapping[str, str | int] = field(default_factory=dict)

    def words(self, language: str) -> str:
        """Return why it cannot be read, in a language."""
        counted = {name: Count(each) if isinstance(each, int) else each for name, each in self.values.items()}
        return text_in(language, "history", "damage", self.why, **counted)

    def problem(self, edition: str) -> Problem:
        """Return it as a problem of the edition with this name; without one it is output of a build, and a warning."""
        values = {"file": self.path}
        for language in LANGUAGES:
            named = text_in(language, "history", "damage", "edition" if edition else "output", name=edition)
            values |= {f"edition_{language}": named, f"what_{language}": self.words(language)}
        return Problem(self.path, self.line, 1, "damaged-edition", "", values, "" if edition else "warning")


class Damaged(Exception):
    """A file of an edition cannot be read: `damage` says why."""

    def __init__(self, path: str, why: str, line: int = 1, **values: str | int) -> None:
        super().__init__(path, why)
        self.damage = Damage(path, why, line, values)


def text_of(path: str, raw: bytes) -> str:
    """Return the text that a file holds; raises Damaged for one that is empty or of another encoding than UTF-8."""
    if not raw.strip():
        raise Damaged(path, "empty")
    if raw.startswith(WIDE) or b"\0" in raw[:4]:
        raise Damaged(path, "wide")
    if raw.startswith(b"\xef\xbb\xbf"):
        raise Damaged(path, "mark")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Damaged(path, "encoding", raw.count(b"\n", 0, error.start) + 1) from error


def parsed(path: str, raw: bytes) -> Any:
    """Return what a file of JSON holds, numbers with a point as Decimal; raises Damaged."""
    text = text_of(path, raw)
    try:
        found = json.loads(text, parse_float=_number)
    except json.JSONDecodeError as error:
        if mark := CONFLICT.search(text):
            raise Damaged(path, "conflict", text.count("\n", 0, mark.start()) + 1) from error
        raise Damaged(path, "json", error.lineno) from error
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Damaged(path, "beyond") from error
    if is_deeper(found, DEEPEST):
        raise Damaged(path, "beyond")
    return found


def _number(text: str) -> Decimal:
    """Return a number that can be written out; raises ValueError for any other."""
    found = Decimal(text)
    if abs(found.adjusted()) > LARGEST:
        raise ValueError(text)
    return found
