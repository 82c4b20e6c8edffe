"""A number is of the time that is printed with it, else of that of its heading; a sum of all of its years."""

from __future__ import annotations

import pytest

from factpack.draft.calendar import Time
from factpack.draft.period import Dated, dated, printed_for
from spots import spot

YEAR, FIVE, PLAN, HALF = Time(2025, 2025), Time(2021, 2025), Time(2026, 2030, True), Time(2025, 2025, False, (1, 6))


def found(text: str, time: Time, measure: str = "level", timing: str = "flow") -> Dated:
    each = spot(text)
    return dated(each, time, printed_for(each, time), measure, timing)


@pytest.mark.parametrize(
    ("text", "time", "expected"),
    [
        ("财政收入22亿元,新增就业〔3万人〕。", YEAR, Dated("2025", "heading")),
        ("2024年财政收入突破〔20亿元〕。", YEAR, Dated("2024", "printed")),
        ("2026年,财政收入达到〔25亿元〕。", YEAR, Dated("2026", "heading")),
        ("财政收入25亿元,2024年首次突破20亿元,新增就业〔3万人〕。", YEAR, Dated("2025", "heading")),
        ("新增道路〔37公里〕。", FIVE, Dated("2021/2025", "heading")),
        ("居民人均收入超〔5万元〕。", FIVE, Dated("2025", "inferred")),
        ("到2030年,财政收入达到〔50亿元〕。", PLAN, Dated("2030", "heading")),
        ("上半年,财政收入〔12亿元〕。", HALF, Dated("2025-01/2025-06", "heading")),
        ("6月末,经营主体〔5万户〕。", HALF, Dated("2025-06", "printed")),
        ("贸易总额由〔3亿元〕增至4亿元。", YEAR, Dated("2024", "inferred")),
        ("到2030年,强度由〔3%〕提高到4%。", PLAN, Dated("2025", "inferred")),
        ("粮价从7月份的〔6元〕回落到12月份的4元。", YEAR, Dated("2025-07", "printed")),
        ("粮价从7月份的6元回落到12月份的〔4元〕。", YEAR, Dated("2025-12", "printed")),
        ("“十二五”期间,新建公路〔37公里〕。", YEAR, Dated("2011/2015", "heading")),
        ("五年累计,新增就业〔58万人〕。", YEAR, Dated("2021/2025", "heading")),
        ("2026年财政收入25亿元,新增就业〔3万人〕。", YEAR, Dated("2026", "heading")),
        ("“十二五”期间新建公路〔37公里〕。", YEAR, Dated("2011/2015", "printed")),
    ],
)
def test_a_level_is_of_the_time_that_is_printed_or_of_the_heading(text: str, time: Time, expected: Dated) -> None:
    assert found(text, time) == expected


@pytest.mark.parametrize(("measure", "timing"), [("share", ""), ("rank", ""), ("level", "stock"), ("change", "")])
def test_what_is_no_sum_is_of_the_last_of_several_years(measure: str, timing: str) -> None:
    assert found("绿化率〔45%〕。", FIVE, measure, timing)[:2] == ("2025", "inferred")


@pytest.mark.parametrize(
    ("text", "time", "measure", "period", "compared"),
    [
        ("财政收入增长〔6%〕。", YEAR, "growth", "2025", "2024"),
        ("优良率较“十三五”末提升〔9个百分点〕。", FIVE, "change", "2025", "2020"),
        ("托位数较五年前增长近〔5倍〕。", YEAR, "growth", "2025", "2020"),
        ("产值是2020年的〔2.5倍〕。", YEAR, "multiple", "2025", "2020"),
        ("生产总值年均增长〔6%〕。", FIVE, "average_growth", "2021/2025", "2020"),
        ("从1979年到1983年,产值平均每年增长〔7.9%〕。", YEAR, "average_growth", "1979/1983", "1978"),
        ("过去五年,产值年均增长〔11%〕。", YEAR, "average_growth", "2021/2025", "2020"),
        ("1982年产值比上年增长〔9.8%〕。", YEAR, "growth", "1982", "1981"),
        ("单位能耗累计降低〔12%〕。", PLAN, "growth", "2026/2030", "2025"),
        ("上半年,财政收入同比增长〔2%〕。", HALF, "growth", "2025-01/2025-06", "2024-01/2024-06"),
    ],
)
def test_a_growth_is_compared_to_what_is_printed_or_to_the_year_before(
    text: str, time: Time, measure: str, period: str, compared: str
) -> None:
    expected = found(text, time, measure, "")
    assert (expected.period, expected.compared_to) == (period, compared)
