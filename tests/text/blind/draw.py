"""Draws the places of a test against a reader: `draw.py TEXT` prints them as paragraph, offset and run.

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
BLIND = (150, 100, 1)
OTHERS = (35, 20, 2)
"""How many places, how many of them with a digit if there are so many, and how long a run without one has to be."""
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


def draw(listed: list[str], wanted: tuple[int, int, int]) -> list[Place]:
    """Return a sample of the places, in text order."""
    size, most, shortest = wanted
    chance, found = random.Random(SEED), places(listed)
    with_digits = [place for place in found if re.search("[0-9]", place.run)]
    without = [place for place in found if place not in with_digits and len(place.run) >= shortest]
    drawn = chance.sample(with_digits, min(most, len(with_digits)))
    return sorted(drawn + chance.sample(without, min(size - len(drawn), len(without))))


if __name__ == "__main__":
    file = Path(sys.argv[1])
    for place in draw(paragraphs(file.read_text("utf-8")), BLIND if file.stem.endswith("2002") else OTHERS):
        print(*place, sep="\t")
