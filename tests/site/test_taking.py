"""What readers take away: the table of values with its rows as data, embedded charts, shared links, downloads."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")

from factpack.package.package import Package
from factpack.site.catalogue import Catalogue
from factpack.site.marks import marks
from factpack.site.page import Site, card_path
from factpack.site.pages.downloads import downloads
from factpack.site.pages.value_table import FIRST
from rendered_site import rendered

BASE = "https://example.org/data/"
TABLE = "list/observations/index.html"


@pytest.fixture(scope="module")
def site(linxi: Path) -> dict[str, str]:
    """The pages of the frozen project, at an address of the web."""
    found = rendered(linxi, **{"x-base_url": BASE}).items()
    return {path: raw.decode() for path, raw in found if path.endswith((".html", ".js", ".csv", "sitemap.xml"))}


def rows_of(page: str) -> list[tuple[str, dict[str, str]]]:
    """Return the ids of the rows of a table of values, with what they are filtered by."""
    rows = re.findall(r'<tr id="([^"]+)"((?: data-\w+="[^"]*")*)>', page)
    return [(own, dict(re.findall(r'data-(\w+)="([^"]*)"', data))) for own, data in rows]


@pytest.mark.parametrize("home", ["", "en/"])
def test_the_table_has_every_value_once_and_what_it_is_filtered_by(
    site: dict[str, str], package: Package, home: str
) -> None:
    page, rows = site[home + TABLE], {str(row["id"]): row for row in package.rows["observations"]}
    found = rows_of(page)
    assert Counter(own for own, _ in found) == Counter([*rows])
    for own, data in found:
        assert data["theme"] == rows[own]["theme"]
        assert data["status"] == rows[own]["status"]
        assert data["period"] == str(rows[own]["period"]).replace("/", "--")
        keys = [each.key.replace(" ", "-") for each in marks(rows[own], "en")]
        assert data["doubt"].split() == (keys or ["none"])


def test_choices_of_the_table_count_its_rows(site: dict[str, str]) -> None:
    page = site[TABLE]
    found = [data for _, data in rows_of(page)]
    for name in ("theme", "period", "status", "plain_unit_id", "doubt"):
        select = page.partition(f'<select name="{name}">')[2].partition("</select>")[0]
        told = {value: int(count) for value, count in re.findall(r'value="([^"]+)"[^>]*>[^<]*\((\d+)\)<', select)}
        assert told == Counter(key for data in found for key in data.get(name, "").split()), name


def test_rows_beyond_the_first_wait_in_the_page(site: dict[str, str]) -> None:
    for home in ("", "en/"):
        first, _, rest = site[home + TABLE].partition('<tbody class="rest">')
        assert len(rows_of(first)) == FIRST
        assert len(rows_of(rest)) > 0


def test_the_data_of_the_table_are_those_of_the_package(site: dict[str, str], package: Package) -> None:
    raw = site["list/observations/rows.js"]
    told = json.loads(raw.removeprefix("window.values = ").removesuffix(";\n"))
    table = package.tables["observations"]
    assert told["csv"] == table.raw.decode()
    assert told["types"] == {field.name: field.type for field in table.fields}
    assert told["name"] == "observations"


# ---- charts elsewhere


def test_a_record_with_charts_has_a_page_to_embed_and_no_other_has(site: dict[str, str]) -> None:
    drawn = {path for path, page in site.items() if "/id/" in f"/{path}" and 'class="drawing"' in page}
    assert drawn
    for path in {path for path in site if "/id/" in f"/{path}" and path.endswith(".html")}:
        embedded = path.replace("id/", "embed/", 1)
        assert (embedded in site) == (path in drawn), path
        assert ("embed/" in site[path]) == (path in drawn), path


def test_a_page_to_embed_shows_the_chart_its_source_and_the_way_to_the_record(site: dict[str, str]) -> None:
    page, own = site["en/embed/ind-gdp/index.html"], site["en/id/ind-gdp/index.html"]
    charts = re.findall(r'<svg class="(?:chart|strip).*?</svg>', own, re.DOTALL)
    assert charts
    assert re.findall(r'<svg class="(?:chart|strip).*?</svg>', page, re.DOTALL) == charts
    assert 'href="../../id/ind-gdp/index.html" target="_blank" rel="noopener"' in page
    assert f'<link rel="canonical" href="{BASE}en/id/ind-gdp/">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "Source: " in page
    assert "Licence: " in page
    assert "<script src" not in page
    assert "<nav" not in page
    assert "embed/" not in site["sitemap.xml"]


def test_the_code_to_embed_is_an_address_of_the_web(site: dict[str, str], linxi: Path) -> None:
    own = site["en/id/ind-gdp/index.html"]
    assert f"&lt;iframe src=&#34;{BASE}en/embed/ind-gdp/&#34; title=&#34;Gross regional product (GDP)&#34;" in own
    without = rendered(linxi)["en/id/ind-gdp/index.html"].decode()
    assert "iframe" not in without
    assert 'href="../../embed/ind-gdp/index.html"' in without


def test_each_chart_can_be_taken_with_its_source_and_licence(site: dict[str, str], package: Package) -> None:
    own = site["en/id/ind-gdp/index.html"]
    charts = re.findall(r'<title id="([^"]+)"', own)
    bars = re.findall(r'data-picture="([^"]+)" data-name="([^"]+)" data-id="ind-gdp" data-source="([^"]+)"', own)
    assert [chart for chart, _, _ in bars] == charts
    assert all(name.startswith("ind-gdp.") for _, name, _ in bars)
    assert all(f"version {package.version}" in source for _, _, source in bars)
    assert own.count("data-licence=") == len(charts)


# ---- shared links


def described(page: str, name: str) -> str:
    """Return what a page says in a property of Open Graph."""
    (found,) = re.findall(f'<meta property="og:{name}" content="([^"]*)">', page)
    return str(found)


def test_a_record_is_shared_with_its_figures(site: dict[str, str]) -> None:
    page = site["en/id/ind-gdp/index.html"]
    assert "2025" in described(page, "description")
    assert "over CNY 31 billion" in described(page, "description")
    assert described(page, "title") == "Gross regional product (GDP)"
    assert described(site["en/about/index.html"], "image") == f"{BASE}card-en.png"


def test_key_figures_have_cards_of_their_own_where_links_are_shared(site: dict[str, str], package: Package) -> None:
    assert package.headline
    for own in package.headline:
        assert described(site[f"id/{own}/index.html"], "image") == f"{BASE}{card_path(own, 'zh')}"
    others = [own for own in package.records if own not in package.headline][:5]
    assert {described(site[f"id/{own}/index.html"], "image") for own in others} == {f"{BASE}card-zh.png"}


# ---- downloads


def offered(package: Package, **formats: int) -> str:
    """Return the page of downloads of a package beside some files of a release."""
    site = Site(package, Catalogue(package), {}, formats=list(formats.items()))  # type: ignore[arg-type]
    return downloads(site, "en")[1].decode()


def test_downloads_begin_with_the_table_of_values_and_five_of_its_rows(site: dict[str, str], package: Package) -> None:
    page = site["en/downloads/index.html"]
    assert page.index("Start here") < page.index('id="tables"') < page.index('id="package"')
    preview = page.partition('<table class="preview">')[2].partition("</table>")[0]
    rows = re.findall(r"<tr><td>([^<]*)</td>", preview)
    assert rows == [str(row["id"]) for row in package.rows["observations"][:5]]


def test_tables_are_listed_by_use(site: dict[str, str]) -> None:
    listed = re.findall(r'<tr><th scope="row"><a href="[^"]*csv/(\w+)\.csv">', site["downloads/index.html"])
    assert listed[:3] == ["observations", "targets", "indicators"]
    assert len(listed) == len(set(listed)) > 15


def test_tables_of_a_release_are_offered_in_all_their_forms(package: Package) -> None:
    page = offered(
        package, **{"csv-excel/observations.csv": 2000, "parquet/observations.parquet": 3000, "x.sqlite": 4000}
    )
    assert page.count('href="../../downloads/csv-excel/observations.csv"') == 2
    assert page.count('href="../../downloads/parquet/observations.parquet"') == 2
    assert page.count('href="../../downloads/x.sqlite"') == 1
    assert "CSV for Excel (with BOM) (2 kB)" in page
