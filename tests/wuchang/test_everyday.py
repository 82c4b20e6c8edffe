"""Each everyday word leads to words that the data has, or says that the data has nothing of it."""

from __future__ import annotations

import unicodedata

import pytest

from factpack.disk.project import Project
from factpack.package.package import open_package
from factpack.run.workspace import open_workspace
from factpack.site.catalogue import Catalogue
from factpack.site.pages.search import record_row
from factpack.words import LANGUAGES
from projects import ROOT

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
ENTRIES = 120
"""Things that at least have everyday words."""


def plain(text: str) -> str:
    """Return a text as the search compares it."""
    return unicodedata.normalize("NFKC", text).lower()


def searched() -> str:
    """Return all that the search looks through, of records and pages."""
    catalogue = Catalogue(open_package(ROOT))
    rows = [record_row(catalogue, each, 0, language) for each in catalogue.entries.values() for language in LANGUAGES]
    return plain("\n".join("|".join(row[2:9]) for row in rows))


def test_what_words_mean_is_in_the_data_or_its_lack_is_said() -> None:
    words = open_workspace(Project(ROOT)).everyday
    assert len(words) >= ENTRIES
    everywhere = searched() + "目标|targets|下载|downloads|关于|about|核对|checked"
    lost = {mean for each in words for mean in each["means"] if plain(mean) not in everywhere}
    unsaid = [each["words"][0] for each in words if not each["means"] and not each.get("note")]
    assert (lost, unsaid) == (set(), [])


def test_no_word_stands_for_itself_alone() -> None:
    for each in open_workspace(Project(ROOT)).everyday:
        assert {*each["words"]} != {*each["means"]}
