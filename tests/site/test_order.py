"""Lists of names are in the order in which the readers of the page look names up, whatever the order of the ids."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")

from factpack.disk.project import Project
from factpack.package.collation import name_key
from factpack.package.package import Package
from factpack.run.workspace import open_workspace
from factpack.site.making.build import open_site
from factpack.site.pages.changes import LISTED, changes
from factpack.site.versions import VersionChanges
from factpack.words import LANGUAGES
from rendered_site import rendered

HOME = {"zh": "", "en": "en/"}
LISTS = {
    "id": re.compile(r'<p class="proves">.*?</p>|<ul class="links">.*?</ul>', re.DOTALL),
    "targets": re.compile(r'<table class="sortable targets">.*?</table>|<ul class="alone">.*?</ul>', re.DOTALL),
    "coverage": re.compile(r"<main.*?</main>", re.DOTALL),
}
"""The lists of names on pages, by the first folder of their path."""
NAME = {
    "targets": re.compile(r'(?:<th scope="row">|<li>)<a [^>]*>([^<]*)</a>'),
    "id": re.compile(r"<a [^>]*>([^<]*)</a>"),
    "coverage": re.compile(r"<h2 id=[^>]*><a [^>]*>([^<]*)</a>"),
}


@pytest.fixture(scope="module")
def site(linxi: Path) -> dict[str, bytes]:
    return rendered(linxi)


def lists(site: dict[str, bytes], language: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the names of each list of names on the pages of a language, with its place and page."""
    for path, raw in site.items():
        place = path.removeprefix(HOME["en"]).partition("/")[0]
        if place in LISTS and path.endswith(".html") and path.startswith(HOME["en"]) is (language == "en"):
            for found in LISTS[place].findall(raw.decode()):
                yield place, path, [html.unescape(each) for each in NAME[place].findall(found)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_of_names_is_in_the_order_of_the_names(site: dict[str, bytes], language: str) -> None:
    told = [(place, path, names) for place, path, names in lists(site, language) if names]
    assert {place for place, *_ in told} == LISTS.keys()
    assert sum(len(names) > 3 for _, _, names in told) > 40
    assert [(path, names) for _, path, names in told if names != sorted(names, key=name_key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_are_listed_as_documents_are_the_newest_first(site: dict[str, bytes], language: str) -> None:
    sources = site[f"{HOME[language]}about/index.html"].decode().partition('id="sources"')[2].partition("</ul>")[0]
    listed = [name for _, names in groups(site, language, "documents") for _, name in names]
    assert [html.unescape(each) for each in re.findall(r"<li><a [^>]*>([^<]*)</a>", sources)] == listed
    assert len(listed) > 3


def test_the_same_list_has_another_order_in_each_language(site: dict[str, bytes]) -> None:
    chinese, english = (
        [name for _, names in groups(site, language, "units") for _, name in names] for language in HOME
    )
    assert len(chinese) == len(english) > 10
    wanted = ["百分点", "公里", "平方米", "人次", "元"]
    assert [each for each in chinese if each in wanted] == wanted
    assert chinese == sorted(chinese, key=name_key)
    assert english == sorted(english, key=str.casefold)


def groups(site: dict[str, bytes], language: str, table: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the groups of a list: the heading of each, and the ids and names of its records."""
    page = site[f"{HOME[language]}list/{table}/index.html"].decode()
    found = []
    for body in re.findall(r"<tbody>.*?</tbody>", page, re.DOTALL):
        heading = re.search(r'<th scope="rowgroup"[^>]*>(?:<a [^>]*>)?([^<]*)', body)
        rows = re.findall(r'<th scope="row"><a href="[./]*id/([^/]*)/[^>]*>([^<]*)</a>', body)
        found.append((heading[1].strip() if heading else "", [(own, html.unescape(name)) for own, name in rows]))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", ["indicators", "projects", "places", "glossary"])
def test_a_list_is_by_theme_and_as_the_newest_document_tells(
    site: dict[str, bytes], package: Package, language: str, table: str
) -> None:
    days = {str(row["id"]): str(row["delivered_on"] or "") for row in package.tables["documents"].items()}
    newest = sorted(days, key=lambda each: days[each], reverse=True)
    places: dict[str, tuple[int, int]] = {}
    for row in package.tables["evidence"].items():
        place = (newest.index(str(row["document_id"])), int(str(row["paragraph"] or 10**9)))
        places[str(row["record_id"])] = min(place, places.get(str(row["record_id"]), place))
    theme = next((each for each in package.tables[table].fields if each.name == "theme"), None)
    rows = {str(row["id"]): row for row in package.tables[table].items()}
    shown = groups(site, language, table)
    for heading, listed in shown:
        assert [places[own] for own, _ in listed] == sorted(places[own] for own, _ in listed)
        assert theme is None or {theme.labels[str(rows[own]["theme"])][language] for own, _ in listed} == {heading}
    assert sorted(own for _, listed in shown for own, _ in listed) == sorted(rows)
    order = [label[language] for label in theme.labels.values()] if theme else [""]
    assert [heading for heading, _ in shown] == [each for each in order if each in dict(shown)]
    assert theme is None or len(shown) > 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_documents_are_listed_the_newest_first(site: dict[str, bytes], package: Package, language: str) -> None:
    days = {str(row["id"]): str(row["delivered_on"] or "") for row in package.tables["documents"].items()}
    ((heading, listed),) = groups(site, language, "documents")
    assert heading == ""
    assert [days[own] for own, _ in listed] == sorted(days.values(), reverse=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_changes_are_in_the_order_of_names_before_some_are_left_out(
    package: Package, linxi: Path, language: str
) -> None:
    added = [(own, dict.fromkeys(LANGUAGES, f"name {1000 - at}")) for at, own in enumerate(package.records)]
    site = open_site(package, open_workspace(Project(linxi)), {})
    site.versions[:] = [VersionChanges("0.1.0", "2026-01-01T00:00:00Z", "0.0.1", {"added": added})]
    _, page = changes(site, language)
    shown = re.findall(r"<li><a [^>]*>(name \d+)</a>", page.decode())
    assert shown == sorted((name[language] for _, name in added), key=name_key)[:LISTED]
