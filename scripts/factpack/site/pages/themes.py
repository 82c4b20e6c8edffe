"""The page of all themes, and that of each: its results and targets, its projects by stage, its paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from factpack.package.collation import name_key
from factpack.package.table import Table
from factpack.site import schema_org
from factpack.site.catalogue import Catalogue, Entry
from factpack.site.cells import Link, cell_text, link
from factpack.site.facets import faceted
from factpack.site.outline import section_of
from factpack.site.page import THEMES, Item, OutputFile, Page, Site, list_path
from factpack.site.pages.lists import Head, ListRow, RowMaker
from factpack.site.records.relations import Related, ancestors, state_of
from factpack.site.stages import PROGRESS
from factpack.site.templating import words
from factpack.words import other

SHORT = 3
"""Columns of a list that the page of a theme shows of values: the name, the latest result and the target."""


class Block(NamedTuple):
    """The records of a kind: a link to its list, their number, columns with rows if they have values, else groups."""

    key: str
    link: Link
    records: int
    columns: Sequence[Head]
    rows: Sequence[ListRow]
    groups: Sequence[tuple[str, Sequence[Related]]]


class Told(NamedTuple):
    """Paragraphs of a section of a document: a link to the section, and links to the paragraphs."""

    link: Link
    paragraphs: Sequence[Link]


def themes_of(catalogue: Catalogue) -> list[str]:
    """Return the themes that records have, in the order of the vocabulary."""
    labels = labels_of(catalogue)
    return [value for value in labels if any(catalogue.of_theme(name, value) for name in themed(catalogue))]


def themed(catalogue: Catalogue) -> list[str]:
    """Return the kinds whose records have themes."""
    return [name for name in catalogue.kinds if catalogue.theme(name)]


def labels_of(catalogue: Catalogue) -> Mapping[str, Mapping[str, str]]:
    """Return the labels of themes in both languages."""
    tables = [catalogue.kinds[name] for name in themed(catalogue)]
    fields = [field for table in tables for field in table.fields if field.name == catalogue.theme(table.name)]
    return {value: label for field in fields for value, label in field.labels.items()}


def themes(site: Site, language: str) -> OutputFile:
    """Return the page of all themes: how many records of each kind each of them has."""
    catalogue, t = site.catalogue, words(language)
    names, labels = themed(catalogue), labels_of(catalogue)
    rows = [
        (
            Link(labels[value][language], theme_path(value)),
            [(list_link(catalogue, name, value, ""), len(catalogue.of_theme(name, value))) for name in names],
        )
        for value in themes_of(catalogue)
    ]
    return Page(language, THEMES).render(
        site,
        "themes",
        t["themes"],
        data=schema_org.web_page(site.package, t["themes"], language, t["themes about"], "CollectionPage"),
        kinds=[catalogue.kinds[name].title[language] for name in names],
        rows=rows,
        summary=t["themes about"],
    )


def theme(site: Site, language: str, value: str) -> OutputFile:
    """Return the page of a theme."""
    catalogue, t, labels = site.catalogue, words(language), labels_of(site.catalogue)
    title, ids = labels[value][language], [own for name in themed(catalogue) for own in catalogue.of_theme(name, value)]
    blocks = [_block(site, catalogue.kinds[name], value, language) for name in themed(catalogue)]
    blocks = [each for each in blocks if each.records]
    about = t["theme about"].format(theme=title)
    return Page(language, theme_path(value), THEMES).render(
        site,
        "theme",
        title,
        other_name=labels[value][other(language)],
        about=about,
        data=schema_org.web_page(site.package, title, language, about, "CollectionPage"),
        blocks=blocks,
        named=list(_named(catalogue, ids, language)),
        told=list(_told(catalogue, ids, language)),
        others=[Link(labels[each][language], theme_path(each)) for each in themes_of(catalogue) if each != value],
        trail=[Item(t["themes"], THEMES)],
        summary=about,
    )


def theme_path(value: str) -> str:
    """Return the path of the page of a theme."""
    return f"theme/{value}/index.html"


def list_link(catalogue: Catalogue, name: str, value: str, text: str) -> Link:
    """Return a link to the records of a theme in the list of a kind: to all of it if they have no other theme."""
    by = catalogue.theme(name)
    return Link(text, f"{list_path(name)}#{by}={value}" if by in faceted(catalogue, name) else list_path(name))


def _block(site: Site, table: Table, value: str, language: str) -> Block:
    catalogue = site.catalogue
    entries = [catalogue.entries[each] for each in catalogue.of_theme(table.name, value)]
    told = RowMaker(site, table, entries, language)
    rows = [each._replace(cells=each.cells[: SHORT - 1]) for each in map(told.row, entries)] if told.is_valued else []
    groups = [] if told.is_valued else list(_stages(catalogue, table, entries, language))
    title = list_link(catalogue, table.name, value, table.title[language])
    return Block(f"kind-{table.name}", title, len(entries), told.heads[:SHORT], rows, groups)


def _stages(
    catalogue: Catalogue, table: Table, entries: Sequence[Entry], language: str
) -> Iterator[tuple[str, list[Related]]]:
    """Yield records by the stage that they have reached, the last stage first; then those that have reached none."""
    field = table.field(PROGRESS[0])
    order = [*reversed(list(field.labels)), None] if field else [None]
    for stage in order:
        some = [each for each in entries if field is None or each.row[field.name] == stage]
        text = cell_text(field, stage, language) if field and stage else words(language)["not begun"] if field else ""
        if some:
            yield (
                text,
                [Related(link(catalogue, each.id, language), state_of(catalogue, each.id, language)) for each in some],
            )


def _named(catalogue: Catalogue, ids: Sequence[str], language: str) -> Iterator[tuple[str, list[Related]]]:
    """Yield the records without themes that those of a theme refer to or name, by kind."""
    known = [catalogue.entries[own] for own in ids]
    found = dict.fromkeys(each for own in ids for each in catalogue.mentioned(own))
    found |= dict.fromkeys(each for entry in known for each in _referred(catalogue, entry))
    for whole in {each for own in found for each in ancestors(catalogue, catalogue.entries[own])}:
        found.pop(whole, None)
    for name, table in catalogue.proven.items():
        some = [each for each in found if catalogue.entries[each].table is table and not catalogue.theme(name)]
        listed = [Related(link(catalogue, each, language)) for each in some]
        if listed:
            yield table.title[language], sorted(listed, key=lambda each: name_key(each.link.text))


def _referred(catalogue: Catalogue, entry: Entry) -> Iterator[str]:
    """Yield the records that a record refers to itself, not by its parts."""
    for (table, _), others in entry.refers_to.items():
        yield from others if table not in entry.parts else ()


def _told(catalogue: Catalogue, ids: Sequence[str], language: str) -> Iterator[tuple[Link, list[Told]]]:
    """Yield the documents that tell of some records, the newest first, with the paragraphs that do so by section."""
    wanted = set(ids)
    for document in catalogue.documents:
        cited = catalogue.paragraphs.get(document, {})
        numbers = sorted(at for at, rows in cited.items() if any(str(row["record_id"]) in wanted for row in rows))
        if numbers:
            yield link(catalogue, document, language), _by_section(catalogue, document, numbers, language)


def _by_section(catalogue: Catalogue, document: str, numbers: Sequence[int], language: str) -> list[Told]:
    found: dict[str, tuple[Any, list[Link]]] = {}
    for number in numbers:
        section = section_of(catalogue, document, number)
        own = str(section["id"]) if section else ""
        text = words(language)["paragraph n"].format(number=number)
        listed = found.setdefault(own, (section, []))[1]
        listed.append(Link(text, f"id/{document}/index.html#p{number}"))
    return [
        Told(Link(str(section[f"label_{language}"]) if section else "", own), paragraphs)
        for own, (section, paragraphs) in found.items()
    ]
