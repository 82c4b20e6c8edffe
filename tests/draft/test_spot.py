"""A number stands in a sentence, a clause of it, and a part of that; no words are those of two numbers."""

from __future__ import annotations

import pytest

from spots import spot


@pytest.mark.parametrize(
    ("text", "before", "behind"),
    [
        ("新建公园〔3个〕、步道5公里。", "新建公园", ""),
        ("新建公园3个、步道〔5公里〕。", "步道", ""),
        ("县里的〔12个〕村通了公路,群众满意。", "县里的", "村通了公路"),
        ("总额由3亿元增至〔5亿元〕。", "增至", ""),
        ("连续四年增长,升至〔第6名〕。", "升至", ""),
        ("排名连续四年上升、升至〔第6名〕。", "排名连续四年上升、升至", ""),
        ("人口1,250万人,就业〔30万人〕。", "就业", ""),
    ],
)
def test_its_words_end_at_marks_and_at_other_numbers(text: str, before: str, behind: str) -> None:
    found = spot(text)
    assert (found.before, found.behind) == (before, behind)


def test_its_sentence_ends_at_a_semicolon_and_its_clause_at_a_comma() -> None:
    found = spot("一产增长2%;二产增加值8亿元,增长〔5%〕,贡献突出。")
    assert found.text[slice(*found.sentence)] == "二产增加值8亿元,增长5%,贡献突出"
    assert found.text[slice(*found.clause)] == "增长5%"


def test_a_mark_within_a_number_ends_nothing() -> None:
    found = spot("发放补助〔1,250万元〕,惠及群众。")
    assert found.text[slice(*found.clause)] == "发放补助1,250万元"


def test_the_head_of_a_list_stands_before_its_first_number() -> None:
    assert spot("产值、投资、消费分别增长6%、〔8%〕、5%。").head == "产值、投资、消费分别增长"
