"""The page of changes between versions."""

from __future__ import annotations

from typing import Any

from factpack.package.collation import name_key
from factpack.site import schema_org
from factpack.site.page import OutputFile, Page, Site
from factpack.site.templating import words
from factpack.site.versions import VersionChanges
from factpack.words import Both

HOW = {"added": "added", "changed": "changed", "retired": "gone", "removed": "removed"}
"""The word for each way in which a record changes."""
LISTED = 60
"""Records that a change names at most."""


def changes(site: Site, language: str) -> OutputFile:
    """Return the page of what each version changed."""
    t = words(language)
    versions = [_version(site, each, language) for each in site.versions]
    data = schema_org.web_page(site.package, t["changes"], language, t["changes about"])
    page = Page(language, "changes/index.html")
    return page.render(site, "changes", t["changes"], data=data, versions=versions, summary=t["changes about"])


def _version(site: Site, version: VersionChanges, language: str) -> dict[str, Any]:
    groups = []
    for how, title in HOW.items():
        listed = sorted(version.changed.get(how, ()), key=lambda each: name_key(_named(each[0], each[1], language)))
        if listed:
            links = [
                {
                    "id": record_id,
                    "text": _named(record_id, name, language),
                    "known": record_id in site.catalogue.entries or record_id in site.package.states,
                }
                for record_id, name in listed[:LISTED]
            ]
            more = len(listed) - len(links)
            groups.append({"title": words(language)[title], "count": len(listed), "links": links, "more": more})
    return {
        "key": f"v{version.version}",
        "version": version.version,
        "date": version.created[:10],
        "summary": change_summary(site, version, language),
        "groups": groups,
    }


def _named(record_id: str, name: Both, language: str) -> str:
    return name.get(language) or record_id


def change_summary(site: Site, version: VersionChanges, language: str) -> str:
    """Return what a version changed in a sentence."""
    t = words(language)
    if not version.before:
        return t["first edition"].format(count=len(site.catalogue.entries))
    counts = [f"{t[key]} {len(version.changed[how])}" for how, key in HOW.items() if version.changed.get(how)]
    return t["comma"].join(counts) if counts else t["no change"].format(was=version.before)
