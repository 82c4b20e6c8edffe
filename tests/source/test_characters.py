"""Which characters a source may hold."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.source.assigned import is_assigned
from factpack.source.characters import (
    FORBIDDEN,
    MARKS_LIMIT,
    NO_STARTER,
    UNUSUAL,
    fault_values,
    faults,
    stacked_marks,
)
from factpack.source.ordinary import OTHERS, ordinary, without_radicals
from factpack.text.token import normal_form


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
        "（一）“四上”企业：2家；《规划》、〔2025〕3号！％～？【】",
        "35℃、10㎡、Ⅱ类、①、x² 和 ½、№ 5、￥3",
        "\u3400 \U00020bb7 \U00031350 \U0002ebf0 \ufa0e",
        "a\u3000b",
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
        ("x\u0378", (1, "forbidden-character", "U+0378")),
        ("\u3130", (0, "forbidden-character", "U+3130")),
        ("武\U000e0100", (1, "forbidden-character", "U+E0100")),
        ("\U00031350\U000323b0", (1, "forbidden-character", "U+323B0")),
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


@pytest.mark.parametrize(
    ("text", "place", "found", "meant"),
    [
        ("传承\u2f42化", 2, "U+2F42", "文"),
        ("\u2ed3江", 0, "U+2ED3", "长"),
        ("\u2f00\u2f06\u31d0", 0, "U+2F00 U+2F06 U+31D0", "一二一"),
        ("\uff12\uff10\uff12\uff15年", 0, "U+FF12 U+FF10 U+FF12 …", "2025"),
        ("\uff27\uff24\uff30", 0, "U+FF27 U+FF24 U+FF30", "GDP"),
        ("\uf9ff \U0002f800", 0, "U+F9FF", "刺"),
        ("5\u00a0km", 1, "U+00A0", " "),
        ("e\ufb03cient", 1, "U+FB03", "ffi"),
        ("一\ufe10二", 1, "U+FE10", "，"),
        ("\ufe43引\ufe44", 0, "U+FE43", "『"),
        ("\U0001d401", 0, "U+1D401", "B"),
        ("\uff76", 0, "U+FF76", "カ"),
    ],
)
def test_what_only_looks_like_another_is_told_with_the_other(text: str, place: int, found: str, meant: str) -> None:
    (at, code, excerpt), *_ = faults(text)
    assert (at, code) == (place, "lookalike-character")
    assert fault_values(code, excerpt) == {"found": found, "ordinary": meant}


ALL = [chr(code) for code in range(sys.maxunicode + 1)]


def test_what_is_meant_has_no_fault_and_is_what_texts_are_compared_by() -> None:
    for sign in ALL:
        if OTHERS.match(sign) and is_assigned(sign):
            assert ordinary(sign) != sign
            assert not list(faults(f"一{ordinary(sign)}")), sign
            if not "\ufe10" <= sign <= "\ufe6f":  # upright forms of Chinese signs are compared as narrow ones
                assert normal_form(without_radicals(sign)) == normal_form(ordinary(sign))


def test_signs_that_form_parts_of_characters_or_look_like_them_are_all_known() -> None:
    blocks = [*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA), *range(0x2F800, 0x2FA1E)]
    unlike = {
        0x2E80,
        0x2E9A,
        0xFA0E,
        0xFA0F,
        0xFA11,
        0xFA13,
        0xFA14,
        0xFA1F,
        0xFA21,
        0xFA23,
        0xFA24,
        0xFA27,
        0xFA28,
        0xFA29,
    }
    unlike |= {0xFA6E, 0xFA6F}
    assert {code for code in blocks if not OTHERS.match(chr(code))} == unlike


def test_no_character_that_is_told_passes_for_usual() -> None:
    assert not [sign for sign in ALL if not UNUSUAL.match(sign) and (OTHERS.match(sign) or not is_assigned(sign))]


def test_characters_are_those_of_unicode_14_and_later_chinese_ones() -> None:
    """Every Python that runs this knows at least Unicode 14, the one of Python 3.11."""
    later = {*range(0x31350, 0x323B0), *range(0x2EBF0, 0x2EE5E)}
    known = {ord(sign) for sign in ALL if unicodedata.category(sign) != "Cn"} | later
    ours = {ord(sign) for sign in ALL if is_assigned(sign)}
    assert ours <= known
    if unicodedata.unidata_version == "14.0.0":
        assert ours == known
