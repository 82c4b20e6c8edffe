"""The page of downloads."""

from __future__ import annotations

from pathlib import PurePosixPath

from factpack.site import schema_org
from factpack.site.page import Made, Page, Site
from factpack.site.templating import words


def amount(size: int) -> str:
    """Return a size in bytes as a reader writes it."""
    return f"{size} B" if size < 1000 else f"{size / 1000:.0f} kB" if size < 10**6 else f"{size / 10**6:.1f} MB"


def downloads(site: Site, language: str) -> Made:
    """Return the page of files."""
    t, package = words(language), site.package
    archive, name, size = site.archive
    whole = [
        {
            "path": archive,
            "name": name,
            "what": t["package zip"],
            "size": amount(size),
            "table": "",
        },
        {
            "path": "datapackage.json",
            "name": "datapackage.json",
            "what": t["descriptor"],
            "size": amount(len(package.raw)),
            "table": "",
        },
    ]
    csvs = [
        {
            "path": table.path,
            "name": f"{name}.csv",
            "what": table.description[language],
            "rows": len(package.rows[name]),
            "size": amount(len(table.raw)),
            "table": name,
        }
        for name, table in package.tables.items()
    ]
    jsons = [
        {
            "path": each["path"],
            "name": each["path"].rpartition("/")[2],
            "what": each["x-description"][language],
            "size": amount(each["bytes"]),
            "table": "",
        }
        for each in package.descriptor["resources"]
        if each["format"] == "json"
    ]
    forms = [
        {
            "path": f"downloads/{name}",
            "name": name,
            "what": t.get(f"form {PurePosixPath(name).suffix}", ""),
            "size": amount(size),
            "table": "",
        }
        for name, size in site.forms
    ]
    groups = [
        {"key": key, "title": t[title], "files": files, "counted": key == "tables"}
        for key, title, files in (
            ("package", "whole package", whole),
            ("forms", "other forms", forms),
            ("tables", "tables", csvs),
            ("json", "json files", jsons),
        )
        if files
    ]
    data = schema_org.web_page(package, t["downloads"], language, t["downloads about"])
    page = Page(language, "downloads/index.html")
    return page.render(site, "downloads", t["downloads"], data=data, groups=groups, summary=t["downloads about"])
