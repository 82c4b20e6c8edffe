"""A page that Chromium saves in every way that it has: it is read as the page that the site sent, or refused by name.

`pytest tests/browser/test_saving.py --write-expected` makes the samples in `data/saved/` that other tests read.
"""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from browser.test_browser import pytestmark as needs_browser
from browser.test_browser import ran, served
from factpack.text.page import paragraphs
from factpack.text.saved import UnreadableText
from text import saved_pages as pages

pytestmark = needs_browser


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """What the browser saved, by the coding that the page declares and by way."""
    folder: Path = tmp_path_factory.mktemp("pages")
    for declared, coding in pages.SENT.items():
        (folder / f"{declared}.html").write_bytes(pages.page(declared).encode(coding))
    for address in served(folder):
        made = ran("saving", base=address, pages=[f"{declared}.html" for declared in pages.SENT])
    return {
        name.removesuffix(".html"): {way: base64.b64decode(each) for way, each in ways.items()}
        for name, ways in made.items()
    }


@pytest.mark.parametrize("declared", pages.SENT)
@pytest.mark.parametrize("way", pages.NAMES)
def test_a_page_saved_in_any_way_is_the_page_that_was_sent(
    declared: str, way: str, saved: dict[str, dict[str, bytes]], request: pytest.FixtureRequest
) -> None:
    raw = saved[declared][way]
    assert paragraphs(raw) == paragraphs(pages.page().encode())
    if request.config.getoption("--write-expected"):
        pages.sample(declared, way).write_bytes(raw)
    assert paragraphs(pages.sample(declared, way).read_bytes()) == paragraphs(raw)


@pytest.mark.parametrize(("way", "which"), [("pdf", "text pdf"), ("png", "text picture")])
def test_what_is_no_page_any_more_is_refused(way: str, which: str, saved: dict[str, dict[str, bytes]]) -> None:
    with pytest.raises(UnreadableText) as refused:
        paragraphs(saved["utf-8"][way])
    assert refused.value.which == which
