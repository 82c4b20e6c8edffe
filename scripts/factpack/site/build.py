"""Making: every file of the site, one after the other, the pages of records and the long ones by whoever works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from factpack.disk.stage import DESCRIPTOR
from factpack.history.changes import compare, snapshot_of
from factpack.history.editions import Edition as Earlier
from factpack.history.editions import published
from factpack.package.package import Package, open_package
from factpack.record.evidence import retirement_of
from factpack.release.archive import archive
from factpack.run.processes import Mapped, Shared
from factpack.run.workspace import Workspace
from factpack.site.about import about, method, search
from factpack.site.catalogue import Catalogue
from factpack.site.changes import changes
from factpack.site.coverage import coverage
from factpack.site.downloads import downloads
from factpack.site.feeds import machines
from factpack.site.home import home
from factpack.site.lists import listing
from factpack.site.page import Edition, Made, Site
from factpack.site.record_page import record_files
from factpack.site.reference import dictionary, record_fields
from factpack.site.search import search_data
from factpack.site.targets import targets
from factpack.table.encode import pack, unpack
from factpack.words import LANGUAGES

Task = tuple[str, Sequence[str]]
"""What to make: `records` with their ids, or a page of `LONG` with what its maker is told besides the site."""
SHORT = (home, downloads, changes, about, method, search)
"""Makers of pages that are soon done, or of which only this process knows all: files to offer, earlier versions."""
LONG = {each.__name__: each for each in (listing, targets, coverage, search_data, dictionary, record_fields)}
"""Makers of files that grow with the package, by name."""
RUN = 50
"""Records whose pages are one task."""
EDITIONS = 20
"""Versions that the page of changes goes back."""


def site_of(package: Package, space: Workspace, forms: Mapping[str, bytes]) -> Site:
    """Return the site of a package; `forms` are files of a release to offer."""
    stem = f"{package.name}-{package.version}"
    whole = forms.get(f"{stem}.zip") or archive(package, stem, {DESCRIPTOR: package.raw, **package.files})
    sizes = [(name, len(raw)) for name, raw in forms.items() if name != f"{stem}.zip"]
    return Site(package, Catalogue(package), space.schemas, editions(package, space), sizes, whole)


class Making(NamedTuple):
    """What the work on pages shares: the site and the project that it is made of."""

    site: Site
    space: Workspace


def shared(site: Site, space: Workspace) -> Shared[Making]:
    """Return what the work on the pages of a site shares."""
    return Shared(Making(site, space), space, making)


def making(space: Workspace) -> Making:
    """Return the same in another process; it makes no page that needs the earlier versions or files to offer."""
    package = open_package(space.project.root)
    return Making(Site(package, Catalogue(package), space.schemas), space)


def files(
    site: Site, mapped: Mapped[Making], assets: Mapping[str, bytes], forms: Mapping[str, bytes], advance: Any
) -> Iterator[Made]:
    """Yield every file of the site: path and bytes. `advance` is told how many more records are done."""
    pages: list[str] = []

    def noted(made: Iterable[Made]) -> Iterator[Made]:
        for path, raw in made:
            if path.endswith(".html"):
                pages.append(path)
            yield path, raw

    yield from assets.items()
    yield DESCRIPTOR, site.package.raw
    yield from site.package.files.items()
    yield from {f"downloads/{name}": raw for name, raw in {**forms, site.archive[1]: site.archived}.items()}.items()
    yield from noted(make(site, language) for language in LANGUAGES for make in SHORT)
    for (what, given), packed in zip(_tasks(site), mapped(made_of, _tasks(site)), strict=True):
        head, raws = unpack(packed)
        yield from noted(zip(head["paths"], raws, strict=True))
        advance(len(given) if what == "records" else 0)
    yield from machines(site, pages)


def _tasks(site: Site) -> Iterator[Task]:
    """Yield what is left to others, the longest first, so that nobody is left with it at the end."""
    for language in LANGUAGES:
        yield from (("listing", (language, name)) for name in site.catalogue.kinds)
        others = (name for name in LONG if name != "listing")
        yield from ((name, (language,)) for name in others if name != "targets" or name in site.package.tables)
    left = iter(site.catalogue.records)
    while run := list(islice(left, RUN)):
        yield "records", run


def made_of(making: Making, task: Task) -> bytes:
    """Return the files of a task as one."""
    (site, space), (what, given) = making, task
    if what == "records":
        made = [each for own in given for each in record_files(site, own, *_source(site, space, own))]
    else:
        made = [LONG[what](site, *given)]
    return pack({"paths": [path for path, _ in made]}, [raw for _, raw in made])


def _source(site: Site, space: Workspace, own: str) -> tuple[tuple[str, bytes], dict[str, Any]]:
    """Return the path and content of a record's YAML, and of one that is retired what it says of itself."""
    kind = space.schemas.kind_of(own)
    if kind is None:
        return ("", b""), {}
    path = kind.path(own)
    try:
        raw = space.project.read(path)
    except OSError:
        return (path, b""), {}
    if own in site.catalogue.entries:
        return (path, raw), {}
    document, _ = space.load(kind, own)
    data = document.data or {}
    retired = retirement_of(kind.shape, data)
    reason = retired.reason if retired else {}
    return (path, raw), {"folder": kind.folder, "name": data.get(kind.label) or {}, "reason": reason}


def editions(package: Package, space: Workspace) -> list[Edition]:
    """Return the versions of a package, the newest first, each with what it changed since the one before."""
    folders = [kind.folder for kind in space.schemas.prefixes.values()]
    labels = {kind.folder: kind.label for kind in space.schemas.kinds.values()}
    root = space.project.root
    earlier = (each for each in published(root) if each.descriptor.get("version") != package.version)
    listed = [Earlier("", root), *islice(earlier, EDITIONS)]
    look = partial(snapshot_of, folders=folders)
    found = []
    for now, then in zip(listed, [*listed[1:], None], strict=True):
        version, created = (str(now.descriptor.get(each, "")) for each in ("version", "created"))
        if then is None:
            found.append(Edition(version, created, "", {}))
            continue
        changes = compare(look(then), look(now), labels)
        changed: dict[str, list[tuple[str, Mapping[str, str]]]] = {}
        for each in changes.records:
            changed.setdefault(each.how, []).append((each.id, each.name))
        found.append(Edition(version, created, changes.was, changed))
    return found
