"""Which characters a source may hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.characters import faults


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
        ("W\u0443han", (0, "mixed-alphabets", "W\u0443han")),
        ("\u0391lpha", (0, "mixed-alphabets", "\u0391lpha")),
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
