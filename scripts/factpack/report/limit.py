"""How much of a report the summary of a step on GitHub takes."""

from __future__ import annotations

from collections.abc import Iterable

LIMIT = 1_000_000
"""Bytes. GitHub takes 1 MiB from a step, and refuses the whole summary beyond."""
SHARE = LIMIT // 4
"""Bytes of a report of which a step appends four: what changed and how numbers are used, in two languages."""

MORE = 500
"""Bytes that are kept for what stands around a list and tells what found no room."""


def size(*texts: str) -> int:
    """Return how many bytes texts take."""
    return sum(len(each.encode("utf-8")) for each in texts)


def fitting(texts: Iterable[str], room: int) -> list[str]:
    """Return the texts that find room (bytes), up to the first that does not."""
    kept: list[str] = []
    for each in texts:
        room -= size(each)
        if room < 0:
            break
        kept.append(each)
    return kept
