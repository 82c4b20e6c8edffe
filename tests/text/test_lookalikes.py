"""Signs that look alike, and places where a number may be damaged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.text.lookalikes import HYPHENS, POINTS, RATIOS, WAVES, plain_signs, suspicions
from factpack.text.token import normal_form
from factpack.text.tokens import tokenise


@pytest.mark.parametrize(("signs", "one"), [(POINTS, "."), (WAVES, "~"), (HYPHENS, "-"), (RATIOS, ":"), ("⁄", "/")])
def test_signs_that_look_alike_are_one_between_digits(signs: str, one: str) -> None:
    assert {plain_signs(f"3{each}5") for each in signs} == {f"3{one}5"}


def test_a_sign_of_a_ratio_that_folds_to_two_stops_is_one_of_a_ratio() -> None:
    assert plain_signs(normal_form("8.1︰40.2")) == "8.1::40.2"
    assert plain_signs("3...5") == "3...5"


def test_a_middle_dot_in_a_name_stays() -> None:
    assert plain_signs("卡尔·马克思") == "卡尔·马克思"


@pytest.mark.parametrize("each", [*WAVES, *HYPHENS])
def test_a_range_is_read_with_every_sign_for_it(each: str) -> None:
    low, high = tokenise(f"20{each}30亩")
    assert [(end.value, end.unit, end.bound) for end in (low, high)] == [(20, "亩", "at_least"), (30, "亩", "at_most")]


@given(st.text("0123456789·•∶︰〜—-.,:lO年万%", max_size=20))
def test_plain_signs_keep_every_offset(text: str) -> None:
    paragraph = normal_form(text)
    plain = plain_signs(paragraph)
    assert len(plain) == len(paragraph)
    assert [at for at, each in enumerate(plain) if each.isdigit()] == [
        at for at, each in enumerate(paragraph) if each.isdigit()
    ]


@pytest.mark.parametrize(
    ("paragraph", "found"),
    [
        ("增长25l亿元", [("25l", "letter")]),
        ("投资l20亿元", [("l20", "letter")]),
        ("投资1O亿元", [("1O", "letter")]),
        ("2OO8年", [("2OO8", "letter")]),
        ("O2O模式", []),
        ("5G基站、PM2.5浓度、K11项目", []),
        ("投资12,34万元", [("12,34", "grouping")]),
        ("投资12,345万元", []),
        ("到018年底", [("018年", "zero")]),
        ("2025年08月", []),
        ("增长5一6%", [("一", "dash")]),
        ("增长5。3%", [("5。3", "point")]),
        ("增长5.%", [("5.", "point")]),
        ("达到98。2024年", []),
        ("生态移民3", [("3", "ends")]),
        ("2.5", [("2.5", "ends")]),
        ("综合指数7.", [("7.", "ends")]),
        ("发布时间:2026-01-19 16:01", []),
        ("细颗粒物PM2.5", []),
        ("万元以上", [("万元", "begins")]),
        ("%的增长", [("%", "begins")]),
        (".5%的增长", [(".", "begins")]),
        ("1.加快发展", []),
        ("30个项目", []),
        ("元旦期间", []),
    ],
)
def test_a_place_where_a_number_may_be_damaged_is_told(paragraph: str, found: list[tuple[str, str]]) -> None:
    form = normal_form(paragraph)
    assert [(form[start:end], reason) for start, end, reason in suspicions(form)] == found


@pytest.mark.parametrize("text", ["投资25l亿元", "投资l20亿元", "投资12,34万元", "到018年"])
def test_what_may_be_damaged_has_no_value(text: str) -> None:
    assert [token.value for token in tokenise(text)] == [None]
