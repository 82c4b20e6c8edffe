"""A project of a few records has a site in which every link leads somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")

from rendered_site import rendered
from site_links import broken


def test_every_link_of_a_small_project_leads_somewhere(published: Path) -> None:
    assert broken(rendered(published)) == []
