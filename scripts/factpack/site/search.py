"""What the search looks through."""

from __future__ import annotations

from factpack.site.catalogue import Entry
from factpack.site.page import OutputFile, Page, Site
from factpack.site.record import intro
from factpack.site.templating import words
from factpack.table.encode import json_bytes
from factpack.words import LANGUAGES, other


def search_data(site: Site, language: str) -> OutputFile:
    """Return what is searched, as a script: a page opened from a folder may read no other file.

    Each record is a list: id, kind, name in the language, name in the other, other names, its values, what it is.
    """
    kinds = {name: table.title[language] for name, table in site.catalogue.kinds.items()}
    rows = [_found(entry, kinds, language) for entry in site.catalogue.entries.values()]
    rows += [
        [record_id, words(language)["retired"], *_names(site, record_id, language), "", "", ""]
        for record_id in site.catalogue.retired
        if record_id not in site.catalogue.entries
    ]
    lines = b",\n".join(json_bytes(row).replace(b"\n  ", b"").replace(b"\n", b"") for row in rows)
    return Page(language, "search/data.js").path, b"window.records = [\n" + lines + b"\n];\n"


def _names(site: Site, record_id: str, language: str) -> list[str]:
    """Return the name of a retired record in the language, else its id, and in the other."""
    state = site.package.states[record_id]
    return [str(state[f"name_{language}"] or record_id), str(state[f"name_{other(language)}"] or "")]


def _found(entry: Entry, kinds: dict[str, str], language: str) -> list[str]:
    listed = [row for rows in entry.lists.values() for row in rows if "name" in row]
    aliases = [str(row[each]) for row in listed for each in ("name", "name_en") if row.get(each)]
    parts = [row for rows in entry.parts.values() for row in rows]
    values = [str(row[f"display_{each}"]) for row in parts for each in LANGUAGES if row.get(f"display_{each}")]
    codes = [str(entry.row[each]) for each in ("code", "number") if entry.row.get(each) is not None]
    names = [str(row[f"name_{language}"]) for row in parts if row.get(f"name_{language}")]
    return [
        entry.id,
        kinds[entry.table.name],
        entry.name(language),
        entry.name(other(language)),
        " ".join(aliases),
        " ".join(dict.fromkeys([*values, *codes])),
        " ".join([*intro(entry, language), *names]),
    ]
