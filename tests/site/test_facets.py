"""Lists can be filtered by what several records share, and the links to what they share lead to such lists."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")

from factpack.disk.project import Project
from factpack.package.package import Package
from factpack.run.workspace import open_workspace
from factpack.site.catalogue import Catalogue
from factpack.site.columns import Columns, columns_of
from factpack.site.facets import faceted, facets, listed_at
from factpack.words import LANGUAGES


@pytest.fixture(scope="module")
def catalogue(package: Package, linxi: Path) -> Catalogue:
    return Catalogue(package, columns_of(open_workspace(Project(linxi)).schemas))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", ["indicators", "projects", "places", "units"])
def test_choices_are_the_values_that_records_have_with_their_numbers(
    catalogue: Catalogue, table: str, language: str
) -> None:
    found = facets(catalogue, catalogue.kinds[table], language)
    assert {each.column for each in found} == faceted(catalogue, table)
    for facet in found:
        rows = [row[facet.column] for row in catalogue.package.rows[table]]
        counts = Counter(str(value).replace("/", "--") for value in rows if value is not None)
        assert {each.id: each.records for each in facet.choices}.items() <= counts.items()
        assert len(facet.choices) > 1
        assert len({each.label for each in facet.choices}) == len(facet.choices)
        if facet.column != "concept":
            assert len(facet.choices) == len(counts)


def test_what_kinds_can_be_filtered_by(catalogue: Catalogue) -> None:
    wanted = {
        "indicators": {"concept", "theme", "measure", "timing", "unit_id"},
        "projects": {"kind", "theme", "stage", "period", "next_stage", "next_period"},
        "places": {"kind"},
        "glossary": set(),
    }
    assert {table: set(faceted(catalogue, table)) for table in wanted} == wanted


def test_concepts_of_one_record_are_no_choice(catalogue: Catalogue) -> None:
    (facet,) = (each for each in facets(catalogue, catalogue.kinds["indicators"], "en") if each.column == "concept")
    assert min(each.records for each in facet.choices) > 1


def test_a_theme_has_a_page_and_what_else_is_shared_a_list(catalogue: Catalogue) -> None:
    table = catalogue.kinds["projects"]
    assert listed_at(catalogue, table, "theme").format("transport") == "theme/transport/index.html"
    assert listed_at(catalogue, table, "kind").format("road") == "list/projects/index.html#kind=road"
    assert listed_at(catalogue, table, "quote") == ""


def test_without_schemas_nothing_has_a_theme(package: Package) -> None:
    plain = Catalogue(package)
    assert [plain.theme(name) for name in plain.kinds] == [""] * len(plain.kinds)
    assert Columns().reverse("projects", "part_of_id", "en") == ""
