"""Which characters a source may hold."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.source.characters import FORBIDDEN, MARKS_LIMIT, NO_STARTER, UNUSUAL, faults, stacked_marks


@pytest.mark.parametrize(
    "text",
    [
        "武昌区，2100亿元！",
        "naïve café",
        "Ω is one letter",
        "Привет",
        "1451 + “四气”",
        "a\nb",
        "e.g. 5 km² 🙂️",
        "CO₂",
        "学Wuhan在",
        "GDP与α系数",
        "☀️ 1️⃣ ㊗️",
    ],
)
def test_what_people_write_has_no_fault(text: str) -> None:
    assert list(faults(text)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a\x00b", (1, "forbidden-character", "U+0000")),
        ("a\x1b[31m", (1, "forbidden-character", "U+001B")),
        ("a\x85b", (1, "forbidden-character", "U+0085")),
        ("a\u2028b", (1, "forbidden-character", "U+2028")),
        ("ab\u202e", (2, "forbidden-character", "U+202E")),
        ("a\u200bb", (1, "forbidden-character", "U+200B")),
        ("\ufeffa", (0, "forbidden-character", "U+FEFF")),
        ("a\ue000", (1, "forbidden-character", "U+E000")),
        ("a\U000e0041", (1, "forbidden-character", "U+E0041")),
        ("a\rb", (1, "forbidden-character", "U+000D")),
        ("\ud800", (0, "forbidden-character", "U+D800")),
        ("cafe\u0301", (3, "not-nfc", "e\u0301")),
        ("ok\ncafe\u0301", (6, "not-nfc", "e\u0301")),
        ("xe" + "\u0301\u0327" * 5, (2, "stacked-marks", "U+0301")),
        ("W\u0443han", (0, "mixed-alphabets", "W\u0443han")),
        ("\u0391lpha", (0, "mixed-alphabets", "\u0391lpha")),
        ("q\u0301\u0430", (0, "mixed-alphabets", "q\u0301\u0430")),
        ("H2\u041e", (0, "mixed-alphabets", "H2\u041e")),
        ("武\ufe0f", (1, "forbidden-character", "U+FE0F")),
        ("2\ufe0f", (1, "forbidden-character", "U+FE0F")),
        ("\u2800", (0, "forbidden-character", "U+2800")),
        ("\U0001ffff", (0, "forbidden-character", "U+1FFFF")),
        ("武\u0430x汉", (0, "mixed-alphabets", "武\u0430x汉")),
    ],
)
def test_a_fault_is_found_where_it_stands(text: str, fault: tuple[int, str, str]) -> None:
    assert list(faults(text)) == [fault]


def test_a_line_end_of_windows_is_no_fault() -> None:
    assert list(faults("a\r\nb")) == []


@given(st.text())
def test_faults_lie_in_the_text_and_never_raise(text: str) -> None:
    assert all(0 <= offset < len(text) for offset, _, _ in faults(text))


def test_no_forbidden_character_passes_for_usual() -> None:
    assert not [code for code in range(0x110000) if FORBIDDEN.match(chr(code)) and not UNUSUAL.match(chr(code))]


def test_every_character_that_controls_or_has_no_meaning_of_its_own_is_forbidden() -> None:
    signs = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}  # seen with their digits
    kinds = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
    hidden = {code for code in range(0x110000) if unicodedata.category(chr(code)) in kinds}
    assert {code for code in hidden if not FORBIDDEN.match(chr(code))} <= {0x09, 0x0A, *signs}


@given(st.text(st.sampled_from("ae\u0301\u0327\u0308\u3099\u05b0一 \u0f73\U0001d165"), max_size=40))
def test_a_stack_is_the_first_run_of_too_many_marks(text: str) -> None:
    marks = "".join("x" if unicodedata.combining(sign) else "." for sign in text)
    assert (-1 if (at := stacked_marks(text)) is None else at) == marks.find("x" * (MARKS_LIMIT + 1))


def test_no_other_character_begins_with_a_mark() -> None:
    quick = re.compile(NO_STARTER)
    for sign in map(chr, range(sys.maxunicode + 1)):
        if not quick.match(sign):
            assert not unicodedata.combining(("".join(unicodedata.normalize("NFKD", sign).split()) or "x")[0])


@pytest.mark.timeout(60)
@pytest.mark.parametrize("marks", ["\u0301\u0327", "\u0327\u0301\u05b0"])
def test_very_many_marks_are_told_and_not_normalised(marks: str) -> None:
    stack = "e" + marks * 300_000
    assert [code for _, code, _ in faults(stack)] == ["stacked-marks"]
