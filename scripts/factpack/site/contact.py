"""Where readers report mistakes: the mailbox or page that the package gives, and the form of its repository."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from factpack.package.package import Package
from factpack.site.templating import web, words
from factpack.source.addresses import is_mail


class Address(NamedTuple):
    """A page of the web, and the words of the link to it."""

    url: str
    text: str


def contact(package: Package, record_id: str, language: str) -> str:
    """Return the address that needs no account, of a mailbox with the id as its subject; empty if none is given."""
    if not is_mail(package.contact):
        return web(package.contact)
    subject = words(language)["mail subject"].format(what=record_id or package.title[language])
    return f"mailto:{package.contact}?subject={quote(subject, safe='')}"


def form(package: Package, record_id: str, language: str) -> str:
    """Return the address of the form that reports a mistake in a record, empty if the repository is not known."""
    name = {"zh": "error.zh-CN.yml", "en": "error.yml"}[language]
    return web(package.repository and f"{package.repository}/issues/new?template={name}&record={quote(record_id)}")


def reports(package: Package, record_id: str, language: str) -> list[Address]:
    """Return where a mistake in a record can be reported, what needs no account first."""
    return list(_reports(package, record_id, language))


def _reports(package: Package, record_id: str, language: str) -> Iterator[Address]:
    t = words(language)
    if url := contact(package, record_id, language):
        yield Address(url, t["report by mail" if is_mail(package.contact) else "report error"])
    if url := form(package, record_id, language):
        yield Address(url, t["report by form" if package.contact else "report error"])
