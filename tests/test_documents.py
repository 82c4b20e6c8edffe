"""The loader: bytes to data with a mark for every path, and a problem at a line for everything else."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import MINIMAL
from factpack.documents import DEPTH_LIMIT, NODE_LIMIT, TEXT_LIMIT, Document, Path, load
from factpack.project import FILE_LIMIT

GOOD = (MINIMAL / "sources" / "indicators" / "ind-gdp.yaml").read_bytes()


def read(text: str | bytes) -> Document:
    return load("sources/x.yaml", text if isinstance(text, bytes) else text.encode("utf-8"))


def told(text: str | bytes) -> list[tuple[str, int, int]]:
    return [(each.code, each.line, each.column) for each in read(text).problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2100", 2100),
        ("-7", -7),
        ("0", 0),
        ("2.80", Decimal("2.80")),
        ("-0.5", Decimal("-0.5")),
        ("true", True),
        ("false", False),
        ("~", None),
        ("", None),
        ("'2025'", "2025"),
        ("2021/2025", "2021/2025"),
        ("武昌区", "武昌区"),
        ("a:b", "a:b"),
        ("C#", "C#"),
        ('"a\\u00e9"', "a\u00e9"),
        (">-\n  one\n  two", "one two"),
        ("|-\n  one\n  two", "one\ntwo"),
        ("123456789012345", 123456789012345),
        ("[1, 'a']", [1, "a"]),
        ("{zh: 一, en: one}", {"zh": "一", "en": "one"}),
        ('{"zh": "一", "en": [1, 2.5, true, null]}', {"zh": "一", "en": [1, Decimal("2.5"), True, None]}),
    ],
)
def test_a_value_is_what_every_reader_takes_it_for(written: str, value: object) -> None:
    document = read(f"a: {written}\n")
    assert document.problems == ()
    assert document.data == {"a": value}
    assert document.data is not None
    assert type(document.data["a"]) is type(value)


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "Yes",
        "on",
        "OFF",
        "y",
        "N",
        "True",
        "NULL",
        "012",
        "0o17",
        "0x1F",
        "12:30",
        "1e3",
        "1.5E-3",
        ".inf",
        "-.INF",
        ".nan",
        "+1",
        ".5",
        "5.",
        "1_000",
        "2025-12-29",
        "2025-12-29T10:00:00Z",
        "0b11",
        "=",
        "-0",
        "+0.5",
    ],
)
def test_a_plain_scalar_that_readers_take_differently_is_refused(written: str) -> None:
    assert told(f"id: x\na: {written}\n") == [("ambiguous-scalar", 2, 4)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: 2\na: 3\n", ("duplicate-key", 3, 1)),
        ("a: 1\n'a': 3\n", ("duplicate-key", 2, 1)),
        ("a: &x 1\n", ("yaml-anchor", 1, 4)),
        ("a: *x\n", ("yaml-anchor", 1, 4)),
        ("<<: {b: 1}\n", ("yaml-anchor", 1, 1)),
        ("a: !!str 1\n", ("yaml-tag", 1, 4)),
        ("a: !x 1\n", ("yaml-tag", 1, 4)),
        ("%YAML 1.1\n---\na: 1\n", ("yaml-directive", 1, 1)),
        ("a: 1\n---\nb: 2\n", ("yaml-documents", 2, 1)),
        ("1: a\n", ("key-not-text", 1, 1)),
        ("true: a\n", ("key-not-text", 1, 1)),
        ("[a]: b\n", ("key-not-text", 1, 1)),
        ("a:\n\tb: 1\n", ("tab", 2, 1)),
        ("a: 'x\ty'\n", ("tab", 1, 6)),
        ("a: b # c\n", ("comment-after-text", 1, 4)),
        ("a: {zh: 一, 二, en: x}\n", ("comma-in-braces", 1, 13)),
        ("a: ''\n", ("empty-text", 1, 4)),
        ("a: ' b'\n", ("edge-space", 1, 4)),
        ("a: |\n  b\n", ("edge-space", 1, 4)),
        ("a: 1234567890123456\n", ("too-many-digits", 1, 4)),
        ('a: "\\u202e"\n', ("forbidden-character", 1, 4)),
        ('a: "x\\ty"\n', ("forbidden-character", 1, 4)),
        ("a: x\u200by\n", ("forbidden-character", 1, 5)),
        ("a: cafe\u0301\n", ("not-nfc", 1, 7)),
        ('a: "cafe\\u0301"\n', ("not-nfc", 1, 4)),
        ("a: W\u0443han\n", ("mixed-alphabets", 1, 4)),
        ("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n", ("merge-conflict", 2, 1)),
        ("a: [1\nb: 2\n", ("yaml-syntax", 2, 2)),
        ("a: 1\n b: 2\n", ("yaml-syntax", 2, 3)),
        ("", ("empty-file", 1, 1)),
        ("# nothing\n", ("empty-file", 1, 1)),
        ("- a\n", ("not-a-mapping", 1, 1)),
        ("text\n", ("not-a-mapping", 1, 1)),
        (b"\xef\xbb\xbfa: 1\n", ("byte-order-mark", 1, 1)),
        ("a: 1\nb: 武昌\n".encode("gb18030"), ("not-utf8", 2, 4)),
    ],
)
def test_what_is_refused_is_a_problem_where_it_stands(text: str | bytes, problem: tuple[str, int, int]) -> None:
    document = read(text)
    assert [(each.code, each.line, each.column) for each in document.problems] == [problem]
    assert document.data is None


def test_a_file_with_several_faults_tells_them_all() -> None:
    assert told("a: no\nb: 1e3\nc: ''\n") == [
        ("ambiguous-scalar", 1, 4),
        ("ambiguous-scalar", 2, 4),
        ("empty-text", 3, 4),
    ]


def test_windows_line_ends_give_the_same_data_and_marks() -> None:
    unix, windows = read(GOOD), read(GOOD.replace(b"\n", b"\r\n"))
    assert (unix.data, unix.marks) == (windows.data, windows.marks)


@pytest.mark.parametrize(
    ("fits", "exceeds", "code"),
    [
        (b"a: 1\n#" + b"x" * (FILE_LIMIT - 6), b"a: 1\n#" + b"x" * (FILE_LIMIT - 5), "file-too-large"),
        (
            f"a: {'[' * (DEPTH_LIMIT - 1)}{']' * (DEPTH_LIMIT - 1)}".encode(),
            f"a: {'[' * DEPTH_LIMIT}{']' * DEPTH_LIMIT}".encode(),
            "too-deep",
        ),
        (
            f"a: [{'1,' * (NODE_LIMIT - 3)}]".encode(),
            f"a: [{'1,' * (NODE_LIMIT - 2)}]".encode(),
            "too-many-nodes",
        ),
        (f"a: {'x' * TEXT_LIMIT}".encode(), f"a: {'x' * (TEXT_LIMIT + 1)}".encode(), "text-too-long"),
    ],
)
def test_a_limit_is_kept_exactly(fits: bytes, exceeds: bytes, code: str) -> None:
    assert read(fits).problems == ()
    assert [each.code for each in read(exceeds).problems] == [code]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_endless_nesting_stops_early(opening: str) -> None:
    start = time.perf_counter()
    assert told("a: " + opening * (FILE_LIMIT // len(opening) - 10))[0][0] in ("too-deep", "yaml-syntax")
    assert time.perf_counter() - start < 2


def paths(value: Any, path: Path = ()) -> list[Path]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, each in inner for found in paths(each, (*path, key)))]


def test_every_path_has_a_mark_in_block_flow_and_json() -> None:
    block = read("a: 1\nb:\n  - c: x\n    d: 'y'\n  - [1, 2]\n")
    assert block.marks.values == {
        (): (1, 1),
        ("a",): (1, 4),
        ("b",): (3, 3),
        ("b", 0): (3, 5),
        ("b", 0, "c"): (3, 8),
        ("b", 0, "d"): (4, 8),
        ("b", 1): (5, 5),
        ("b", 1, 0): (5, 6),
        ("b", 1, 1): (5, 9),
    }
    assert block.marks.keys == {("a",): (1, 1), ("b",): (2, 1), ("b", 0, "c"): (3, 5), ("b", 0, "d"): (4, 5)}
    flow = read('{"a": 1,\n "b": [{"c": "x"}]}\n')
    assert set(flow.marks.values) == set(paths(flow.data))
    assert flow.marks.values["b", 0, "c"] == (2, 14)


LEAVES = st.one_of(
    st.integers(-(10**14), 10**14), st.booleans(), st.from_regex(r"[a-z武昌][a-z ]{0,5}[a-z区]", fullmatch=True)
)
TREES = st.dictionaries(
    st.from_regex(r"k[a-z_]{0,8}", fullmatch=True),
    st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner)),
    min_size=1,
    max_size=4,
)


@given(TREES)
def test_marks_lie_in_the_text_and_point_at_the_key_and_the_value(tree: dict[str, Any]) -> None:
    import yaml

    text = yaml.safe_dump(tree, allow_unicode=True, default_style='"', sort_keys=False)
    text = "".join(line.replace("!!int ", "").replace("!!bool ", "") for line in text.splitlines(keepends=True))
    document = read(text)
    lines = text.splitlines()
    assert document.problems == () or document.problems[0].code in ("edge-space", "ambiguous-scalar")
    for path, (line, column) in document.marks.keys.items():
        assert lines[line - 1][column - 1 :].startswith((f'"{path[-1]}"', str(path[-1])))
    for line, column in document.marks.values.values():
        assert 1 <= line <= len(lines) + 1
        assert 1 <= column <= len((lines[line - 1 : line] or [""])[0]) + 1


@given(st.binary(max_size=400))
def test_no_bytes_raise(raw: bytes) -> None:
    document = read(raw)
    assert (document.data is None) == bool(document.problems)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 30), st.binary(max_size=8))
def test_no_mutation_of_a_record_raises(at: int, cut: int, put: bytes) -> None:
    document = read(GOOD[:at] + put + GOOD[at + cut :])
    assert (document.data is None) == bool(document.problems)


@given(st.text(alphabet="a1:-[]{}&*!|>'\"%@`,?# \n\t~<=.", max_size=60))
def test_no_text_of_yaml_signs_raises(text: str) -> None:
    document = read(text)
    assert (document.data is None) == bool(document.problems)
