"""Recorded paragraphs are found in a text, and every difference is told, whatever is repeated."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.text.locate import Difference, locate
from factpack.text.text_record import Paragraph, Text, digest

LINES = st.lists(st.sampled_from("abcde"), max_size=8)
DISTINCT = st.permutations("abcdefgh").flatmap(lambda all_: st.integers(0, 8).map(lambda end: all_[:end]))


def record(lines: str | list[str]) -> Text:
    return Text("doc-x", "", 0, tuple(Paragraph(digest(line), len(line), ()) for line in lines))


def told(recorded: str, text: str, *furniture: int) -> tuple[str, list[tuple[int, str, str]]]:
    found, differences = locate(record(recorded), text, furniture)
    return "".join(each or "-" for each in found), [(each.paragraph, each.kind, each.found) for each in differences]


@pytest.mark.parametrize(
    ("recorded", "text", "furniture", "found", "differences"),
    [
        ("abc", "xxabcyy", (), "abc", []),
        ("abc", "xxacyy", (), "ac", [(2, "missing", "")]),
        ("abc", "xxaBcyy", (), "aBc", [(2, "changed", "B")]),
        ("abc", "aXbc", (), "aXbc", [(1, "added", "X")]),
        ("abc", "bc", (), "bc", [(1, "missing", "")]),
        ("abc", "ab", (), "ab", [(3, "missing", "")]),
        ("abc", "aXYc", (), "aXYc", [(2, "changed", "X"), (2, "added", "Y")]),
        ("a-b-c", "a-B-c", (), "a-B-c", [(3, "changed", "B")]),
        ("abc", "abXabc", (), "abc", []),
        ("abc", "aXc", (2,), "a-c", []),
        ("abc", "ac", (2,), "a-c", []),
        ("abcd", "bcd", (1,), "-bcd", []),
        ("abcd", "XbCd", (1,), "XbCd", [(1, "changed", "X"), (3, "changed", "C")]),
        ("abc", "xyz", (), "xyz", [(1, "changed", "x"), (2, "changed", "y"), (3, "changed", "z")]),
    ],
)
def test_each_difference_is_told(
    recorded: str, text: str, furniture: tuple[int, ...], found: str, differences: list[tuple[int, str, str]]
) -> None:
    assert told(recorded, text, *furniture) == (found, differences)


@given(recorded=LINES, text=LINES)
def test_the_differences_lead_from_the_record_to_the_text(recorded: list[str], text: list[str]) -> None:
    found, differences = locate(record(recorded), text)
    rebuilt: list[str] = []
    for number in range(len(recorded) + 1):
        here = [each for each in differences if each.paragraph == number]
        own = [each.found for each in here if each.kind == "changed"]
        missing = any(each.kind == "missing" for each in here)
        if number:
            rebuilt += own or ([] if missing else [recorded[number - 1]])
        rebuilt += [each.found for each in here if each.kind == "added"]
    assert found == rebuilt
    assert "".join(rebuilt) in "".join(text)


@given(recorded=DISTINCT, text=DISTINCT)
def test_of_distinct_paragraphs_at_least_as_many_are_found_as_by_difflib(recorded: list[str], text: list[str]) -> None:
    _, differences = locate(record(recorded), text)
    kept = len(recorded) - sum(each.kind != "added" for each in differences)
    matcher = SequenceMatcher(None, recorded, text, autojunk=False)
    assert kept >= sum(block.size for block in matcher.get_matching_blocks())


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("recorded", "text"),
    [
        (["a"] * 20_000, ["a"] * 10_000 + ["b"] + ["a"] * 9_999),
        (["a", "b"] * 10_000, ["b", "a", "x"] * 6_000),
        ([str(number) for number in range(20_000)], [str(number) for number in range(20_000, 0, -1)]),
        (["a"] * 10_000 + ["c"], ["a"] * 20_000),
    ],
    ids=["one changed", "repeated", "reversed", "nearly"],
)
def test_repeated_paragraphs_take_no_square_of_time(recorded: list[str], text: list[str]) -> None:
    """`difflib` takes the square and more."""
    _, differences = locate(record(recorded), text)
    assert isinstance(differences[0], Difference)
