"""Entries: the files of each record: its page in each language, and the record as JSON, CSV and YAML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factpack.site import schema_org
from factpack.site.catalogue import Entry
from factpack.site.cells import Link, facts, link
from factpack.site.outline import outline
from factpack.site.page import Item, Made, Page, Site, list_path, record_path
from factpack.site.record import (
    as_csv,
    as_json,
    cites,
    drawn,
    figures,
    leads,
    lists,
    parts,
    passages,
    related,
    report_link,
    retirements,
    stages,
    value_table,
)
from factpack.site.templating import web, words
from factpack.words import LANGUAGES, other

OUTLINED = frozenset(("sections", "furniture", "waivers"))
"""Parts of a document that its outline shows."""


def record_files(site: Site, own: str, source: tuple[str, bytes], gone: dict[str, Any]) -> Iterator[Made]:
    """Yield the files of a record; `source` is its YAML, path and content, `gone` what that says if it is retired."""
    entry = site.catalogue.entries.get(own)
    for language in LANGUAGES:
        yield _page(site, own, entry, language, source, gone)
    yield f"id/{own}.json", as_json(site.package, own)
    if entry:
        yield f"id/{own}.csv", as_csv(entry, site.package)
    if source[1]:
        yield f"id/{own}.yaml", source[1]


def _page(
    site: Site, own: str, entry: Entry | None, language: str, source: tuple[str, bytes], gone: dict[str, Any]
) -> Made:
    package, catalogue, t = site.package, site.catalogue, words(language)
    said = retirements(catalogue, own, language)
    values: dict[str, Any] = {
        "id": own,
        "yaml": bool(source[1]),
        "source": web(f"{package.repository}/blob/HEAD/{source[0]}") if package.repository and source[1] else "",
        "report": report_link(package, own, language),
        "address": web(package.address(own)) if package.base_url else "",
        "retired": next((each for each in said if each[0] == own), None),
        "retired_parts": [each for each in said if each[0] != own],
        "cites": cites(package, own, language),
        "csv": "",
        "outline": [],
        **dict.fromkeys(("figures", "leads", "charts", "parts", "passages", "related", "facts"), ()),
    }
    if entry is None:
        return _retired(site, own, language, gone, values)
    name, title = entry.name(language), entry.table.title[language]
    path, sections = list_path(entry.table.name), outline(catalogue, own, language)
    told = leads(entry, language)
    summary = told[0] if told else t["of"].format(title=entry.table.title[language], name=name)
    other_name = entry.name(other(language))
    values |= {
        "kind": entry.table.title[language],
        "other_name": other_name if other_name != name else "",
        "figures": [*figures(entry, catalogue, language), *stages(entry, language)],
        "leads": told,
        "charts": drawn(entry, language),
        "parts": [
            {
                "key": f"parts-{at}",
                "title": group.title,
                "parts": group.items,
                "plain": not any(part.facts or part.passages for part in group.items),
            }
            for at, group in enumerate(parts(catalogue, entry, language), 1)
            if not (sections and list(entry.parts)[at - 1] in OUTLINED)
        ],
        "passages": passages(catalogue, entry.passages.get(own, ()), language),
        "related": list(related(catalogue, entry, language)),
        "facts": [*facts(catalogue, entry.table, entry.row, language), *lists(catalogue, entry, language)],
        "outline": sections,
        "csv": (value_table(entry, package) or entry.table).title[language],
        "trail": [(title, path)],
        "data": schema_org.record(catalogue, entry, language, summary),
        "summary": summary,
    }
    within = record_path(own) if own in site.catalogue.texts else path
    return Page(language, record_path(own), within).render(site, "record", name, **values)


def _retired(site: Site, own: str, language: str, gone: dict[str, Any], values: dict[str, Any]) -> Made:
    """Return the page of a retired record: its name and why, as far as its source says, and what replaces it."""
    state, t = site.package.states[own], words(language)
    name = str(gone.get("name", {}).get(language) or own)
    other_name = str(gone.get("name", {}).get(other(language)) or "")
    table = next((each for each in site.catalogue.kinds.values() if gone.get("folder") == each.name), None)
    by = str(state["replaced_by_id"] or "")
    values |= {
        "kind": table.title[language] if table else t["retired"],
        "other_name": other_name if other_name != name else "",
        "reason": gone.get("reason", {}).get(language, ""),
        "replaced": link(site.catalogue, by, language) if by else Link(""),
        "trail": [Item(table.title[language], list_path(table.name))] if table else [],
        "data": schema_org.web_page(site.package, name, language, t["retired lead"]),
        "summary": t["retired lead"],
    }
    page = Page(language, record_path(own), list_path(table.name) if table else "")
    return page.render(site, "record", name, **values)
