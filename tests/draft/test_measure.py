"""The measure of a number is told by its unit, and by whether it grows by or to it."""

from __future__ import annotations

import pytest

from factpack.draft.measure import measure_of
from spots import spot


@pytest.mark.parametrize(
    ("text", "quantity", "measure"),
    [
        ("财政收入〔22亿元〕。", "money", "level"),
        ("财政收入增长〔6%〕。", "ratio", "growth"),
        ("财政收入比上年增长〔6%〕左右。", "ratio", "growth"),
        ("投诉量下降〔7%〕。", "ratio", "growth"),
        ("价格涨幅控制在〔3%〕以内。", "ratio", "growth"),
        ("经济增长预期目标为〔5%〕。", "ratio", "growth"),
        ("城镇化率提高到〔66%〕。", "ratio", "share"),
        ("民生支出占比超〔八成〕。", "ratio", "share"),
        ("新增装机占全国〔一半〕。", "ratio", "share"),
        ("生产总值年均增长〔6.3%〕。", "ratio", "average_growth"),
        ("产值、投资、消费分别增长6%、〔8%〕、5%。", "ratio", "growth"),
        ("价格涨幅从7月份的6.5%回落到12月份的〔4.1%〕。", "ratio", "growth"),
        ("城镇化率由50%提高到〔52%〕。", "ratio", "share"),
        ("城镇化率提高〔2个百分点〕。", "difference", "change"),
        ("托位数较五年前增长近〔5倍〕。", "multiple", "growth"),
        ("出口额实现〔翻番〕。", "multiple", "multiple"),
        ("产值是2020年的〔2.5倍〕。", "multiple", "multiple"),
        ("排名升至〔第6名〕。", "rank", "rank"),
        ("优良天数同比增加〔18天〕。", "time", "change"),
        ("重点区域实现〔24小时〕保洁。", "time", "duration"),
        ("人均预期寿命〔82岁〕。", "time", "level"),
        ("养老金最低标准提高〔20元〕。", "money", "change"),
        ("贫困人口减少〔800万人〕。", "persons", "change"),
        ("新增就业〔3万人〕。", "persons", "level"),
    ],
)
def test_the_measure_of_a_number(text: str, quantity: str, measure: str) -> None:
    found = spot(text)
    assert measure_of(found, found.token, quantity) == measure
