"""The board: which records reached which stage in which year, and which of them are to reach one in years to come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from factpack.package.periods import period
from factpack.package.table import Field, Row
from factpack.record.periods import parse
from factpack.site import schema_org
from factpack.site.catalogue import Catalogue
from factpack.site.cells import Link, link
from factpack.site.marks import Doubt, marks
from factpack.site.page import BOARD, OutputFile, Page, Site
from factpack.site.records.life import UNDECIDED, outcome_of, state_of
from factpack.site.templating import words

Key = tuple[str, bool]
"""A column of the board: a period of whole years, and whether its stages are only planned."""


class Place(NamedTuple):
    """A record at a stage: a link to what says so, when, and what is uncertain or became of it."""

    link: Link
    note: str
    marks: Sequence[Doubt]


class Stage(NamedTuple):
    """The records that reached a stage in a year, or are to reach it."""

    text: str
    places: Sequence[Place]


class Year(NamedTuple):
    """A year, or several: its anchor, its heading, and its stages in the order of their vocabulary."""

    key: str
    title: str
    is_planned: bool
    stages: Sequence[Stage]


class Board(NamedTuple):
    """The years, those to come first, and how many records each stage has in each of them."""

    years: Sequence[Year]
    heads: Sequence[tuple[Link, bool]]
    counts: Sequence[tuple[str, Sequence[int]]]


def board(site: Site, language: str) -> OutputFile:
    """Return the board."""
    t = words(language)
    return Page(language, BOARD).render(
        site,
        "board",
        t["board"],
        data=schema_org.web_page(site.package, t["board"], language, t["board about"], "CollectionPage"),
        board=board_of(site.catalogue, language),
        summary=t["board about"],
    )


def board_of(catalogue: Catalogue, language: str) -> Board:
    """Return the board of a package's steps."""
    name = catalogue.staged
    fields = {each.name: each for each in catalogue.package.tables[name].fields}
    stage = fields["stage"]
    columns: dict[Key, list[Row]] = {}
    for row in _standing(catalogue.package.rows[name]):
        columns.setdefault((_years(row), row["status"] == "target"), []).append(row)
    order = sorted(columns, key=lambda key: (parse(key[0]).end, parse(key[0]).start, key[1]))
    ahead = [key for key in order if key[1] and _is_open(columns[key])]
    past = [key for key in reversed(order) if key not in ahead]
    years = [_year(catalogue, key, columns[key], fields, language) for key in (*ahead, *past)]
    heads = [(Link(period(key[0], language), _anchor(key)), key[1]) for key in order]
    return Board(years, heads, list(_counts(stage, [columns[key] for key in order], language)))


def _standing(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield steps, without plans of which the same step was taken in their year: that one stands for them."""
    known = {str(row["id"]): row for row in rows}
    for row in rows:
        result = known.get(str(row.get("outcome_id")))
        if result is None or (result["stage"], _years(result), result["status"]) != (
            row["stage"],
            _years(row),
            "actual",
        ):
            yield row


def _is_open(rows: Sequence[Row]) -> bool:
    """Say whether a plan among some steps may still come true."""
    return any(row.get("outcome") in UNDECIDED for row in rows)


def _years(row: Row) -> str:
    """Return the year of a step's period, or of one of several years its first and last one."""
    when = parse(str(row["period"]))
    first, last = when.start.year, when.end.year
    return str(last) if first == last else f"{first}/{last}"


def _anchor(key: Key) -> str:
    return f"y{key[0].replace('/', '--')}{'-planned' if key[1] else ''}"


def _year(catalogue: Catalogue, key: Key, rows: Sequence[Row], fields: Mapping[str, Field], language: str) -> Year:
    title = words(language)["board planned" if key[1] else "board done"].format(year=period(key[0], language))
    stages = [
        Stage(text[language], [_place(catalogue, row, key, fields, language) for row in some])
        for value, text in fields["stage"].labels.items()
        if (some := [row for row in rows if row["stage"] == value])
    ]
    return Year(_anchor(key), title, key[1], stages)


def _place(catalogue: Catalogue, row: Row, key: Key, fields: Mapping[str, Field], language: str) -> Place:
    """Return a step with its own period where that is not the year, and what became of it if it is of the past."""
    when = period(str(row["period"]), language) if row["period"] != key[0] else ""
    told = outcome_of(fields, row, language) if state_of(row) == "step past" else ""
    own, label = str(row["id"]), str(row.get(f"label_{language}") or "")
    note = words(language)["comma"].join(filter(None, (when, label, told)))
    return Place(Link(link(catalogue, own, language).text, own), note, marks(row, language))


def _counts(stage: Field, columns: Sequence[Sequence[Row]], language: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield stages that occur, each with how many records each column has at it."""
    found: Sequence[Mapping[object, int]] = [Counter(row["stage"] for row in rows) for rows in columns]
    for value, text in stage.labels.items():
        counts = [each.get(value, 0) for each in found]
        if any(counts):
            yield text[language], counts
