"""Text records: what is kept of a published text, and that it comes back from its JSON as it was."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.text.text_record import Quote, Text, decode, digest, encode, make, split, with_quotes
from factpack.text.token import normal_form

PIECES = [
    "增长",
    "超",
    "5.5%",
    "2025年",
    "第一",
    "，",
    "。",
    "；",
    "两家企业",
    "下降7.8%",
    "a",
    " ",
    "\u3000",
    "五个中心",
    "分别",
]
LINES = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
BLANK = st.sampled_from(["", " ", "\u00a0", "\u3000\u3000", " \u00a0\u3000 "])
PUBLISHED = st.lists(LINES | BLANK, max_size=6).map("\n".join)


def recorded(text: str, *quotes: tuple[int, str]) -> Text:
    paragraphs = split(text)
    by_paragraph: dict[int, list[str]] = {}
    for paragraph, quote in quotes:
        by_paragraph.setdefault(paragraph, []).append(quote)
    return with_quotes(make("doc-x", paragraphs, frozenset()), paragraphs, by_paragraph)


# ---- paragraphs


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("", []),
        ("\n \n\u00a0\n\u3000\u3000\n", []),
        ("一\n\n二", ["一", "二"]),
        ("\u3000\u3000一\u3000\n\u00a0\n\u3000\n 二 三 \n", ["一", "二三"]),
        ("一\r\n\r\n二\r\n", ["一", "二"]),
        ("２０２５年\uff0c５％", ["2025年,5%"]),
    ],
)
def test_a_paragraph_is_a_line_that_is_not_blank_in_normal_form(text: str, paragraphs: list[str]) -> None:
    assert split(text) == paragraphs


@given(text=PUBLISHED)
def test_paragraphs_count_the_lines_that_hold_more_than_white_space(text: str) -> None:
    lines = [line for line in text.split("\n") if line.replace("\u00a0", "").replace("\u3000", "").replace(" ", "")]
    assert len(split(text)) == len(lines)


@given(lines=st.lists(LINES, max_size=5), blanks=st.lists(BLANK, min_size=1, max_size=3))
def test_blank_lines_change_nothing(lines: list[str], blanks: list[str]) -> None:
    assert split("\n".join(lines)) == split("\n".join(part for line in lines for part in (*blanks, line, *blanks)))


# ---- digests


def test_digests_are_of_the_normal_forms_and_the_whole_leaves_furniture_out() -> None:
    paragraphs = ["甲", "页脚", "乙丙"]
    text = make("doc-x", paragraphs, frozenset({2}))
    assert text.sha256 == hashlib.sha256("甲\n乙丙".encode()).hexdigest()
    assert text.length == len("甲\n乙丙")
    assert [(each.sha256, each.length) for each in text.paragraphs] == [
        (hashlib.sha256(each.encode()).hexdigest(), len(each)) for each in paragraphs
    ]


@given(text=PUBLISHED)
def test_a_saved_copy_in_another_unicode_form_or_spacing_has_the_same_record(text: str) -> None:
    other = "\n".join(f" {unicodedata.normalize('NFD', line)}\u3000" for line in text.split("\n"))
    assert recorded(other) == recorded(text)


# ---- quotes


def test_quotes_that_stand_in_their_paragraph_are_kept_with_their_place_and_number() -> None:
    text = recorded("一湖两带，一湖\n乙", (1, "两 带"), (1, "一湖"), (1, "三带"), (2, "一湖"), (2, "乙"))
    assert text.paragraphs[0].quotes == (Quote(0, 2, digest("一湖"), 2), Quote(2, 2, digest("两带"), 1))
    assert text.paragraphs[1].quotes == (Quote(0, 1, digest("乙"), 1),)
    assert text.paragraphs[0].find("两\u3000带") == Quote(2, 2, digest("两带"), 1)
    assert text.paragraphs[0].find("三带") is None


@given(line=LINES.filter(normal_form), data=st.data())
def test_a_quote_lies_where_it_is_said_to_lie(line: str, data: st.DataObject) -> None:
    whole = normal_form(line)
    start = data.draw(st.integers(0, len(whole) - 1))
    quote = whole[start : data.draw(st.integers(start + 1, len(whole)))]
    found = recorded(line, (1, quote)).paragraphs[0].find(quote)
    assert found
    assert whole[found.start : found.end] == quote
    assert found.start == whole.index(quote)
    assert found.count == whole.count(quote)


@pytest.mark.parametrize(
    ("quote", "sentence", "clause"),
    [
        ("甲乙", True, True),
        ("甲乙。", True, True),
        ("丙丁", False, True),
        ("。丙丁；戊", False, True),
        ("戊己", False, True),
        ("丙丁；戊己", True, True),
        ("乙。丙", False, False),
        ("丁；戊", False, False),
        ("甲", False, False),
    ],
)
def test_a_quote_is_a_sentence_or_a_clause_if_it_holds_all_between_two_ends(
    quote: str, sentence: bool, clause: bool
) -> None:
    paragraph = recorded("甲乙。丙丁；戊己", (1, quote)).paragraphs[0]
    found = paragraph.find(quote)
    assert found
    assert (paragraph.is_sentence(found), paragraph.is_clause(found)) == (sentence, clause)


# ---- the JSON of a text record


@given(
    text=PUBLISHED.filter(split),
    quotes=st.lists(st.tuples(st.integers(1, 3), st.sampled_from(PIECES).filter(normal_form))),
)
def test_a_text_record_comes_back_from_its_json(text: str, quotes: list[tuple[int, str]]) -> None:
    made = recorded(text, *quotes)
    raw = encode(made)
    assert decode(raw) == made
    assert encode(decode(raw)) == raw
    assert json.loads(raw)["document"] == "doc-x"


def test_a_small_share_comes_back_without_an_exponent() -> None:
    made = recorded("占0.00000001%")
    assert decode(encode(made)) == made


@given(text=PUBLISHED)
def test_a_text_record_holds_no_sentence_of_the_text(text: str) -> None:
    """Tokens and Chinese numerals are kept; no run of other words is."""
    raw = encode(recorded(f"某处{text}文字。")).decode()
    assert "某处" not in raw
    assert "文字" not in raw


def test_a_text_record_has_a_line_for_each_paragraph_token_and_quote_so_that_changes_can_be_reviewed() -> None:
    lines = encode(recorded("增长5%\n企业30栋", (2, "30栋"))).decode().splitlines()
    assert sum(line.startswith('{"sha256"') for line in lines) == 2
    assert sum('"text": ' in line for line in lines) == 2
    assert sum('"count": ' in line for line in lines) == 1
    assert any('"text": "30栋"' in line for line in lines)


def spoilt(how: str) -> bytes:
    """Return a good text record with one thing wrong."""
    data: dict[str, Any] = json.loads(encode(recorded("增长5%", (1, "5%"))))
    paragraph = data["paragraphs"][0]
    match how:
        case "no paragraphs":
            del data["paragraphs"]
        case "paragraphs not a list":
            data["paragraphs"] = 3
        case "paragraph not a mapping":
            data["paragraphs"] = ["x"]
        case "value not a number":
            paragraph["tokens"][0]["value"] = "five"
        case "unknown field of a token":
            paragraph["tokens"][0]["colour"] = "red"
        case "quote not a mapping":
            paragraph["quotes"] = [1]
        case "value without end":
            paragraph["tokens"][0]["value"] = "Infinity"
        case "value with an exponent":
            paragraph["tokens"][0]["value"] = "1e999999999"
        case "word that drives a terminal":
            paragraph["words"] = [[0, 1, "\x1b[31m"]]
        case "token on two lines":
            paragraph["tokens"][0]["text"] = "5%\n::error::"
        case "unit that hides":
            paragraph["tokens"][0]["unit"] = "%\u202e"
        case "word of the wrong length":
            paragraph["words"] = [[1, 2]]
        case "series not a list":
            paragraph["tokens"][0]["series"] = 3
        case "breaks not a list":
            paragraph["breaks"] = 3
        case "clauses not a list":
            paragraph["clauses"] = 3
        case "clauses not numbers":
            paragraph["clauses"] = ["3"]
        case "offset not a number":
            paragraph["tokens"][0]["start"] = "2"
        case "length not a number":
            paragraph["length"] = None
        case "period not a text":
            paragraph["tokens"][0]["period"] = []
        case "period that drives a runner":
            paragraph["tokens"][0]["period"] = "\n::error::"
        case "place of a quote not a number":
            paragraph["quotes"][0]["start"] = "0"
    return json.dumps(data).encode()


SPOILT = [
    "no paragraphs",
    "paragraphs not a list",
    "paragraph not a mapping",
    "value not a number",
    "unknown field of a token",
    "quote not a mapping",
    "word of the wrong length",
    "value without end",
    "value with an exponent",
    "word that drives a terminal",
    "token on two lines",
    "unit that hides",
    "series not a list",
    "breaks not a list",
    "clauses not a list",
    "clauses not numbers",
    "offset not a number",
    "length not a number",
    "place of a quote not a number",
    "period not a text",
    "period that drives a runner",
]


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{", b'"x"', b"\xff", b"[" * 100_000, *map(spoilt, SPOILT)])
def test_what_is_no_text_record_is_refused_with_a_plain_error(raw: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        decode(raw)


def test_a_text_record_without_paragraphs_is_refused_for_every_text_would_agree_with_it() -> None:
    with pytest.raises(ValueError, match="no paragraphs"):
        decode(b'{"document": "doc-a", "sha256": "", "length": 0, "paragraphs": []}')
