"""What cannot be read is told in words of our own, in both languages, and full-width signs are named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from command_line import Run
from factpack.source.documents import load
from factpack.words import LANGUAGES, texts

SAID = re.compile(rb"\x00((?:did not find|could not find|found|mapping|block)(?: [^ \x00]+)+)\x00")
ELSEWHERE = re.compile(
    "URI|'!'|stream-start|alphabetic|digit or|tag|version|whitespace|'>'$|directive|octet|duplicate|incompatible"
    "|undefined|document->|imported"
)
"""What the parser says of anchors, tags and directives, which have codes of their own, and of what it never meets."""


def test_everything_that_the_parser_can_say_has_words_in_both_languages() -> None:
    said = {each.decode() for each in SAID.findall(Path(yaml._yaml.__file__).read_bytes())}
    known = texts("source", "syntax")
    assert len(said) > len(known) > 15
    assert {each for each in said if not ELSEWHERE.search(each)} <= {*known}
    for words in known.values():
        assert set(words) == set(LANGUAGES)
        assert re.search("[\u4e00-\u9fff]", words["zh"])


SIGNS = {
    "a colon": ("id: unt-x\nname：\n  zh: 台\n", [(2, 5, "：", "`:`")]),
    "every colon": ("id：unt-x\nname:\n  zh：台\n", [(line, 3 + line // 3 * 2, "：", "`:`") for line in (1, 3)]),
    "a colon in the last line": ("id: unt-x\nquantity：count\n", [(2, 9, "：", "`:`")]),
    "a file of one line": ("id：unt-x\n", [(1, 3, "：", "`:`")]),
    "a colon in a list": ("printed:\n  - token：台\n    reason: x\n", [(2, 10, "：", "`:`")]),
    "quotation marks": ("id: unt-x\nnote: “GDP: 5%”\n", [(2, 7, "“", "`'`")]),
    "indentation": ("a:\n\u3000zh: 台\n\u3000en: x\n", [(line, 1, "U+3000", "an ordinary space") for line in (2, 3)]),
    "a dash": ("printed:\n－ token: 台\n  reason: x\n", [(2, 1, "－", "`-`")]),
    "a comma": ("name: {zh: 台，en: Sets}\n", [(1, 13, "，", "`,`")]),
    "a bracket": ("printed: ［台: x］\n", [(1, 10, "［", "`[`")]),
    "a comment": ("＃ 说明\nid: unt-x\n", [(1, 1, "＃", "`#`")]),
}  # fmt: skip


@pytest.mark.parametrize("name", SIGNS)
def test_a_full_width_sign_is_named_with_the_one_to_type_and_is_one_problem(name: str) -> None:
    text, expected = SIGNS[name]
    problems = load("sources/units/unt-x.yaml", text.encode()).problems
    told = [(each.line, each.column, each.values.get("found"), each.values.get("wanted_en")) for each in problems]
    assert (told, {each.code for each in problems}) == (expected, {"full-width-sign"})


def test_a_full_width_sign_elsewhere_hides_no_other_mistake() -> None:
    text = 'id: unt-x\nname: "x" y\nprinted:\n  - 台\n  - 部\n  - 套\nquantity：count\n'
    problems = load("sources/units/unt-x.yaml", text.encode()).problems
    assert [(each.line, each.code) for each in problems] == [(2, "yaml-syntax"), (7, "full-width-sign")]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("name:\n  zh: 地区生产总值\n  en: Gross regional product (GDP)\n", "name:\n  zh：地区生产总值\n", "2:3"),
        ("measure: level", "measure: “level”", "measure"),
        ("'2025'", "“2025”", "2025"),
        ("value: 210", "value: “210”", "value"),
    ],
)
def test_where_the_file_can_be_read_a_value_with_a_full_width_sign_is_told_at_its_line(
    minimal: Path, run: Run, old: str, new: str, found: str
) -> None:
    path = minimal / "sources/indicators/ind-gdp.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    out = run(minimal, "check")[1]
    assert (out.count("error["), out.count("error[full-width-sign]")) == (1, 1), out


@pytest.mark.parametrize(
    "text", ["id: [a\n", 'id: "a\n', "a: b: c\n", "a:\n  - b\n c\n", "id: @x\n", "a\nb: c\n", 'id: "\\q"\n']
)
def test_no_english_of_the_parser_stands_in_a_chinese_message(text: str) -> None:
    (problem,) = load("sources/units/unt-x.yaml", text.encode()).problems
    assert problem.code == "yaml-syntax"
    assert not re.search("[a-z]{4}", problem.message("zh").replace("YAML", ""))
    assert problem.values["words_en"] in {
        each["en"] for key, each in texts("source", "syntax").items() if key != "other"
    }
