"""A quote is written as its text writes it, and has the same normal form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.text.original import original
from factpack.text.token import normal_form


@pytest.mark.parametrize(
    ("written", "start", "end", "found"),
    [
        ("　　收入２１.35 亿元，下降2.3％；", 0, 15, "收入21.35 亿元，下降2.3"),
        ("收入21.35亿元", 2, 7, "21.35"),
        ("a　b  c", 0, 3, "a b c"),
        ("㎡以上", 0, 2, "m2"),
        ("é", 0, 1, "é"),
    ],
)
def test_marks_and_spaces_stay_and_digits_are_normal(written: str, start: int, end: int, found: str) -> None:
    assert original(written, start, end) == found


@given(st.text("收入2１.５，,；　 ㎡亿e\u0301", min_size=1), st.data())
def test_the_normal_form_stays(written: str, data: st.DataObject) -> None:
    normal = normal_form(written)
    start = data.draw(st.integers(0, max(0, len(normal) - 1)))
    end = data.draw(st.integers(start + 1, max(start + 1, len(normal))))
    if normal:
        assert normal_form(original(written, start, end)) == normal[start:end]
