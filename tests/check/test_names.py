"""To which name a number of a passage belongs, and which names stand in it on their own."""

from __future__ import annotations

import pytest

from factpack.check.names import neighbour, spans, stands_free
from factpack.text.tokens import tokenise

BOTH = "新增停车泊位1.6万个、充电桩1万个"
SCORE = "高考一本上线率连续三年突破70%、校校都有600分"
AVERAGE = "地区生产总值年均增速6.3%"
CLASSES = "青少年爱心托管班104个,14个街道实现全覆盖"

CASES = [
    (BOTH, "1.6万个", ["停车泊位"], ["充电桩"], ""),
    (BOTH, "1万个", ["停车泊位"], ["充电桩"], "充电桩"),
    (BOTH, "1.6万个", ["充电桩"], ["停车泊位"], "停车泊位"),
    (BOTH, "1万个", ["停车泊位"], [], ""),
    (AVERAGE, "6.3%", ["地区生产总值"], ["地区生产总值年均增速"], "地区生产总值年均增速"),
    (SCORE, "600分", ["高考"], ["高考一本上线率"], ""),
    (SCORE, "70%", ["高考"], ["高考一本上线率"], "高考一本上线率"),
    (CLASSES, "14个", ["青少年爱心托管班"], ["街道"], "街道"),
    (CLASSES, "104个", ["街道"], ["青少年爱心托管班"], "青少年爱心托管班"),
    ("17个小区引入信托制物业", "17个", ["信托制物业"], [], ""),
    ("24.2万居民签约家医团队", "24.2万居民", ["居民签约家医团队"], ["医保"], ""),
    ("规模突破500亿元", "500亿元", ["基金备案"], [], ""),
]


@pytest.mark.parametrize(("text", "number", "forms", "others", "expected"), CASES)
def test_a_number_belongs_to_the_name_beside_it(
    text: str, number: str, forms: list[str], others: list[str], expected: str
) -> None:
    tokens = tokenise(text)
    token = next(each for each in tokens if each.text == number)
    assert neighbour(text, token, tokens, forms, others) == expected


def test_a_word_stands_wherever_it_begins_also_inside_itself() -> None:
    assert list(spans("东东", "东东东")) == [(0, 2), (1, 3)]


def test_a_word_inside_a_longer_name_does_not_stand_free() -> None:
    assert not stands_free("增加", "核心产业增加值居第一", ["核心产业增加值"])
    assert stands_free("增加", "核心产业增加值增加", ["核心产业增加值"])
