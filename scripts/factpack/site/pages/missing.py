"""The page that hosts show where no page is: it may stand at any address, so its own addresses are absolute."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from factpack.site import schema_org
from factpack.site.page import MISSING, OutputFile, Page, Site
from factpack.site.templating import home_of, words
from factpack.words import TAGS, other


def missing(site: Site, language: str) -> OutputFile:
    """Return the page, in both languages, the own one first: hosts know only one of them."""
    t, at = words(language), urlsplit(site.package.base_url).path or "/"
    return Page(language, MISSING, at=at).render(
        site,
        "missing",
        t["missing"],
        data=schema_org.web_page(site.package, t["missing"], language, t["missing why"]),
        summary=t["missing why"],
        told=[_told(site, each, escape(at)) for each in (language, other(language))],
    )


def _told(site: Site, language: str, root: Markup) -> dict[str, Any]:
    """Return what the page says in a language, and where it leads."""
    return {
        "language": language,
        "tag": TAGS[language],
        "words": words(language),
        "home": home_of(language, root),
        "lists": [*site.kinds(language, True), *site.kinds(language, False)],
    }
