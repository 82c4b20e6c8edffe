"""Passages: the words of source documents that support a record or part, under the title of their document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from factpack.package.table import Row
from factpack.site.catalogue import Catalogue
from factpack.site.cells import Link, link
from factpack.site.fragments import words_address
from factpack.site.templating import web

HAN = re.compile("[\u4e00-\u9fff]")


class Passage(NamedTuple):
    """A place in a document: its words, or where to find what nobody could quote."""

    id: str
    quote: str
    locator: str
    document: str
    paragraph: int | None
    readings: int | None
    """How many people read what was only transcribed."""
    verified: bool
    url: str
    """The address of the words in the published page, of those without a quote that of the page."""


class Proof(NamedTuple):
    """What a document says in support of a record or part."""

    document: Link
    passages: Sequence[Passage]


def proofs(catalogue: Catalogue, rows: Iterable[Row], language: str) -> list[Proof]:
    """Return rows of evidence as a page shows them, each document once."""
    found: dict[str, list[Passage]] = {}
    for row in rows:
        found.setdefault(str(row["document_id"]), []).append(_passage(catalogue, row, language))
    return [Proof(link(catalogue, document, language), listed) for document, listed in found.items()]


def _passage(catalogue: Catalogue, row: Row, language: str) -> Passage:
    document, paragraph = str(row["document_id"]), row["paragraph"]
    entry = catalogue.entries.get(document)
    url, quote = web(entry.row.get("url")) if entry else "", str(row["quote"] or "")
    beside = catalogue.cited(document, paragraph) if isinstance(paragraph, int) else ()
    return Passage(
        str(row["id"]),
        quote,
        locator_text(str(row["locator"] or ""), language),
        document,
        paragraph if isinstance(paragraph, int) else None,
        row["readings"] if isinstance(row["readings"], int) else None,
        row["verified"] is True,
        words_address(url, quote, (str(each["quote"]) for each in beside)) if quote else url,
    )


def locator_text(locator: str, language: str) -> str:
    """Return a locator in a language, where it is written in both: 第一部分 / part 1."""
    chinese, slash, english = locator.partition(" / ")
    in_both = slash and HAN.search(chinese) and not HAN.search(english)
    return {"zh": chinese, "en": english}[language] if in_both else locator
