"""The page of targets: were those of the past reached, and what is aimed at next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from factpack.package.comparisons import comparisons
from factpack.package.findings import apart, targets_of
from factpack.package.periods import period
from factpack.package.table import Field, Row
from factpack.site import schema_org
from factpack.site.aims import fields_of
from factpack.site.catalogue import Catalogue
from factpack.site.page import OutputFile, Page, Site
from factpack.site.pages.coming import coming
from factpack.site.pages.findings import anchor, answers
from factpack.site.pages.past import Aim, Tally, aim, by_name, reasons, summary, tally
from factpack.site.templating import words

COLUMNS = {
    "result": "result",
    "difference": "result less target",
    "doubts": "notes",
    "sources": "said by",
}
"""Columns of past targets that are left out where no row has anything in them, with their headings as keys of words."""


def heading(when: str, key: str, language: str) -> str:
    """Return a heading for a period, by its key of words."""
    return words(language)[key].format(period=period(when, language))


def targets(site: Site, language: str) -> OutputFile:
    """Return the page of targets."""
    t, catalogue, found = words(language), site.catalogue, targets_of(site.package)
    fields, beside = fields_of(catalogue), {str(each.target["id"]): each for each in comparisons(site.package)}
    ahead = [
        {
            "key": anchor(when),
            "title": heading(when, "targets of", language),
            "count": len(rows),
            "parts": coming(catalogue, rows, beside, anchor(when), language),
        }
        for when, rows in found.coming.items()
    ]
    past = [_past(catalogue, when, rows, language) for when, rows in found.past.items()]
    page = Page(language, "targets/index.html")
    return page.render(
        site,
        "targets",
        t["targets"],
        data=schema_org.web_page(site.package, t["targets"], language, t["targets about"]),
        summary=t["targets about"],
        answers=answers(site, language),
        tallied=list(_tallied(fields, found.past, language)),
        reasons=reasons(fields, chain.from_iterable(found.past.values()), language),
        coming=ahead,
        past=past,
    )


def _past(catalogue: Catalogue, when: str, rows: Sequence[Row], language: str) -> dict[str, Any]:
    """Return the targets of a past period: as they were set, and those that were adjusted later."""
    tables, fields = [], fields_of(catalogue)
    title = heading(when, "targets of the past", language)
    for named, some in zip((title, words(language)["adjusted"]), apart(by_name(rows, language)), strict=True):
        if some:
            listed = [aim(catalogue, row, language) for row in some]
            tables.append({"title": named, "rows": listed, "columns": _columns(listed, language)})
    return {
        "key": anchor(when),
        "title": title,
        "count": len(rows),
        "summary": list(summary(fields, rows, language)),
        "tables": tables,
    }


def _columns(rows: Sequence[Aim], language: str) -> list[tuple[str, str]]:
    """Return the columns in which some row says something, with their headings."""
    return [(each, words(language)[key]) for each, key in COLUMNS.items() if any(_says(row, each) for row in rows)]


def _says(row: Aim, column: str) -> bool:
    if column == "result":
        return bool(row.result.id)
    return bool(row.doubts or row.notes) if column == "doubts" else bool(getattr(row, column))


def _tallied(fields: Mapping[str, Field], past: Mapping[str, Sequence[Row]], language: str) -> Iterator[Tally]:
    """Yield how many targets of each past period came out how, as they were set and as they were adjusted."""
    for at, caption in enumerate(("targets as set", "adjusted")):
        titled = {period(when, language): (anchor(when), apart(rows)[at]) for when, rows in past.items()}
        if any(rows for _, rows in titled.values()):
            yield tally(fields, words(language)[caption], titled, language)
