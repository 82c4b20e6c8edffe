"""Problems to be written out: a fixed list, and any list, with all that a terminal or a format takes for its own."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter

from hypothesis import strategies as st

from factpack.problems import Problem, codes
from factpack.words import LANGUAGES

FRAGMENTS = (
    *("\x1b[31m", "\x9b", "\x07", "\x00", "\x7f", "\u202e", "\u2028", "\u0085", "\ufffe", "\U000e0041", "\udcff"),
    *("\n", "\r", "\r\n", "\t", " ", "\u3000", "::error::", "::stop-commands::x", "##[error]", "%0A", "%", ",", ":"),
    *("]]>", "<![CDATA[", "&", "&lt;", "<", ">", "<script>alert(1)</script>", "<!--", "-->", '"', "'"),
    *("|", "`", "```", "~~~", "*", "_", "#", "- ", "\\", "[x](http://example.org)", "![x](y)", "http://example.org"),
    *("www.example.org", "a@example.org", "@someone", "{0}", "{", "}}", "{field}", "武昌", "e\u0301"),
)
"""What has a meaning in a terminal, in a workflow's log, in XML, HTML, Markdown, JSON or SARIF."""
ALL = "".join(FRAGMENTS)

COUNTS = {"places": 3, "units": 2, "values proven": 9, "numbers accounted for": 11}
TITLES = {"places": {"en": "place", "zh": "地点"}, "units": {"en": "unit", "zh": "单位"}}
PATHS = ("sources/places/plc-linxi.yaml", "sources/places/plc-right.yaml", "sources/units/unt-set.yaml")
TOTALS = {"observation": 9, "record": 2, "unclaimed": 1, "waived: date": 3, "waived: slogan": 1}


def names(code: str) -> set[str]:
    """Return the names of the values that a code's texts show."""
    texts = [text[language] for text in (codes()[code].message, codes()[code].hint) for language in LANGUAGES]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def known(path: str, line: int, column: int, code: str, pointer: str = "", **values: str) -> Problem:
    """Return a problem with the values given, and `?` for each that its texts show besides."""
    return Problem(path, line, column, code, pointer, dict.fromkeys(names(code), "?") | values)


LINXI = "sources/places/plc-linxi.yaml"
LISTED = [
    known("schemas", 1, 1, "schema-missing", name="place"),
    known(f"sources/places/{ALL}", 1, 1, "not-a-record", name=ALL, folder="places"),
    known(LINXI, 1, 1, "missing-field", field="kind", what_en=ALL, what_zh=ALL),
    known(LINXI, 5, 7, "wrong-form", "/name~1/0", field="name", found="{zh: <b>}"),
    known(LINXI, 8, 1, "tab"),
    known(LINXI, 9, 1, "tab"),
    replace(known("sources/units/unt-set.yaml", 2, 10, "unverified-quote", "/evidence/0/quote"), severity="warning"),
]

hostile = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)


@st.composite
def problem(draw: st.DrawFn) -> Problem:
    """Any problem in a file of any name."""
    code = draw(st.sampled_from(sorted(codes())))
    return Problem(
        path=draw(st.sampled_from(["sources/places/", "sources/", "schemas/", ""])) + draw(hostile) + "x",
        line=draw(st.integers(1, 99)),
        column=draw(st.integers(1, 99)),
        code=code,
        pointer=draw(st.sampled_from(["", "/"])) + draw(hostile),
        values={name: draw(hostile) for name in sorted(names(code))},
        severity=draw(st.sampled_from(["error", "error", "warning"])),
    )


problems = st.lists(problem(), max_size=25, unique=True).map(sorted)
languages = st.sampled_from(LANGUAGES)
