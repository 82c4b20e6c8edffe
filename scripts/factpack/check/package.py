"""Checks the metadata of the package, whatever its schema allows: they become names of files, links and cells."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from factpack.check.cells import address_problems, unfit_values, wrong_form
from factpack.problems import Problem
from factpack.record.ids import VERSION
from factpack.schema.names import name_fault
from factpack.source.addresses import is_mail, is_web
from factpack.source.documents import Document
from factpack.source.marks import Path, Record

YEARS = range(1980, 2108)
"""Years that a ZIP archive can date its files with."""


def package_problems(document: Document, broken: Sequence[Problem] = ()) -> Iterator[Problem]:
    """Yield what is wrong with the metadata of the package, but for fields that their schema finds broken."""
    fields = {each.pointer.split("/")[1] if each.pointer else each.values.get("field", "") for each in broken}
    package: Record = {key: value for key, value in (document.data or {}).items() if key not in fields}
    if "name" in package and (fault := name_fault(str(package["name"]), form="package")):
        yield document.problem("unfit-name", ("name",), **fault)
    if "version" in package and not VERSION.fullmatch(str(package["version"])):
        yield wrong_form(document, ("version",), package["version"], "0.1.0")
    if "created" in package and not _is_moment(str(package["created"])):
        yield wrong_form(document, ("created",), package["created"], "2026-11-23T00:00:00Z")
    contact = str(package.get("contact", ""))
    if contact and not (is_mail(contact) or is_web(contact)):
        yield wrong_form(document, ("contact",), contact, "data@example.org")
    for at, value in _addresses(package):
        yield from address_problems(document, at, value)
    yield from unfit_values(replace(document, data=package, known_marks=document.marks))


def _is_moment(text: str) -> bool:
    """Say whether a text is a date and time with its offset that an archive can hold."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return False
    return moment.tzinfo is not None and moment.year in YEARS


def _addresses(package: Record) -> Iterator[tuple[Path, Any]]:
    """Yield the addresses of the package, each with its path."""
    for field in ("homepage", "base_url", "repository"):
        yield (field,), package.get(field)
    for field in ("licenses", "contributors"):
        listed: Any = package.get(field, ())
        for index, each in enumerate(listed):
            yield (field, index, "path"), each.get("path")
