"""Overviews: the pages that lead to records: home, the lists of kinds, and targets beside results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from factpack.package.citation import citation_of
from factpack.package.styles import STYLES
from factpack.site import schema_org
from factpack.site.cells import Link, link
from factpack.site.coverage import uses_of
from factpack.site.downloads import amount
from factpack.site.outline import tokens
from factpack.site.page import Made, Page, Site, list_path
from factpack.site.record import drawn, figures
from factpack.site.targets import by_period


class Card(NamedTuple):
    """A headline record: its name, its latest values, and a chart."""

    link: Link
    figures: Sequence[Any]
    charts: Sequence[Any]


def home(site: Site, language: str) -> Made:
    """Return the home page."""
    package, catalogue = site.package, site.catalogue
    counts = [
        {"path": list_path(name), "title": table.title[language], "count": len(catalogue.of(name))}
        for name, table in sorted(catalogue.proven.items(), key=lambda each: -len(catalogue.of(each[0])))
    ]
    found = [catalogue.entries[own] for own in package.headline if own in catalogue.entries]
    headline = [
        Card(
            link(catalogue, entry.id, language),
            list(figures(entry, catalogue, language)),
            drawn(entry, language)[:1],
        )
        for entry in found
    ]
    groups = [{"key": key, "title": title, "count": len(rows)} for key, title, rows in by_period(site, language)]
    starts = [each for each in ("observations", "targets", *catalogue.proven) if each in package.tables][:4]
    files = [{"path": package.tables[name].path, "title": package.tables[name].title[language]} for name in starts]
    listed = [(each["path"], each["mediatype"]) for each in package.descriptor["resources"] if "mediatype" in each]
    uses = uses_of(tokens(catalogue, each, language) for each in catalogue.texts)
    archive, _, size = site.archive
    return Page(language, "index.html").render(
        site,
        "home",
        package.title[language],
        data=schema_org.dataset(package, language, [(archive, "application/zip"), *listed]),
        counts=counts,
        headline=headline,
        numbers=sum(uses.values()),
        unclaimed=uses["unclaimed"],
        targets=groups,
        files=files,
        archive=archive,
        archive_size=amount(size),
        cite=STYLES[{"zh": "gbt7714", "en": "apa"}[language]](citation_of(package, "", language)),
    )
