"""The page that shows the charts of a record alone, for a frame in a page of another site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from markupsafe import escape

from factpack.site import schema_org
from factpack.site.catalogue import Entry
from factpack.site.charts.figures import charts_of, timelines_of
from factpack.site.charts.key import chart_key
from factpack.site.charts.timelines import Timeline, key_of
from factpack.site.charts.values import Chart
from factpack.site.page import INDEX, OutputFile, Page, Site, record_path
from factpack.site.templating import words

FOLDER = "embed/"
AROUND, ROW, SHOWN = 190, 72, 560
"""Heights of what is around a chart and of a row of it, and the width of a frame, in pixels."""


class Drawn(NamedTuple):
    """What a record's page draws: values over the years, and charts of its other values."""

    timelines: Sequence[Timeline]
    charts: Sequence[Chart]


def drawn_of(entry: Entry, language: str) -> Drawn:
    """Return what the page of a record draws."""
    over_years = timelines_of(entry, language)
    shown = frozenset(own for each in over_years for own in each.ids)
    return Drawn(over_years, charts_of(entry, language, shown))


def embed_path(record_id: str) -> str:
    """Return the path of the page that shows a record's charts alone."""
    return f"{FOLDER}{record_id}/{INDEX}"


def embeds(site: Site, entry: Entry, drawn: Drawn, language: str) -> Iterator[OutputFile]:
    """Yield that page; nothing for a record without charts."""
    if any(drawn):
        yield Page(language, embed_path(entry.id)).render(
            site,
            "embed",
            entry.name(language),
            data=schema_org.web_page(site.package, entry.name(language), language, entry.table.title[language]),
            id=entry.id,
            of_address=Page(language, record_path(entry.id)).address,
            timelines=drawn.timelines,
            years_key=partial(key_of, words=words(language)),
            charts=drawn.charts,
            chart_key=partial(chart_key, words=words(language)),
        )


def frame(site: Site, entry: Entry, drawn: Drawn, language: str) -> str:
    """Return the HTML that puts that page into another one; empty where the site has no address, or nothing to show."""
    base = site.package.base_url
    if not any(drawn) or not base:
        return ""
    address = escape(f"{base}{Page(language, embed_path(entry.id)).address}")
    rows = [len((*each.marks, *each.bare)) for each in drawn.charts]
    tall = [*(each.height for each in drawn.timelines), *(ROW * each for each in rows)]
    height = sum(each + AROUND for each in tall)
    look = f'width="100%" height="{height}" style="border:0;max-width:{SHOWN}px" loading="lazy"'
    return f'<iframe src="{address}" title="{escape(entry.name(language))}" {look}></iframe>'
