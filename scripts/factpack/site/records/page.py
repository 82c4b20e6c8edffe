"""The files of each record: its page in each language, and the record as JSON, CSV and YAML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from factpack.site import schema_org
from factpack.site.catalogue import Catalogue, Entry
from factpack.site.cells import Fact, Link, cell_text, facts, link, shown_columns
from factpack.site.charts.figures import figure_text, figures, stages
from factpack.site.charts.key import chart_key
from factpack.site.charts.timelines import key_of as key_of_years
from factpack.site.contact import reports
from factpack.site.facets import key_of, listed_at
from factpack.site.outline import outline, tokens, uses_of
from factpack.site.page import Item, OutputFile, Page, Site, card_path, carded, list_path, record_path
from factpack.site.passages import proofs
from factpack.site.record_changes import LastEdition
from factpack.site.records.embed import Drawn, drawn_of, embeds, frame
from factpack.site.records.facts import (
    as_csv,
    as_json,
    citations,
    intro,
    lists,
    published,
    retirements,
    value_table,
)
from factpack.site.records.life import life
from factpack.site.records.parts import parts
from factpack.site.records.relations import ancestors, related
from factpack.site.records.since import since
from factpack.site.records.source import RecordSource
from factpack.site.templating import web, words
from factpack.words import LANGUAGES, other

OUTLINED = frozenset(("sections", "furniture", "waivers"))
"""Parts of a document that its outline shows."""


def record_files(
    site: Site, record_id: str, source: RecordSource, last: LastEdition | None = None
) -> Iterator[OutputFile]:
    """Yield the files of a record; `source` is its YAML, `last` the edition before with what changed since."""
    entry = site.catalogue.entries.get(record_id)
    for language in LANGUAGES:
        if entry:
            drawn = drawn_of(entry, language)
            yield _page(site, entry, language, source, last, drawn)
            yield from embeds(site, entry, drawn, language)
        else:
            yield _retired_page(site, record_id, language, source)
    yield f"id/{record_id}.json", as_json(site.package, record_id)
    if entry:
        yield f"id/{record_id}.csv", as_csv(entry, site.package)
    if source.raw:
        yield f"id/{record_id}.yaml", source.raw


def _page(
    site: Site, entry: Entry, language: str, source: RecordSource, last: LastEdition | None, drawn: Drawn
) -> OutputFile:
    """Return the page of a record in use."""
    package, catalogue, t = site.package, site.catalogue, words(language)
    name, title, path = entry.name(language), entry.table.title[language], list_path(entry.table.name)
    sections, introduction = outline(catalogue, entry.id, language), intro(entry, language)
    uses = uses_of([tokens(catalogue, entry.id, language)] if entry.id in catalogue.texts else ())
    shown = [*figures(entry, catalogue, language), *stages(entry, language)]
    summary = introduction[0] if introduction else t["of"].format(title=title, name=name)
    told = summary if not shown else t["shared"].format(figures=t["list"].join(map(figure_text, shown)), text=summary)
    columns = shown_columns(catalogue, entry.table, language)
    within = record_path(entry.id) if entry.id in catalogue.texts else path
    return Page(language, record_path(entry.id), within).render(
        site,
        "record",
        name,
        **_common(site, entry.id, language, source),
        kinds=list(_kinds(catalogue, entry, language)),
        other_name=_other_name(entry.name(other(language)), name),
        published=published(entry, language),
        figures=shown,
        card=card_path(entry.id if entry.id in carded(site) else "", language),
        intro=introduction,
        timelines=drawn.timelines,
        since=since(site, entry, last, language),
        life=life(catalogue, entry, language),
        years_key=partial(key_of_years, words=t),
        charts=drawn.charts,
        frame=frame(site, entry, drawn, language),
        chart_key=partial(chart_key, words=t),
        parts=_part_groups(site, entry, language, OUTLINED if sections else frozenset()),
        proofs=proofs(catalogue, entry.passages.get(entry.id, ()), language),
        related=list(related(catalogue, entry, language)),
        facts=_once([*facts(catalogue, columns, entry.row, language), *lists(catalogue, entry, language)]),
        outline=sections,
        numbers=sum(uses.values()),
        numbers_left=uses["unclaimed"],
        csv=(value_table(entry, package) or entry.table).title[language],
        trail=[Item(title, path), *_above(catalogue, entry, language)],
        data=schema_org.record(catalogue, entry, language, summary),
        summary=told,
    )


def _once(listed: Iterable[Fact]) -> list[Fact]:
    """Return facts without those that say what one before them says, such as the only row of a list."""
    found = dict[tuple[str, str], Fact]()
    for each in listed:
        found.setdefault((each.label, each.text), each)
    return list(found.values())


def _kinds(catalogue: Catalogue, entry: Entry, language: str) -> Iterator[Link]:
    """Yield links to what shares a record's theme and its type, each name once; the trail leads to all of its kind."""
    table, said = entry.table, set[str]()
    for name in (catalogue.theme(table.name), "kind"):
        field = table.field(name)
        if field and entry.row[name] is not None:
            path = listed_at(catalogue, table, name).format(key_of(entry.row[name]))
            text = cell_text(field, entry.row[name], language)
            if text not in said:
                yield Link(text, path)
            said.add(text)


def _above(catalogue: Catalogue, entry: Entry, language: str) -> list[Item]:
    """Return what a record is a part of, the whole first."""
    return [Item(catalogue.entries[each].name(language), record_path(each)) for each in ancestors(catalogue, entry)]


def _common(site: Site, record_id: str, language: str, source: RecordSource) -> dict[str, Any]:
    """Return what the pages of records in use and of those that are retired show."""
    package = site.package
    retired = retirements(site.catalogue, record_id, language)
    return {
        "id": record_id,
        "yaml": bool(source.raw),
        "source": web(f"{package.repository}/blob/HEAD/{source.path}") if package.repository and source.raw else "",
        "reports": reports(package, record_id, language),
        "address": web(package.address(record_id)) if package.base_url else "",
        "retired": next((each for each in retired if each.id == record_id), None),
        "retired_parts": [each for each in retired if each.id != record_id],
        "cites": citations(package, record_id, language),
    }


def _part_groups(site: Site, entry: Entry, language: str, without: frozenset[str]) -> list[dict[str, Any]]:
    """Return the parts of a record by table, without those of some tables."""
    groups = parts(site.catalogue, entry, language)
    return [
        {
            "key": f"parts-{number}",
            "title": group.title,
            "parts": group.items,
            "sets": [(name, list(some)) for name, some in groupby(group.items, attrgetter("group"))],
            "plain": not any(part.facts or part.proofs for part in group.items),
        }
        for number, group in enumerate(groups, 1)
        if group.table not in without
    ]


def _retired_page(site: Site, record_id: str, language: str, source: RecordSource) -> OutputFile:
    """Return the page of a retired record: its name, since when and why, and what replaces it."""
    state, t = site.package.states[record_id], words(language)
    name = str(state[f"name_{language}"] or record_id)
    table = next((each for each in site.catalogue.kinds.values() if source.folder == each.name), None)
    successor = str(state["replaced_by_id"] or "")
    nothing: Sequence[str] = (
        "published",
        "figures",
        "intro",
        "timelines",
        "life",
        "since",
        "charts",
        "frame",
        "parts",
        "proofs",
        "related",
        "facts",
        "outline",
        "csv",
    )
    return Page(language, record_path(record_id), list_path(table.name) if table else "").render(
        site,
        "record",
        name,
        **_common(site, record_id, language, source),
        **dict.fromkeys(nothing, ()),
        numbers_left=0,
        kinds=[Link(table.title[language], list_path(table.name)) if table else Link(t["retired"])],
        other_name=_other_name(str(state[f"name_{other(language)}"] or ""), name),
        replaced=link(site.catalogue, successor, language) if successor else Link(""),
        trail=[Item(table.title[language], list_path(table.name))] if table else [],
        data=schema_org.web_page(site.package, name, language, t["retired lead"]),
        summary=t["retired lead"],
    )


def _other_name(name: str, shown: str) -> str:
    """Return a name in the other language, empty if it is the one that is shown already."""
    return name if name != shown else ""
