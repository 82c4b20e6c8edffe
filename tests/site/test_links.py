"""Every link and anchor of every page of the site leads somewhere, and every id has its address."""

from __future__ import annotations

import csv
import posixpath
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")

from sites import RETIRED, made, project

ADDRESSES = frozenset(("href", "src", "action", "poster", "srcset", "data", "xlink:href"))
REFERENCES = frozenset(
    ("for", "aria-labelledby", "aria-describedby", "aria-controls", "data-copy", "data-filter", "headers", "list")
)
"""Attributes that name ids of their own page, separated by spaces."""


class Reader(HTMLParser):
    """Collects the ids of a page, its addresses, and the ids that it refers to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.references: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag names and refers to."""
        for name, value in attrs:
            if name == "id":
                self.ids[value or ""] += 1
            elif name in ADDRESSES and tag != "meta":
                self.links.append(value or "")
            elif name in REFERENCES:
                self.references += (value or "").split()


def broken(site: Mapping[str, bytes]) -> list[str]:
    """Return what is wrong with the links, anchors and ids of the pages of a site, each as `page: what`."""
    pages = {path: Reader(raw.decode("utf-8")) for path, raw in site.items() if path.endswith(".html")}
    found = []
    for path, page in pages.items():
        found += [f"{path}: the id {each!r} is there {count} times" for each, count in page.ids.items() if count > 1]
        found += [f"{path}: no id {each!r} here" for each in page.references if each not in page.ids]
        found += [f"{path}: {each!r} {why}" for each in page.links if (why := _wrong(path, each, site, pages))]
    return found


def _wrong(path: str, link: str, site: Mapping[str, bytes], pages: Mapping[str, Reader]) -> str:
    """Return what is wrong with a link of a page, nothing where it leads somewhere."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return "" if parts.scheme in ("http", "https") and parts.hostname else "is no address of the web"
    if parts.path.startswith("/"):
        return "does not start from its page"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
    if target not in site:
        return "leads to no file"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
        return "leads to no id"
    return ""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real project with a retired record."""
    return project(tmp_path_factory.mktemp("links") / "project")


@pytest.fixture(scope="module")
def site(root: Path) -> dict[str, bytes]:
    """Every file of the site of the real project, by path; what the bundle brings is empty."""
    return made(root)


def test_every_link_and_anchor_of_every_page_leads_somewhere_and_ids_are_unique(site: dict[str, bytes]) -> None:
    assert sum(path.endswith(".html") for path in site) > 900
    assert broken(site) == []


def test_every_id_that_was_ever_given_has_its_address_in_both_languages(site: dict[str, bytes], root: Path) -> None:
    with (root / "build" / "csv" / "ids.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    assert RETIRED in ids
    assert len(ids) > 800
    missing = []
    for language in ("", "en/"):
        anchors: dict[str, Counter[str]] = {}
        for own in ids:
            record, _, part = own.partition(".")
            path = f"{language}id/{record}/index.html"
            if path not in anchors:
                anchors[path] = Reader(site[path].decode("utf-8")).ids if path in site else Counter()
            if path not in site or (part and own not in anchors[path]) or f"id/{record}.json" not in site:
                missing.append(f"{path}#{own}")
    assert missing == []


def test_pages_of_both_languages_are_the_same(site: dict[str, bytes]) -> None:
    pages = {path for path in site if path.endswith(".html")}
    english = {path.removeprefix("en/") for path in pages if path.startswith("en/")}
    assert english == {path for path in pages if not path.startswith("en/")}


GOOD = {
    "index.html": (
        '<a href="id/a/index.html#a.1">a</a> <a href="https://example.org/x">x</a> <a href="#top" id="top">top</a>'
    ),
    "id/a/index.html": (
        '<h1 id="a.1">a</h1><a href="../../index.html">home</a> <img src="../../icon.svg"> <a href="?q=1">q</a>'
    ),
    "icon.svg": "",
}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", ""),
        ('<a href="id/b/index.html">', "index.html: 'id/b/index.html' leads to no file"),
        ('<a href="id/a/">', "index.html: 'id/a/' leads to no file"),
        ('<script src="gone.js"></script>', "index.html: 'gone.js' leads to no file"),
        ('<a href="id/a/index.html#a.2">', "index.html: 'id/a/index.html#a.2' leads to no id"),
        ('<a href="#gone">', "index.html: '#gone' leads to no id"),
        ('<a href="/index.html">', "index.html: '/index.html' does not start from its page"),
        ('<a href="../index.html">', "index.html: '../index.html' leads to no file"),
        ('<a href="">', ""),
        ('<a href="javascript:alert(1)">', "index.html: 'javascript:alert(1)' is no address of the web"),
        ('<a href="ftp://example.org/">', "index.html: 'ftp://example.org/' is no address of the web"),
        ('<a href="//example.org/">', "index.html: '//example.org/' is no address of the web"),
        ('<b id="top">', "index.html: the id 'top' is there 2 times"),
        ('<button data-copy="gone">', "index.html: no id 'gone' here"),
        ('<svg aria-labelledby="top gone">', "index.html: no id 'gone' here"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(text: str, why: str) -> None:
    pages = {**GOOD, "index.html": GOOD["index.html"] + text}
    assert broken({path: each.encode() for path, each in pages.items()}) == ([why] if why else [])
