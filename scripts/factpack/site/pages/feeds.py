"""What programs read of the site: robots.txt, sitemaps, and feeds of the versions."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from factpack.site.page import INDEX, OutputFile, Page, Site
from factpack.site.pages.changes import PATH, became, change_summary
from factpack.site.records.embed import FOLDER as EMBEDS
from factpack.site.templating import ROOT_LANGUAGE, environment, words
from factpack.words import LANGUAGES, TAGS

SITEMAP_LIMIT = 50_000
"""Addresses in a sitemap at most (https://www.sitemaps.org/protocol.html)."""
NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
"""Of names that are addresses (RFC 9562)."""


def feeds(site: Site, pages: Sequence[str]) -> Iterator[OutputFile]:
    """Yield robots.txt, the sitemaps and the feeds; `pages` are the paths of all pages."""
    yield "robots.txt", _robots(site)
    if site.package.base_url:
        yield from _sitemaps(site, pages)
    for language in LANGUAGES:
        yield f"feed-{language}.xml", _feed(site, language)


def _robots(site: Site) -> bytes:
    lines = ["User-agent: *", "Allow: /"]
    lines += [f"Sitemap: {site.package.base_url}sitemap.xml"] if site.package.base_url else []
    return ("\n".join(lines) + "\n").encode()


def _sitemaps(site: Site, pages: Sequence[str]) -> Iterator[OutputFile]:
    """Yield a sitemap, of many pages several with an index; each page names itself in both languages."""
    local = sorted(path for path in pages if not path.startswith(("en/", EMBEDS)))
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
    page = Page(language, PATH)
    home = package.base_url + page.address.removesuffix(PATH.removesuffix(INDEX))
    entries = [
        {
            "id": uuid.uuid5(NAMESPACE, f"{package.name}/{each.version}"),
            "title": f"{t['version']} {each.version}",
            "updated": each.created,
            "summary": change_summary(site, each, language),
            "became": became(site, each, language, home),
            "silent": each.silent.get(language, ()),
            "link": f"{package.base_url}{page.address if package.base_url else page.path}#v{each.version}",
        }
        for each in site.versions
    ]
    return _xml(
        "feed",
        id=uuid.uuid5(NAMESPACE, f"{package.name}/{language}"),
        title=package.title[language],
        about=t["changes about"],
        tag=TAGS[language],
        updated=entries[0]["updated"] if entries else package.created.isoformat(),
        authors=package.authors_in(language),
        base_url=package.base_url,
        self_name=f"feed-{language}.xml",
        home=page.address if package.base_url else page.path,
        licence=package.licence["path"],
        entries=entries,
    )


def _xml(template: str, language: str = ROOT_LANGUAGE, **values: object) -> bytes:
    return environment(language).get_template(f"{template}.xml.j2").render(**values).encode("utf-8")
