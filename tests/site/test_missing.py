"""A mistyped address leads to a page that helps, at whatever address a host shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")

from factpack.site.page import MISSING
from rendered_site import rendered


@pytest.mark.parametrize(
    ("base", "root"), [("", "/"), ("https://example.org/", "/"), ("https://example.org/a/b", "/a/b/")]
)
def test_all_addresses_of_the_page_begin_at_the_root_of_the_site(linxi: Path, base: str, root: str) -> None:
    site = rendered(linxi, **({"x-base_url": base} if base else {}))
    for path in (MISSING, f"en/{MISSING}"):
        page = site[path].decode()
        own = [
            each for each in re.findall(r'(?:href|src|action)="([^"]*)"', page) if not each.startswith(("#", "https:"))
        ]
        assert len(own) > 20
        for each in own:
            assert each.startswith(root), each
            assert each.removeprefix(root) in site, each


def test_the_page_speaks_both_languages_the_own_one_first(linxi: Path) -> None:
    site = rendered(linxi)
    for path, first in ((MISSING, "没有这个网页"), (f"en/{MISSING}", "Page not found")):
        page = site[path].decode()
        assert f"{first}</h1>" in page
        assert "没有这个网页</h" in page
        assert "Page not found</h" in page
        assert {'action="/search/index.html"', 'action="/en/search/index.html"'} <= set(
            re.findall(r'action="[^"]*"', page)
        )


def test_search_engines_are_not_told_of_the_page(linxi: Path) -> None:
    site = rendered(linxi, **{"x-base_url": "https://example.org/"})
    assert b"404" not in site["sitemap.xml"]
    assert b'<meta name="robots" content="noindex">' in site[MISSING]
    assert b"canonical" not in site[MISSING]
