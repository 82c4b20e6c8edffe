"""A period is written as readers of each language write it, whatever its ends."""

from __future__ import annotations

import pytest

from factpack.package.periods import period


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2025", "2025年", "2025"),
        ("2021/2025", "2021—2025年", "2021–2025"),
        ("2018-01", "2018年1月", "January 2018"),
        ("2018-01/2018-06", "2018年1—6月", "January–June 2018"),
        ("2018-07/2019-06", "2018年7月—2019年6月", "July 2018 – June 2019"),
        ("2025-12-29", "2025年12月29日", "29 December 2025"),
        ("2025-12-01/2025-12-29", "2025年12月1日—12月29日", "1 December – 29 December 2025"),
        ("2025-12-29/2026-01-03", "2025年12月29日—2026年1月3日", "29 December 2025 – 3 January 2026"),
        ("2026-01-19T16:01:00+08:00", "2026年1月19日16:01", "19 January 2026, 16:01"),
    ],
)
def test_a_period_is_written_for_readers(text: str, zh: str, en: str) -> None:
    assert (period(text, "zh"), period(text, "en")) == (zh, en)
