"""The front page tells what the tables hold in sentences that lead to their rows, and nothing that they do not hold."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")

import frozen
from factpack.disk.project import Project
from factpack.package.comparisons import Comparison
from factpack.package.findings import Targets
from factpack.package.package import open_package
from factpack.run.workspace import open_workspace
from factpack.site.charts.compared import Compared, compared, percent
from factpack.site.making.build import open_site
from factpack.site.page import Site
from factpack.site.pages.findings import answers, known, sentences
from rendered_site import rendered

HOMES = {"zh": "", "en": "en/"}
languages = pytest.mark.parametrize("language", HOMES)


def site_of(root: Path) -> Site:
    return open_site(open_package(root), open_workspace(Project(root)), {})


@pytest.fixture(scope="module")
def next_year() -> Site:
    """The site of the frozen project with the documents of the year after."""
    return site_of(frozen.year_after())


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {path: raw.decode() for path, raw in rendered(frozen.year_after()).items() if path.endswith(".html")}


def told(site: Site, language: str) -> list[str]:
    return [each.text for each in sentences(known(site, language))]


def test_sentences_are_made_of_the_tables(next_year: Site) -> None:
    assert told(next_year, "en") == [
        "39 targets for 2025–2026: 16 reached, 10 not reached, 9 cannot be judged, 1 without a result in the data, "
        "2 not reported, 1 not judged. 3 targets adjusted near the end of the year, counted apart: 1 not reached, "
        "1 without a result in the data, 1 not judged.",
        "8 targets for 2027 can be set beside a result of 2026: 3 lower, 3 higher, "
        "2 that may be either, because a number is “over” or “about”.",
        "Lowered most: Charging piles added, from 3,500 to at least 3,000 (−14.3%). "
        "Raised most: General public budget expenditure, from CNY 3.92 billion to CNY 4.05 billion (+3.3%).",
        "Projects with a next stage in 2027: 2 (1 issued, 1 opened).",
        "17 targets for 2026–2030 cannot be judged yet: later reports will give the results.",
    ]


def test_a_version_after_the_first_says_what_is_new(next_year: Site) -> None:
    (version, *_) = next_year.versions
    later = replace(next_year, versions=[replace(version, before="0.0.9", changed={"added": [("ind-new", {})]})])
    found = sentences(known(later, "en"))
    assert found[:-1] == sentences(known(next_year, "en"))
    assert found[-1].path == f"changes/index.html#v{version.version}"
    assert found[-1].text.startswith(f"Version {version.version}: Added 1")


def test_sentences_speak_chinese(next_year: Site) -> None:
    found = told(next_year, "zh")
    assert found[0].startswith("2025—2026年的目标39个：已完成16个、未完成10个、无法判断9个、")
    assert "。年底调整的目标3个，另行统计：" in found[0]
    assert all(each.endswith("。") and "。。" not in each for each in found)


def test_a_report_alone_tells_less(published: Path) -> None:
    site = site_of(published)
    assert told(site, "en") == [
        "1 target for 2026 can be set beside a result of 2025: "
        "1 that may be either, because a number is “over” or “about”.",
        "The data has no targets for 2025, so the results of that year cannot be judged. "
        "2 targets for 2026 cannot be judged yet: later reports will give the results.",
    ]
    pages = rendered(published)
    for home in HOMES.values():
        assert 'class="tally"' not in pages[f"{home}targets/index.html"].decode()


def test_what_is_not_there_is_not_told(published: Path) -> None:
    made = known(site_of(published), "en")
    nothing = made._replace(compared=[], targets=Targets({}, {}))
    assert sentences(nothing) == []
    assert compared(made.site.catalogue, [], "x", "en") is None


@languages
def test_each_sentence_leads_to_its_rows(pages: dict[str, str], language: str) -> None:
    home = pages[f"{HOMES[language]}index.html"]
    listed = re.search(r'<ul class="findings">(.*?)</ul>', home, re.DOTALL)
    assert listed is not None
    paths = re.findall(r'href="([^"]*)"', listed[1])
    assert len(paths) == 5
    for path in paths:
        page, _, anchor = path.partition("#")
        assert "=" in anchor or not anchor or f'id="{anchor}"' in pages[f"{HOMES[language]}{page}"], path


@languages
def test_the_front_page_first_says_of_which_report_it_is(pages: dict[str, str], language: str) -> None:
    main = pages[f"{HOMES[language]}index.html"].partition("<main")[2]
    day = {"zh": "2026年12月28日", "en": "28 December 2026"}[language]
    said = [
        main.index(each) for each in ("doc-linxi-gwr-2026", day, 'rel="external"', 'id="findings"', 'id="headline"')
    ]
    assert said == sorted(said)
    assert said[-1] < main.index('class="counts"')


@languages
def test_the_page_of_targets_answers_first(pages: dict[str, str], next_year: Site, language: str) -> None:
    page = pages[f"{HOMES[language]}targets/index.html"]
    found = answers(next_year, language)
    assert [page.index(html.escape(each)) for each in found] == sorted(page.index(html.escape(each)) for each in found)
    assert page.index(html.escape(found[0])) < page.index('class="tally"') < page.index('id="t2027"')


def table(site: Site, language: str = "en") -> Compared:
    made = known(site, language)
    found = compared(site.catalogue, made.compared, "x", language)
    assert found is not None
    return found


def test_targets_stand_in_groups_from_the_lowest_to_the_highest(next_year: Site) -> None:
    found = table(next_year)
    assert [(each.sign, len(each.lines)) for each in found.groups] == [("▼", 3), ("▲", 3), ("?", 2)]
    assert (found.result, found.target) == ("2026 result", "2027 target")
    changes = [line.change for group in found.groups for line in group.lines]
    assert changes == [
        *("−14.3%", "−1.2%", "about −1 percentage point"),
        *("+3.3%", "up 2 places", "about +2.6 percentage points"),
        *("about 0%", "about −0.5 percentage points"),
    ]


def test_a_bound_is_never_drawn_as_an_equality(next_year: Site) -> None:
    lines = {line.link.id: line for group in table(next_year).groups for line in group.lines}
    drawn = [line.points for line in lines.values() if line.points]
    assert drawn
    for result, target in drawn:
        assert all((point.side != 0) == (point.tip != point.at) for point in (result, target))
    at_least = lines["ind-charging-piles-added.2027.target"].points
    assert at_least is not None
    assert (at_least[1].side, at_least[1].is_open) == (1, False)
    assert lines["ind-business-environment-rank.2027.target"].points is None


def test_the_key_names_the_signs_that_occur_and_no_others(next_year: Site) -> None:
    made = known(next_year, "en")
    drawn = [each for each in made.compared if each.change is not None]

    def key(some: list[Comparison]) -> str:
        found = compared(next_year.catalogue, some, "x", "en")
        return found.key if found else ""

    plain = [each for each in drawn if {each.result["bound"], each.target["bound"]} == {"exact"}]
    assert {each.result["status"] for each in plain} == {"actual"}
    scale = "Scale: change from the result to the target."
    assert key(plain) == f"● result; ◆ target. {scale}"
    near = [each for each in drawn if "about" in (each.result["bound"], each.target["bound"])]
    assert ("a wavy end: about" in key(drawn)) == bool(near)
    waved = [replace(drawn[0], target={**drawn[0].target, "bound": "about"})]
    assert "◆" not in key(waved)
    assert "a wavy end: about" in key(waved)
    assert key([each for each in made.compared if each.change is None]) == ""


def test_a_change_is_written_with_its_sign() -> None:
    found = [percent(Decimal(each)) for each in ("-0.7", "-0.4952", "0", "0.0909", "1")]
    assert found == ["−70%", "−49.5%", "0%", "+9.1%", "+100%"]
