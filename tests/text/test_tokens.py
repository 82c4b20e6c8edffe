"""The number-token grammar. A row of a file of `cases/` is a text, its tokens, and perhaps a wrong reading.

`written` says how a token is written there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from decimal import Decimal
from functools import reduce
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import frozen
from factpack.text import grammar, numerals, readings, vocabulary
from factpack.text.token import Token, folded_numerals, normal_form, relation
from factpack.text.tokens import outside_words, tokenise
from projects import LINXI
from text.windows import digits_outside_tokens, moved, paragraphs, windows_read_alike
from text.written import all_readings, reading

HERE = Path(__file__).parent
ROWS = [
    (*line.split("\t"), "", "")[:3]
    for file in sorted((HERE / "cases").iterdir())
    for line in file.read_text("utf-8").splitlines()
    if not line.startswith("#")
]
CASES = {normal_form(text): (read, wrong) for text, read, wrong in ROWS}
TEXT = LINXI / "texts" / f"{frozen.REPORT}.txt"
phrases = st.lists(st.sampled_from(sorted(CASES)), max_size=6)
LETTERS = "0123456789.,:+-/%~—、。“”第前近超约下降分别至和余多一二十百万亿年月日个家元倍成名号上以Gk"
noise = st.text(LETTERS, max_size=40)


@pytest.mark.parametrize("text", CASES)
def test_a_text_has_the_tokens_of_its_case(text: str) -> None:
    read, wrong = CASES[text]
    assert " | ".join(all_readings(text)) == read
    assert not wrong or wrong not in all_readings(text)


def test_there_are_enough_cases_and_each_text_is_there_once() -> None:
    assert len(CASES) == len(ROWS) >= 1500
    assert sum(bool(wrong) for _, wrong in CASES.values()) >= 10


@pytest.mark.parametrize(
    "change",
    [
        {"text": "100亿元"},
        {"start": 3},
        {"kind": "rank"},
        {"value": Decimal(100)},
        {"unit": "亿"},
        {"bound": "exact"},
        {"sign": -1},
        {"reach_start": 2},
        {"reach_end": 10},
        {"series": (1, 2)},
        {"kind": "date", "period": "2025"},
    ],
)
def test_a_case_tells_every_wrong_reading(change: dict[str, object]) -> None:
    text = "突破2100亿元大关"
    (token,) = tokenise(text)
    assert reading(text, token) == "突破[2100亿元] = over 2100 亿元"
    assert reading(text, token._replace(**change)) != reading(text, token)  # type: ignore[arg-type]


@contextmanager
def words_without(section: str, word: str) -> Iterator[None]:
    """Read numbers without one of the words of a section of the vocabulary."""
    units, words = vocabulary.tables()
    changed = deepcopy((dict(units), dict(words)))
    table = changed[section.split("/")[0] not in units]
    *path, last = section.split("/")
    for each in path:
        table = table[each]
    table[last] = (
        table[last].replace(word, "")
        if path == ["not_after"]
        else " ".join(each for each in table[last].split() if each != word)
    )
    caches = (vocabulary.vocabulary, grammar.compiled, readings._words)
    try:
        for cache in caches:
            cache.cache_clear()
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(vocabulary, "tables", lambda: changed)
            vocabulary.vocabulary()
            yield
    finally:
        for cache in caches:
            cache.cache_clear()


SECTIONS = ("counting", "measuring", *(f"before/{each}" for each in vocabulary.tables()[1]["before"]), "falls/verbs")
WORDS = [
    (section, word)
    for section in SECTIONS
    for word in reduce(lambda table, key: table[key], section.split("/"), vocabulary.tables()[1]).split()
]
GUARDS = [
    (f"not_after/{word}", each) for word, others in vocabulary.tables()[1]["not_after"].items() for each in others
]
UNITS = vocabulary.tables()[0]
PLAIN = [unit for group in UNITS["measures"] for unit in group["words"].split()]
PLAIN += [
    *UNITS["spans"].split(),
    *UNITS["counted"].split(),
    *UNITS["at_end"].split(),
    *UNITS["latin"].split(),
    *UNITS["latin_exactly"].split(),
]
PLAIN += [f"{each}次" for each in UNITS["times"].split()]


@pytest.mark.parametrize(("section", "word"), WORDS + GUARDS)
def test_a_case_needs_each_word(section: str, word: str) -> None:
    texts = [text for text in CASES if word in text]
    usual = [tokenise(text) for text in texts]
    with words_without(section, word):
        assert [tokenise(text) for text in texts] != usual


def words_of(section: str) -> list[str]:
    return vocabulary.tables()[1][section].split()


@pytest.mark.parametrize("word", words_of("mottoes"))
def test_what_comes_first_in_a_motto_is_no_rank(word: str) -> None:
    assert tokenise(f"坚持{word}第一、") == ()


@pytest.mark.parametrize("word", words_of("events"))
def test_a_number_before_an_event_is_its_name(word: str) -> None:
    assert [token.kind for token in tokenise(f"7.20{word}")] == ["label"]


@pytest.mark.parametrize("word", words_of("into"))
def test_who_gets_into_a_list_has_a_rank(word: str) -> None:
    (token,) = tokenise(f"{word}全国50强")
    assert (token.kind, token.value, token.bound, token.reach_start) == ("rank", 50, "at_most", 0)


@pytest.mark.parametrize("word", words_of("ranked"))
def test_a_place_from_which_one_moves_is_a_rank(word: str) -> None:
    assert [token.value for token in tokenise(f"由第九位{word}到第五位")] == [9, 5]


@pytest.mark.parametrize("word", words_of("ordered"))
def test_what_is_ordered_has_no_rank(word: str) -> None:
    assert tokenise(f"第二、三{word}") == ()


@pytest.mark.parametrize("word", words_of("persons"))
def test_the_third_person_is_no_rank(word: str) -> None:
    assert [token.kind for token in tokenise(f"第3位{word}")] == ["label"]


@pytest.mark.parametrize("word", vocabulary.tables()[1]["falls"]["nouns"].split())
def test_a_noun_of_a_fall_makes_a_number_negative(word: str) -> None:
    assert [token.sign for token in tokenise(f"{word}达5%")] == [-1]


@pytest.mark.parametrize("word", words_of("rises"))
def test_a_rise_in_a_list_of_falls_stays_one(word: str) -> None:
    assert [token.sign for token in tokenise(f"分别下降5%、{word}8%")] == [-1, 1]


@pytest.mark.parametrize("unit", PLAIN)
def test_a_unit_is_read_whole(unit: str) -> None:
    number = 237 if unit == "日" else 37
    (token,) = tokenise(f"建成{number}{unit},")
    assert (token.value, token.unit, token.text) == (number, unit.replace("多", ""), f"{number}{unit}")


@pytest.mark.parametrize("square", UNITS["squares"]["words"].split())
def test_a_square_or_cube_of_any_unit_is_read_whole_or_not_at_all(square: str) -> None:
    lengths = vocabulary._lengths(UNITS)
    for base in {*lengths, *UNITS["squares"]["longer"].split(), *UNITS["squares"]["of"].split()}:
        (token,) = tokenise(f"建成37{square}{base},")
        assert token.unit in (f"{square}{base}", ""), base


@pytest.mark.parametrize("group", UNITS["measures"])
def test_a_unit_with_a_prefix_is_read_whole_also_before_the_rest_of_its_name(group: dict[str, str]) -> None:
    bases = group.get("bases", "").split()
    for prefix, base in product(group.get("prefixes", "").split(), bases):
        longest = max((each for each in bases if each.startswith(base)), key=len)
        for printed in (f"{prefix}{base}", f"{prefix}{longest}"):
            assert [token.unit for token in tokenise(f"建成37{printed},")] == [printed]


@pytest.mark.parametrize("word", UNITS["units_yet"].split())
def test_a_unit_before_another_word_is_one_still(word: str) -> None:
    assert [token.kind for token in tokenise(f"建成37{word},")] == ["quantity"]


@pytest.mark.parametrize("word", UNITS["not_units"].split())
def test_a_word_that_begins_as_a_unit_does_is_none(word: str) -> None:
    assert [token.kind for token in tokenise(f"建成37{word},")] == ["label"]
    assert tokenise(f"建成三十七{word},") == ()


@pytest.mark.parametrize("unit", UNITS["digits_only"].split())
def test_a_unit_of_ascii_digits_makes_no_token_of_chinese_numerals(unit: str) -> None:
    assert tokenise(f"新增三{unit},") == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("5俄里", "俄里"),
        ("5元/斛", "/斛"),
        ("3000万农民", "农民"),
        ("3部门联动", "部门"),
        ("12号线", ""),
        ("1956公园", ""),
        ("3000万", ""),
        ("达98并列", ""),
        ("“1451”体系", ""),
    ],
)
def test_a_word_behind_a_number_that_is_no_known_unit_is_told(text: str, word: str) -> None:
    (token,) = tokenise(text)
    assert token.unknown == word


@given(st.one_of(noise, st.text(), phrases.map("".join)))
def test_every_run_of_digits_lies_in_a_token(text: str) -> None:
    paragraph = normal_form(text)
    inside = {at for token in tokenise(paragraph) for at in range(token.start, token.end)}
    assert all(at in inside for at, each in enumerate(paragraph) if each in "0123456789")


@given(st.one_of(noise, st.text(), phrases.map("".join)))
def test_tokens_are_in_order_within_their_reach_and_as_printed(text: str) -> None:
    paragraph, last = normal_form(text), 0
    for token in tokenise(paragraph):
        assert last <= token.start < token.end
        assert token.text == paragraph[token.start : token.end]
        assert 0 <= token.reach_start <= token.start
        assert token.end <= token.reach_end <= len(paragraph)
        if token.kind != "ratio":
            assert (token.value is None) == (token.kind in ("date", "label"))
        last = token.end


@given(st.one_of(noise, phrases.map(",".join)))
def test_no_word_outside_overlaps_a_token_and_no_numeral_is_lost(text: str) -> None:
    paragraph = normal_form(text)
    spans = [(token.start, token.end) for token in tokenise(paragraph)]
    spans += [(start, end) for start, end, _ in outside_words(paragraph, tokenise(paragraph))]
    covered = [at for start, end in spans for at in range(start, end)]
    assert len(covered) == len(set(covered))
    assert all(at in covered for at, each in enumerate(paragraph) if each in numerals.NUMERAL)


@given(phrases)
def test_clauses_do_not_read_each_other(texts: list[str]) -> None:
    expected, at = (), 0
    for text in texts:
        expected += moved(tokenise(text), at)
        at += len(text) + 1
    assert tokenise("。".join(texts)) == expected


def test_windows_of_a_text_are_read_as_the_whole() -> None:
    assert sum(map(windows_read_alike, paragraphs(TEXT))) > 100


def test_every_run_of_digits_of_a_text_lies_in_a_token() -> None:
    listed = paragraphs(TEXT)
    assert len(listed) > 3
    assert [paragraph for paragraph in listed if digits_outside_tokens(paragraph)] == []


@pytest.mark.parametrize(
    "run",
    [
        "a",
        "9",
        "9,999",
        "1.",
        "一",
        "几一",
        "分别",
        "约近超",
        "“",
        "第1、",
        "1、",
        "1比",
        "12,",
        "1:",
        "第一、",
        "1至",
        "百分之一、",
        "3、4月",
        "2021、",
        "三比",
    ],
)
def test_a_long_run_takes_linear_time(run: str) -> None:
    paragraph = run * 10_000
    outside_words(paragraph, tokenise(paragraph))


@pytest.mark.timeout(60)
def test_words_beside_very_many_tokens_take_linear_time() -> None:
    tokens = [Token(at, at + 1, "9", "label", None, "", "exact", 1, at, at + 1) for at in range(1_000_000)]
    assert outside_words("9" * len(tokens) + "五个", tokens) == ((1_000_000, 1_000_002, "五个"),)


@pytest.mark.parametrize("numeral", ["一百" * 10_000, "十" * 100_000, "一千亿万" * 10_000])
def test_numerals_without_end_are_no_number(numeral: str) -> None:
    assert numerals.whole(numeral) is None
    assert [token for token in tokenise(f"共{numeral}个") if token.value is not None] == []


def test_the_longest_numeral_is_a_number() -> None:
    digits = "九千九百九十九"
    longest = f"{digits}万{digits}亿{digits}万{digits}"
    assert len(longest) == numerals.LONGEST
    assert numerals.whole(longest) == 9999_9999_9999_9999


@pytest.mark.parametrize(
    "text", ["1" * 5_000 + "亿1万元", "9" * 299_999 + "百元", "第" + "1" * 5_000 + "名", "0." + "1" * 5_000 + "%"]
)
def test_digits_without_end_are_a_label(text: str) -> None:
    token = tokenise(text)[0]
    assert (token.kind, token.value, token.unit, token.period) == ("label", None, "", None)


@given(st.text())
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    form = normal_form(text)
    assert normal_form(form) == form
    assert not any(each.isspace() for each in form)


def test_a_normal_form_folds_width_and_drops_white_space() -> None:
    assert normal_form(" 增长\u00a0１２．５％\u3000，共（３）家\n") == "增长12.5%,共(3)家"


def test_characters_that_would_fold_into_digits_are_found() -> None:
    assert folded_numerals("10m²、½、①、㎡、㋀、⒈") == (3, 5, 7, 9, 11, 13)
    assert folded_numerals("１２３，一二三㈠％ 10") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下降超5%", (-5, "under")),
        ("下降不超过5%", (-5, "at_least")),
        ("减少50%以上", (-50, "at_most")),
        ("减少不到3个", (-3, "over")),
        ("下降约5%", (-5, "about")),
        ("缩短近18天", (-18, "nearly")),
        ("增长超5%", (5, "over")),
        ("全国前十", (10, "at_most")),
    ],
)
def test_a_relation_lies_on_the_number_line(text: str, expected: tuple[int, str]) -> None:
    (token,) = tokenise(text)
    assert relation(token) == expected


@pytest.mark.parametrize("text", ["2025年", "12号线"])
def test_a_relation_without_a_value_equals_no_number(text: str) -> None:
    (token,) = tokenise(text)
    value, bound = relation(token)
    assert value.is_nan()
    assert bound == "exact"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“十四五”收官", ["十四五"]),
        ("打造“五个中心”", ["五个中心"]),
        ("以“五改四好”为主攻方向", ["五改四好"]),
        ("五改四好", ["五改四好"]),
        ("国际一流商圈", ["一流"]),
        ("全国统一大市场", ["统一"]),
        ("一老一小", ["一老一小"]),
        ("市级一刻钟便民生活圈5个", ["一刻"]),
        ("每千人口托位数", ["每千人"]),
        ("第十五个五年规划", ["第十五个", "五年"]),
        ("亿元以上项目40个", ["亿元"]),
        ("到二年,", ["二年"]),
        ("整改壹佰贰拾项", ["壹佰贰拾"]),
        ("增长٣倍", ["٣"]),
        ("连续八年第一", []),
        ("“五连降”", []),
    ],
)
def test_numerals_outside_the_grammar_are_listed_by_word(text: str, words: list[str]) -> None:
    found = outside_words(normal_form(text), tokenise(normal_form(text)))
    assert [word for _, _, word in found] == words
    assert all(normal_form(text)[start:end] == word for start, end, word in found)
