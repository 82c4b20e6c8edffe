"""Headings, sections and the lines of a web page are found in any report that is numbered as official ones are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.draft.outline import headings, page_lines, sections

TEXT = [
    "县政府工作报告",
    "各位代表:",
    "一、去年工作回顾",
    "(一)经济平稳运行。全年生产总值增长5%。",
    "产业向好。",
    "(二)民生改善",
    "新增就业3000人。",
    "二、今年工作安排",
    "做好三件事:",
    "一是修路;二是建校。",
    "名词解释",
    "1.“一湖”:东湖。",
]
PAGE = ["政府门户网站", "当前位置:首页>报告", *TEXT, "版权所有:县政府", "ICP备1号", "技术支持"]


def test_headings_have_levels_and_words() -> None:
    found = [(each.paragraph, each.level, each.words, each.alone) for each in headings(TEXT)]
    assert found == [
        (3, 1, "一、去年工作回顾", True),
        (4, 2, "(一)经济平稳运行", False),
        (6, 2, "(二)民生改善", True),
        (8, 1, "二、今年工作安排", True),
        (11, 1, "名词解释", True),
    ]


def test_a_heading_with_nothing_of_its_own_belongs_to_the_first_section_under_it() -> None:
    found = [(each.first, each.last, each.heading.words if each.heading else each.what) for each in sections(TEXT)]
    assert found == [
        (1, 2, "opening"),
        (3, 5, "(一)经济平稳运行"),
        (6, 7, "(二)民生改善"),
        (8, 10, "二、今年工作安排"),
        (11, 12, "名词解释"),
    ]


def test_what_a_page_shows_around_its_text_is_no_part_of_it() -> None:
    found = page_lines(PAGE)
    assert sorted(found) == [1, 2, 15, 16, 17]
    assert found[1] == found[2] == {"zh": "网页导航", "en": "Navigation of the web page"}
    divided = sections(PAGE, found)
    assert [(each.first, each.last) for each in divided if each.what == "page"] == [(1, 2), (15, 17)]
    assert [each.first for each in divided] == [1, *(each.first + 2 for each in sections(TEXT)), 15]


def test_behind_the_copyright_note_of_a_page_nothing_is_of_the_text() -> None:
    note = ["本作品是中华人民共和国的", "法律", ",其决议、决定不适用。", "公有领域", "。", "false"]
    found = page_lines([*TEXT, *note])
    assert sorted(found) == list(range(len(TEXT) + 1, len(TEXT) + len(note) + 1))
    assert {each["en"] for each in found.values()} == {"Copyright note of the web page"}


@pytest.mark.parametrize("line", ["来源:县政府。今年公开信息300条。", "字号企业10家。"])
def test_a_sentence_is_no_line_of_a_page_because_of_a_word_in_the_midst_of_a_text(line: str) -> None:
    assert page_lines([*TEXT[:5], line, *TEXT[5:]]) == {}


lines = st.lists(st.sampled_from([*PAGE, "长" * 60 + "。", "x", "(三)", "二、"]), min_size=1, max_size=20)


@given(lines)
def test_sections_cover_every_text_without_gaps(texts: list[str]) -> None:
    found = sections(texts, page_lines(texts))
    assert (found[0].first, found[-1].last) == (1, len(texts))
    assert all(one.last + 1 == other.first for one, other in pairwise(found))
    assert all(each.first <= each.last for each in found)
