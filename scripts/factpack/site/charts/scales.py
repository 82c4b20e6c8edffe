"""The scale of an axis of numbers: round steps, and numbers as millions or billions where they are that large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from factpack.table.display import plain

SIZES: Mapping[str, Sequence[tuple[int, str]]] = {
    "zh": ((10**8, "亿"), (10**4, "万")),
    "en": ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")),
}
"""Numbers from which numbers are counted in them, with their words, by language."""


SHARES: Sequence[Decimal] = tuple(Decimal(each) for each in (0, 25, 50, 75, 100))
"""The numbers of an axis of shares, in per cent: it holds the whole."""


class Scale(NamedTuple):
    """What numbers of an axis are counted in: a size and its word, which is empty where they are counted in ones."""

    size: int
    word: str

    def shown(self, number: Decimal) -> str:
        """Return a number of the axis as it is written there."""
        counted = (number / self.size).normalize()
        return f"{int(counted):,}" if counted == counted.to_integral_value() else plain(counted)


def scale_of(numbers: Sequence[Decimal], language: str) -> Scale:
    """Return what numbers are counted in on one axis, by the largest of them."""
    largest = max(map(abs, numbers))
    return next((Scale(*each) for each in SIZES[language] if largest >= each[0]), Scale(1, ""))


def steps(low: Decimal, high: Decimal) -> list[Decimal]:
    """Return three to seven round numbers within the ends of an axis."""
    size = Decimal(10) ** (high - low).adjusted()
    for step in (size * 5, size * 2, size, size / 2, size / 5):
        first = (low / step).to_integral_value(ROUND_CEILING) * step
        found = [first + step * each for each in range(int((high - first) // step) + 1)]
        if len(found) > 2:
            break
    return found
