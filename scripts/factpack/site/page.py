"""What all pages share: the site, where each page is, and what is around its content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from factpack.package.package import Package
from factpack.package.periods import period
from factpack.problems import Problem
from factpack.schema.model import Schemas
from factpack.site.catalogue import Catalogue
from factpack.site.contact import contact
from factpack.site.templating import ROOT_LANGUAGE, linked, render_template, web, words
from factpack.site.versions import VersionChanges
from factpack.source.marks import Record
from factpack.words import TAGS, other

OutputFile = tuple[str, bytes]
"""A file of the site: its path and its bytes."""
INDEX, SEARCH, THEMES, BOARD, MISSING = (
    "index.html",
    "search/index.html",
    "theme/index.html",
    "board/index.html",
    "404.html",
)


class Item(NamedTuple):
    """A page as menus name it: its title and its path below the root of a language."""

    title: str
    path: str


@dataclass(slots=True)
class Site:
    """A package, its catalogue, the schemas of its records, and its versions, the newest first."""

    package: Package
    catalogue: Catalogue
    schemas: Schemas
    versions: Sequence[VersionChanges] = ()
    formats: Sequence[tuple[str, int]] = ()
    """Files of a release in `downloads/`: name and size in bytes."""
    archived: bytes = b""
    """The package as a ZIP."""
    problems: Sequence[Problem] = ()
    """What of earlier versions is not known."""
    everyday: Sequence[Record] = ()
    """What people call things, with the words of the records for them."""
    area: str = ""
    """The area that records are about if they name none."""
    frames: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """What all pages of a language share, once it was asked for."""
    around: dict[tuple[str, int, str, str, str], Mapping[str, Markup]] = field(default_factory=dict)
    """What is above and below the content of pages, once rendered: by language, depth, path on the host, list, and
    what is current."""

    @property
    def archive(self) -> tuple[str, str, int]:
        """The path of the package as a ZIP, its name, and its bytes."""
        name = f"{self.package.name}-{self.package.version}.zip"
        return f"downloads/{name}", name, len(self.archived)

    def shared(self, language: str) -> Mapping[str, Any]:
        """Return what all pages of a language share."""
        if language not in self.frames:
            package = self.package
            self.frames[language] = {
                "title": package.title[language],
                "short_title": package.short_title[language],
                "version": package.version,
                "issued": period(package.issued.isoformat(), language),
                "next_expected": period(package.next_expected, language),
                "contact": contact(package, "", language),
                "base_url": package.base_url,
                "licence": package.licence.get("title", package.licence["name"]),
                "licence_url": web(package.licence["path"]),
                "menu": self._menu(language),
                "foot": self._foot(language),
            }
        return self.frames[language]

    def surroundings(self, language: str, depth: int, at: str, within: str, current: str) -> Mapping[str, Markup]:
        """Return what is above and below the content of pages, which is the same for many of them.

        `current` is the path of the page if the menu or the search is to know it.
        """
        key = (language, depth, at, within, current)
        if key not in self.around:
            searching, shared = current in (SEARCH, MISSING), self.shared(language)
            values = {"site": shared, "current": "" if searching else current, "within": within, "searching": searching}
            self.around[key] = {
                name: Markup(render_template(name, language, depth, at, **values))  # noqa: S704 - templates escape
                for name in ("top", "bottom")
            }
        return self.around[key]

    def kinds(self, language: str, proven: bool) -> list[Item]:
        """Return the lists of kinds of records, of those that rest on passages or of the others; the longest first."""
        known = self.catalogue.proven
        found = [table for name, table in self.catalogue.kinds.items() if (name in known) is proven]
        found.sort(key=lambda table: -len(self.catalogue.of(table.name)))
        return [Item(table.title[language], list_path(table.name)) for table in found]

    def _menu(self, language: str) -> list[Item]:
        t = words(language)
        items = self.kinds(language, True)
        if "targets" in self.package.tables:
            items.insert(1, Item(t["targets"], "targets/index.html"))
        if any(map(self.catalogue.theme, self.catalogue.kinds)):
            items.insert(0, Item(t["themes"], THEMES))
        texts = self.catalogue.texts
        if texts:
            path = record_path(texts[0]) if len(texts) == 1 else list_path("documents")
            items.append(Item(t["report"], path))
        tables = [Item(t["table menu"], list_path(name)) for name in self.catalogue.valued[:1]]
        return [*items, *tables, Item(t["downloads"], "downloads/index.html")]

    def _foot(self, language: str) -> list[Item]:
        t = words(language)
        by_year = [Item(t["board"], BOARD)] if self.catalogue.staged else []
        names = ("method", "coverage", "dictionary", "fields", "changes", "about")
        return [*self.kinds(language, False), *by_year, *(Item(t[name], f"{name}/index.html") for name in names)]


@dataclass(frozen=True, slots=True)
class Page:
    """A page in a language: its path below the root of the language, and that of the list that it belongs to."""

    language: str
    local: str
    within: str = ""
    at: str = ""
    """The path of the site on its host, if hosts show the page at any address."""

    @property
    def path(self) -> str:
        """Its path in the site."""
        return self._in(self.language)

    @property
    def other_path(self) -> str:
        """The path of the same page in the other language."""
        return self._in(other(self.language))

    @property
    def address(self) -> str:
        """Its path as the web sees it."""
        return self.path.removesuffix(INDEX)

    @property
    def other_address(self) -> str:
        """The path of the same page in the other language as the web sees it."""
        return self.other_path.removesuffix(INDEX)

    def _in(self, language: str) -> str:
        return self.local if language == ROOT_LANGUAGE else f"{language}/{self.local}"

    def render(self, site: Site, template: str, title: str, **values: Any) -> OutputFile:
        """Return the page as a file."""
        beside, shared, depth = other(self.language), site.shared(self.language), self.local.count("/")
        known = {SEARCH, MISSING, *(item.path for item in shared["menu"])}
        current = self.local if self.local in known else ""
        values = {"trail": [], "summary": site.package.description[self.language], **values}
        values = {"card": card_path("", self.language), **values}
        html = render_template(
            template,
            self.language,
            depth,
            self.at,
            site=shared,
            around=site.surroundings(self.language, depth, self.at, self.within, current),
            page=self,
            title=title,
            other_tag=TAGS[beside],
            other_language=words(beside)["language"],
            **values,
        )
        return self.path, html.encode("utf-8")


def record_path(record_id: str) -> str:
    """Return the path of the page of a record, or of the record of a part."""
    return f"id/{record_id.partition('.')[0]}/{INDEX}"


def carded(site: Site) -> list[str]:
    """Return the records with a card of their own, which only a site with an address can show: the key figures."""
    package = site.package
    return [each for each in package.headline if each in site.catalogue.entries] if package.base_url else []


def card_path(record_id: str, language: str) -> str:
    """Return the path of the card of a record; of none that of the site."""
    return f"card-{record_id}-{language}.png" if record_id else f"card-{language}.png"


def list_path(table: str) -> str:
    """Return the path of the list of a kind."""
    return f"list/{table}/{INDEX}"


def linked_id(site: Site, home: str, record_id: str) -> Markup:
    """Return an id as a link to where it stands, if the site has it."""
    known = record_id.partition(".")[0] in site.catalogue.entries or record_id in site.package.states
    return linked((record_id, record_id), home) if known else escape(record_id)
