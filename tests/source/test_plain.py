"""The fast reader: what it takes, and what it leaves to the strict loader. See `laws/test_readers.py` for its law."""

from __future__ import annotations

import sys
import unicodedata
from decimal import Decimal

import pytest

from factpack.disk.project import FILE_LIMIT
from factpack.source import plain
from factpack.source.characters import faults
from factpack.source.strict import DEPTH_LIMIT, DIGIT_LIMIT, NODE_LIMIT, TEXT_LIMIT
from laws import hostile_files as hostile
from laws.readers import compared

LONG = {
    "items": ("a:\n", "  - 1\n"),
    "items that are mappings": ("a:\n", "  - a: 1\n"),
    "keys": ("", "a{}: 1\n"),
    "keys of keys": ("", "a{}:\n  b: 1\n"),
    "empty lines": ("a: 1\n", "\n"),
    "comments": ("a: 1\n", "#\n"),
}
"""Heads with lines that repeat, `{}` for their number."""


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2100", 2100),
        ("-7", -7),
        ("0", 0),
        ("2.80", Decimal("2.80")),
        ("-0.5", Decimal("-0.5")),
        ("true", True),
        ("'2025'", "2025"),
        ("'it''s # so'", "it's # so"),
        ("a:b", "a:b"),
        ("C#", "C#"),
        ("2024年", "2024年"),
        ("10,000 items", "10,000 items"),
        ("5.“四气”", "5.“四气”"),
        ("3.XR元宇宙项目", "3.XR元宇宙项目"),
        ("0.1.0", "0.1.0"),
    ],
)
def test_what_records_hold_is_taken(written: str, value: object) -> None:
    text = f"a: {written}\nb:\n  - c: {written}\n  - {written}\n"
    assert repr(plain.read(text.encode())) == repr({"a": value, "b": [{"c": value}, value]})
    assert compared(text)


@pytest.mark.parametrize(
    "written",
    [
        *hostile.AMBIGUOUS,
        *("yEs", "~", "null", "", " ", "x # y", "a:", "x ", "x\u3000", "\u3000x", "''", "' x'", "'x", "'x' # y"),
        *("1" * (DIGIT_LIMIT + 1), "1." + "1" * DIGIT_LIMIT, f"{'1' * 9}.{'1' * 7}", "00"),
        *("&a x", "*a", "!a x", "|", ">-", "[a]", "{a: b}", "@x"),
    ],
)
def test_what_the_loader_must_judge_is_left_to_it(written: str) -> None:
    for text in ("a: {}", "a:\n  - {}\n", "a:\n  - b: {}\n", "a: 1\n{}: 1\n"):
        assert plain.read(text.format(written).encode()) is None


@pytest.mark.parametrize(
    "text",
    [
        *("a:\n   b: 1\n  c: 1\n", "a:\n  b: 1\n   c: 1\n", "a:\n  b: 1\n c: 1\n", "a: 1\n  b: 1\n", " a: 1\nb: 1\n"),
        *("a:\n    b: 1\n", "a:\nb: 1\n", "a:\n", "a: 1\n- 1\n", "a:\n  - 1\n  b: 1\n", "a:\n  b: 1\n  - 1\n"),
        *("a:\n  - b: 1\n   c: 1\n", "a:\n  - 1\n    b: 1\n", "a:\n  - b: 1\n      c: 1\n", "a:\n  b:\n  c: 1\n"),
        *("a: b\nc\n", "a: b\n  c\n", "a: 'b\n  c'\n", "a:\n  b\n", "a: 1\na: 1\n", "a:\n  - b: 1\n    b: 1\n"),
        *("---\na: 1\n", "a: 1\n...\n", "a: 1\n---\n", "%YAML 1.2\n---\na: 1\n", "- a: 1\n", "a:\n  - - 1\n"),
        *("a\n", "-\n", "", "\n", "#\n"),
    ],
)
def test_lines_that_do_not_plainly_hang_together_are_left_to_the_loader(text: str) -> None:
    assert not compared(text)


def test_a_long_key_is_left_to_the_loader() -> None:
    for length in (100, 101, 1023, 1024, 1025, 2000):
        text = f"{'k' * length}: a\nb:\n  - {'k' * length}: a\n"
        assert compared(text) == (length <= 100)


def test_characters_that_are_not_looked_at_are_harmless_beside_any_others() -> None:
    every = [*map(chr, range(sys.maxunicode + 1))]
    usual = [each for each in every if not plain._ODD.match(each)]
    assert not list(faults("".join(usual)))
    moved = {each for each in every if unicodedata.combining(each)}
    joined = {last for each in every for last in unicodedata.normalize("NFD", each)[1:]}
    assert not (moved | joined) & set(usual)


@pytest.mark.parametrize("name", LONG)
def test_a_text_as_long_as_may_be_is_within_the_limits_of_the_loader(name: str) -> None:
    text, line = LONG[name]
    number = 0
    while len(longer := text + line.format(number)) <= plain.LENGTH_LIMIT:
        text = longer
        number += 1
    assert compared(text)
    assert plain.read(longer.encode()) is None


def test_the_limit_on_the_length_keeps_the_others() -> None:
    assert 4 * plain.LENGTH_LIMIT <= FILE_LIMIT
    assert plain.LENGTH_LIMIT <= TEXT_LIMIT
    assert plain.LENGTH_LIMIT * 4 // 9 < NODE_LIMIT
    assert compared("a: " + "𠮷" * (plain.LENGTH_LIMIT - 3))


@pytest.mark.parametrize(("first", "more"), [("{}a:", "  "), ("{}- a:", "    ")])
def test_a_text_that_is_too_deep_is_left_to_the_loader(first: str, more: str) -> None:
    taken = []
    for depth in range(1, DEPTH_LIMIT + 4):
        levels = "".join(f"{first.format('  ' + more * level)}\n" for level in range(depth))
        taken.append(compared(f"a:\n{levels}  {more * depth}- a\n"))
    assert taken[0]
    assert not taken[-1]


def test_what_is_remembered_is_bounded_in_number_and_in_length() -> None:
    plain._place.cache_clear()
    plain._short_value.cache_clear()
    for number in range(max(plain.HEADS_KEPT, plain.SCALARS_KEPT) + 10):
        assert plain.read(f"a{number}: x{number}\n".encode()) == {f"a{number}": f"x{number}"}
    assert plain._place.cache_info().currsize == plain.HEADS_KEPT
    assert plain._short_value.cache_info().currsize == plain.SCALARS_KEPT
    plain._place.cache_clear()
    plain._short_value.cache_clear()
    longer = "y" * (plain.SHORT + 1)
    assert plain.read(f"#{'x' * plain.HEAD_LIMIT}: y\na: {longer}\n".encode()) == {"a": longer}
    assert plain._place.cache_info().currsize == 1
    assert plain._short_value.cache_info().currsize == 0
