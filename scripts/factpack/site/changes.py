"""The page of changes between editions."""

from __future__ import annotations

from typing import Any

from factpack.site import schema_org
from factpack.site.page import Edition, Made, Page, Site
from factpack.site.templating import words

HOW = {"added": "added", "changed": "changed", "retired": "gone", "removed": "removed"}
"""The word for each way in which a record changes."""
LISTED = 60
"""Records that a change names at most."""


def changes(site: Site, language: str) -> Made:
    """Return the page of what each version changed."""
    t = words(language)
    editions = [_edition(site, each, language) for each in site.editions]
    data = schema_org.web_page(site.package, t["changes"], language, t["changes about"])
    page = Page(language, "changes/index.html")
    return page.render(site, "changes", t["changes"], data=data, editions=editions, summary=t["changes about"])


def _edition(site: Site, edition: Edition, language: str) -> dict[str, Any]:
    groups = []
    for how, title in HOW.items():
        listed = edition.changed.get(how, ())
        if listed:
            links = [
                {
                    "id": own,
                    "text": name.get(language) or own,
                    "known": own in site.catalogue.entries or own in site.package.states,
                }
                for own, name in listed[:LISTED]
            ]
            more = len(listed) - len(links)
            groups.append({"title": words(language)[title], "count": len(listed), "links": links, "more": more})
    return {
        "key": f"v{edition.version}",
        "version": edition.version,
        "date": edition.created[:10],
        "said": edition_said(site, edition, language),
        "groups": groups,
    }


def edition_said(site: Site, edition: Edition, language: str) -> str:
    """Return what a version changed in a sentence."""
    t = words(language)
    if not edition.was:
        return t["first edition"].format(count=len(site.catalogue.entries))
    counts = [f"{t[key]} {len(edition.changed[how])}" for how, key in HOW.items() if edition.changed.get(how)]
    return t["comma"].join(counts) if counts else t["no change"].format(was=edition.was)
