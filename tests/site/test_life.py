"""The life of a project as steps, and the board of all of them by year and stage."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")

import frozen
from factpack.package.package import open_package
from factpack.site.catalogue import Catalogue
from factpack.site.pages.board import board_of
from factpack.site.records.life import life
from rendered_site import rendered


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(open_package(frozen.year_after()))


@pytest.fixture(scope="module")
def site() -> Mapping[str, str]:
    """The pages of the frozen project with the documents of the year after."""
    return {path: raw.decode() for path, raw in rendered(frozen.year_after()).items() if path.endswith(".html")}


def told(catalogue: Catalogue, record: str) -> list[tuple[str, str, str, str]]:
    steps = life(catalogue, catalogue.entries[record], "en")
    return [(each.when, each.stage, each.state, each.outcome) for each in steps]


def test_steps_are_in_the_order_of_time_and_of_stages_the_plan_before_what_was_done(catalogue: Catalogue) -> None:
    assert told(catalogue, "prj-qingshi-road-north") == [
        ("2024", "Started", "done", ""),
        ("2025", "Completed", "was planned", "On time"),
        ("2025", "Completed", "done", ""),
        ("2025", "Opened", "was planned", "On time"),
        ("2025", "Opened", "done", ""),
    ]


def test_a_step_that_was_put_off_says_to_when_and_comes_again(catalogue: Catalogue) -> None:
    assert told(catalogue, "prj-xidong-library") == [
        ("2027", "Started", "planned", ""),
        ("2028", "Completed", "was planned", "moved to 2029"),
        ("2029", "Completed", "planned", ""),
    ]


def test_a_step_that_came_late_leads_to_what_says_so(catalogue: Catalogue) -> None:
    planned, _ = life(catalogue, catalogue.entries["prj-brookside-reading-room"], "en")
    assert planned.result.id == "prj-brookside-reading-room.2026-09.opened.actual"


def test_a_single_step_is_no_life(catalogue: Catalogue) -> None:
    assert told(catalogue, "prj-xixi-village-renewal")
    assert not told(catalogue, "prj-yunfanli-street")
    assert not told(catalogue, "ind-gdp")


def test_the_board_begins_with_what_is_planned_the_next_year_first(catalogue: Catalogue) -> None:
    keys = [each.key for each in board_of(catalogue, "en").years]
    ahead = [each for each in keys if each.endswith("-planned")]
    assert keys[: len(ahead)] == ahead == sorted(ahead)
    assert [each for each in keys if each not in ahead] == ["y2026", "y2025", "y2021--2025", "y2024"]


def test_the_board_has_every_step_once_without_plans_that_came_true_in_their_year(catalogue: Catalogue) -> None:
    board = board_of(catalogue, "en")
    listed = [place.link.id for year in board.years for stage in year.stages for place in stage.places]
    assert len(listed) == len(set(listed))
    left = {str(each["id"]) for each in catalogue.package.rows[catalogue.staged]} - set(listed)
    assert "prj-qingshi-road-north.2025.completed.target" in left
    assert "prj-brookside-reading-room.2026-06.opened.target" in left
    assert all(each.endswith(".target") for each in left)
    assert sum(sum(counts) for _, counts in board.counts) == len(listed)


def test_the_board_says_when_within_a_year_and_to_when_something_was_moved(catalogue: Catalogue) -> None:
    board = board_of(catalogue, "en")
    notes = {place.link.id: place.note for year in board.years for each in year.stages for place in each.places}
    assert notes["prj-qingshi-road-south.2026-12.opened.target"].startswith("December 2026")
    assert notes["prj-qingshi-road-south.2026-12.opened.target"].endswith("moved to June 2027")
    assert notes["prj-yunfanli-street.2026.opened.target"].endswith("Not reported")


@pytest.mark.parametrize("home", ["", "en/"])
def test_pages_lead_to_the_board_and_the_board_to_steps(site: Mapping[str, str], home: str) -> None:
    page = site[f"{home}board/index.html"]
    assert 'href="../../board/index.html"' in site[f"{home}list/projects/index.html"]
    assert 'href="../../board/index.html"' in site[f"{home}id/prj-xidong-library/index.html"].partition("<footer")[0]
    for path, anchor in re.findall(r'href="\.\./(id/[^"#]*)#([^"]*)"', page.partition("<main")[2]):
        assert f'id="{anchor}"' in site[home + path]
