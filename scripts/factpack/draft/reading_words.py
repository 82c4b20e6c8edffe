"""The words by which the numbers of a report are read, as patterns that are put together once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from factpack.text.vocabulary import any_of
from factpack.words import carried


@cache
def table(section: str) -> Mapping[str, Any]:
    """Return a section of the words, as it is written."""
    found: Mapping[str, Any] = carried("draft/reading_words.yaml")[section]
    return found


@cache
def listed(section: str, name: str) -> tuple[str, ...]:
    """Return the words of a list."""
    return tuple(str(table(section)[name]).split())


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """Return a pattern for any word of a list, the longest that fits."""
    return re.compile(any_of(listed(section, name)))


@cache
def at_end(section: str, name: str) -> re.Pattern[str]:
    """Return a pattern for any words of a list at the end of a text."""
    return re.compile(f"(?:{any_of(listed(section, name))})+$")


@cache
def at_start(section: str, name: str) -> re.Pattern[str]:
    """Return a pattern for a word of a list at the start of a text."""
    return re.compile(f"^{any_of(listed(section, name))}")


@cache
def matching(section: str, name: str) -> re.Pattern[str]:
    """Return a pattern that is written as one."""
    return re.compile(str(table(section)["patterns"][name]))
