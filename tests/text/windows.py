"""What must be so of the tokens of any text: a window reads as the whole does, and no digit is passed over."""

from __future__ import annotations

import re
from pathlib import Path

from factpack.text.token import Token, normal_form
from factpack.text.tokens import tokenise

ORDINAL = re.compile("第[0-9一二三四五六七八九十]{1,3}(?:、[一二三四五六七八九十])*$")
"""What a window must not end with: 第一、第二、第三产业 and 第一,… are words that it would cut."""


def paragraphs(path: Path) -> list[str]:
    """Return the paragraphs of a published text, in normal form."""
    lines = (normal_form(line) for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line]


def moved(found: tuple[Token, ...], by: int) -> tuple[Token, ...]:
    """Return tokens at other offsets."""
    return tuple(
        token._replace(
            start=token.start + by,
            end=token.end + by,
            reach_start=token.reach_start + by,
            reach_end=token.reach_end + by,
        )
        for token in found
    )


def windows_read_alike(paragraph: str) -> int:
    """Demand that each window from mark to mark has the tokens of the paragraph; return how many there were."""
    found = tokenise(paragraph)
    cut = {at for token in found for at in range(token.reach_start + 1, token.reach_end)}
    marks = [
        at
        for at, each in enumerate(paragraph)
        if each in ",、。;:!?" and not ORDINAL.search(paragraph, max(0, at - 4), at)
    ]
    starts = [at for at in (0, *(mark + 1 for mark in marks)) if at not in cut]
    ends = [at for at in (*marks, len(paragraph)) if at not in cut]
    windows = [(start, end) for start in starts for end in ends if start < end <= start + 60]
    for start, end in windows:
        within = tuple(each for each in found if start <= each.reach_start and each.reach_end <= end)
        assert moved(tokenise(paragraph[start:end]), start) == within
    return len(windows)


def digits_outside_tokens(paragraph: str) -> set[int]:
    """Return where digits stand that no token holds."""
    inside = {at for token in tokenise(paragraph) for at in range(token.start, token.end)}
    return {at for at, each in enumerate(paragraph) if each in "0123456789"} - inside
