"""The page of downloads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from factpack.disk.listed import DESCRIPTOR
from factpack.package.table import Table
from factpack.site import schema_org
from factpack.site.catalogue import Catalogue
from factpack.site.cells import Link
from factpack.site.outline import tokens, uses_of
from factpack.site.page import OutputFile, Page, Site
from factpack.site.templating import words
from factpack.table.encode import cell

SHOWN = 5
"""Rows of a preview."""
PREVIEWED = ("indicator_name", "period", "status", "display", "value", "unit", "area")
"""Columns of a preview, those in both languages without the end of their name."""


class Download(NamedTuple):
    """A file to download: its path, its name, what it contains, its size in words, and of a table its name and rows."""

    path: str
    name: str
    what: str
    size: str
    table: str = ""
    rows: int = 0
    also: Sequence[Link] = ()
    """The same in other forms: what each is called, and its path."""


class Preview(NamedTuple):
    """The first rows of a table: the table, what it contains, the names of some columns, and their cells."""

    file: Download
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def amount(size: int) -> str:
    """Return a size in bytes as a reader writes it."""
    return f"{size} B" if size < 1000 else f"{size / 1000:.0f} kB" if size < 10**6 else f"{size / 10**6:.1f} MB"


def downloads(site: Site, language: str) -> OutputFile:
    """Return the page of files."""
    t = words(language)
    tables = list(_tables(site, language))
    groups = [
        {"key": key, "title": title, "files": files, "counted": key == "tables"}
        for key, title, files in (
            ("tables", t["tables"], tables),
            ("package", t["whole package"], list(_whole(site, t))),
            ("forms", t["other forms"], list(_formats(site, t))),
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
        begin=[_preview(site, each, language) for each in tables if each.table in site.catalogue.valued],
        groups=groups,
        numbers=sum(uses.values()),
        numbers_left=uses["unclaimed"],
        summary=t["downloads about"],
    )


def _preview(site: Site, file: Download, language: str) -> Preview:
    """Return the first rows of a table; cells are as in its CSV."""
    table, rows = site.package.tables[file.table], site.package.rows[file.table][:SHOWN]
    named = {f"{each}{end}" for each in PREVIEWED for end in ("", f"_{language}")}
    names = [each.name for each in table.fields if each.name in named or each.name == "id"]
    cells = [["" if row[name] is None else cell(row[name]) for name in names] for row in rows]
    return Preview(file, table.title[language], names, cells)


def in_use(site: Site) -> list[str]:
    """Return the tables by use: those of values, other views of these, records that rest on passages, then the rest."""
    catalogue, tables = site.catalogue, site.package.tables
    views = [name for name, table in tables.items() if _is_view(catalogue, table)]
    kinds = sorted(catalogue.proven, key=lambda name: -len(catalogue.of(name)))
    return list(dict.fromkeys((*catalogue.valued, *views, *kinds, *tables)))


def _is_view(catalogue: Catalogue, table: Table) -> bool:
    return any(str(row.get("id")) in catalogue.views for row in catalogue.package.rows[table.name][:1]) and (
        table.name not in catalogue.valued
    )


def _whole(site: Site, t: Mapping[str, str]) -> Iterator[Download]:
    path, name, size = site.archive
    yield Download(path, name, t["package zip"], amount(size))
    yield Download(DESCRIPTOR, DESCRIPTOR, t["descriptor"], amount(len(site.package.raw)))


def _formats(site: Site, t: Mapping[str, str]) -> Iterator[Download]:
    """Yield the files of a release that contain more than a table."""
    for name, size in site.formats:
        if "/" not in name:
            what = t.get(f"form {PurePosixPath(name).suffix}", "")
            yield Download(f"downloads/{name}", name, what, amount(size))


def _tables(site: Site, language: str) -> Iterator[Download]:
    for name in in_use(site):
        table = site.package.tables[name]
        rows, size = len(site.package.rows[name]), amount(len(site.package.files[table.path]))
        also = list(_also(site, name, words(language)))
        yield Download(table.path, f"{name}.csv", table.description[language], size, name, rows, also)


def _also(site: Site, table: str, t: Mapping[str, str]) -> Iterator[Link]:
    """Yield the other forms of a table that a release has in folders."""
    for path, size in site.formats:
        name = PurePosixPath(path)
        if "/" in path and name.stem == table:
            text = t[f"also {name.suffix}"] + t["aside"].format(text=amount(size))
            yield Link(text, f"downloads/{path}")


def _json_files(site: Site, language: str) -> Iterator[Download]:
    for each in site.package.descriptor["resources"]:
        if each["format"] == "json":
            name = each["path"].rpartition("/")[2]
            yield Download(each["path"], name, each["x-description"][language], amount(each["bytes"]))
