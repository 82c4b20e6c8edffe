"""Intervals: all that a number with its qualifier may be, and whether two numbers are one value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from typing import NamedTuple

EXACT = Context(prec=60)
"""Digits enough for the product of any value and factor; the default of 28 rounds without a word."""
INFINITE = Decimal("Infinity")
HALF_POINT = Decimal("0.5")
SHARE = Decimal("0.02")
"""How far about and nearly reach: half a point for percentages, and this share of other values."""
VAGUE = frozenset(("about", "nearly"))


class Interval(NamedTuple):
    """All numbers between two ends; each end says whether it belongs."""

    low: Decimal
    low_in: bool
    high: Decimal
    high_in: bool

    @property
    def width(self) -> Decimal:
        """How far the ends are apart."""
        return EXACT.subtract(self.high, self.low)

    def holds(self, number: Decimal) -> bool:
        """Say whether a number lies in it."""
        return Interval(number, True, number, True).inside(self)

    def inside(self, other: Interval) -> bool:
        """Say whether all of it lies in another one."""
        low = self.low > other.low or (self.low == other.low and (other.low_in or not self.low_in))
        high = self.high < other.high or (self.high == other.high and (other.high_in or not self.high_in))
        return low and high

    def below(self, other: Interval) -> bool:
        """Say whether all of it is smaller than all of another one."""
        return self.high < other.low or (self.high == other.low and not (self.high_in and other.low_in))

    def apart(self, other: Interval) -> bool:
        """Say whether no number lies in both."""
        return self.below(other) or other.below(self)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its qualifier, in its plain unit; of a range both ends.

    `half` is half of the last digit that is written, and `points` says that it counts per cent or points.
    """

    value: Decimal
    bound: str = "exact"
    high: Decimal | None = None
    half: Decimal = Decimal(0)
    points: bool = False
    unit: str = ""

    @property
    def vague(self) -> bool:
        """Whether it is about or nearly a number."""
        return self.bound in VAGUE

    @property
    def reach(self) -> Decimal:
        """How far about and nearly reach."""
        return HALF_POINT if self.points else EXACT.multiply(abs(self.value), SHARE)

    @property
    def meant(self) -> Interval:
        """All that the true value may be. At the limit itself over counts as at_least, and under as at_most."""
        low, high, reach = self.value, self.value if self.high is None else self.high, self.reach
        if self.bound == "about":
            return Interval(EXACT.subtract(low, reach), True, EXACT.add(high, reach), True)
        if self.bound == "nearly" and high < 0:  # a fall of nearly 5 % is a little less than a fall of 5 %
            return Interval(low, self.high is not None, EXACT.add(high, reach), True)
        if self.bound == "nearly":
            return Interval(EXACT.subtract(low, reach), True, high, self.high is not None)
        if self.high is None and self.bound in ("over", "at_least"):
            return Interval(low, True, INFINITE, False)
        if self.high is None and self.bound in ("under", "at_most"):
            return Interval(-INFINITE, False, high, True)
        return Interval(low, True, high, True)

    @property
    def rounded(self) -> Interval:
        """All that would be written like this: of an exact number all that rounds to it."""
        if self.bound != "exact":
            return self.meant
        low, _, high, _ = self.meant
        return Interval(EXACT.subtract(low, self.half), True, EXACT.add(high, self.half), True)

    def holds(self, other: Figure) -> bool:
        """Say whether another number may be this one, written more precisely."""
        if other.high is None and other.bound == "exact":
            return self.rounded.holds(other.value)
        return other.meant.inside(self.rounded)


def agree(one: Figure, other: Figure) -> bool:
    """Say whether two numbers are one value: the interval or rounding of one holds the other."""
    return one.holds(other) or other.holds(one)
