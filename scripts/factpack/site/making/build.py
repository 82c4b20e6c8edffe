"""The files of the site: the short pages one after the other, the pages of records and the long ones by an executor.

A piece of an earlier making stands, and is not made again, where all that it asked of the site has the same answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import NamedTuple

from factpack.disk.cache import digest
from factpack.disk.listed import DESCRIPTOR
from factpack.package.package import Package, open_package
from factpack.release.archive import archive
from factpack.run.processes import Mapped, Shared
from factpack.run.workspace import Workspace
from factpack.site.catalogue import Catalogue
from factpack.site.columns import columns_of
from factpack.site.making.kept import Making, Piece
from factpack.site.making.questions import Answers, Question
from factpack.site.page import MISSING, OutputFile, Site
from factpack.site.pages.about import about, method, search
from factpack.site.pages.board import board
from factpack.site.pages.card import cards
from factpack.site.pages.changes import changes
from factpack.site.pages.coverage import coverage
from factpack.site.pages.downloads import downloads
from factpack.site.pages.feeds import feeds
from factpack.site.pages.home import home
from factpack.site.pages.lists import listing
from factpack.site.pages.missing import missing
from factpack.site.pages.reference import columns, dictionary, record_fields
from factpack.site.pages.search import search_data
from factpack.site.pages.targets import targets
from factpack.site.pages.themes import theme, themes, themes_of
from factpack.site.pages.value_table import value_data, value_table
from factpack.site.record_changes import LastEdition
from factpack.site.records.page import record_files
from factpack.site.records.source import source_of
from factpack.site.templating import COMPILED, loaded
from factpack.site.versions import last_edition, versions_of
from factpack.table.encode import pack, unpack
from factpack.words import LANGUAGES

StandingFile = tuple[str, bytes | None]
"""A file of the site: its path and its bytes, nothing where the one of an earlier making stands."""
SHORT = {each.__name__: each for each in (home, downloads, changes, about, method, search, missing)}
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
RECORD, CARDS = "record", "cards"
"""What makes the files of a record, and the cards of a language."""
FONT = "card.woff"
"""The font of the cards, among what the pages load; without it there are no cards."""
RECORDS_A_TASK = 50


class SiteContext(NamedTuple):
    """What all tasks share: the answers of the site, and the project that it is made of."""

    answers: Answers
    space: Workspace


class Task(NamedTuple):
    """What a worker makes at a time: pieces, and what has changed in their records since the last edition."""

    pieces: Sequence[Piece]
    last: LastEdition | None = None


def open_site(package: Package, space: Workspace, formats: Mapping[str, bytes]) -> Site:
    """Return the site of a package; `formats` are the files of a release that it offers, by name."""
    stem = f"{package.name}-{package.version}"
    whole = formats.get(f"{stem}.zip") or archive(package, stem, {DESCRIPTOR: package.raw, **package.files})
    sizes = [(name, len(raw)) for name, raw in formats.items() if name != f"{stem}.zip"]
    versions, problems = versions_of(package, space)
    return replace(_site(package, space), versions=versions, formats=sizes, archived=whole, problems=problems)


def _site(package: Package, space: Workspace) -> Site:
    described, area = package.described(), str(space.package["area"])
    catalogue = Catalogue(described, columns_of(space.schemas))
    return Site(described, catalogue, space.schemas, everyday=space.everyday, area=area)


def shared(site: Site, space: Workspace) -> Shared[SiteContext]:
    """Return what the tasks share."""
    COMPILED.fill()
    return Shared(SiteContext(Answers(site), space), space, context_of)


def context_of(space: Workspace) -> SiteContext:
    """Return the same in another process, where no page needs the earlier versions or the release."""
    return SiteContext(Answers(_site(open_package(space.project.root), space)), space)


def world(site: Site) -> str:
    """Return a digest of what all pages rest on besides code and schemas: templates, libraries, and what tables are."""
    return digest(loaded(), repr(list(site.package.tables.values())).encode())


def site_files(
    site: Site,
    context: SiteContext,
    mapped: Mapped[SiteContext],
    assets: Mapping[str, bytes],
    formats: Mapping[str, bytes],
    advance: Callable[[int], None],
    making: Making | None = None,
) -> Iterator[StandingFile]:
    """Yield every file of the site. `advance` is called with the number of records that are done since it was."""
    pages: list[str] = []
    pieces = _made_or_standing(site, context, mapped, assets, advance, making or Making())
    for path, raw in chain(_carried(site, assets, formats), pieces):
        if path.endswith(".html") and not path.endswith(MISSING):
            pages.append(path)
        yield path, raw
    yield from feeds(site, pages)


def _carried(site: Site, assets: Mapping[str, bytes], formats: Mapping[str, bytes]) -> Iterator[OutputFile]:
    """Yield the files that are no pages: what pages load, the package, its formats, and the values as data."""
    yield from ((name, raw) for name, raw in assets.items() if name != FONT)
    yield DESCRIPTOR, site.package.raw
    yield from site.package.files.items()
    offered = {**formats, site.archive[1]: site.archived}
    yield from ((f"downloads/{name}", raw) for name, raw in offered.items())
    yield from value_data(site)


def _made_or_standing(
    site: Site,
    context: SiteContext,
    mapped: Mapped[SiteContext],
    assets: Mapping[str, bytes],
    advance: Callable[[int], None],
    making: Making,
) -> Iterator[StandingFile]:
    """Yield the files of all pieces: those that stand of an earlier making, and those that are made."""
    left: list[Piece] = []
    for piece in _pieces(site, context.space, assets.get(FONT)):
        standing = making.take(piece)
        if standing is None:
            left.append(piece)
        else:
            yield from ((path, None) for path in standing)
            advance(piece.what == RECORD)
    for piece in left:
        if piece.what in (*SHORT, CARDS):
            asked = context.answers.begin()
            made = list(_here(context.answers.site, piece, assets))
            numbers = making.numbers((each.question, each.digest) for each in asked)
            making.note(piece, numbers, [path for path, _ in made])
            yield from made
    tasks = list(_tasks(site, [piece for piece in left if piece.what not in (*SHORT, CARDS)]))
    for task, packed in zip(tasks, mapped(make_files, tasks), strict=True):
        yield from _unpacked(task, packed, making)
        advance(sum(piece.what == RECORD for piece in task.pieces))


def _pieces(site: Site, space: Workspace, font: bytes | None) -> Iterator[Piece]:
    """Yield the pieces, the longest first, so that none of them is begun when all others are done."""
    yield from (Piece(CARDS, (language,), digest(font)) for language in LANGUAGES if font)
    yield from (Piece(name, (language,)) for language in LANGUAGES for name in SHORT)
    for language in LANGUAGES:
        yield from (Piece("listing", (language, name)) for name in site.catalogue.kinds)
        yield from (Piece("value_table", (language, name)) for name in site.catalogue.valued)
        yield from (Piece("columns", (language, name)) for name in site.package.tables)
        yield from (Piece(name, (language,)) for name in LONG if name not in NAMED and _has(site, name))
        yield from (Piece("theme", (language, value)) for value in themes_of(site.catalogue))
    for record_id in site.catalogue.records:
        source, last = source_of(space, record_id), last_edition(site.versions, [record_id])
        yield Piece(RECORD, (record_id,), digest(source.raw, repr((source.path, source.folder, last)).encode()))


def _has(site: Site, name: str) -> bool:
    """Say whether a package has what a page is of."""
    catalogue = site.catalogue
    wanted = {"targets": "targets" in site.package.tables, "themes": bool(themes_of(catalogue))}
    wanted["board"] = bool(catalogue.staged)
    return wanted.get(name, True)


def _here(site: Site, piece: Piece, assets: Mapping[str, bytes]) -> Iterator[OutputFile]:
    """Yield the files of a piece that this process makes."""
    if piece.what == CARDS:
        yield from cards(site, piece.arguments[0], assets[FONT])
    else:
        yield SHORT[piece.what](site, piece.arguments[0])


def _tasks(site: Site, pieces: Sequence[Piece]) -> Iterator[Task]:
    """Yield the tasks of some pieces, in their order; several records make a task."""
    yield from (Task([piece]) for piece in pieces if piece.what != RECORD)
    left = (piece for piece in pieces if piece.what == RECORD)
    while some := list(islice(left, RECORDS_A_TASK)):
        yield Task(some, last_edition(site.versions, [piece.arguments[0] for piece in some]))


def make_files(context: SiteContext, task: Task) -> bytes:
    """Return the files of a task, packed, with what each of its pieces asked by its number in the task."""
    numbers: dict[Question, int] = {}
    digests: list[str] = []
    made: list[dict[str, object]] = []
    raws: list[bytes] = []
    for piece in task.pieces:
        asked = context.answers.begin()
        files = list(_made(context, piece, task.last))
        for each in asked:
            if each.question not in numbers:
                numbers[each.question] = len(numbers)
                digests.append(each.digest)
        made.append({"asked": [numbers[each.question] for each in asked], "paths": [path for path, _ in files]})
        raws += [raw for _, raw in files]
    return pack({"questions": list(zip(numbers, digests, strict=True)), "made": made}, raws)


def _made(context: SiteContext, piece: Piece, last: LastEdition | None) -> Iterator[OutputFile]:
    site, own = context.answers.site, piece.arguments[0]
    if piece.what == RECORD:
        yield from record_files(site, own, source_of(context.space, own), last)
    else:
        yield LONG[piece.what](site, *piece.arguments)


def _unpacked(task: Task, packed: bytes, making: Making) -> Iterator[OutputFile]:
    """Yield the files of a task, and note what its pieces asked."""
    head, raws = unpack(packed)
    numbers, left = making.numbers((tuple(question), was) for question, was in head["questions"]), iter(raws)
    for piece, made in zip(task.pieces, head["made"], strict=True):
        making.note(piece, [numbers[at] for at in made["asked"]], made["paths"])
        yield from zip(made["paths"], islice(left, len(made["paths"])), strict=True)
