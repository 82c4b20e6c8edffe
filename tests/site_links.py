"""The links, anchors and ids of the pages of a site, and what is wrong with them."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urlsplit

from factpack.site.page import MISSING
from factpack.source.addresses import is_mail

ADDRESSES = frozenset(("href", "src", "action", "poster", "srcset", "data", "xlink:href"))
REFERENCES = frozenset(
    ("for", "aria-labelledby", "aria-describedby", "aria-controls", "data-copy", "data-filter", "headers", "list")
)
"""Attributes that name ids of their own page, separated by spaces."""


class Reader(HTMLParser):
    """Collects the ids of a page, its addresses, and the ids that it refers to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.filters: dict[str, set[str]] = {}
        """Values that a table of the page can be filtered by, and the columns that it can be sorted by, by name."""
        self._select = ""
        self.links: list[str] = []
        self.references: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag names and refers to."""
        said = dict(attrs)
        if tag == "select":
            self._select = said.get("name") or "sort"
        elif tag == "option" and said.get("value"):
            self.filters.setdefault(self._select, set()).add(str(said["value"]))
        for name, value in attrs:
            if name == "id":
                self.ids[value or ""] += 1
            elif name in ADDRESSES and tag != "meta":
                self.links.append(value or "")
            elif name in REFERENCES:
                self.references += (value or "").split()


def broken(site: Mapping[str, bytes]) -> list[str]:
    """Return what is wrong with the links, anchors and ids of the pages of a site, each as `page: what`."""
    pages = {path: Reader(raw.decode("utf-8")) for path, raw in site.items() if path.endswith(".html")}
    found = []
    for path, page in pages.items():
        found += [f"{path}: the id {each!r} is there {count} times" for each, count in page.ids.items() if count > 1]
        found += [f"{path}: no id {each!r} here" for each in page.references if each not in page.ids]
        found += [f"{path}: {each!r} {why}" for each in page.links if (why := _wrong(path, each, site, pages))]
    return found


def _wrong(path: str, link: str, site: Mapping[str, bytes], pages: Mapping[str, Reader]) -> str:
    """Return what is wrong with a link of a page, nothing where it leads somewhere."""
    parts = urlsplit(link)
    if parts.scheme == "mailto":
        return "" if is_mail(parts.path) else "is no mailbox"
    if parts.scheme or parts.netloc:
        return "" if parts.scheme in ("http", "https") and parts.hostname else "is no address of the web"
    if parts.path and parts.path.startswith("/") != path.endswith(MISSING):
        return "starts from its page" if path.endswith(MISSING) else "does not start from its page"
    folder = "" if parts.path.startswith("/") else posixpath.dirname(path)
    target = posixpath.normpath(posixpath.join(folder, unquote(parts.path.lstrip("/")))) if parts.path else path
    if target not in site:
        return "leads to no file"
    if not parts.fragment or target not in pages:
        return ""
    if "=" in parts.fragment:
        return _unfiltered(parts.fragment, pages[target])
    return "" if unquote(parts.fragment) in pages[target].ids else "leads to no id"


def _unfiltered(fragment: str, page: Reader) -> str:
    """Return that a page cannot be filtered or sorted as an address says, nothing where it can."""
    asked = parse_qsl(fragment, keep_blank_values=True)
    known = all(value.removeprefix("-") in page.filters.get(name, ()) for name, value in asked)
    return "" if asked and known else "leads to no filter"


def unaddressed(site: Mapping[str, bytes], ids: list[str]) -> list[str]:
    """Return the ids that have no address in a site, each as `page#id`: a page in each language, an anchor, a file."""
    missing = []
    for language in ("", "en/"):
        anchors: dict[str, Counter[str]] = {}
        for own in ids:
            record, _, part = own.partition(".")
            path = f"{language}id/{record}/index.html"
            if path not in anchors:
                anchors[path] = Reader(site[path].decode("utf-8")).ids if path in site else Counter()
            if path not in site or (part and own not in anchors[path]) or f"id/{record}.json" not in site:
                missing.append(f"{path}#{own}")
    return missing
