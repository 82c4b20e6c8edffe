"""Records lead to those that they have to do with, under headings that say what that is."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")

from factpack.disk.project import Project
from factpack.package.package import Package
from factpack.run.workspace import open_workspace
from factpack.site.catalogue import Catalogue
from factpack.site.columns import columns_of
from factpack.site.records.relations import LinkGroup, ancestors, around, related
from factpack.words import LANGUAGES


@pytest.fixture(scope="module")
def catalogue(package: Package, linxi: Path) -> Catalogue:
    return Catalogue(package, columns_of(open_workspace(Project(linxi)).schemas))


def groups(catalogue: Catalogue, own: str, language: str = "en") -> dict[str, LinkGroup]:
    return {each.title.text: each for each in related(catalogue, catalogue.entries[own], language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_is_related_to_another_at_most_once_and_never_to_itself(
    catalogue: Catalogue, language: str
) -> None:
    alone = []
    for own, entry in catalogue.entries.items():
        found = [item.link.id for group in related(catalogue, entry, language) for item in group.items]
        assert len(found) == len(set(found))
        assert own not in found
        assert set(found) <= catalogue.entries.keys()
        alone += [own] if not found and entry.table.name in catalogue.proven else []
    assert len(alone) < len(catalogue.entries) / 50


def test_a_heading_says_what_records_have_to_do_with_this_one(catalogue: Catalogue) -> None:
    for own in catalogue.entries:
        for group in groups(catalogue, own):
            assert "in the field" not in group, (own, group)
    assert {table for entry in catalogue.entries.values() for table, _ in entry.used_by} > {"projects", "observations"}


def test_a_place_tells_the_projects_in_it_with_their_stage_and_year(catalogue: Catalogue) -> None:
    links = catalogue.package.rows["projects_places"]
    place, project = str(links[0]["place_id"]), str(links[0]["project_id"])
    told = {each.link.id: each.note for each in groups(catalogue, place)["Projects here"].items}
    row = catalogue.entries[project].row
    year = str(row["period"] or row["next_period"])[:4]
    assert year in told[project]


def test_a_place_tells_the_values_of_its_area(catalogue: Catalogue) -> None:
    areas = {str(row["area_id"]) for row in catalogue.package.rows["observations"] if row["area_id"] is not None}
    for area in areas:
        shown = groups(catalogue, area)["Indicators of this area"].items
        assert all(each.note for each in shown)
        for each in shown:
            rows = catalogue.entries[each.link.id].parts["observations"]
            assert any(each.note.endswith(str(row["display_en"])) for row in rows if row["area_id"] == area)


def test_what_a_record_is_a_part_of_is_told_from_the_whole(catalogue: Catalogue) -> None:
    deepest = max((ancestors(catalogue, entry) for entry in catalogue.entries.values()), key=len)
    assert len(deepest) > 1
    for above, below in pairwise(deepest):
        assert catalogue.entries[below].row["part_of_id"] == above


def test_records_of_the_same_paragraph_and_theme_lead_to_all_of_them(catalogue: Catalogue) -> None:
    told = 0
    for own, entry in catalogue.entries.items():
        document, number = catalogue.cited_at(own) or ("", 0)
        for text, group in groups(catalogue, own).items():
            if text.startswith("Also in paragraph"):
                assert group.title.id == f"id/{document}/index.html#p{number}"
                assert {each.link.id for each in group.items} <= set(catalogue.proven_by(document, number))
                told += 1
            elif text.startswith("Same theme"):
                assert group.title.id == f"theme/{entry.row['theme']}/index.html"
                assert {catalogue.entries[each.link.id].row["theme"] for each in group.items} == {entry.row["theme"]}
                told += 1
    assert told > len(catalogue.entries)


def test_those_around_one_of_a_list_are_at_most_so_many_on_each_side() -> None:
    assert around("abcdefg", "d", 2) == "bcdef"
    assert around("abcdefg", "a", 2) == "abc"
    assert around("abcdefg", "g", 9) == "abcdefg"
