"""Each theme has a page that joins what the records of all kinds say on it."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")

from factpack.package.package import Package
from factpack.words import LANGUAGES
from rendered_site import rendered

HOME = {"zh": "", "en": "en/"}
KINDS = ("indicators", "projects")


@pytest.fixture(scope="module")
def site(linxi: Path) -> dict[str, bytes]:
    return rendered(linxi)


def themes(package: Package) -> dict[str, set[str]]:
    """Return the records of each theme."""
    found: dict[str, set[str]] = {}
    for row in (row for kind in KINDS for row in package.rows[kind]):
        found.setdefault(str(row["theme"]), set()).add(str(row["id"]))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_theme_that_records_have_has_a_page_with_all_of_them(
    site: dict[str, bytes], package: Package, language: str
) -> None:
    wanted = themes(package)
    assert len(wanted) > 10
    pages = {path.split("/")[-2] for path in site if re.fullmatch(rf"{HOME[language]}theme/\w+/index\.html", path)}
    assert pages == wanted.keys()
    for value, records in wanted.items():
        page = site[f"{HOME[language]}theme/{value}/index.html"].decode()
        shown = set(re.findall(r'href="\.\./\.\./id/((?:ind|prj)-[a-z0-9-]+)/index\.html"', page))
        assert records <= shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_all_themes_counts_their_records(site: dict[str, bytes], package: Package, language: str) -> None:
    page = site[f"{HOME[language]}theme/index.html"].decode()
    counted = {
        (kind, value): int(count)
        for kind, value, count in re.findall(r'list/(\w+)/index\.html#theme=(\w+)">(\d+)</a>', page)
    }
    wanted = {
        (kind, value): sum(str(row["theme"]) == value for row in package.rows[kind])
        for kind in KINDS
        for value in themes(package)
    }
    assert counted == {each: count for each, count in wanted.items() if count}


def test_a_theme_tells_targets_beside_results_and_the_stage_of_each_project(
    site: dict[str, bytes], package: Package
) -> None:
    for value in themes(package):
        page = html.unescape(site[f"en/theme/{value}/index.html"].decode())
        for row in package.rows["projects"]:
            if row["theme"] == value:
                beside = page.split(f'/{row["id"]}/index.html">', 1)[1].split("</li>")[0]
                assert str(row["period"] or row["next_period"] or "")[:4] in beside
        indicators = {str(row["id"]) for row in package.rows["indicators"] if row["theme"] == value}
        pending = {str(row["indicator_id"]) for row in package.rows["targets"] if row["outcome"] == "pending"}
        for own in indicators & pending:
            assert re.search(rf'href="../../id/{own}/index.html#{own}\.[^"]*target"', page), own


def test_a_theme_leads_to_the_paragraphs_that_prove_its_records(site: dict[str, bytes], package: Package) -> None:
    for value, records in themes(package).items():
        wanted = {
            (str(row["document_id"]), str(row["paragraph"]))
            for row in package.rows["evidence"]
            if str(row["record_id"]) in records and row["paragraph"] is not None
        }
        page = site[f"theme/{value}/index.html"].decode()
        assert set(re.findall(r'id/(doc-[a-z0-9-]+)/index\.html#p(\d+)"', page)) == wanted
