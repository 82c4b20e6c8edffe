"""Numbers are read in any string without harm, and in linear time; the fuzzer sees what is broken when something is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from factpack.text.lookalikes import suspicions
from factpack.text.page import TEXT_LIMIT
from factpack.text.token import Token, normal_form
from factpack.text.tokens import outside_words, tokenise
from laws import number_strings

SHAPES = (
    *(
        "a",
        "9",
        "9,999",
        "1.",
        "1..",
        "1·",
        "一",
        "几一",
        "数",
        "几",
        "半",
        "过半",
        "前",
        "翻",
        "l",
        "O1",
        "1l",
        "12,",
        "0",
    ),
    *("万", "千", "百", "十一", "一万", "1万", "1千", "1亿1万", "9亿9千万", "5万多亿", "三点", "1点", "零", "一千亿万"),
    *("百分之", "1分之", "一分之", "百分之一、", "三分之一至", "1/", "2/3", "2/3、", "成", "七成五、", "过半数"),
    *("1:", "1比", "1：", "8.1∶40.2∶", "1:1,", "1至", "一至", "1-", "-1", "1~~", "3至5个、", "第3-5位、"),
    *(
        "分别",
        "分别为",
        "分别为1%、",
        "约近超",
        "第1、",
        "第",
        "第一,",
        "第一、",
        "连续第",
        "连续第三年",
        "跻身",
        "跻身全国1强",
    ),
    *(
        "每人",
        "1元每",
        "1元/",
        "元/人",
        "“",
        "“1",
        "“1”",
        "《1》",
        "老1条",
        "1事",
        "1.1暴雨",
        "中1中",
        "倒数第",
        "摆在第一位",
    ),
    *(
        "过",
        "少",
        "上万",
        "上",
        "一强",
        "1强",
        "的",
        "1条、",
        "1个和",
        "近1年",
        "下降",
        "下降1%、",
        "突破1项关键",
        "2021、",
    ),
    *(
        "2025年",
        "12月",
        "16:",
        "1:01",
        "一九九八年",
        "1+",
        "1×1",
        "A1",
        "1A",
        "1.1.",
        "第1季度",
        "1平方",
        "1兆",
        "1立方千",
        "1标准",
    ),
)
"""What a text repeats, each with some rule of the grammar that looks further than a character."""
LONG = TEXT_LIMIT // 4
"""Characters: what grows with their square takes minutes, and what a text may have at most takes seconds."""


def test_thousands_of_strings_break_nothing() -> None:
    tally = number_strings.run(20_000, 2_000, 20251229)
    assert tally.failures == [], str(tally)
    assert tally.strings > 21_900


FOUND = (
    *(
        "92110892383221558201144329085千",
        "到862811626283459191‐0小时",
        "分别为862811626283459191、5个",
        "4与16:01来",
        "7及9月",
        "2例“-2·7",
        "一比亿",
    ),
    *("1.6:1873074095073114522783142237734157", "1⁄ā", "1⁄俄里"),
)
"""What strings like these have broken."""


@pytest.mark.parametrize("text", FOUND)
def test_what_broke_is_read(text: str) -> None:
    assert [*number_strings.broken(text), *number_strings.unkept(text)] == []


def test_the_same_seed_gives_the_same_strings(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(number_strings.Tally, "take", lambda tally, text, kept: seen.append(f"{text} {kept}"))
    for seed in (7, 7, 8):
        number_strings.run(50, 50, seed)
    first, again, other = (seen[at : at + len(seen) // 3] for at in range(0, len(seen), len(seen) // 3))
    assert first == again != other


NINE = Token(0, 2, "99", "label", None, "", "exact", 1, 0, 2)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ((), "the digit at 0"),
        ((NINE, NINE), "an overlap"),
        ((NINE._replace(start=4, end=6, reach_start=4, reach_end=6), NINE), "tokens out of order"),
        ((NINE._replace(text="98"),), "the token 98"),
        ((NINE._replace(reach_end=1),), "the token 99"),
        ((NINE._replace(reach_end=70),), "the token 99"),
        ((NINE._replace(unknown="个"),), "the token 99"),
    ],
)
def test_a_broken_law_is_seen(monkeypatch: pytest.MonkeyPatch, found: tuple[Token, ...], told: str) -> None:
    monkeypatch.setattr(number_strings, "tokenise", lambda text: found)
    assert told in [*number_strings.broken("99俄里99三")]


def test_a_lost_numeral_a_wrong_place_and_an_exception_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(number_strings, "outside_words", lambda text, tokens: ())
    monkeypatch.setattr(number_strings, "suspicions", lambda text: ((0, 9, "ends"),))
    assert [*number_strings.broken("三九")] == ["the numeral at 0", "the numeral at 1", "a place of damage"]
    monkeypatch.setattr(number_strings, "suspicions", lambda text: 1 // 0)
    tally = number_strings.Tally()
    tally.take("三", kept=False)
    assert "ZeroDivisionError" in str(tally)


def test_a_record_that_is_read_otherwise_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    made = number_strings.make("doc-x", ["99个"], frozenset())
    assert [*number_strings.unkept("99个")] == []
    (paragraph,) = made.paragraphs
    (token,) = paragraph.tokens
    wrong = number_strings.encode(made).replace(b'"99"', b'"98"')
    assert number_strings.decode(wrong).paragraphs[0].tokens == (token._replace(value=Decimal(98)),)
    monkeypatch.setattr(number_strings, "encode", lambda text: wrong)
    assert [*number_strings.unkept("99个")] == ["a record that is read otherwise"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("run", SHAPES)
@pytest.mark.parametrize("look", [tokenise, lambda text: outside_words(text, ()), suspicions], ids=["1", "2", "3"])
def test_a_long_paragraph_takes_linear_time(look: Callable[[str], object], run: str) -> None:
    look(normal_form(run * (LONG // len(run))))


def test_the_strings_have_the_words_of_the_grammar() -> None:
    assert {"公里", "平方", "超过", "以上", "下降", "跻身"} <= set(number_strings.parts())
