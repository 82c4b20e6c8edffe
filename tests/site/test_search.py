"""The data of the search has the figures, stages and marks of each record, pages, and the words that people use."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")

import frozen
from factpack.disk.project import SEARCH_PATH
from rendered_site import rendered

EVERYDAY = """# yaml-language-server: $schema=../schemas/search.schema.json
everyday:
  - words:
      - 自来水
      - tap water
    means: []
    note:
      zh: 数据中没有供水的内容。
      en: The data has nothing on water supply.
"""


def known(site: dict[str, bytes], home: str) -> dict[str, Any]:
    """Return what the search of a language knows."""
    script = site[f"{home}search/data.js"].decode("utf-8")
    found: dict[str, Any] = json.loads(script.removeprefix("window.known = ").removesuffix(";\n"))
    return found


def told(known: dict[str, Any], own: str) -> dict[str, Any]:
    """Return what a record shows: its figures, of these which are shown, and all words that it is found by."""
    row = next(each for each in known["records"] if each[0] == own)
    return {"kind": known["kinds"][row[1]], "words": "\n".join(row[2:9]), "facts": row[9], "shown": row[10]}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of the frozen project with everyday words of its own."""
    root = Path(shutil.copytree(frozen.root(), tmp_path_factory.mktemp("search") / "linxi", symlinks=True))
    (root / SEARCH_PATH).write_text(EVERYDAY, "utf-8")
    return rendered(root)


@pytest.mark.parametrize(
    ("home", "kind", "facts"),
    [
        ("", "指标", [["2025", "2025年", 1, "超310亿元"], ["2030", "2030年", 2, "超450亿元"]]),
        ("en/", "Indicator", [["2025", "2025", 1, "over CNY 31 billion"], ["2030", "2030", 2, "over CNY 45 billion"]]),
    ],
)
def test_a_record_is_found_with_its_figures_by_period_and_status_and_one_word_for_what_it_is(
    site: dict[str, bytes], home: str, kind: str, facts: list[list[Any]]
) -> None:
    found = told(known(site, home), "ind-gdp")
    assert found["kind"] == kind
    assert [found["facts"][each][:4] for each in found["shown"]] == facts


def test_a_figure_brings_its_marks_and_its_anchor(site: dict[str, bytes]) -> None:
    data = known(site, "en/")
    marks = [mark[0] for mark in data["marks"]]
    facts = [fact for row in data["records"] for fact in row[9]]
    assert {"provisional", "ambiguous"} <= {marks[each] for fact in facts for each in fact[4]}
    assert "expected" not in {marks[each] for fact in facts for each in fact[4]}, "the status says it already"
    found = told(data, "ind-gdp")
    assert [found["facts"][each][5] for each in found["shown"]] == ["2025.estimate", "2030.target"]


def test_a_project_is_found_with_the_stage_it_has_reached_and_the_next(site: dict[str, bytes]) -> None:
    data = known(site, "en/")
    project = next(row for row in data["records"] if row[0].startswith("prj-") and len(row[10]) == 2)
    (reached, coming) = (project[9][each] for each in project[10])
    assert (reached[2], coming[2]) == (0, 2)
    assert all(any(letter.isalpha() for letter in fact[3]) for fact in (reached, coming))


def test_a_target_that_was_met_or_missed_says_so() -> None:
    data = known(rendered(frozen.year_after()), "en/")
    outcomes = {fact[6] for row in data["records"] for fact in row[9] if len(fact) > 6}
    assert outcomes == {"met", "missed"}
    assert all(fact[2] == 2 for row in data["records"] for fact in row[9] if len(fact) > 6)
    assert all((data["missed"], data["met"])), "and there are words that ask for it"


def test_words_of_vocabularies_quotes_and_related_records_are_searched(site: dict[str, bytes]) -> None:
    data = known(site, "")
    assert "综合经济" in told(data, "ind-gdp")["words"]
    assert "Economy" in told(data, "ind-gdp")["words"]
    row = next(each for each in data["records"] if each[0] == "ind-gdp")
    assert row[7], "its quotes"


def test_pages_are_found_too(site: dict[str, bytes]) -> None:
    data = known(site, "en/")
    pages = {row[0] for row in data["records"] if data["kinds"][row[1]] == "Page"}
    assert {"targets/index.html", "downloads/index.html", "method/index.html", "list/indicators/index.html"} <= pages
    assert all(f"en/{page}" in site for page in pages)


@pytest.mark.parametrize(
    ("home", "note"), [("", "数据中没有供水的内容。"), ("en/", "The data has nothing on water supply.")]
)
def test_everyday_words_come_with_their_note_in_the_language_of_the_page(
    site: dict[str, bytes], home: str, note: str
) -> None:
    assert known(site, home)["everyday"] == [[["自来水", "tap water"], [], note]]


def test_a_project_without_everyday_words_has_a_search(linxi: Path) -> None:
    assert known(rendered(linxi), "")["everyday"] == []


def test_the_name_of_the_area_says_nothing_in_a_question(site: dict[str, bytes]) -> None:
    ignored = known(site, "")["ignored"]
    assert {"临溪县", "临溪"} <= {*ignored} or {"临溪区", "临溪"} <= {*ignored}
