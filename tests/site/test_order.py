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
from factpack.site.build import open_site
from factpack.site.changes import LISTED, changes
from factpack.site.versions import VersionChanges
from factpack.words import LANGUAGES
from rendered_site import rendered

HOME = {"zh": "", "en": "en/"}
LISTS = {
    "list": re.compile(r'<table class="sortable records".*?</table>', re.DOTALL),
    "id": re.compile(r'<p class="proves">.*?</p>|<ul class="links">.*?</ul>', re.DOTALL),
    "targets": re.compile(r'<table class="sortable targets">.*?</table>', re.DOTALL),
    "about": re.compile(r'<h2 id="sources">.*?</ul>', re.DOTALL),
    "coverage": re.compile(r"<main.*?</main>", re.DOTALL),
}
"""The lists of names on pages, by the first folder of their path."""
NAME = {
    "list": re.compile(r'<th scope="row"><a [^>]*>([^<]*)</a>'),
    "targets": re.compile(r'<th scope="row"><a [^>]*>([^<]*)</a>'),
    "id": re.compile(r"<a [^>]*>([^<]*)</a>"),
    "about": re.compile(r"<li><a [^>]*>([^<]*)</a>"),
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


def test_the_same_list_has_another_order_in_each_language(site: dict[str, bytes]) -> None:
    chinese, english = (
        next(names for _, path, names in lists(site, language) if path.endswith("list/places/index.html"))
        for language in LANGUAGES
    )
    assert len(chinese) == len(english) > 10
    wanted = ["古渡口片区", "岚谷产业园", "临溪河", "青石路", "区中医院", "望湖", "望云山"]
    assert [each for each in chinese if each in wanted] == wanted
    assert english == sorted(english, key=str.casefold)


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
