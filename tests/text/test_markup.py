"""Pages in HTML: read as browsers read them, and to an end."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.text.markup import pieces
from factpack.text.page import PARAGRAPH_LIMIT, TEXT_LIMIT, paragraphs
from factpack.text.saved import UnreadableText


class Reference(HTMLParser):
    """What Python's parser finds in a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.append(("start", tag))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("end", tag))

    def handle_data(self, data: str) -> None:
        self.found.append(("text", data))


def joined(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return pieces with neighbouring texts as one, and no empty ones."""
    whole: list[tuple[str, str]] = []
    for kind, content in found:
        if kind == "text" and whole and whole[-1][0] == "text":
            whole[-1] = ("text", whole[-1][1] + content)
        elif content:
            whole.append((kind, content))
    return whole


def read(page: str) -> list[tuple[str, str]]:
    return joined([tuple(piece) for piece in pieces(page)])


WORDS = st.text(st.sampled_from("a1中 <>&\"'/=-\n\u00a0"), max_size=8)
TEXT = WORDS.map(escape) | st.sampled_from(["&nbsp;", "&#20013;", "&#x4e2d;", "&lt;p&gt;", "&notanentity;", "a & b"])
QUOTED = WORDS.map(lambda value: f'"{value.replace(chr(34), "")}"') | WORDS.map(lambda value: f"'{escape(value)}'")
VALUE = QUOTED | st.sampled_from(["x", "/a/b", "1"])
ATTRIBUTE = st.tuples(st.sampled_from(["id", "data-x", "HREF"]), st.sampled_from(["=", " = "]), VALUE).map("".join)
ATTRIBUTES = st.lists(ATTRIBUTE | st.just("hidden"), max_size=3).map(lambda each: "".join(f" {one}" for one in each))
NAMES = st.sampled_from(["p", "div", "SPAN", "h1", "a"])
EMPTY = st.tuples(st.sampled_from(["br", "img", "hr"]), ATTRIBUTES).map(lambda each: f"<{each[0]}{each[1]}>")
SCRIPT = st.sampled_from(["if (a<b) {'<p>'}", "'<!-- '", "p>a{}", ""]).flatmap(
    lambda code: st.sampled_from([f"<script>{code}</script>", f"<style media='x'>{code}</style >"])
)
COMMENT = st.sampled_from(["<!-- <p>x</p> -->", "<!---->", "<!-- a -- b > -->", "<!DOCTYPE html>"])
SANE = st.recursive(
    TEXT | EMPTY | SCRIPT | COMMENT,
    lambda inner: st.tuples(NAMES, ATTRIBUTES, st.lists(inner, max_size=4)).map(
        lambda each: f"<{each[0]}{each[1]}>{''.join(each[2])}</{each[0]}>"
    ),
)


@given(SANE)
def test_a_sane_page_is_read_as_by_the_parser_of_python(page: str) -> None:
    assert read(page) == joined(Reference(page).found)


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("a<!-- b", ["a"]),
        ("a<!-->b<!--->c<!-- --!>d", ["abcd"]),
        ("a<!x>b<?y>c</ z>d</>e<![CDATA[f]]>g", ["abcdeg"]),
        ("1 < 2 <3 <= 4 <", ["1 < 2 <3 <= 4 <"]),
        ("a</", ["a</"]),
        ("a<p b", ["a"]),
        ("a<p b='>", ["a"]),
        ("a<p b='>'>c", ["a", "<p", "c"]),
        ('<p "x>y">z', ["<p", 'y">z']),
        ('<p x=="b>c', ["<p", "c"]),
        ('<p x=a"b>c', ["<p", "c"]),
        ("<p x= >c<p x>d<p/x/>e", ["<p", "c", "<p", "d", "<p", "e"]),
        ("<a <a <a >b", ["<a", "b"]),
        ("<script>a</scripty></SCRIPT x>b", ["<script", "a</scripty>", "/script", "b"]),
        ("<script>a</script", ["<script", "a</script"]),
        ("<script>&lt;</script><title>&lt;<b></title>", ["<script", "&lt;", "/script", "<title", "<<b>", "/title"]),
        ("&amp;&#65;&#x41;&#0;&copy&unknown;&#99999999999;", ["&AA\ufffd\u00a9&unknown;\ufffd"]),
        (f"&#{'0' * 9_000}65;&#{'1' * 9_000};&#x{'0' * 9_000}41;", ["A\ufffdA"]),
    ],
)
def test_a_malformed_page_is_read_as_by_browsers(page: str, found: list[str]) -> None:
    signs = {"start": "<", "end": "/", "text": ""}
    assert [signs[kind] + content for kind, content in read(page)] == found


ENDLESS = [
    *("<a ", "</a ", "<a b='", '<a b="', "<a '\"", "<", "</", "<!", "<?", "<!--", "<!---", "--", "<![CDATA[", "<a"),
    *("<script>", "</script ", "<title></titl", "&", "&#", "&#1", "&#x1", "&amp", "&amp;", "<p ", "<a=", "= ", "\0"),
    *("<div>", "</div>", "<template>", "\ufeff", " ", "\n", "\u3000\n"),
]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("run", ENDLESS, ids=ascii)
@pytest.mark.parametrize("before", ["", "<script>", "<a b='", "<!--", "&#"])
def test_a_page_is_read_to_an_end_whatever_is_repeated(before: str, run: str) -> None:
    """The parser of Python 3.11 would take hours over some of these."""
    for _ in pieces(f"<html>{before}{run * 400_000}"):
        pass


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("字" * (TEXT_LIMIT + 1), "text long"),
        ("字\n" * (PARAGRAPH_LIMIT + 1), "text parts"),
        ("e" + "\u0301\u0327" * 5, "text marks"),
        ("<p>" * 1000 + "<!--", "text empty"),
        ("一\u00b9", "text digits"),
    ],
)
def test_what_is_too_much_for_a_text_is_refused(text: str, which: str) -> None:
    with pytest.raises(UnreadableText) as refused:
        paragraphs(text.encode())
    assert refused.value.which == which


def test_white_space_does_not_count_as_text() -> None:
    assert paragraphs((" 字\n \n" * 1_000 + " " * TEXT_LIMIT).encode()) == ["字"] * 1_000


@pytest.mark.timeout(60)
@pytest.mark.parametrize("run", ["\u00a8\u00b8", " \u0301 \u0327", "\uff9e\u0301", "\ufe77\ufe7a"])
def test_marks_that_only_the_normal_form_puts_in_a_row_are_sorted_first(run: str) -> None:
    """Normalising them as they are takes time that grows with the square."""
    assert len(paragraphs(("字" + run * (TEXT_LIMIT // 5)).encode())) == 1
