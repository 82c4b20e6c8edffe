"""Draws the places of a blind test: `python tests/text/blind/draw.py TEXT` prints them as paragraph, offset and run.

A place is a run of digits and numeral characters in the normal form of a paragraph. The tokenizer has no part in it.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path
from typing import NamedTuple

from factpack.text.token import normal_form

SEED = 15
PLACES, WITH_DIGITS = 150, 100
NUMERALS = "〇零一二两三四五六七八九十百千万亿"
RUN = re.compile(rf"[数几半余]*(?:[0-9]+(?:[.,·][0-9]+)*|[{NUMERALS}])(?:[.,·]?[0-9]+|[{NUMERALS}半几数余])*")


class Place(NamedTuple):
    """A run in a text: the number of its paragraph, from 1, and its offset there."""

    paragraph: int
    offset: int
    run: str


def paragraphs(text: str) -> list[str]:
    """Return the normal forms of the lines that are not blank."""
    return [form for line in text.splitlines() if (form := normal_form(line))]


def places(listed: list[str]) -> list[Place]:
    """Return all runs of the paragraphs."""
    return [
        Place(number, match.start(), match[0])
        for number, paragraph in enumerate(listed, 1)
        for match in RUN.finditer(paragraph)
    ]


def draw(listed: list[str]) -> list[Place]:
    """Return a sample of the places, in text order: as many as fit with a digit in them, the rest without one."""
    chance, found = random.Random(SEED), places(listed)
    with_digits = [place for place in found if re.search("[0-9]", place.run)]
    without = [place for place in found if place not in with_digits]
    drawn = chance.sample(with_digits, min(WITH_DIGITS, len(with_digits)))
    return sorted(drawn + chance.sample(without, PLACES - len(drawn)))


if __name__ == "__main__":
    for place in draw(paragraphs(Path(sys.argv[1]).read_text("utf-8"))):
        print(*place, sep="\t")
