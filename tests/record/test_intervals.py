"""Intervals: what a number with its qualifier may be, and which numbers are one value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.record.intervals import Figure, Interval, agree

BOUNDS = ["exact", "over", "at_least", "about", "nearly", "at_most", "under"]
NUMBERS = st.decimals(-1000, 1000, places=2)


def figure(text: str, bound: str = "exact", high: str | None = None, *, points: bool = False) -> Figure:
    value = Decimal(text)
    half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
    return Figure(value, bound, Decimal(high) if high else None, half, points)


FIGURES = st.builds(figure, NUMBERS.map(str), st.sampled_from(BOUNDS), points=st.booleans())


@pytest.mark.parametrize(
    ("one", "low", "high"),
    [
        (figure("6.5", "about", points=True), "6.0", "7.0"),
        (figure("380", "about"), "372.4", "387.6"),
        (figure("-4", "about"), "-4.08", "-3.92"),
        (figure("13", "nearly"), "12.74", "13"),
        (figure("3", "at_least", "3.5"), "3", "3.5"),
        (figure("30", "about", "35"), "29.4", "35.6"),
        (figure("500", "over"), "500", "Infinity"),
        (figure("500", "under"), "-Infinity", "500"),
        (figure("17"), "17", "17"),
    ],
)
def test_what_a_number_may_be_follows_from_its_qualifier(one: Figure, low: str, high: str) -> None:
    assert (one.meant.low, one.meant.high) == (Decimal(low), Decimal(high))


def test_nearly_is_below_and_without_the_value() -> None:
    assert not figure("300", "nearly").meant.holds(Decimal(300))
    assert figure("300", "nearly").meant.holds(Decimal("299.9"))


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        (figure("2000", "over"), figure("2020"), True),
        (figure("2000", "over"), figure("2100", "over"), True),
        (figure("2000", "over"), figure("1990"), False),
        (figure("129"), figure("128.93"), True),
        (figure("129"), figure("128.4"), False),
        (figure("0.8"), figure("0.9"), False),
        (figure("6.5", "about", points=True), figure("6.4"), True),
        (figure("300", "nearly"), figure("300"), False),
        (figure("300", "nearly"), figure("298"), True),
        (figure("30", "at_least", "35"), figure("33"), True),
        (figure("30", "at_least", "35"), figure("36"), False),
        (figure("10", "at_most"), figure("4"), True),
    ],
)
def test_two_numbers_are_one_value_where_the_interval_or_rounding_of_one_holds_the_other(
    one: Figure, other: Figure, are_one: bool
) -> None:
    assert agree(one, other) is are_one
    assert agree(other, one) is are_one


@given(FIGURES)
def test_a_number_agrees_with_itself_and_is_meant_by_what_rounds_to_it(one: Figure) -> None:
    assert agree(one, one)
    assert one.meant.inside(one.rounded)


@given(FIGURES, FIGURES)
def test_what_is_inside_is_not_apart(one: Figure, other: Figure) -> None:
    assert not (one.meant.inside(other.meant) and one.meant.apart(other.meant))
    assert one.meant.apart(other.meant) is other.meant.apart(one.meant)


def test_ends_that_touch_are_apart_unless_both_belong() -> None:
    below, above = Interval(Decimal(1), True, Decimal(2), False), Interval(Decimal(2), True, Decimal(3), True)
    assert below.apart(above)
    assert not below._replace(high_in=True).apart(above)
