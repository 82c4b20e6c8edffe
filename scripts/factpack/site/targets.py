"""The page of targets: each beside the result before it, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from factpack.package.collation import name_key
from factpack.package.periods import period
from factpack.package.table import Cell, Field, Row
from factpack.package.targets import cautions, difference
from factpack.site import schema_org
from factpack.site.aims import UNDECIDED, fields_of, outcome_text
from factpack.site.cells import Link, cell_text, value_link, without_status
from factpack.site.chart_key import chart_key
from factpack.site.charts import Chart, charts
from factpack.site.page import OutputFile, Page, Site
from factpack.site.templating import words


def sort_key(number: Cell) -> str:
    """Return by what a number sorts; nothing sorts before everything."""
    return format(number, "f") if isinstance(number, Decimal) else "-1e99" if number is None else str(number)


class Result(NamedTuple):
    """A result beside a target: a link to its value, of when it is, and by what it sorts."""

    link: Link
    when: str
    sort: str


class Aim(NamedTuple):
    """A target beside the result before it and what became of it."""

    link: Link
    target: str
    sort: str
    notes: Sequence[str]
    """What a reader must know of the target: its kind, and what to look out for."""
    changed: Link
    """The target that it was changed to, if it was."""
    baseline: Result | None
    outcome: str
    result: Result | None
    difference: str
    charts: Sequence[Chart]


def by_period(site: Site, language: str) -> list[tuple[str, str, list[Row]]]:
    """Return the targets by period: an anchor, a heading, and rows. Past ones come last, the nearest first."""
    table = site.package.tables.get("targets")
    found: dict[str, list[Row]] = {}
    for row in site.package.rows["targets"] if table else ():
        found.setdefault(str(row["period"]), []).append(row)
    ends = {each: _end(site, rows[0]) for each, rows in found.items()}
    judged = [ends[each] for each, rows in found.items() if any(row["outcome_id"] is not None for row in rows)]
    last, t = max(judged, default=""), words(language)
    order = sorted((each for each in found if ends[each] > last), key=lambda each: (ends[each], each))
    past = sorted((each for each in found if ends[each] <= last), key=lambda each: (ends[each], each), reverse=True)
    titles = {**dict.fromkeys(order, t["targets of"]), **dict.fromkeys(past, t["targets of the past"])}
    return [
        (f"t{each.replace('/', '--')}", title.format(period=period(each, language)), found[each])
        for each, title in titles.items()
    ]


def _end(site: Site, row: Row) -> str:
    """Return the last day of the period of a target."""
    target = site.package.find(str(row["id"]))
    return str(target[1]["period_end"]) if target else ""


def targets(site: Site, language: str) -> OutputFile:
    """Return the page of targets beside results."""
    t = words(language)
    fields, listed = fields_of(site.catalogue), by_period(site, language)
    shown = {key: [_aim(site, row, language) for row in _by_name(rows, language)] for key, _, rows in listed}
    groups = [
        {"key": key, "title": title, "rows": shown[key], "counts": list(_counts(fields, rows, language))}
        for key, title, rows in listed
    ]
    page = Page(language, "targets/index.html")
    data = schema_org.web_page(site.package, t["targets"], language, t["targets about"])
    drawn = [chart for rows in shown.values() for row in rows for chart in row.charts]
    return page.render(
        site,
        "targets",
        t["targets"],
        data=data,
        groups=groups,
        summary=t["targets about"],
        chart_key=chart_key(drawn, t),
    )


def _counts(fields: Mapping[str, Field], rows: Sequence[Row], language: str) -> Iterator[str]:
    """Yield how many targets of a period came out how, by kind; nothing as long as none is decided."""
    t = words(language)
    if all(row["outcome"] in UNDECIDED for row in rows):
        return
    for kind, label in fields["kind"].labels.items():
        found = Counter(str(row["outcome"]) for row in rows if row["kind"] == kind)
        each = (
            t["counted"].format(label=text[language], count=found[value])
            for value, text in fields["outcome"].labels.items()
            if found[value]
        )
        if found:
            told = t["several"].join(each)
            yield t["counted of kind"].format(kind=label[language], count=found.total(), told=told)


def _by_name(rows: Iterable[Row], language: str) -> list[Row]:
    return sorted(rows, key=lambda row: name_key(str(row[f"indicator_name_{language}"])))


def _aim(site: Site, row: Row, language: str) -> Aim:
    catalogue, name = site.catalogue, str(row[f"indicator_name_{language}"])
    part_id = str(row["id"])
    beside = [catalogue.package.find(str(row[each])) for each in ("baseline_id", "outcome_id", "id")]
    base, result, target = (found[1] if found else None for found in beside)
    assert target is not None
    rows = [each for each in (base, result, target) if each and each["indicator_id"] == row["indicator_id"]]
    found = list(charts(rows, name, language, words(language), part_id)) if len(rows) > 1 else []
    changed = catalogue.changed.get(part_id)
    return Aim(
        Link(name, part_id),
        without_status(str(target[f"display_{language}"]), words(language)["target"], language),
        sort_key(target.get("plain_value")),
        list(_notes(fields_of(catalogue), row, language)),
        value_link(catalogue, changed, language) if changed else Link(""),
        _result(site, base, row, language),
        outcome_text(catalogue, row, language),
        _result(site, result, row, language),
        difference(catalogue.package, row, language),
        found,
    )


def _notes(fields: Mapping[str, Field], row: Row, language: str) -> Iterator[str]:
    if row["kind"] not in ("plan", "five_year"):  # its period says that it is for five years
        yield cell_text(fields["kind"], row["kind"], language)
    if row["caution"] is not None:
        yield cautions(row["caution"], language)
    if row["reached_period"] is not None:
        name = "reached_period"
        when = cell_text(fields[name], row[name], language)
        yield f"{fields[name].heading(language)}{words(language)['colon']}{when}"


def _result(site: Site, found: Row | None, row: Row, language: str) -> Result | None:
    """Return a result as it stands beside a target; one of another indicator is called by its name."""
    if found is None:
        return None
    text, t = str(found[f"display_{language}"]), words(language)
    if found["indicator_id"] != row["indicator_id"]:
        text = t["of"].format(title=found[f"indicator_name_{language}"], name=text)
    number = sort_key(found.get("plain_value"))
    return Result(Link(text, str(found["id"])), period(str(found["period"]), language), number)
