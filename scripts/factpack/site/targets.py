"""The page of targets: each beside the result before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from factpack.package.collation import name_key
from factpack.package.table import Cell, Row
from factpack.site import schema_org
from factpack.site.cells import Link, cell_text, without_status
from factpack.site.charts import charts, period
from factpack.site.page import OutputFile, Page, Site
from factpack.site.templating import words


def sort_key(number: Cell) -> str:
    """Return by what a number sorts; nothing sorts before everything."""
    return format(number, "f") if isinstance(number, Decimal) else "-1e99" if number is None else str(number)


class Aim(NamedTuple):
    """A target beside the result before it."""

    link: Link
    target: str
    sort: str
    baseline: str
    baseline_id: str
    baseline_when: str
    baseline_sort: str
    outcome: str
    charts: Sequence[Any]


def by_period(site: Site, language: str) -> list[tuple[str, str, list[Row]]]:
    """Return the targets by period, the nearest first: an anchor, a heading, and rows."""
    table = site.package.tables.get("targets")
    found: dict[str, list[Row]] = {}
    for row in site.package.rows["targets"] if table else ():
        found.setdefault(str(row["period"]), []).append(row)
    order = sorted(found, key=lambda each: (each.rpartition("/")[2], each))
    title = words(language)["targets of"]
    return [(f"t{each.replace('/', '--')}", title.format(period=period(each, language)), found[each]) for each in order]


def targets(site: Site, language: str) -> OutputFile:
    """Return the page of targets beside results."""
    t = words(language)
    groups = [
        {"key": key, "title": title, "rows": [_aim(site, row, language) for row in _by_name(rows, language)]}
        for key, title, rows in by_period(site, language)
    ]
    page = Page(language, "targets/index.html")
    data = schema_org.web_page(site.package, t["targets"], language, t["targets about"])
    return page.render(site, "targets", t["targets"], data=data, groups=groups, summary=t["targets about"])


def _by_name(rows: Iterable[Row], language: str) -> list[Row]:
    return sorted(rows, key=lambda row: name_key(str(row[f"indicator_name_{language}"])))


def _aim(site: Site, row: Row, language: str) -> Aim:
    package, t = site.package, words(language)
    outcome = next(each for each in package.tables["targets"].fields if each.name == "outcome")
    rows = [
        found[1] for found in (package.find(str(row[each])) for each in ("baseline_id", "outcome_id", "id")) if found
    ]
    target = rows[-1]
    base = rows[0] if row["baseline_id"] is not None else None
    found = list(charts(rows, str(row[f"indicator_name_{language}"]), language, t)) if base else []
    result = cell_text(outcome, row["outcome"], language)
    if row["outcome_id"] is not None:
        result += f"{t['comma']}{rows[1 if base else 0][f'display_{language}']}"
    return Aim(
        Link(str(row[f"indicator_name_{language}"]), str(row["id"])),
        without_status(str(target[f"display_{language}"]), t["target"], language),
        sort_key(target.get("plain_value")),
        str(base[f"display_{language}"]) if base else "",
        str(base["id"]) if base else "",
        period(str(base["period"]), language) if base else "",
        sort_key(base.get("plain_value")) if base else "-1e99",
        result,
        found,
    )
