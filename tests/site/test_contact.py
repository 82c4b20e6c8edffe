"""Readers without an account can report mistakes, and every page says of which version it is."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")

from factpack.package.package import Package, open_package
from factpack.site.contact import contact, reports
from rendered_site import rendered
from site_links import broken

BOX = "data@example.org"


def given(root: Path, **said: str) -> Package:
    """Return the package of a project whose descriptor says more."""
    package = open_package(root)
    return Package(package.folder, {**package.descriptor, **said}, package.raw, package.files)


def test_a_mail_has_the_id_as_its_subject(linxi: Path) -> None:
    package = given(linxi, **{"x-contact": BOX})
    assert contact(package, "ind-gdp", "en") == f"mailto:{BOX}?subject=Mistake%20in%20ind-gdp"
    assert contact(package, "ind-gdp", "zh").endswith("%EF%BC%9Aind-gdp")


def test_a_page_is_linked_as_it_is_and_anything_else_not_at_all(linxi: Path) -> None:
    page = "https://example.org/contact"
    assert contact(given(linxi, **{"x-contact": page}), "ind-gdp", "en") == page
    for odd in ("javascript:alert(1)", "data@example", "x@example.org?cc=y@example.org", ""):
        assert contact(given(linxi, **{"x-contact": odd}), "ind-gdp", "en") == ""


def test_what_needs_no_account_comes_before_the_form(linxi: Path) -> None:
    both = given(linxi, **{"x-contact": BOX, "x-repository": "https://example.org/git"})
    assert [each.text for each in reports(both, "ind-gdp", "en")] == [
        "Report a mistake by email",
        "Fill in the form of the repository (needs an account)",
    ]
    only = given(linxi, **{"x-repository": "https://example.org/git"})
    assert [each.text for each in reports(only, "ind-gdp", "en")] == ["Report a mistake"]
    assert reports(given(linxi), "ind-gdp", "en") == []


def test_every_record_page_leads_to_the_contact_and_every_page_says_its_version(linxi: Path) -> None:
    site = rendered(linxi, **{"x-contact": BOX, "x-next_expected": "2027-01", "x-base_url": "https://example.org/"})
    assert broken(site) == []
    pages = {path: raw.decode() for path, raw in site.items() if path.endswith(".html")}
    records = [path for path in pages if path.removeprefix("en/").startswith("id/")]
    assert records
    for path in records:
        own = path.split("/")[-2]
        subject = "Mistake%20in%20" if path.startswith("en/") else "%EF%BC%9A"
        assert pages[path].count(f'{subject}{own}">') == 2, path
    framed = {path for path in pages if path.removeprefix("en/").startswith("embed/")}
    assert framed, "a page for a frame has no head and no foot: its link to the record has both"
    for path, page in ((path, page) for path, page in pages.items() if path not in framed):
        assert ("Next update expected: January 2027" in page) == path.startswith("en/"), path
        assert ("预计下次更新：2027年1月" in page) != path.startswith("en/"), path
        assert f"mailto:{BOX}" in page, path
    for path, page in ((path, page) for path, page in pages.items() if path not in framed):
        address = path.removesuffix("index.html")
        paper = f'<p class="paper">https://example.org/{address}</p>'
        assert (paper in page) != path.endswith("404.html"), path


def test_the_short_title_stands_in_the_head(linxi: Path) -> None:
    short = {"zh": "临溪数据", "en": "Linxi Data"}
    site = rendered(linxi, **{"x-short_title": short})
    page = site["en/id/ind-gdp/index.html"].decode()
    assert 'index.html">Linxi Data</a>' in page
    assert " – Linxi Data</title>" in page
