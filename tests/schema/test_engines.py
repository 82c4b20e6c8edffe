"""Which patterns a schema may have: what every engine reads alike, matched by an engine that always ends."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factpack.disk.project import Project
from factpack.schema.dialect import pattern_fault
from factpack.schema.engines import decider, explainer, pattern_decider
from factpack.schema.read import read
from factpack.table.derived import DERIVATIONS
from projects import ROOT

FILES = Project(ROOT).schemas()
ALLOWED = decider({**json.loads(FILES["dialect"])["$defs"]["pattern"]})

FIT = r"""
^a$ ^(a)$ ^(a|b)$ ^[a-z]$ ^[^a]$ ^[a-]$ ^[.]$ ^\.$ ^[\]]$ ^[a\-z]$ ^[\^a]$ ^[武昌]+$ ^[0-9]{4}$ ^[0-9]{1,3}$ ^[0-9]{2,}$
^a?$ ^a*$ ^a+$ ^a*b*$ ^(ab?)*$ ^(-?[a-z0-9])*$ ^[a-z0-9](-?[a-z0-9])*$ ^(0|[1-9][0-9]*)$ ^(a|b)*a$ ^[a.]+[.]a+$
^(a(b|c?d)?)*$ ^[^{}]*[{][}][^{}]*$ ^([a-c]x|[d-f]y)*$ ^a{200}$ ^https?://[a-z.]+[.][a-z]{2,}(/[a-z]*)?$ ^x--y$
"""
AMBIGUOUS = r"""
^(a|a)*$ ^(a?a)*$ ^(a|aa)+$ ^(a?b?)*$ ^(a|ab|b)*c$ ^(x|xy|yx)*$ ^([a-c]|[b-d])*$ ^([^b]|[^a])*$ ^((a+)b)+$ ^a*a*$
^[ab]*a[ab]*$ ^((a|b+))*$ ^[a.]+[.][a.]+$ ^a*b?a*$ ^a{1,90}a{1,90}$ ^[0-9]*[0-9a-f]*$ ^[a-z0-9](-?[a-z0-9]?[0-9])*$
^(((a+)b)c)*$
"""
"""What can match one text in several ways: harmless to an engine that ends, so it is allowed."""
NESTED = r"^(a+)+$ ^(a*)*$ ^(a|b+)+$ ^(a*){2}$ ^(a+){2,}$ ^(a{2,}b)*$ ^(a{1,}b)+$ ^(a*b)*$"
STRANGE = r"""
^ $ ^$ a ^a a$ a^$ ^a$b$ ^a$|b$ ^a|$ ^|a$ ^a|b$ ^(a)|(b)$ ^(a|b)|c$ ^(a$ ^a)$ ^((a)$ ^\d$ ^\w+$ ^\s$ ^\bx$ ^\p{L}$
^\Aa\Z$ ^(a)\1$ ^\n$ ^\x41$ ^\u0041$ ^\<$ ^a\$ ^.$ ^(?:a)$ ^(?=a)a$ ^(?!a)b$ ^(?<=a)$ ^(?i)a$ ^(?P<x>a)$ ^(?>a)$
^(?#a)$ ^a*?$ ^a++$ ^a+*$ ^*$ ^+a$ ^(*a)$ ^{2}$ ^a{$ ^a}$ ^a{,3}$ ^a{x}$ ^a{2,1}$ ^a{1000}$ ^a{9999999}$ ^a{1}{1}$
^(a?){9}{9}$ ^((a{999}){999}){999}$ ^[$ ^]$ ^[]$ ^[]a]$ ^[^]$ ^[^^]$ ^[z-a]$ ^[[a]]$ ^[a&&b]$ ^[a--b]$ ^[a~~b]$ ^[a||b]$
^[\d]$ ^[\w-]$ ^[[:alpha:]]$
"""
"""What engines read differently or not at all, or is anchored at one end only."""


def is_fit(pattern: str) -> bool:
    return ALLOWED.is_valid(pattern) and not pattern_fault(pattern)


@pytest.mark.parametrize("pattern", [*FIT.split(), *AMBIGUOUS.split()])
def test_what_all_engines_read_alike_is_fit(pattern: str) -> None:
    assert is_fit(pattern)


@pytest.mark.parametrize("pattern", NESTED.split())
def test_a_repetition_within_a_repetition_is_unfit_for_readers_with_other_engines(pattern: str) -> None:
    assert not is_fit(pattern)


@pytest.mark.parametrize("pattern", ["", *STRANGE.split()])
def test_what_engines_do_not_share_is_unfit(pattern: str) -> None:
    assert not is_fit(pattern)


def test_groups_without_end_are_unfit() -> None:
    assert not is_fit("^" + "(" * 5000 + "a" + ")" * 5000 + "$")


@pytest.mark.parametrize("pattern", ["^(?=a)a$", r"^(a)\1$", "^(?<!b)a$"])
def test_look_around_and_back_references_are_refused_by_the_engine_itself(pattern: str) -> None:
    with pytest.raises(ValueError, match="regex"):
        pattern_decider(pattern)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"^\\d{6}$", r"(a match may never end): ^\d{6}$"),
        ("^([0-9]+)+$", "(a match may never end): ^([0-9]+)+$"),
        ("[0-9]{6}", "a pattern begins with ^ and ends with $: [0-9]{6}"),
        ("^(?=[0-9])[0-9]{6}$", "all engines read these alike: ^(?=[0-9])[0-9]{6}$"),
        ("^[9-0]{6}$", "the regular expression engine does not support the pattern: ^[9-0]{6}$"),
        ("^[0-9]|[a-z]$", "a choice at the top needs a group, as in ^(a|b)$: ^[0-9]|[a-z]$"),
    ],
)
def test_an_unfit_pattern_is_a_problem_at_its_line_that_says_the_rule(pattern: str, found: str) -> None:
    text = FILES["place"].decode("utf-8")
    changed = text.replace("^([0-9]{6}|[0-9]{9}|[0-9]{12})$", pattern)
    line = text.partition("^([0-9]{6}|[0-9]{9}|[0-9]{12})$")[0].count("\n") + 1
    (problem,) = read({**FILES, "place": changed.encode()}, DERIVATIONS).problems
    assert (problem.code, problem.path, problem.line) == ("schema-dialect", "schemas/place.schema.json", line)
    assert problem.values["words_en"].endswith(found)


ENDS = """
import sys
from factpack.schema.engines import decider, explainer
schema = {"pattern": sys.argv[1]}
for text in ("a" * 60_000, "a" * 60_000 + "b"):
    print(decider(schema).is_valid(text), not list(explainer(schema).iter_errors(text)))
"""


@pytest.mark.parametrize("pattern", ["^(a?a)*$", "^(a+)+$", "^(a|aa)+$", "^(a*)*$"])
def test_both_validators_end_on_a_long_text_whatever_the_pattern(pattern: str) -> None:
    """In a process of its own, so that what does not end fails."""
    done = subprocess.run([sys.executable, "-c", ENDS, pattern], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "True True\nFalse False\n"


ATOMS = st.sampled_from(("a", "b", "c", "[ab]", "[^a]", "[b-c]"))
TIMES = st.sampled_from(("", "", "", "?", "*", "+", "{2}", "{1,2}", "{2,}"))
PATTERNS = st.recursive(
    st.tuples(ATOMS, TIMES).map("".join),
    lambda each: (
        st.lists(each, min_size=1, max_size=3).map("".join)
        | st.tuples(st.lists(each, min_size=1, max_size=3).map("|".join).map("({})".format), TIMES).map("".join)
    ),
    max_leaves=7,
).map("^{}$".format)


@settings(max_examples=300, deadline=None)
@given(PATTERNS, st.lists(st.text("abc!", max_size=6), max_size=20))
def test_engines_agree_on_a_fit_pattern(pattern: str, texts: list[str]) -> None:
    if is_fit(pattern):
        compiled, linear = re.compile(pattern), pattern_decider(pattern)
        assert [bool(compiled.fullmatch(text)) for text in texts] == [linear.is_valid(text) for text in texts]


@pytest.mark.parametrize("value", [0, 1, -3, 1.0, 1.5, Decimal("12.0"), Decimal("1.5"), True, "1", None, 10**30])
def test_both_validators_take_the_same_numbers_for_whole(value: Any) -> None:
    schema = {"type": "integer"}
    assert decider(schema).is_valid(value) == (not list(explainer(schema).iter_errors(value)))


@pytest.mark.parametrize("text", ["ab", "ab\n", "\nab", "AB", ""])
def test_the_end_of_a_pattern_is_the_end_of_the_text(text: str) -> None:
    schema = {"pattern": "^ab$"}
    assert decider(schema).is_valid(text) == (not list(explainer(schema).iter_errors(text))) == (text == "ab")
