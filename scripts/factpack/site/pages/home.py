"""The home page."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from factpack.package.citation import citation_of
from factpack.package.findings import main_document
from factpack.package.periods import period
from factpack.package.styles import STYLES
from factpack.site import schema_org
from factpack.site.cells import Link, link
from factpack.site.charts.compared import compared
from factpack.site.charts.figures import Figure, charts_of, figures, timelines_of
from factpack.site.charts.key import chart_key
from factpack.site.charts.timelines import Timeline, key_of
from factpack.site.charts.values import Chart
from factpack.site.contact import Address
from factpack.site.outline import tokens, uses_of
from factpack.site.page import OutputFile, Page, Site, list_path
from factpack.site.pages.downloads import amount
from factpack.site.pages.findings import known, sentences
from factpack.site.records.facts import published
from factpack.site.records.parts import SHORT_STYLE
from factpack.site.templating import words

OFFERED = 4
"""Tables that the home page offers for download, those of values first."""


class Card(NamedTuple):
    """A key figure: the link to its record, its latest values, and these drawn: over the years, or as bars."""

    link: Link
    figures: Sequence[Figure]
    timelines: Sequence[Timeline]
    charts: Sequence[Chart]


class Report(NamedTuple):
    """The document that most of the data is from: a link to its page, by whom and when, and where it was published."""

    link: Link
    by: str
    published: Sequence[Address]


def home(site: Site, language: str) -> OutputFile:
    """Return the home page."""
    package, catalogue = site.package, site.catalogue
    archive, _, size = site.archive
    listed = [(each["path"], each["mediatype"]) for each in package.descriptor["resources"] if "mediatype" in each]
    uses = uses_of(tokens(catalogue, each, language) for each in catalogue.texts)
    headline = [_card(site, each, language) for each in package.headline if each in catalogue.entries]
    made, t = known(site, language), words(language)
    return Page(language, "index.html").render(
        site,
        "home",
        package.title[language],
        data=schema_org.dataset(package, language, [(archive, "application/zip"), *listed]),
        report=_report(site, language),
        version=t["made on"].format(version=package.version, day=period(package.issued.isoformat(), language)),
        findings=sentences(made),
        compared=compared(catalogue, made.compared, "compared", language),
        counts=_counts(site, language),
        headline=headline,
        chart_key=chart_key((chart for card in headline for chart in card.charts), t),
        years_key=key_of([found for card in headline for found in card.timelines], t),
        numbers=sum(uses.values()),
        unclaimed=uses["unclaimed"],
        files=_files(site, language),
        archive=archive,
        archive_size=amount(size),
        cite=STYLES[SHORT_STYLE[language]](citation_of(package, "", language)),
    )


def _counts(site: Site, language: str) -> list[dict[str, Any]]:
    """Return the lists of records that rest on passages, the longest first, each with its title and length."""
    tables = sorted(site.catalogue.proven.values(), key=lambda table: -len(site.catalogue.of(table.name)))
    return [
        {"path": list_path(table.name), "title": table.title[language], "count": len(site.catalogue.of(table.name))}
        for table in tables
    ]


def _card(site: Site, record_id: str, language: str) -> Card:
    entry = site.catalogue.entries[record_id]
    values, over_years = list(figures(entry, site.catalogue, language)), timelines_of(entry, language)[:1]
    drawn = [] if over_years else list(_bars(charts_of(entry, language), {each.id for each in values}))
    return Card(link(site.catalogue, record_id, language), values, over_years, drawn)


def _bars(drawn: Sequence[Chart], shown: Container[str]) -> Iterator[Chart]:
    """Yield charts with the bars of the shown values alone, where two or more of these are on one line of numbers."""
    for chart in drawn:
        marks = tuple(mark for mark in chart.marks if mark.id in shown)
        if chart.bars and len(marks) > 1:
            yield replace(chart, marks=marks)


def _report(site: Site, language: str) -> Report | None:
    row = main_document(site.package)
    if row is None:
        return None
    entry, known = site.catalogue.entries[str(row["id"])], site.catalogue.known_columns
    day = period(str(row.get(known.of_role(entry.table.name, "delivered")) or ""), language)
    said = (row.get(f"publisher_{language}"), day if day not in entry.name(language) else "")
    by = words(language)["comma"].join(str(each) for each in said if each)
    return Report(link(site.catalogue, entry.id, language), by, published(entry, language))


def _files(site: Site, language: str) -> list[dict[str, str]]:
    tables = site.package.tables
    names = [each for each in ("observations", "targets", *site.catalogue.proven) if each in tables][:OFFERED]
    return [{"path": tables[name].path, "title": tables[name].title[language]} for name in names]
