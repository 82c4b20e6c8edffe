"""Addresses: which are accepted, and what an address as browsers show it is as programs take it."""

from __future__ import annotations

import pytest

from factpack.source.addresses import encoded, is_web


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://example.org/武昌", "https://example.org/%E6%AD%A6%E6%98%8C"),
        ("https://例子.org/", "https://xn--fsqu00a.org/"),
        ("http://武昌.example.org", "http://xn--0hvz2j.example.org"),
        ("https://例子.org:8080/a%20b?c=武&d='e'#f", "https://xn--fsqu00a.org:8080/a%20b?c=%E6%AD%A6&d='e'#f"),
        ("https://example.org/%E6%AD%A6昌", "https://example.org/%E6%AD%A6%E6%98%8C"),
    ],
)
def test_an_address_as_browsers_show_it_is_given_as_programs_take_it(typed: str, meant: str) -> None:
    assert not is_web(typed)
    assert encoded(typed) == meant
    assert is_web(meant)
    assert encoded(meant) == ""


@pytest.mark.parametrize(
    "no_address",
    [
        "武昌",
        "ftp://武昌.org/",
        "https://user@武昌.org/",
        "https://武昌.org/a b",
        "https://武..org/",
        "https:///武",
        "javascript:武",
    ],
)
def test_what_is_no_address_has_no_other_form(no_address: str) -> None:
    assert encoded(no_address) == ""
