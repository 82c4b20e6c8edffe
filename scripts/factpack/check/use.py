"""What a record uses of a text: a number in a paragraph, or one of the numbers of a ratio."""

from __future__ import annotations

from typing import NamedTuple

from factpack.source.marks import Path


class Use(NamedTuple):
    """A token that a record or part uses: by its value (or number of periods), else by its name or date."""

    document: str
    paragraph: int
    start: int
    user: str
    by_value: bool
    shared: bool
    member: int
    """Which number of a ratio is used, from 1; 0 is the token as a whole."""
    path: str
    """The file of the record, and in it the path of what uses the token."""
    at: Path
