"""Periods are ISO 8601 spans of whole days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.record.periods import Period, parse


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12-29", date(2025, 12, 29), date(2025, 12, 29)),
        ("2021/2025", date(2021, 1, 1), date(2025, 12, 31)),
        ("2025-01/2025-06", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025-12-01/2025-12-29", date(2025, 12, 1), date(2025, 12, 29)),
    ],
)
def test_a_period_runs_from_its_first_to_its_last_day(text: str, start: date, end: date) -> None:
    assert parse(text) == Period(start, end)


@pytest.mark.parametrize(
    "text",
    ["2025-13", "2025-02-29", "2025-00-01", "0000", "2025/2021", "2025/2025", "2021/2025-12", "2025-04-31/2025-05-01"],
)
def test_a_period_that_is_not_in_the_calendar_or_runs_backwards_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("2025", "2030", True),
        ("2021/2025", "2016/2020", True),
        ("2025", "2021/2025", False),
        ("2025-06", "2024-02", True),
        ("2025-01/2025-12", "2024", True),
        ("2025-12-29", "2026-01-01", True),
        ("2025-12-29", "2025", False),
    ],
)
def test_periods_are_comparable_when_they_are_as_many_whole_years_months_or_days(
    one: str, other: str, alike: bool
) -> None:
    assert (parse(one).shape == parse(other).shape) is alike


@given(st.dates(date(1000, 1, 1), date(9998, 1, 1)), st.integers(1, 365))
def test_an_interval_of_days_has_their_number(start: date, days: int) -> None:
    period = parse(f"{start.isoformat()}/{(start + timedelta(days)).isoformat()}")
    assert (period.start, period.end) == (start, start + timedelta(days))
    assert period.shape[0] != "days" or period.shape[1] == days + 1
