"""Under a plan a number is aimed at, behind 预计 expected, else a result; so is what a plan says of the past."""

from __future__ import annotations

import pytest

from factpack.draft.calendar import Time
from factpack.draft.period import printed_for
from factpack.draft.status import status_of, strives
from spots import spot

REVIEW, PLAN = Time(2025, 2025), Time(2026, 2026, True)


@pytest.mark.parametrize(
    ("text", "time", "status"),
    [
        ("财政收入〔22亿元〕。", REVIEW, ("actual", False)),
        ("预计财政收入〔22亿元〕。", REVIEW, ("estimate", False)),
        ("预计生产总值210亿元,财政收入〔22亿元〕。", REVIEW, ("estimate", True)),
        ("预计生产总值210亿元。财政收入〔22亿元〕。", REVIEW, ("actual", False)),
        ("人均预期寿命〔82岁〕。", REVIEW, ("actual", False)),
        ("财政收入增长〔5%〕。", PLAN, ("target", False)),
        ("预计高校毕业生〔12万人〕。", PLAN, ("estimate", True)),
        ("去年建成公园〔12个〕,群众欢迎。", PLAN, ("actual", True)),
        ("粮食产量不低于去年,新增就业〔3万人〕。", PLAN, ("target", False)),
        ("去年成效明显,今年新建公园〔3个〕。", PLAN, ("target", False)),
        ("2026年,财政收入增长〔5%〕。", REVIEW, ("target", False)),
        ("强度由〔3%〕提高到4%。", PLAN, ("actual", False)),
        ("力争财政收入突破〔25亿元〕。", REVIEW, ("target", False)),
    ],
)
def test_the_status_of_a_number(text: str, time: Time, status: tuple[str, bool]) -> None:
    each = spot(text)
    assert status_of(each, time, printed_for(each, time), 2025) == status


def test_what_is_striven_for_is_told() -> None:
    assert strives(spot("力争引进企业5家、项目〔50个〕。"))
    assert not strives(spot("力争引进企业5家,新建项目〔50个〕。"))
