"""What was done in a period is a flow, what is there at its end a stock; where nothing tells it, that is said."""

from __future__ import annotations

import pytest

from factpack.draft.timing import Timing, timing_of
from spots import spot


@pytest.mark.parametrize(
    ("text", "quantity", "timing"),
    [
        ("新增经营主体〔4000户〕。", "households", "flow"),
        ("经营主体突破〔2万户〕。", "households", "stock"),
        ("累计建成充电桩〔300个〕。", "count", "stock"),
        ("累计新建学校〔8所〕。", "count", "flow"),
        ("社保基金累计结余〔28亿元〕。", "money", "stock"),
        ("教育经费五年累计支出〔7亿元〕。", "money", "flow"),
        ("财政收入达到〔22亿元〕。", "money", "flow"),
        ("存款余额达到〔220亿元〕。", "money", "stock"),
        ("海绵城市面积达〔9平方公里〕。", "area", "stock"),
        ("全年接待游客〔28万人次〕。", "person_times", "flow"),
        ("固定资产投资突破〔40亿元〕。", "money", "flow"),
        ("起征点从2000元提高到〔3500元〕。", "money", "stock"),
        ("教育支出增加到〔12亿元〕。", "money", "flow"),
        ("原煤产量达到〔10亿吨〕。", "mass", "flow"),
    ],
)
def test_the_words_nearest_to_a_number_tell_its_timing(text: str, quantity: str, timing: str) -> None:
    assert timing_of(spot(text), quantity) == Timing(timing)


@pytest.mark.parametrize(
    ("text", "quantity", "timing"),
    [
        ("〔9个〕项目竣工投产。", "count", "flow"),
        ("〔7个〕村实现垃圾分类。", "count", "unstated"),
        ("人均预期寿命〔82岁〕。", "time", "unstated"),
        ("棉花〔6万吨〕。", "mass", "flow"),
        ("公路总里程410万公里,其中高速公路〔8万公里〕。", "length", "stock"),
    ],
)
def test_what_is_only_likely_is_a_guess(text: str, quantity: str, timing: str) -> None:
    assert timing_of(spot(text), quantity) == Timing(timing, True)
