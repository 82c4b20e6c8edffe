"""Machines: what programs read of the site: sitemap, robots.txt, feeds of changes, and the data of the search."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from factpack.site.about import edition_said
from factpack.site.catalogue import Entry
from factpack.site.page import Made, Page, Site
from factpack.site.record import leads, list_title
from factpack.site.templating import LANGUAGES, TAGS, environment, other, words
from factpack.table.encode import json_bytes

SITEMAP_LIMIT = 50_000
"""Addresses in a sitemap at most (https://www.sitemaps.org/protocol.html)."""
NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
"""Of names that are addresses (RFC 9562)."""


def machines(site: Site, pages: Sequence[str]) -> Iterator[Made]:
    """Yield what programs read; `pages` are the paths of all pages."""
    yield "robots.txt", _robots(site)
    if site.package.base_url:
        yield from _sitemaps(site, pages)
    for language in LANGUAGES:
        yield f"feed-{language}.xml", _feed(site, language)


def _robots(site: Site) -> bytes:
    lines = ["User-agent: *", "Allow: /"]
    lines += [f"Sitemap: {site.package.base_url}sitemap.xml"] if site.package.base_url else []
    return ("\n".join(lines) + "\n").encode()


def _sitemaps(site: Site, pages: Sequence[str]) -> Iterator[Made]:
    """Yield a sitemap, of many pages several with an index; each page names itself in both languages."""
    local = sorted(path for path in pages if not path.startswith("en/"))
    runs = [local[at : at + SITEMAP_LIMIT // 2] for at in range(0, len(local), SITEMAP_LIMIT // 2)]
    for at, run in enumerate(runs, 1):
        listed = [(Page("zh", each).address, Page("en", each).address) for each in run]
        name = "sitemap.xml" if len(runs) == 1 else f"sitemap-{at}.xml"
        yield name, _xml("sitemap", base_url=site.package.base_url, pages=listed)
    if len(runs) > 1:
        names = [f"sitemap-{at}.xml" for at in range(1, len(runs) + 1)]
        yield "sitemap.xml", _xml("sitemaps", base_url=site.package.base_url, names=names)


def _feed(site: Site, language: str) -> bytes:
    """Return the versions of the package as an Atom feed (RFC 4287), the newest first."""
    package, t = site.package, words(language)
    page = Page(language, "changes/index.html")
    entries = [
        {
            "id": uuid.uuid5(NAMESPACE, f"{package.name}/{each.version}"),
            "title": f"{t['version']} {each.version}",
            "updated": each.created,
            "said": edition_said(site, each, language),
            "link": f"{package.base_url}{page.address if package.base_url else page.path}#v{each.version}",
        }
        for each in site.editions
    ]
    return _xml(
        "feed",
        id=uuid.uuid5(NAMESPACE, f"{package.name}/{language}"),
        title=package.title[language],
        about=t["changes about"],
        tag=TAGS[language],
        updated=entries[0]["updated"] if entries else package.created.isoformat(),
        authors=package.authors,
        base_url=package.base_url,
        own=f"feed-{language}.xml",
        home=page.address if package.base_url else page.path,
        licence=package.licence["path"],
        entries=entries,
    )


def _xml(template: str, language: str = LANGUAGES[0], **values: object) -> bytes:
    return environment(language).get_template(f"{template}.xml.j2").render(**values).encode("utf-8")


def search_data(site: Site, language: str) -> Made:
    """Return what is searched, as a script: a page opened from a folder may read no other file.

    Each record is a list: id, kind, name in the language, name in the other, other names, its values, what it is.
    """
    kinds = {name: list_title(table, language) for name, table in site.catalogue.kinds.items()}
    rows = [_found(entry, kinds, language) for entry in site.catalogue.entries.values()]
    rows += [
        [own, words(language)["retired"], own, "", "", "", ""]
        for own in site.catalogue.retired
        if own not in site.catalogue.entries
    ]
    lines = b",\n".join(json_bytes(row).replace(b"\n  ", b"").replace(b"\n", b"") for row in rows)
    return Page(language, "search/data.js").path, b"window.records = [\n" + lines + b"\n];\n"


def _found(entry: Entry, kinds: dict[str, str], language: str) -> list[str]:
    aliases = [str(row["name"]) for rows in entry.lists.values() for row in rows if "name" in row]
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
        " ".join([*leads(entry, language), *names]),
    ]
