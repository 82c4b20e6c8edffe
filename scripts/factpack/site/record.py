"""Records: what the page of a record says, worked out from the catalogue for a template to lay out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import quote

from factpack.package.citation import STYLES, cited, retirement, says
from factpack.package.package import Package
from factpack.package.table import Cell, Field, Row, Table
from factpack.site.catalogue import Catalogue, Entry
from factpack.site.charts import charts, period
from factpack.site.templating import web, words
from factpack.table.encode import cell, csv_lines, json_bytes

HIDDEN = frozenset(
    ("id", "position", "document_id", "paragraph", "quote", "url", "section", "locator", "period_start", "period_end")
)
"""Columns that a page shows in a place of their own, or that only computers need."""
STEMS = frozenset(("name", "title", "display", "description", "definition", "section"))
"""Columns in both languages that a page shows in a place of their own."""
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
GROUPED = 4
"""Digits from which a number is written in groups of three."""


class Link(NamedTuple):
    """A link within the site: its text, and the record or part that it leads to; of nothing empty."""

    text: str
    id: str = ""


class Fact(NamedTuple):
    """A field of a row: what it is called, what it says, and the record that this leads to; of nothing empty."""

    label: str
    text: str
    id: str = ""


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


def link(catalogue: Catalogue, own: str, language: str) -> Link:
    """Return a link to a record by its name."""
    entry = catalogue.entries.get(own.partition(".")[0])
    return Link(entry.name(language) if entry else own, own)


def list_title(table: Table, language: str) -> str:
    """Return what the list of a kind is called: in English the name of its table, which is a plural."""
    return table.title["zh"] if language == "zh" else table.name.replace("_", " ").capitalize()


def label_of(field: Field, language: str) -> str:
    """Return what a column is called, without the language that it is in."""
    return field.title[language].removesuffix({"zh": "（中文）", "en": " (English)"}[language])


def said(field: Field, value: Cell, language: str) -> str:
    """Return a cell as a reader reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return words(language)["yes" if value else "no"]
    found = field.labels.get(str(value))
    if found:
        return found[language]
    if isinstance(value, (int, Decimal)) and len(str(abs(int(value)))) >= GROUPED and field.name != "code":
        return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return period(str(value), language) if field.name.endswith("period") else cell(value)


class Shown(NamedTuple):
    """A column as a page shows it: the column, what it is called, and the column of the record that it links to."""

    field: Field
    label: str
    target: str


def shown(catalogue: Catalogue, table: Table, language: str, without: frozenset[str], plain: bool) -> Sequence[Shown]:
    """Return the columns of a table that a page shows among the facts of a row: those of plain values where asked."""
    key = (table.name, language, without, plain)
    if key not in catalogue.columns:
        catalogue.columns[key] = [
            each
            for each in _shown(table, language)
            if each.field.name not in without and (plain or not each.field.name.startswith("plain_"))
        ]
    found: Sequence[Shown] = catalogue.columns[key]
    return found


def _shown(table: Table, language: str) -> Iterator[Shown]:
    other = {"zh": "_en", "en": "_zh"}[language]
    names = {field.name for field in table.fields}
    links = {each.field for each in table.links if each.table != "ids"}
    for field in table.fields:
        name = field.name
        stem = name[:-3] if name[-3:] in ("_zh", "_en", "_id") else name
        if name in HIDDEN or name.endswith(other) or (stem in STEMS and name != stem):
            continue
        if name.endswith("_id") and f"{stem}_{language}" in names:
            continue  # its text has a column of its own, which links
        target = f"{stem}_id" if name == f"{stem}_{language}" else name
        yield Shown(field, label_of(field, language), target if target in links else "")


def facts(
    catalogue: Catalogue,
    table: Table,
    row: Row,
    language: str,
    record: Row | None = None,
    without: frozenset[str] = frozenset(),
) -> Iterator[Fact]:
    """Yield what a row says, a fact a column, without some columns, and without what its record says too."""
    plain = row.get("plain_value") != row.get("value") or row.get("plain_unit_id") != row.get("unit_id")
    for field, label, target in shown(catalogue, table, language, without, plain):
        name, value = field.name, row[field.name]
        if value is None or (record is not None and record.get(name) == value):
            continue
        if not target or row[target] is None:
            yield Fact(label, said(field, value, language))
        elif target == name:
            yield Fact(label, *link(catalogue, str(value), language))
        else:
            yield Fact(label, str(value), str(row[target]))


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
        yield Group(list_title(table, language), made)


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
        STYLES[SHORT_STYLE[language]](cited(catalogue.package, own, language))
        if own in catalogue.package.states
        else ""
    )
    label = said(status, row["status"], language) if status else ""
    heading = says(table, row, language) or str(row.get("printed") or own.rpartition(".")[2])
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
        for label, found in ((t["latest"], _latest(results)), (t["target"], aims[0] if aims else None)):
            if found:
                when = period(str(found["period"]), language)
                if found["status"] != "target":
                    when += t["comma"] + said(status, found["status"], language)
                yield Figure(label, str(found[language_display]), when, str(found["id"]), str(found["status"]))


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
            users = list_title(catalogue.entries[fresh[0]].table, language)
            title = t["used by"].format(title=users, column=_column(catalogue.package, name, column, language))
            yield Group(title, [link(catalogue, own, language) for own in fresh])


def _column(package: Package, name: str, column: str, language: str) -> str:
    field = next(each for each in package.tables[name].fields if each.name == column)
    return label_of(field, language)


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
    what = cited(package, own, language)
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
    told = [(str(row["id"]), retirement(row, language), str(row["replaced_by_id"] or "")) for row in rows]
    return sorted(told, key=lambda each: each[0] != own)


def leads(entry: Entry, language: str) -> list[str]:
    """Return what says what a record is, in a language."""
    return [str(entry.row[f"{each}_{language}"]) for each in LEADS if entry.row.get(f"{each}_{language}")]


def web_authors(package: Package) -> list[dict[str, str]]:
    """Return who made a package, each with an address where one is given."""
    return [{"name": str(each["title"]), "url": web(each.get("path"))} for each in package.descriptor["contributors"]]
