"""The page of changes and the feeds tell what became of promises and figures, as `diff` does."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")

import frozen
from command_line import in_process
from factpack.site.templating import words
from projects import commit_all, git
from rendered_site import rendered

HOMES = {"zh": "", "en": "en/"}
PAGES = {"zh": "changes/index.html", "en": "en/changes/index.html"}
ATOM, XHTML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of the project whose first version is of the first year, and whose second has the year after."""
    made = tmp_path_factory.mktemp("changes") / "project"
    shutil.copytree(frozen.root(), made, symlinks=True)
    (made / ".gitignore").write_text("/.factpack/\n")
    commit_all(made)
    git(made, "tag", "data-0.2.0")
    shutil.copytree(frozen.year_after() / "sources", made / "sources", dirs_exist_ok=True)
    ended = in_process(made, "build")
    assert ended.exit_code == 0, ended.stdout + ended.stderr
    return made


@pytest.fixture(scope="module")
def site(root: Path) -> Mapping[str, bytes]:
    return rendered(root, **{"x-base_url": "https://linxi.example.org/"})


@pytest.fixture(scope="module", params=PAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def told_by_diff(root: Path, language: str) -> list[str]:
    """Return the headings and lines that `diff` tells above the records."""
    lines = in_process(root, "diff", "data-0.2.0", lang=language).stdout.splitlines()
    above = lines[: next(at for at, line in enumerate(lines) if line[:2] in ("+ ", "~ ", "- "))]
    return [line.removeprefix("= ").strip() for line in above]


def plain(html: str) -> list[str]:
    """Return the headings, lines and paragraphs of a piece of a page as a reader reads them."""
    found = re.findall(r"<(?:h3|li|p)[^>]*>(.*?)</(?:h3|li|p)>", html, re.DOTALL)
    return [unescape(re.sub(r"<[^>]*>", "", each)).strip() for each in found]


def test_diff_tells_all_that_may_be_told(root: Path) -> None:
    told = "\n".join(told_by_diff(root, "en"))
    for each in ("have an outcome", "Corrected figures", "Final or more exact", "New dates", "New names"):
        assert each in told


def test_the_page_tells_what_diff_tells_in_its_order(root: Path, site: Mapping[str, bytes], language: str) -> None:
    wanted = told_by_diff(root, language)
    page = plain(site[PAGES[language]].decode().partition('id="v0.3.0"')[2].partition("</section>")[0])
    assert page[1 : 1 + len(wanted)] == wanted


def test_the_feed_tells_them_too(root: Path, site: Mapping[str, bytes], language: str) -> None:
    wanted = told_by_diff(root, language)
    entry = ET.fromstring(site[f"feed-{language}.xml"]).findall(f"{ATOM}entry")[0]
    content = entry.find(f"{ATOM}content")
    assert content is not None
    told = ["".join(each.itertext()).strip() for each in content.iter() if each.tag in (f"{XHTML}h3", f"{XHTML}li")]
    assert told == wanted
    headings = ["".join(each.itertext()) for each in content.iter(f"{XHTML}h3")]
    assert str(entry.findtext(f"{ATOM}summary")).split("\n")[1:] == headings
    assert {str(each.get("href")).partition("id/")[0] for each in content.iter(f"{XHTML}a")} == {
        "https://linxi.example.org/" + {"zh": "", "en": "en/"}[language]
    }


def test_ids_lead_to_where_they_stand(site: Mapping[str, bytes], language: str) -> None:
    part = site[PAGES[language]].decode().partition('id="v0.3.0"')[2].partition("</section>")[0]
    links = re.findall(r'href="\.\./(id/[^"#]*)(?:#([^"]*))?"', part)
    assert len(links) > 20
    for path, anchor in links:
        page = site[{"zh": "", "en": "en/"}[language] + path].decode()
        assert not anchor or f'id="{anchor}"' in page


def test_the_first_version_tells_none(site: Mapping[str, bytes], language: str) -> None:
    first = site[PAGES[language]].decode().partition('id="v0.2.0"')[2].partition("</section>")[0]
    assert len(plain(first)) == 1


# ---- on the page of a record


def since(site: Mapping[str, bytes], record: str, language: str) -> str:
    """Return what the page of a record says of the time since the last edition."""
    page = site[f"{HOMES[language]}id/{record}/index.html"].decode()
    return page.partition('<h2 id="since">')[2].partition("</section>")[0]


def test_a_record_tells_which_values_are_new_and_what_became_of_its_promises(
    root: Path, site: Mapping[str, bytes], language: str
) -> None:
    told = since(site, "ind-gdp", language)
    assert "0.2.0" in told
    assert 'href="../../id/ind-gdp/index.html#ind-gdp.2026.estimate"' in told
    lines = [each for each in told_by_diff(root, language) if "(ind-gdp." in each or each.endswith("ind-gdp")]
    page = plain(told)
    assert all(each in page for each in lines)


def test_a_new_record_says_so_and_an_unchanged_one_nothing(site: Mapping[str, bytes], language: str) -> None:
    page = site[PAGES[language]].decode().partition('id="v0.3.0"')[2].partition("</section>")[0]
    t = words(language)
    added = re.findall(r'href="\.\./id/([^/"]*)/', page.partition(f"<h3>{t['added']}")[2].partition("<h3>")[0])
    assert added
    assert all(t["since added"] in since(site, each, language) for each in added)
    assert since(site, "unt-percent", language) == ""


def test_the_page_of_changes_leads_to_what_changed_in_a_record(site: Mapping[str, bytes], language: str) -> None:
    page = site[PAGES[language]].decode()
    found = re.findall(r'href="\.\./(id/[^"#]*)#since"', page)
    assert len(found) > 20
    assert all('<h2 id="since">' in site[HOMES[language] + path].decode() for path in found)


def test_without_an_earlier_edition_no_record_tells_of_changes() -> None:
    assert not any(b'id="since"' in raw for path, raw in rendered(frozen.root()).items() if path.endswith(".html"))


def test_other_processes_know_what_changed(root: Path, site: Mapping[str, bytes]) -> None:
    assert rendered(root, workers=2, **{"x-base_url": "https://linxi.example.org/"}) == site
