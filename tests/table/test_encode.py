"""Bytes of tables and records, read back by the csv and json readers that everyone has."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.table.encode import cell, csv_lines, json_array, json_bytes

WHOLE = st.integers(-(2**63), 2**63 - 1)
NUMBERS = WHOLE | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), min_size=1)
VALUES = st.none() | st.booleans() | NUMBERS | TEXTS


def cells(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True))


# ---- CSV


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-5, "-5"),
        (210_000_000_000, "210000000000"),
        (Decimal("31.0"), "31.0"),
        (Decimal("2.50"), "2.50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.0000001"), "0.0000001"),
        (Decimal("-7.8"), "-7.8"),
        ("00123", "00123"),
        ("true", "true"),
    ],
)
def test_a_cell_is_null_as_nothing_truth_in_lower_case_and_a_number_as_authored(value: object, written: str) -> None:
    assert cell(value) == written


@given(table=st.lists(st.lists(VALUES, min_size=1, max_size=4), max_size=5))
def test_a_csv_reader_gets_back_every_cell(table: list[list[object]]) -> None:
    assert cells(csv_lines(table)) == [[cell(value) for value in row] for row in table]


AWKWARD = st.text(',"\n\r\t a一', max_size=3)


@given(table=st.lists(st.lists(AWKWARD | VALUES, max_size=4), max_size=5))
def test_lines_are_those_that_the_writer_of_python_writes(table: list[list[object]]) -> None:
    expected = io.StringIO()
    csv.writer(expected, lineterminator="\n").writerows([cell(value) for value in row] for row in table)
    assert csv_lines(table).decode() == expected.getvalue()


def test_lines_end_in_a_line_feed_and_begin_with_no_byte_order_mark() -> None:
    assert csv_lines([["id", "name"], ["a", None]]) == b"id,name\na,\n"
    assert csv_lines([]) == b""


def test_only_what_needs_quotes_has_them_and_chinese_stays_as_it_is() -> None:
    row = ["一湖，两带", "a,b", 'say "x"', "two\nlines", "=1+1", "分"]
    assert csv_lines([row]).decode() == '一湖，两带,"a,b","say ""x""","two\nlines",=1+1,分\n'


@given(number=NUMBERS)
def test_a_number_has_the_same_digits_in_csv_and_json_and_no_exponent(number: Any) -> None:
    written = cell(number)
    assert "e" not in written.lower()
    assert json_bytes(number).decode() == written
    assert Decimal(written) == number


# ---- JSON


JSON = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
)


@given(value=JSON, indent=st.integers(0, 3))
def test_a_json_reader_gets_back_every_value_with_keys_in_their_order(value: Any, indent: int) -> None:
    read = json.loads(json_bytes(value, indent))
    assert read == value
    assert json.dumps(read) == json.dumps(value)


@given(value=JSON)
def test_json_looks_as_the_standard_library_writes_it_with_two_spaces(value: Any) -> None:
    assert json_bytes(value).decode() == json.dumps(value, ensure_ascii=False, indent=2)


def test_chinese_stays_as_it_is_in_json() -> None:
    assert json_bytes({"名": ["一湖，两带"]}).decode() == '{\n  "名": [\n    "一湖，两带"\n  ]\n}'


def test_decimals_keep_their_digits_in_json() -> None:
    text = json_bytes({"value": Decimal("31.0"), "list": [Decimal("1E+3")]})
    assert json.loads(text, parse_float=str, parse_int=str) == {"value": "31.0", "list": ["1000"]}


@given(entries=st.lists(JSON, max_size=4))
def test_an_array_made_piece_by_piece_is_the_array_made_at_once(entries: list[Any]) -> None:
    made = b"".join(json_array(json_bytes(each, 1) for each in entries))
    assert made.decode() == json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
