"""What the search looks through: each record with its words and its figures, pages, and what people call things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from factpack.package.periods import period
from factpack.package.table import Row, Table
from factpack.site.catalogue import Catalogue, Entry
from factpack.site.cells import cell_text, without_status
from factpack.site.charts.figures import figures, stages
from factpack.site.marks import MARKS, legend, marks
from factpack.site.page import OutputFile, Page, Site
from factpack.site.pages.themes import labels_of, theme_path, themes_of
from factpack.site.records.facts import intro
from factpack.site.templating import words
from factpack.table.encode import json_bytes
from factpack.words import LANGUAGES, carried, other

STATUSES = ("actual", "estimate", "target")
"""Statuses of figures in the order in which the search numbers them; the last is that of what is aimed at."""
SAID = frozenset(("estimate",))
"""Marks that the status says already."""
ASKED = ("amounts", "targets", "results", "missed", "met")
"""Groups of own words that ask for something; the last two are outcomes of targets as records have them."""
Found = list[Any]
"""A record as the search reads it: id, kind, name, name in the other language, other names, labels, what it is, quotes,
values, figures, and which figures are shown where none is asked for."""


def search_data(site: Site, language: str) -> OutputFile:
    """Return what is searched, as a script: a page opened from a folder may read no other file."""
    kinds = {name: number for number, name in enumerate(site.catalogue.kinds)}
    rows = [
        record_row(site.catalogue, entry, kinds[entry.table.name], language, site.area)
        for entry in site.catalogue.entries.values()
    ]
    gone = [each for each in site.catalogue.retired if each not in site.catalogue.entries]
    rows += [_retired(site, record_id, len(kinds), language) for record_id in gone]
    pages = len(kinds) + 1
    rows += [_page(path, pages, *titles) for path, titles in _pages(site, language)]
    known = {
        "kinds": [*_kind_names(site, language), words(language)["retired"], words(language)["page"]],
        "supporting": [*(number for name, number in kinds.items() if name not in site.catalogue.proven), pages],
        "statuses": _statuses(site, language),
        "marks": [[each.text, each.anchor, each.is_grave] for each in legend(language)],
        "headline": [*site.package.headline, *site.catalogue.texts[:1]],
        "everyday": [_everyday(each, language) for each in site.everyday],
        "ignored": [*_area_names(site), *_own_words("ignored")],
        **{group: list(_own_words(group)) for group in ASKED},
    }
    lines = b",\n".join(_line(row) for row in rows)
    return Page(language, "search/data.js").path, (
        b"window.known = " + _line(known)[:-1] + b',"records":[\n' + lines + b"\n]};\n"
    )


def _line(value: object) -> bytes:
    """Return a value as JSON on one line."""
    return b"".join(each.strip() for each in json_bytes(value).split(b"\n"))


def _kind_names(site: Site, language: str) -> Iterator[str]:
    """Yield what one record of each kind is called."""
    singular = {kind.folder: kind.name.replace("_", " ").capitalize() for kind in site.schemas.kinds.values()}
    for name, table in site.catalogue.kinds.items():
        yield table.title[language] if language == "zh" else singular.get(name, table.title[language])


def _statuses(site: Site, language: str) -> list[str]:
    """Return what each status is called."""
    fields = (field for table in site.package.tables.values() for field in table.fields if field.name == "status")
    labels = next((field.labels for field in fields if field.labels), {})
    return [labels[each][language] if each in labels else each for each in STATUSES]


def _own_words(group: str) -> Iterator[str]:
    """Yield the words of a group that the program brings."""
    listed: Iterable[Sequence[str]] = carried("site/search_words.yaml")[group]
    yield from (each for line in listed for each in line)


def _everyday(entry: Mapping[str, Any], language: str) -> list[Any]:
    """Return what people call a thing, what records call it, and what readers are told of it."""
    note = entry.get("note", {}).get(language)
    return [entry["words"], entry["means"], *([note] if note else [])]


def _area_names(site: Site) -> list[str]:
    """Return the names of the area that all records are about if they name none: in a question they tell nothing."""
    entry = site.catalogue.entries.get(site.area)
    found = [*(entry.name(each) for each in LANGUAGES), *_aliases(entry)] if entry else []
    short = (each.rpartition(" ")[0] if each.isascii() else each[:-1] for each in found if len(each) > 2)
    return sorted({*found, *filter(None, short)}, key=lambda each: (-len(each), each))


def _pages(site: Site, language: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the path of each page that menus name and that is no record's, and of each theme, with its titles."""
    here, there = (site.shared(each) for each in (language, other(language)))
    for place in ("menu", "foot"):
        yield from ((one.path, (one.title, same.title)) for one, same in zip(here[place], there[place], strict=True))
    for value, label in labels_of(site.catalogue).items():
        if value in themes_of(site.catalogue):
            yield theme_path(value), (label[language], label[other(language)])


def _page(path: str, kind: int, title: str, named: str) -> Found:
    return [path, kind, title, named, "", "", "", "", "", [], []]


def _retired(site: Site, record_id: str, kind: int, language: str) -> Found:
    """Return a retired record by its name in the language, else its id."""
    state = site.package.states[record_id]
    names = [str(state[f"name_{language}"] or record_id), str(state[f"name_{other(language)}"] or "")]
    return [record_id, kind, *names, "", "", "", "", "", [], []]


def record_row(catalogue: Catalogue, entry: Entry, kind: int, language: str, area: str = "") -> Found:
    """Return a record as the search reads it; the area that all records are about is not among what it names."""
    parts = [row for rows in entry.parts.values() for row in rows]
    told = {
        str(row["id"]): fact
        for name, rows in entry.parts.items()
        for row in rows
        if (fact := _fact(catalogue, catalogue.package.tables[name], row, language))
    }
    shown = [each.id for each in (*figures(entry, catalogue, language), *stages(entry, language))]
    numbers = {part_id: number for number, part_id in enumerate(told)}
    return [
        entry.id,
        kind,
        entry.name(language),
        entry.name(other(language)),
        _joined(_aliases(entry)),
        _joined(_labels(entry)),
        _joined([*intro(entry, language), *_names(parts, language), *_beside(catalogue, entry, language, area)]),
        _joined(str(row["quote"]) for rows in entry.passages.values() for row in rows if row.get("quote")),
        _joined(_values(entry, parts)),
        list(told.values()),
        [numbers[each] for each in shown if each in numbers],
    ]


def _joined(texts: Iterable[str]) -> str:
    """Return texts as one, each once, with a bar between them, across which nothing is found."""
    return "|".join(dict.fromkeys(each.replace("|", " ") for each in texts))


def _aliases(entry: Entry) -> list[str]:
    listed = [row for rows in entry.lists.values() for row in rows if "name" in row]
    return [str(row[each]) for row in listed for each in ("name", "name_en") if row.get(each)]


def _labels(entry: Entry) -> Iterator[str]:
    """Yield what the vocabularies of a record's columns call it, such as its theme, in both languages."""
    for field in entry.table.fields:
        label = field.labels.get(str(entry.row[field.name]))
        if label:
            yield from (label[each] for each in LANGUAGES)


def _names(parts: Iterable[Row], language: str) -> list[str]:
    """Return the names of parts."""
    return [str(row[f"name_{language}"]) for row in parts if row.get(f"name_{language}")]


def _beside(catalogue: Catalogue, entry: Entry, language: str, area: str) -> Iterator[str]:
    """Yield the names of the records that a record names, such as its places."""
    for others in entry.refers_to.values():
        for each in others:
            named = catalogue.entries[each]
            if named.table.name in catalogue.proven and each != area:
                yield named.name(language)


def _values(entry: Entry, parts: Iterable[Row]) -> Iterator[str]:
    """Yield the numbers and codes of a record as they are displayed in either language and as they are in its table."""
    for row in parts:
        for each in (*(f"display_{language}" for language in LANGUAGES), "value"):
            if row.get(each) is not None:
                yield str(row[each])
    for name in ("code", "number"):
        if entry.row.get(name) is not None:
            yield str(entry.row[name])


def _fact(catalogue: Catalogue, table: Table, row: Row, language: str) -> list[Any] | None:
    """Return a figure or a stage: its period as a code and as read, its status, what it says, marks, and its part.

    A target that was met or missed has its outcome at the end. What was replaced by another figure is none.
    """
    if row.get("status") not in STATUSES or row.get("preferred") is False:
        return None
    fields = {each.name: each for each in table.fields}
    status, when = str(row["status"]), str(row["period"])
    if row.get("stage") is not None:
        text = cell_text(fields["stage"], row["stage"], language)
    else:
        label = cell_text(fields["status"], status, language)
        text = without_status(str(row.get(f"display_{language}") or ""), label, language)
    anchor = str(row["id"]).partition(".")[2]
    doubts = [MARKS.index(each.key) for each in marks(row, language, SAID)]
    outcome = catalogue.views.get(str(row["id"]), {}).get("outcome")
    decided = [outcome] if outcome in ASKED else []
    return [when, period(when, language), STATUSES.index(status), text, doubts, anchor, *decided]
