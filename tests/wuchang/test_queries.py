"""What people type finds what they look for: everyday queries, each with its right answers, in the real data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")

import yaml

from factpack.disk.project import Project
from factpack.package.package import open_package
from factpack.run.workspace import open_workspace
from factpack.site.making.build import context_of
from factpack.site.pages.search import search_data
from factpack.words import LANGUAGES
from projects import ROOT
from searching import lacking, searched

FIRST = 2
"""Results of which one must be right."""
MISSES = 10 / 120
"""Queries of all that may miss."""
QUERIES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def answers() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each query with what the search of its language finds."""
    site = context_of(open_workspace(Project(ROOT))).answers.site
    found = []
    for language in LANGUAGES:
        _, raw = search_data(site, language)
        known = json.loads(raw.decode("utf-8").removeprefix("window.known = ").removesuffix(";\n"))
        asked = [each for each in QUERIES if each["lang"] == language]
        done = searched(*(each["query"] for each in asked), known=known, language=language)
        found += zip(asked, done, strict=True)
    return found


def is_right(asked: Mapping[str, Any], done: Mapping[str, Any]) -> bool:
    """Say whether one of the first results is a right answer; where there is none, nothing can be wrong."""
    first = [*done["found"][:FIRST], *(part for parts in done["parts"][:FIRST] for part in parts)]
    return asked.get("none", False) or not {*asked["right"]}.isdisjoint(first)


@pytest.mark.skipif(bool(lacking()), reason=lacking() or "nothing is lacking")
def test_of_everyday_queries_nearly_all_find_a_right_answer_among_the_first(
    answers: list[tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    missed = [asked["query"] for asked, done in answers if not is_right(asked, done)]
    assert len(missed) <= MISSES * len(QUERIES), missed


@pytest.mark.skipif(bool(lacking()), reason=lacking() or "nothing is lacking")
def test_no_query_that_has_an_answer_finds_nothing(answers: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    assert [asked["query"] for asked, done in answers if not asked.get("none") and not done["found"]] == []


def test_the_right_answers_are_in_the_data() -> None:
    known = {*open_package(ROOT).states}
    assert {each for asked in QUERIES for each in asked.get("right", ()) if each not in known} == set()
