"""The site of the real package: every link leads somewhere, and every id that was ever published has its address."""

from __future__ import annotations

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")

from factpack.package.package import open_package
from projects import ROOT
from rendered_site import rendered
from site_links import broken, unaddressed


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    return rendered(ROOT)


def test_every_link_and_anchor_of_every_page_leads_somewhere_and_ids_are_unique(site: dict[str, bytes]) -> None:
    assert sum(path.endswith(".html") for path in site) > 900
    assert broken(site) == []


def test_every_id_that_was_ever_given_has_its_address_in_both_languages(site: dict[str, bytes]) -> None:
    ids = [str(row["id"]) for row in open_package(ROOT).tables["ids"].items()]
    assert len(ids) > 800
    assert unaddressed(site, ids) == []
