"""The page of changes between versions."""

from __future__ import annotations

from functools import partial
from typing import Any

from markupsafe import Markup, escape

from factpack.package.collation import name_key
from factpack.report.turns import Mark, Told
from factpack.site import schema_org
from factpack.site.page import OutputFile, Page, Site, linked_id
from factpack.site.templating import words
from factpack.site.versions import VersionChanges
from factpack.words import Both

HOW = {"added": "added", "changed": "changed", "retired": "gone", "removed": "removed"}
"""The word for each way in which a record changes."""
LISTED = 60
"""Records that a change names at most, and things that are told below a heading."""
PATH = "changes/index.html"


def changes(site: Site, language: str) -> OutputFile:
    """Return the page of what each version changed."""
    t = words(language)
    versions = [_version(site, each, language) for each in site.versions]
    data = schema_org.web_page(site.package, t["changes"], language, t["changes about"])
    page = Page(language, PATH)
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
                    "since": how == "changed" and record_id in version.records and record_id in site.catalogue.entries,
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
        "became": became(site, version, language, "../"),
        "silent": version.silent.get(language, ()),
        "groups": groups,
    }


def became(site: Site, version: VersionChanges, language: str, home: str) -> list[dict[str, Any]]:
    """Return what became of promises and figures: headings with lines, whose ids lead to pages below `home`."""
    return [_became(each, language, partial(linked_id, site, home)) for each in version.told.get(language, ())]


def _became(told: Told, language: str, named: Mark) -> dict[str, Any]:
    lines = [Markup(each.shown(language, escape, named)) for each in told.lines[:LISTED]]  # noqa: S704 - escaped
    return {"title": told.heading(language), "lines": lines, "more": len(told.lines) - len(lines)}


def _named(record_id: str, name: Both, language: str) -> str:
    return name.get(language) or record_id


def change_summary(site: Site, version: VersionChanges, language: str) -> str:
    """Return what a version changed in a sentence."""
    t = words(language)
    if not version.before:
        return t["first edition"].format(count=len(site.catalogue.entries))
    counts = [f"{t[key]} {len(version.changed[how])}" for how, key in HOW.items() if version.changed.get(how)]
    return t["comma"].join(counts) if counts else t["no change"].format(was=version.before)
