"""Headings, their order and the title tell which years a part of a document looks back on or plans for."""

from __future__ import annotations

import pytest

from factpack.draft.calendar import Calendar, Section, Time, months_in

HEADINGS = (
    "题名与开场",
    "2025年工作回顾",
    "“十四五”时期成就",
    "二、主要困难与问题",
    "三、今后工作",
    "“十五五”时期目标",
    "2026年重点工作",
    "名词注释",
)
CALENDAR = Calendar([Section(each, at, at) for at, each in enumerate(HEADINGS, 1)], "县政府工作报告", 2025, 2025)


@pytest.mark.parametrize(
    ("paragraph", "time"),
    [
        (1, Time(2025, 2025)),
        (2, Time(2025, 2025)),
        (3, Time(2021, 2025)),
        (4, Time(2025, 2025)),
        (5, Time(2026, 2026, True)),
        (6, Time(2026, 2030, True)),
        (7, Time(2026, 2026, True)),
        (8, Time(2025, 2025)),
        (99, Time(2025, 2025)),
    ],
)
def test_a_heading_tells_years_and_what_follows_a_review_is_planned(paragraph: int, time: Time) -> None:
    assert CALENDAR.time(paragraph) == time


@pytest.mark.parametrize(
    ("title", "time"),
    [
        ("关于2026年国民经济和社会发展计划的报告", Time(2026, 2026, True)),
        ("2025年上半年经济运行情况", Time(2025, 2025, False, (1, 6))),
        ("关于2025年计划执行情况与2026年计划草案的报告", Time(2024, 2024)),
        ("政府工作报告(2025年3月5日)", Time(2024, 2024)),
    ],
)
def test_the_title_tells_where_no_heading_does(title: str, time: Time) -> None:
    assert Calendar([Section("全文", 1, 9)], title, 2025, 2024).time(3) == time


def test_several_years_are_a_span_and_part_of_a_year_months() -> None:
    assert Time(2021, 2025).span == "2021/2025"
    half = Time(2025, 2025, False, (1, 6))
    assert (half.span, half.before) == ("2025-01/2025-06", "2024-01/2024-06")
    assert months_in("前三季度,全县") == (1, 9)
    assert months_in("全年") is None
