"""Records: what the page of a record says, worked out from the catalogue for a template to lay out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote

from factpack.package.citation import citation_of, part_text, retirement_text
from factpack.package.package import Package
from factpack.package.styles import STYLES
from factpack.package.table import Field, Row, Table
from factpack.site.catalogue import Catalogue, Entry
from factpack.site.cells import Fact, facts, link, said, without_status
from factpack.site.charts import charts, period
from factpack.site.templating import web, words
from factpack.table.encode import csv_lines, json_bytes

HEADED = frozenset(("period", "stage", "status"))
"""Columns that the heading of a part with a status shows."""
LEADS = ("description", "definition")
"""Columns in both languages that say what a record is."""
STYLE_NAMES = {
    "gbt7714": "GB/T 7714—2025",
    "apa": "APA 7",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
}
SHORT_STYLE = {"zh": "gbt7714", "en": "apa"}
"""The style in which a part is cited on the page of its record."""


class Passage(NamedTuple):
    """What proves a record or a part of it."""

    id: str
    quote: str
    locator: str
    document: str
    title: str
    paragraph: int | None
    verified: bool
    url: str


class Part(NamedTuple):
    """A part of a record: its heading, what it says and what proves it."""

    id: str
    heading: str
    status: str
    status_label: str
    anchor: str
    """What its anchor is called."""
    facts: list[Fact]
    passages: list[Passage]
    cite: str


class Group(NamedTuple):
    """Some records or parts under one heading."""

    title: str
    items: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """The value that the head of a page shows: what it is, the value, and when."""

    label: str
    said: str
    when: str
    id: str
    status: str


def passages(catalogue: Catalogue, rows: Iterable[Row], language: str) -> list[Passage]:
    """Return rows of evidence as a page shows them."""
    found = []
    for row in rows:
        document = catalogue.entries.get(str(row["document_id"]))
        title = document.name(language) if document else str(row["document_id"])
        url = web(document.row.get("url")) if document else ""
        paragraph = row["paragraph"] if isinstance(row["paragraph"], int) else None
        texts = (str(row["quote"] or ""), str(row["locator"] or ""))
        found.append(
            Passage(str(row["id"]), *texts, str(row["document_id"]), title, paragraph, row["verified"] is True, url)
        )
    return found


def parts(catalogue: Catalogue, entry: Entry, language: str) -> Iterator[Group]:
    """Yield the parts of a record, table by table."""
    for name, rows in entry.parts.items():
        table = catalogue.package.tables[name]
        owners = {each.field.removesuffix("_id") for each in table.links if each.table == entry.table.name}
        owner = next((f"{each}_" for each in sorted(owners) if f"{each}_id" == table.fields[1].name), "")
        status = next((each for each in table.fields if each.name == "status"), None)
        without = {each.name for each in table.fields if owner and each.name.startswith(owner)}
        told = frozenset(without | (HEADED if status else set()))
        made = [_part(catalogue, entry, table, row, language, status, told) for row in rows]
        yield Group(table.title[language], made)


def _part(
    catalogue: Catalogue,
    entry: Entry,
    table: Table,
    row: Row,
    language: str,
    status: Field | None,
    without: frozenset[str],
) -> Part:
    own = str(row["id"])
    proof = passages(catalogue, entry.passages.get(own, ()), language)
    cite = (
        STYLES[SHORT_STYLE[language]](citation_of(catalogue.package, own, language))
        if own in catalogue.package.states
        else ""
    )
    label = said(status, row["status"], language) if status else ""
    heading = part_text(table, row, language) or str(row.get("printed") or own.rpartition(".")[2])
    when = str(row.get("period") or "")
    heading = period(when, language) + heading.removeprefix(when) if when and heading.startswith(when) else heading
    heading = heading.removesuffix(f"{words(language)['comma']}{label}") if label else heading
    told = facts(catalogue, table, row, language, entry.row, without)
    return Part(
        own,
        heading,
        str(row.get("status") or ""),
        label,
        words(language)["address of"].format(id=own),
        [each for each in told if each.text and (status or each.text not in heading)],
        proof,
        cite,
    )


def figures(entry: Entry, catalogue: Catalogue, language: str) -> Iterator[Figure]:
    """Yield the latest result of a record's values, and the first target after it."""
    t, language_display = words(language), f"display_{language}"
    for name, rows in entry.parts.items():
        if not any(row.get(language_display) for row in rows):
            continue
        status = next(each for each in catalogue.package.tables[name].fields if each.name == "status")
        results = [row for row in rows if row["status"] != "target"]
        aims = [row for row in rows if row["status"] == "target"]
        for found in (_latest(results), aims[0] if aims else None):
            if found:
                label = said(status, found["status"], language)
                head = t["figure"].format(period=period(str(found["period"]), language), status=label.lower())
                value = without_status(str(found[language_display]), label, language)
                yield Figure(head.strip(), value, "", str(found["id"]), str(found["status"]))


def stages(entry: Entry, language: str) -> Iterator[Figure]:
    """Yield the stage that a record has reached, and the one that comes next."""
    fields = {each.name: each for each in entry.table.fields}
    for before, label in (("", "stage now"), ("next_", "stage next")):
        stage, when = entry.row.get(f"{before}stage"), entry.row.get(f"{before}period")
        if stage is None:
            continue
        rows = [
            row
            for rows in entry.parts.values()
            for row in rows
            if row.get("stage") == stage and row.get("period") == when
        ]
        own = str(rows[0]["id"]) if rows else ""
        name = said(fields[f"{before}stage"], stage, language)
        status = "target" if before else "actual"
        yield Figure(words(language)[label], name, period(str(when or ""), language), own, status)


def _latest(rows: Sequence[Row]) -> Row | None:
    """Return the row of the latest period, of those that end together the shortest, with a value before one without."""
    if not rows:
        return None
    day = datetime.date.min
    return max(
        rows,
        key=lambda row: (row.get("period_end") or day, row.get("period_start") or day, row.get("value") is not None),
    )


def drawn(entry: Entry, language: str) -> list[Any]:
    """Return the charts of a record's values."""
    return [
        each
        for rows in entry.parts.values()
        if rows and "plain_value" in rows[0]
        for each in charts(rows, entry.name(language), language, words(language))
    ]


def related(catalogue: Catalogue, entry: Entry, language: str) -> Iterator[Group]:
    """Yield the records that a record refers to and those that refer to it, each once."""
    t, seen = words(language), {entry.id}
    siblings = catalogue.concept(entry)
    proven = catalogue.proven
    if siblings:
        yield Group(t["same concept"], [link(catalogue, each, language) for each in siblings])
        seen |= set(siblings)
    for (name, column), others in entry.leads.items():
        fresh = [own for own in others if own not in seen and catalogue.entries[own].table.name in proven]
        if fresh:
            seen |= set(fresh)
            yield Group(
                _column(catalogue.package, name, column, language), [link(catalogue, own, language) for own in fresh]
            )
    for (name, column), others in entry.used.items():
        fresh = [own for own in others if own not in seen]
        if fresh:
            seen |= set(fresh)
            users = catalogue.entries[fresh[0]].table.title[language]
            title = t["used by"].format(title=users, column=_column(catalogue.package, name, column, language))
            yield Group(title, [link(catalogue, own, language) for own in fresh])


def _column(package: Package, name: str, column: str, language: str) -> str:
    field = next(each for each in package.tables[name].fields if each.name == column)
    return field.heading(language)


def lists(catalogue: Catalogue, entry: Entry, language: str) -> Iterator[Fact]:
    """Yield what a record has several of, such as its other names, as texts."""
    for name, rows in entry.lists.items():
        table = catalogue.package.tables[name]
        column = table.fields[-1]
        if column.name not in {each.field for each in table.links}:
            joined = {"zh": "、", "en": ", "}[language].join(str(row[column.name]) for row in rows)
            yield Fact(table.title[language], joined)


def cites(package: Package, own: str, language: str) -> list[tuple[str, str, str]]:
    """Return references in every style, that of the language first: its key, its name, and the text."""
    what = citation_of(package, own, language)
    order = sorted(STYLES, key=lambda style: style != SHORT_STYLE[language])
    return [(style, STYLE_NAMES[style], STYLES[style](what)) for style in order]


def report_link(package: Package, own: str, language: str) -> str:
    """Return the address of the form that reports an error in a record, empty where the repository is not known."""
    form = {"zh": "error.zh-CN.yml", "en": "error.yml"}[language]
    return f"{package.repository}/issues/new?template={form}&record={quote(own)}" if package.repository else ""


def value_table(entry: Entry, package: Package) -> Table | None:
    """Return the table of a record's parts that has values, which is what its CSV holds, else None."""
    return next((package.tables[name] for name, rows in entry.parts.items() if "value" in rows[0]), None)


def as_csv(entry: Entry, package: Package) -> bytes:
    """Return the rows of a record's values as CSV, of a record without values its own row."""
    table = value_table(entry, package)
    rows = entry.parts[table.name] if table else [entry.row]
    columns = [each.name for each in (table or entry.table).fields]
    return csv_lines([columns, *([row[name] for name in columns] for row in rows)])


def as_json(package: Package, own: str) -> bytes:
    """Return a record as JSON, of one that is retired its row in the table of ids."""
    return json_bytes(package.records.get(own) or dict(package.states[own])) + b"\n"


def retirements(catalogue: Catalogue, own: str, language: str) -> list[tuple[str, str, str]]:
    """Return what is retired of a record, itself first: id, since when and by what it is replaced, and by which id."""
    rows = catalogue.retired.get(own, ())
    told = [(str(row["id"]), retirement_text(row, language), str(row["replaced_by_id"] or "")) for row in rows]
    return sorted(told, key=lambda each: each[0] != own)


def leads(entry: Entry, language: str) -> list[str]:
    """Return what says what a record is, in a language."""
    return [str(entry.row[f"{each}_{language}"]) for each in LEADS if entry.row.get(f"{each}_{language}")]


def web_authors(package: Package) -> list[dict[str, str]]:
    """Return who made a package, each with an address where one is given."""
    return [{"name": str(each["title"]), "url": web(each.get("path"))} for each in package.descriptor["contributors"]]
