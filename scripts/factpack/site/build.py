"""The files of the site: the short pages one after the other, the pages of records and the long ones by an executor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from factpack.disk.listed import DESCRIPTOR
from factpack.package.package import Package, open_package
from factpack.release.archive import archive
from factpack.run.processes import Mapped, Shared
from factpack.run.workspace import Workspace
from factpack.site.about import about, method, search
from factpack.site.board import board
from factpack.site.catalogue import Catalogue
from factpack.site.changes import changes
from factpack.site.columns import columns_of
from factpack.site.coverage import coverage
from factpack.site.downloads import downloads
from factpack.site.feeds import feeds
from factpack.site.home import home
from factpack.site.lists import listing
from factpack.site.missing import missing
from factpack.site.page import MISSING, OutputFile, Site
from factpack.site.record_changes import LastEdition
from factpack.site.record_page import record_files
from factpack.site.record_source import source_of
from factpack.site.reference import columns, dictionary, record_fields
from factpack.site.search import search_data
from factpack.site.targets import targets
from factpack.site.themes import theme, themes, themes_of
from factpack.site.value_table import value_data, value_table
from factpack.site.versions import last_edition, versions_of
from factpack.table.encode import pack, unpack
from factpack.words import LANGUAGES

Task = tuple[str, Sequence[str], LastEdition | None]
"""What to make: `records` with their ids and what changed in them, or one of `LONG` with its other arguments."""
SHORT = (home, downloads, changes, about, method, search, missing)
"""Functions that make a page quickly, or from what only this process knows: the release, and earlier versions."""
LONG = {
    each.__name__: each
    for each in (
        *(listing, value_table, targets, coverage, search_data),
        *(dictionary, columns, record_fields, themes, theme, board),
    )
}
"""Functions that make files which grow with the package, by name."""
NAMED = frozenset(("listing", "value_table", "columns", "theme"))
"""Functions that make one page for each table or theme."""
RECORDS_A_TASK = 50


class SiteContext(NamedTuple):
    """What all tasks share: the site, and the project that it is made of."""

    site: Site
    space: Workspace


def open_site(package: Package, space: Workspace, formats: Mapping[str, bytes]) -> Site:
    """Return the site of a package; `formats` are the files of a release that it offers, by name."""
    stem = f"{package.name}-{package.version}"
    whole = formats.get(f"{stem}.zip") or archive(package, stem, {DESCRIPTOR: package.raw, **package.files})
    sizes = [(name, len(raw)) for name, raw in formats.items() if name != f"{stem}.zip"]
    versions, problems = versions_of(package, space)
    area = str(space.package["area"])
    return Site(
        package,
        Catalogue(package, columns_of(space.schemas)),
        space.schemas,
        versions,
        sizes,
        whole,
        problems,
        space.everyday,
        area,
    )


def shared(site: Site, space: Workspace) -> Shared[SiteContext]:
    """Return what the tasks share."""
    return Shared(SiteContext(site, space), space, context_of)


def context_of(space: Workspace) -> SiteContext:
    """Return the same in another process, where no page needs the earlier versions or the release."""
    package = open_package(space.project.root)
    area = str(space.package["area"])
    return SiteContext(
        Site(package, Catalogue(package, columns_of(space.schemas)), space.schemas, everyday=space.everyday, area=area),
        space,
    )


def site_files(
    site: Site,
    mapped: Mapped[SiteContext],
    assets: Mapping[str, bytes],
    formats: Mapping[str, bytes],
    advance: Callable[[int], None],
) -> Iterator[OutputFile]:
    """Yield every file of the site. `advance` is called with the number of records that are done since it was."""
    pages: list[str] = []
    for path, raw in _files(site, mapped, assets, formats, advance):
        if path.endswith(".html") and not path.endswith(MISSING):
            pages.append(path)
        yield path, raw
    yield from feeds(site, pages)


def _files(
    site: Site,
    mapped: Mapped[SiteContext],
    assets: Mapping[str, bytes],
    formats: Mapping[str, bytes],
    advance: Callable[[int], None],
) -> Iterator[OutputFile]:
    yield from assets.items()
    yield DESCRIPTOR, site.package.raw
    yield from site.package.files.items()
    offered = {**formats, site.archive[1]: site.archived}
    yield from ((f"downloads/{name}", raw) for name, raw in offered.items())
    yield from value_data(site)
    yield from (make(site, language) for language in LANGUAGES for make in SHORT)
    tasks = list(_tasks(site))
    for (what, arguments, _), packed in zip(tasks, mapped(make_files, tasks), strict=True):
        head, raws = unpack(packed)
        yield from zip(head["paths"], raws, strict=True)
        advance(len(arguments) if what == "records" else 0)


def _tasks(site: Site) -> Iterator[Task]:
    """Yield the tasks, the longest first, so that none of them is begun when all others are done."""
    for language in LANGUAGES:
        yield from (("listing", (language, name), None) for name in site.catalogue.kinds)
        yield from (("value_table", (language, name), None) for name in site.catalogue.valued)
        yield from (("columns", (language, name), None) for name in site.package.tables)
        yield from ((name, (language,), None) for name in LONG if name not in NAMED and _has(site, name))
        yield from (("theme", (language, value), None) for value in themes_of(site.catalogue))
    left = iter(site.catalogue.records)
    while ids := list(islice(left, RECORDS_A_TASK)):
        yield "records", ids, last_edition(site.versions, ids)


def _has(site: Site, name: str) -> bool:
    """Say whether a package has what a page is of."""
    catalogue = site.catalogue
    wanted = {"targets": "targets" in site.package.tables, "themes": bool(themes_of(catalogue))}
    wanted["board"] = bool(catalogue.staged)
    return wanted.get(name, True)


def make_files(context: SiteContext, task: Task) -> bytes:
    """Return the files of a task, packed."""
    (site, space), (what, arguments, last) = context, task
    made = list(_records(site, space, arguments, last)) if what == "records" else [LONG[what](site, *arguments)]
    return pack({"paths": [path for path, _ in made]}, [raw for _, raw in made])


def _records(site: Site, space: Workspace, ids: Iterable[str], last: LastEdition | None) -> Iterator[OutputFile]:
    for record_id in ids:
        source = source_of(space, record_id)
        yield from record_files(site, record_id, source, last)
