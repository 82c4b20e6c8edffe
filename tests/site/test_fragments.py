"""A link to a quote opens the published page at its very words."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")

from factpack.site.fragments import words_address
from factpack.site.passages import locator_text

PAGE = "https://example.org/report.html"


def told(quote: str, *others: str) -> str:
    """Return what a browser looks for, as it reads it."""
    address = words_address(PAGE, quote, others)
    assert address.startswith(f"{PAGE}#:~:text=")
    assert address.isascii()
    return unquote(address.partition(":~:text=")[2])


def test_words_are_looked_for_as_they_are() -> None:
    assert told("预计地区生产总值突破2100亿元") == "预计地区生产总值突破2100亿元"
    assert words_address(PAGE, "增长7.8%") == f"{PAGE}#:~:text=%E5%A2%9E%E9%95%BF7.8%25"


@pytest.mark.parametrize("sign", [",", "，", ";", "；", ":", "(", "）", " "])
def test_signs_of_which_a_page_may_have_another_form_are_leapt_over(sign: str) -> None:
    assert told(f"到2030年{sign}地区生产总值{sign}力争突破") == "到2030年,力争突破"


def test_what_separates_in_a_fragment_is_encoded_in_words() -> None:
    address = words_address(PAGE, "“十四五”A-B&C")
    assert address.endswith("A%2DB%26C")
    assert unquote(address).endswith("text=“十四五”A-B&C")


def test_a_short_name_is_told_from_others_by_the_words_beside_it() -> None:
    assert told("月亮湾变电站", "月亮湾变电站", "完成月亮湾变电站建设", "今年完成月亮湾变电站建设") == (
        "完成-,月亮湾变电站,-建设"
    )
    assert told("湖", "治理,沙湖") == "沙-,湖"
    assert told("沙湖", "治理,沙湖") == "沙湖"


def test_a_page_with_an_anchor_keeps_it_and_no_page_has_no_address() -> None:
    assert words_address(f"{PAGE}#top", "沙湖") == f"{PAGE}#top:~:text=%E6%B2%99%E6%B9%96"
    assert words_address("", "沙湖") == ""
    assert words_address(PAGE, "，") == PAGE


def test_a_locator_in_both_languages_is_shown_in_one() -> None:
    assert locator_text("第一部分 / part 1", "zh") == "第一部分"
    assert locator_text("第一部分 / part 1", "en") == "part 1"
    assert locator_text("420106009000 白沙洲街道", "en") == "420106009000 白沙洲街道"
    assert locator_text("表1 / 表2", "en") == "表1 / 表2"
