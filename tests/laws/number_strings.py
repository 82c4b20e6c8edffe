"""Strings of what numbers are read by, and hostile ones: whatever they say, nothing may break.

`PYTHONPATH=tests python -m laws.number_strings --strings 500000 --hostile 50000 --seed 1` demands of each that it is
read without an exception, that every digit lies in a token and every numeral in a token or word, that no two overlap,
that each lies within its reach, that what may be damaged has a place, and that a record of the text is read as it was
written. It prints what broke, and the slowest.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from factpack.text.lookalikes import HYPHENS, POINTS, RATIOS, REASONS, WAVES, suspicions
from factpack.text.numerals import NUMERAL
from factpack.text.text_record import decode, encode, make
from factpack.text.token import Token, normal_form
from factpack.text.tokens import outside_words, tokenise
from factpack.text.vocabulary import tables

SHOWN = 20
"""Failures that are printed."""
SIGNS = (*"0123456789" * 3, *NUMERAL, *",.:+-/%~、。；！？“”‘’（）《》「」・×=", *POINTS, *WAVES, *HYPHENS, *RATIOS)
SIGNS += (
    *"余多几来数半第前近超过上约的和与及或至到比每各其中年月日年月日lIOkGAV",
    "分别",
    "百分之",
    "分之",
    "万亿",
    "百分点",
)
FORMS = ("2/3", "1.6:1", "12,34", "018年", "PM2.5", "2025年12月", "16:01", "七成五", "三至五个", "5G", "1+4", "20条")
BLOCKS = ((0x20, 0x7F), (0xA0, 0x500), (0x600, 0x700), (0x900, 0x980), (0x2000, 0x2150), (0x2150, 0x2190))
BLOCKS += ((0x2460, 0x2500), (0x3000, 0x3100), (0x3200, 0x3400), (0x4E00, 0x9FFF), (0xFE30, 0xFFEF), (0x1D7CE, 0x1D800))
"""Where hostile characters are from: marks, digits of other scripts, signs that NFKC takes apart."""
LONGEST = 1_500
"""Characters of the longest hostile string."""


@cache
def parts() -> tuple[str, ...]:
    """Return all words of the two files of words, one by one."""
    return tuple(sorted({word for table in tables() for text in _texts(table) for word in text.split()}))


def _texts(value: object) -> Iterator[str]:
    """Yield all texts in a tree, the keys of mappings too."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from (str(key), *_texts(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in _texts(each))
    else:
        yield str(value)


def fitting(dice: random.Random) -> str:
    """Return a short string of signs, forms and words of numbers."""
    weights = (12, 2, 6, 1)
    kinds = dice.choices((SIGNS, FORMS, parts(), (str(dice.randrange(10 ** dice.randint(1, 40))),)), weights, k=14)
    return normal_form("".join(dice.choice(kind) for kind in kinds[: dice.randint(1, 14)]))


def hostile(dice: random.Random) -> str:
    """Return a string of any characters, a long repetition, or a fitting string with something in its middle."""
    made = dice.randrange(3)
    if made == 0:
        return normal_form("".join(chr(dice.randrange(*dice.choice(BLOCKS))) for _ in range(dice.randint(1, 60))))
    run, other = fitting(dice)[: dice.randint(1, 12)] or "1", fitting(dice)
    if made == 1:
        return normal_form(run * dice.randint(1, max(1, LONGEST // len(run))) + other)
    at = dice.randrange(len(other) + 1)
    return normal_form(other[:at] + chr(dice.randrange(*dice.choice(BLOCKS))) * dice.randint(1, 40) + other[at:])


def broken(text: str) -> Iterator[str]:
    """Yield what is wrong with how a string in normal form is read."""
    tokens = tokenise(text)
    words = outside_words(text, tokens)
    spans = sorted([(each.start, each.end) for each in tokens] + [(start, end) for start, end, _ in words])
    if [(each.start, each.end) for each in tokens] != sorted((each.start, each.end) for each in tokens):
        yield "tokens out of order"
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        yield "an overlap"
    yield from _uncovered(text, tokens, spans)
    yield from (f"the token {each.text}" for each in tokens if not _sound(text, each))
    if any(reason not in REASONS or not 0 <= start < end <= len(text) for start, end, reason in suspicions(text)):
        yield "a place of damage"


def _uncovered(text: str, tokens: tuple[Token, ...], spans: list[tuple[int, int]]) -> Iterator[str]:
    in_token = {at for each in tokens for at in range(each.start, each.end)}
    in_any = {at for start, end in spans for at in range(start, end)}
    yield from (f"the digit at {at}" for at, each in enumerate(text) if each in "0123456789" and at not in in_token)
    yield from (f"the numeral at {at}" for at, each in enumerate(text) if each in NUMERAL and at not in in_any)


def _sound(text: str, token: Token) -> bool:
    """Say whether a token is what the text has at its place, lies within its reach, and is followed by its word."""
    start, end = token.start, token.end
    within = 0 <= token.reach_start <= start < end <= token.reach_end <= len(text)
    return within and token.text == text[start:end] and text.startswith(token.unknown, end)


def unkept(text: str) -> Iterator[str]:
    """Yield what is lost when a record of a string in normal form is written and read."""
    made = make("doc-x", [text], frozenset())
    if decode(encode(made)) != made:
        yield "a record that is read otherwise"


@dataclass(slots=True)
class Tally:
    """How many strings there were, what broke, and the slowest."""

    strings: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    slowest: tuple[float, str] = (0, "")

    def take(self, text: str, kept: bool) -> None:
        """Read a string; `kept` if its record must be read as it was written."""
        start = time.perf_counter()
        try:
            found = [*broken(text), *(unkept(text) if kept else ())]
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            found = [repr(error)]
        self.strings += 1
        self.slowest = max(self.slowest, (time.perf_counter() - start, text))
        self.failures += ((text, each) for each in found)

    def __str__(self) -> str:
        seconds, text = self.slowest
        told = [f"{text[:200]!r}: {what[:200]}" for text, what in self.failures[:SHOWN]]
        counts = f"{self.strings:,} strings, {len(self.failures):,} failures"
        return "\n".join([*told, f"{counts}; the slowest, of {len(text)} characters, took {1000 * seconds:.0f} ms"])


def run(strings: int, others: int, seed: int) -> Tally:
    """Read so many fitting and hostile strings."""
    dice, tally = random.Random(seed), Tally()
    for _ in range(strings):
        if text := fitting(dice):
            tally.take(text, kept=True)
    for _ in range(others):
        if text := hostile(dice):
            tally.take(text, kept=False)
    return tally


def main() -> None:
    """Read the command line; the exit status is 1 where something broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strings", type=int, default=500_000)
    parser.add_argument("--hostile", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    tally = run(asked.strings, asked.hostile, asked.seed)
    print(tally)
    sys.exit(bool(tally.failures))


if __name__ == "__main__":
    main()
