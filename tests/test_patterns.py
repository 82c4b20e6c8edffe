"""Which patterns a schema may have: what every engine reads alike, and what cannot take for ever."""

from __future__ import annotations

import re
import time

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factpack.schema.patterns import fault

FIT = r"""
^a$ ^(a)$ ^(a|b)$ ^[a-z]$ ^[^a]$ ^[a-]$ ^[.]$ ^\.$ ^[\]]$ ^[a\-z]$ ^[\^a]$ ^[武昌]+$ ^[0-9]{4}$ ^[0-9]{1,3}$ ^[0-9]{2,}$
^a?$ ^a*$ ^a+$ ^a*b*$ ^(ab?)*$ ^(-?[a-z0-9])*$ ^[a-z0-9](-?[a-z0-9])*$ ^(0|[1-9][0-9]*)$ ^(a|b)*a$ ^[a.]+[.]a+$
^(a(b|c?d)?)*$ ^[^{}]*[{][}][^{}]*$ ^([a-c]x|[d-f]y)*$ ^a{200}$ ^https?://[a-z.]+[.][a-z]{2,}(/[a-z]*)?$
"""
ENDLESS = r"""
^(a+)+$ ^(a*)*$ ^(a|a)*$ ^((a|a)*)*$ ^(a|b+)+$ ^(a?a)*$ ^(a|aa)+$ ^(a?b?)*$ ^(a|ab|b)*c$ ^(ab|aba|b)*$ ^(abc|ab|c)*$
^(x|xy|yx)*$ ^([a-c]|[b-d])*$ ^([^b]|[^a])*$ ^((a+)b)+$ ^((a)+)+$ ^a*a*$ ^a*[ab]*$ ^[ab]*a[ab]*$ ^[a.]+[.][a.]+$
^a*b?a*$ ^(a?){9}$ ^(a?){9}{9}$ ^(a{0,9}){9}$ ^(a*){2}$ ^(a+){2,}$ ^(a{2,}b)*$ ^a{1,90}a{1,90}$ ^(a*b)*$
^a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?$ ^(a|a?b)?a?a?a?a?a?a?a?a?$
"""
"""What a text of a few dozen characters can keep a backtracking engine at for hours, or is too like it to tell."""
STRANGE = r"""
^ $ ^$ a ^a a$ a^$ ^a$b$ ^a$|b$ ^a|$ ^|a$ ^()$ ^(a$ ^a)$ ^(a|)$ ^((a)$ ^\d$ ^\w+$ ^\s$ ^\bx$ ^\p{L}$ ^\Aa\Z$ ^(a)\1$
^\n$ ^\x41$ ^\u0041$ ^\<$ ^a\$ ^.$ ^(?:a)$ ^(?=a)a$ ^(?!a)b$ ^(?<=a)$ ^(?i)a$ ^(?P<x>a)$ ^(?>a)$ ^(?#a)$
^a*?$ ^a++$ ^a+*$ ^*$ ^+a$ ^(*a)$ ^{2}$ ^a{$ ^a}$ ^a{,3}$ ^a{x}$ ^a{2,1}$ ^a{0}$ ^a{1000}$ ^a{9999999}$ ^a{1}{1}$
^a{201}$ ^(a{100}){100}$ ^[$ ^]$ ^[]$ ^[]a]$ ^[^]$ ^[^^]$ ^[z-a]$ ^[[a]]$ ^[a&&b]$ ^[a--b]$ ^[a~~b]$ ^[a||b]$
^[\d]$ ^[\w-]$ ^[[:alpha:]]$
"""
"""What engines read differently or not at all."""


@pytest.mark.parametrize("pattern", FIT.split())
def test_what_is_plain_and_unambiguous_is_fit(pattern: str) -> None:
    assert fault(pattern) is None


@pytest.mark.parametrize("pattern", ENDLESS.split())
def test_what_can_take_for_ever_is_unfit(pattern: str) -> None:
    assert fault(pattern)


@pytest.mark.parametrize("pattern", ["", *STRANGE.split()])
def test_what_engines_do_not_share_is_unfit(pattern: str) -> None:
    assert fault(pattern)


def test_groups_without_end_are_unfit() -> None:
    assert fault("^" + "(" * 5000 + "a" + ")" * 5000 + "$")


def test_a_pattern_that_is_hard_to_judge_is_refused_soon() -> None:
    start = time.process_time()
    for pattern in (
        "^(" + "|".join(f"[{chr(97 + n)}-z]" for n in range(26)) + ")*$",
        "^(" + "|".join(chr(0x4E00 + n) for n in range(190)) + "|一)*$",
        "^(" + "|".join(chr(0x4E00 + n) + "x?" for n in range(90)) + ")*一$",
        "^[" + "".join(chr(0x4E00 + 2 * n) for n in range(5000)) + "]{200}$",
        "^" + "([ab]?c)" * 60 + "$",
    ):
        fault(pattern)
    assert time.process_time() - start < 5


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
PUMPS = ("a", "b", "c", "ab", "aab", "abc", "ba", "bc", "cab")


@settings(max_examples=300, deadline=None)
@given(PATTERNS)
def test_a_fit_pattern_fails_on_long_texts_in_no_time(pattern: str) -> None:
    if fault(pattern):
        return
    compiled = re.compile(pattern)
    start = time.process_time()
    for pump in PUMPS:
        compiled.match(pump * (20_000 // len(pump)) + "!")
    assert time.process_time() - start < 2


@settings(max_examples=300, deadline=None)
@given(PATTERNS, st.lists(st.text("abc!", max_size=6), max_size=20))
def test_engines_agree_on_a_fit_pattern(pattern: str, texts: list[str]) -> None:
    if fault(pattern):
        return
    compiled, other = re.compile(pattern), jsonschema_rs.Draft202012Validator({"pattern": pattern})
    assert [bool(compiled.fullmatch(text)) for text in texts] == [other.is_valid(text) for text in texts]
