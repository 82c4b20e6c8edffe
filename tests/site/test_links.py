"""Every link and anchor of every page of the site leads somewhere, and every id has its address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")

import frozen
from command_line import Run
from factpack.package.package import Package
from rendered_site import rendered
from site_links import broken, unaddressed


@pytest.fixture(scope="module")
def site(linxi: Path) -> dict[str, bytes]:
    """Every file of the site of the frozen project, by path."""
    return rendered(linxi)


def test_every_link_and_anchor_of_every_page_leads_somewhere_and_ids_are_unique(site: dict[str, bytes]) -> None:
    assert sum(path.endswith(".html") for path in site) > 350
    assert broken(site) == []


def test_every_id_that_was_ever_given_has_its_address_in_both_languages(
    site: dict[str, bytes], package: Package
) -> None:
    ids = [str(row["id"]) for row in package.tables["ids"].items()]
    assert frozen.RETIRED in ids
    assert len(ids) > 300
    assert unaddressed(site, ids) == []
    assert unaddressed(site, ["plc-gone", "ind-gdp.1999.actual"]) != []


def test_pages_of_both_languages_are_the_same(site: dict[str, bytes]) -> None:
    pages = {path for path in site if path.endswith(".html")}
    english = {path.removeprefix("en/") for path in pages if path.startswith("en/")}
    assert english == {path for path in pages if not path.startswith("en/")}


def test_no_address_of_the_package_leads_anywhere_but_to_the_web(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    odd = "javascript:alert(1)"
    licence = {"name": "X", "path": odd, "title": "X"}
    more = {**dict.fromkeys(("homepage", "x-base_url", "x-repository"), odd), "licenses": [licence]}
    pages = {path: raw.decode() for path, raw in rendered(minimal, **more).items() if path.endswith(".html")}
    assert len(pages) > 50
    for path, page in pages.items():
        linked = re.findall(r'(?:href|src|action|content)="([^"]*)"', page)
        assert not [address for address in linked if address.startswith("javascript")], path


GOOD = {
    "index.html": (
        '<a href="id/a/index.html#a.1">a</a> <a href="https://example.org/x">x</a> <a href="#top" id="top">top</a>'
    ),
    "id/a/index.html": (
        '<select name="kind"><option value=""><option value="lake"></select><select><option value="name"></select>'
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
        ('<a href="id/a/index.html#kind=lake&amp;sort=-name">', ""),
        ('<a href="id/a/index.html#kind=sea">', "index.html: 'id/a/index.html#kind=sea' leads to no filter"),
        ('<a href="id/a/index.html#type=lake">', "index.html: 'id/a/index.html#type=lake' leads to no filter"),
        ('<a href="id/a/index.html#sort=size">', "index.html: 'id/a/index.html#sort=size' leads to no filter"),
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
