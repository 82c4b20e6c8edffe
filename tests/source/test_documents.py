"""The loader: bytes to data with a mark for every path, and a problem at a line for everything else."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from factpack.disk.project import FILE_LIMIT
from factpack.source.decoding import PROBLEM_LIMIT
from factpack.source.documents import Document, load
from factpack.source.marks import Mark, Path
from factpack.source.strict import DEPTH_LIMIT, DIGIT_LIMIT, NODE_LIMIT, TEXT_LIMIT
from factpack.words import LANGUAGES
from projects import MINIMAL

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
        ("[b,\n  # c\n# d\n\n  'e\n\n  f']", ["b", "e\nf"]),
        ("'#b' # c", "#b"),
        ('"b\\\\\n\n  c"', "b\\\nc"),
        ("{? b : c}", {"b": "c"}),
        ("|- # c\n  b", "b"),
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
        ("a: {zh: 一, 二, en: x}\n", ("comma-in-braces", 1, 12)),
        ("a: [b,\nc]\n", ("line-not-indented", 2, 1)),
        ("a: {\n  b: c\n}\n", ("line-not-indented", 3, 1)),
        ("a:\n- [b,\nc]\n", ("line-not-indented", 3, 1)),
        ("a:\n  - [b,\n  c]\n", ("line-not-indented", 3, 3)),
        ("a:\n  - b: [c,\n    [d]]\n", ("line-not-indented", 3, 5)),
        ('a: "b\nc"\n', ("line-not-indented", 2, 1)),
        ("a: 'b\n\n# c'\n", ("line-not-indented", 3, 1)),
        ("a: ['b\n# c']\n", ("line-not-indented", 2, 1)),
        ("a: ['b\nc']\n", ("line-not-indented", 2, 1)),
        ("a:\n|-\n  b\n", ("line-not-indented", 2, 1)),
        ("? 'a\n  b\nc'\n: d\n", ("line-not-indented", 3, 1)),
        ('a: "b"# c\n', ("comment-without-space", 1, 7)),
        ("a: [b]# c\n", ("comment-without-space", 1, 7)),
        ("a: [b,# c\n  d]\n", ("comment-without-space", 1, 7)),
        ("a: {# c\n  d: e}\n", ("comment-without-space", 1, 5)),
        ("a: |-# c\n  d\n", ("comment-without-space", 1, 6)),
        ("a: [?b]\n", ("ambiguous-scalar", 1, 6)),
        ("a: {?b: c}\n", ("ambiguous-scalar", 1, 6)),
        ("a: [-]\n", ("ambiguous-scalar", 1, 5)),
        ('a: "b\\\n\n  c"\n', ("ambiguous-scalar", 1, 4)),
        ("a: |\n  b", ("edge-space", 1, 4)),
        ("a: >+\n  b", ("edge-space", 1, 4)),
        ("a: b\n...\n...\n", ("yaml-documents", 3, 1)),
        ("a:\n  zh: {en: x, and}\n", ("comma-in-braces", 2, 15)),
        ("a: ''\n", ("empty-text", 1, 4)),
        ("a: ' b'\n", ("edge-space", 1, 4)),
        ("a: |\n  b\n", ("edge-space", 1, 4)),
        ("a: x\u3000\n", ("edge-space", 1, 4)),
        ("a: \u00a0x\n", ("lookalike-character", 1, 4)),
        ("a: x\u00a0y\n", ("lookalike-character", 1, 5)),
        ('a: "x\\_y"\n', ("lookalike-character", 1, 4)),
        ("a: \u2f42化\n", ("lookalike-character", 1, 4)),
        ("# \uff11\na: x\n", ("lookalike-character", 1, 3)),
        ("a: x\u0378\n", ("forbidden-character", 1, 5)),
        ('a: "x\\r\\ny"\n', ("forbidden-character", 1, 4)),
        ("a: 1234567890123456\n", ("too-many-digits", 1, 4)),
        ('a: "\\u202e"\n', ("forbidden-character", 1, 4)),
        ('a: "x\\ty"\n', ("forbidden-character", 1, 4)),
        ("a: x\u200by\n", ("forbidden-character", 1, 5)),
        ("a: cafe\u0301\n", ("not-nfc", 1, 7)),
        ('a: "cafe\\u0301"\n', ("not-nfc", 1, 4)),
        ("a: W\u0443han\n", ("mixed-alphabets", 1, 4)),
        ("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n", ("merge-conflict", 2, 1)),
        ("a: [1\nb: 2\n", ("yaml-syntax", 2, 2)),
        ("a: 1\nb: [1, 2", ("yaml-syntax", 2, 9)),
        ("a: 1\nb: 'x\nc: 2\n", ("yaml-syntax", 2, 4)),
        ('a: 1\nb: "x\nc: 2\n', ("yaml-syntax", 2, 4)),
        ("a: b: c\n", ("yaml-syntax", 1, 5)),
        ("a:\n  b: 1\n c: 2\n", ("yaml-syntax", 3, 2)),
        ("a: @x\n", ("yaml-syntax", 1, 4)),
        ("a: {x: 1, x: 2}\n", ("duplicate-key", 1, 11)),
        ("a:\n  b: 1\na:\n  c: 2\n", ("duplicate-key", 3, 1)),
        ("&x a: 1\n", ("yaml-anchor", 1, 1)),
        ("!!map {a: 1}\n", ("yaml-tag", 1, 1)),
        ("a: ! x\n", ("yaml-tag", 1, 4)),
        ("a:\n  no: x\n", ("key-not-text", 2, 3)),
        ("? [a]\n: x\n", ("key-not-text", 1, 3)),
        ("a: {{b: c}: d}\n", ("key-not-text", 1, 5)),
        ("a: one\n  two # three\n", ("comment-after-text", 1, 4)),
        ("a: [x # y\n  ]\n", ("comment-after-text", 1, 5)),
        ("a: x # y\r\nb: 1\r\n", ("comment-after-text", 1, 4)),
        ("a: '\u3000x'\n", ("edge-space", 1, 4)),
        ("a: x\rb: y\n", ("forbidden-character", 1, 5)),
        ("a: x\u2028b: y\n", ("forbidden-character", 1, 5)),
        ('"a\\u200b": x\n', ("forbidden-character", 1, 1)),
        ("a: 1\r\n<<<<<<< HEAD\r\nb: 1\r\n=======\r\nb: 2\r\n>>>>>>> x\r\n", ("merge-conflict", 2, 1)),
        ("a: 武昌\n".encode("utf-16"), ("not-utf8", 1, 1)),
        ("a: x\n".encode("utf-16-le"), ("not-utf8", 1, 2)),
        ("---\n", ("empty-file", 1, 1)),
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
        (f"a: '{'武' * TEXT_LIMIT}'".encode(), f"a: '{'武' * (TEXT_LIMIT + 1)}'".encode(), "text-too-long"),
        (b"a: " + b"1" * DIGIT_LIMIT, b"a: " + b"1" * (DIGIT_LIMIT + 1), "too-many-digits"),
        (b"a: -1." + b"1" * (DIGIT_LIMIT - 1), b"a: -1." + b"1" * DIGIT_LIMIT, "too-many-digits"),
        (b"a: 0.000" + b"1" * DIGIT_LIMIT, b"a: 0.000" + b"1" * (DIGIT_LIMIT + 1), "too-many-digits"),
    ],
)
def test_a_limit_is_kept_exactly(fits: bytes, exceeds: bytes, code: str) -> None:
    assert read(fits).problems == ()
    assert [each.code for each in read(exceeds).problems] == [code]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_endless_nesting_stops_early(opening: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read_ahead, parse = [], yaml.parse
    monkeypatch.setattr(yaml, "parse", lambda *a, **b: (read_ahead.append(event) or event for event in parse(*a, **b)))
    assert told("a: " + opening * (FILE_LIMIT // len(opening) - 10))[0][0] in ("too-deep", "yaml-syntax")
    assert len(read_ahead) <= 5 * DEPTH_LIMIT, "the loader goes no further than where it is too deep"


@pytest.mark.parametrize(
    "raw",
    [
        *(b"[" * 100_000, b"{" * 100_000, b"[a, " * 60_000, b"a: " * 80_000, b"&a " * 80_000, b"'" * FILE_LIMIT),
        *(
            b"\t" + b"\x01\n" * 200,
            b"- ''\n" * 200 + b"[",
            b"\x01" * FILE_LIMIT,
            b"\x01\n" * (FILE_LIMIT // 2),
        ),
        *("\u200b".encode() * (FILE_LIMIT // 3), b"{a" + b",a" * 99 + b": [", b"a: no\n" * 99 + b"b: ["),
        *(b"{" + b"a," * 100_000, b"a:\n" + b"- no\n" * 50_000, b"a: " + b"9" * 60_000, b'a: "' + b"\\0" * 100_000),
    ],
    ids=lambda raw: ascii(raw[:6]),
)
@pytest.mark.timeout(60)
def test_a_hostile_file_is_refused_with_few_problems(raw: bytes) -> None:
    assert 1 <= len(read(raw).problems) <= PROBLEM_LIMIT


def test_a_character_is_told_once_a_line() -> None:
    faults = told("a: x\u200b\u200by\nb: \u200bx\n")
    assert faults == [("forbidden-character", 1, 5), ("forbidden-character", 2, 4)]


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


class Writer:
    """Writes a value as YAML, in lines or braces as chosen, and notes where each value and key begins."""

    def __init__(self, choose: st.DataObject) -> None:
        self.choose = choose
        self.text = ""
        self.values: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}

    def here(self) -> Mark:
        return self.text.count("\n") + 1, len(self.text) - self.text.rfind("\n")

    def lines(self, path: Path, value: dict[str, Any] | list[Any], indent: int) -> None:
        """Write a collection line by line; the cursor is where its first line goes on."""
        self.values[path] = self.here()
        for number, (step, each) in enumerate(value.items() if isinstance(value, dict) else enumerate(value)):
            self.text += "" if number == 0 else "\n" + " " * indent
            if isinstance(value, list):
                self.text += "- "
            else:
                self.key((*path, step))
            if not each or not isinstance(each, (dict, list)) or self.choose.draw(st.booleans()):
                self.line((*path, step), each)
            else:
                self.text += "" if isinstance(value, list) else "\n" + " " * (indent + 2)
                self.lines((*path, step), each, indent + 2)

    def line(self, path: Path, value: Any) -> None:
        """Write a value in braces, brackets or quotes."""
        self.values[path] = self.here()
        if not isinstance(value, (dict, list)):
            self.text += self.scalar(value)
            return
        self.text += "{" if isinstance(value, dict) else "["
        for step, each in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(value, dict):
                self.key((*path, step))
            self.line((*path, step), each)
            self.text += self.choose.draw(st.sampled_from([", ", ",\n          "]))
        self.text += "}" if isinstance(value, dict) else "]"

    def key(self, path: Path) -> None:
        self.keys[path] = self.here()
        self.text += self.scalar(path[-1]) + ": "

    def scalar(self, value: Any) -> str:
        if not isinstance(value, str):
            return str(value).lower().replace("none", "null")
        quoted = "'" + value.replace("'", "''") + "'"
        return self.choose.draw(st.sampled_from([quoted, json.dumps(value, ensure_ascii=False)]))


WORDS = st.text("abcxyz 武昌区'\"\\:#,[]{}-!&*?|>%@1.", min_size=1, max_size=9).filter(
    lambda text: text == text.strip()
)
SCALARS = WORDS | st.integers(-(10**9), 10**14) | st.booleans() | st.none() | st.decimals(-999, 999, places=2)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=10
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(WORDS, VALUES, min_size=1, max_size=4), st.data())
def test_each_mark_is_where_its_value_or_key_was_written(value: dict[str, Any], choose: st.DataObject) -> None:
    writer = Writer(choose)
    writer.lines((), value, 0)
    document = read(writer.text)
    assert document.problems == ()
    assert document.data == value
    assert document.marks.values == writer.values
    assert document.marks.keys == writer.keys


def sound(raw: bytes) -> None:
    """See that a file gives data or problems, and that every place told lies in it."""
    document = read(raw)
    assert (document.data is None) == bool(document.problems)
    lines = raw.decode("utf-8", "surrogateescape").split("\n")
    places = [*document.marks.values.values(), *document.marks.keys.values()]
    for line, column in [*places, *((each.line, each.column) for each in document.problems)]:
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
    for problem in document.problems:
        assert all(problem.message(language) and problem.hint(language) for language in LANGUAGES)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(raw: bytes) -> None:
    sound(raw)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 30), st.binary(max_size=8) | st.sampled_from(b"'\":#\t[}-&\\0\n"))
def test_no_mutation_of_a_record_raises(at: int, cut: int, put: bytes | int) -> None:
    sound(GOOD[:at] + (bytes([put]) if isinstance(put, int) else put) + GOOD[at + cut :])


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="a1:-[]{}&*!|>'\"%@`,?# \n\t~<=.", max_size=60))
def test_no_text_of_yaml_signs_raises(text: str) -> None:
    sound(text.encode("utf-8"))
