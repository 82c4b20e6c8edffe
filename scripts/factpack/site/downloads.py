"""The page of downloads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from factpack.disk.listed import DESCRIPTOR
from factpack.site import schema_org
from factpack.site.outline import tokens, uses_of
from factpack.site.page import OutputFile, Page, Site
from factpack.site.templating import words


class Download(NamedTuple):
    """A file to download: its path, its name, what it contains, its size in words, and of a table its name and rows."""

    path: str
    name: str
    what: str
    size: str
    table: str = ""
    rows: int = 0


def amount(size: int) -> str:
    """Return a size in bytes as a reader writes it."""
    return f"{size} B" if size < 1000 else f"{size / 1000:.0f} kB" if size < 10**6 else f"{size / 10**6:.1f} MB"


def downloads(site: Site, language: str) -> OutputFile:
    """Return the page of files."""
    t = words(language)
    groups = [
        {"key": key, "title": title, "files": files, "counted": key == "tables"}
        for key, title, files in (
            ("package", t["whole package"], list(_whole(site, t))),
            ("forms", t["other forms"], list(_formats(site, t))),
            ("tables", t["tables"], list(_tables(site, language))),
            ("json", t["json files"], list(_json_files(site, language))),
        )
        if files
    ]
    data = schema_org.web_page(site.package, t["downloads"], language, t["downloads about"])
    page = Page(language, "downloads/index.html")
    uses = uses_of(tokens(site.catalogue, each, language) for each in site.catalogue.texts)
    return page.render(
        site,
        "downloads",
        t["downloads"],
        data=data,
        groups=groups,
        numbers=sum(uses.values()),
        numbers_left=uses["unclaimed"],
        summary=t["downloads about"],
    )


def _whole(site: Site, t: Mapping[str, str]) -> Iterator[Download]:
    path, name, size = site.archive
    yield Download(path, name, t["package zip"], amount(size))
    yield Download(DESCRIPTOR, DESCRIPTOR, t["descriptor"], amount(len(site.package.raw)))


def _formats(site: Site, t: Mapping[str, str]) -> Iterator[Download]:
    for name, size in site.formats:
        what = t.get(f"form {PurePosixPath(name).suffix}", "")
        yield Download(f"downloads/{name}", name, what, amount(size))


def _tables(site: Site, language: str) -> Iterator[Download]:
    for name, table in site.package.tables.items():
        rows, size = len(site.package.rows[name]), amount(len(table.raw))
        yield Download(table.path, f"{name}.csv", table.description[language], size, name, rows)


def _json_files(site: Site, language: str) -> Iterator[Download]:
    for each in site.package.descriptor["resources"]:
        if each["format"] == "json":
            name = each["path"].rpartition("/")[2]
            yield Download(each["path"], name, each["x-description"][language], amount(each["bytes"]))
