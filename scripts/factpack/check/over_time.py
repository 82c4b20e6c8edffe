"""Rules on what documents call a record, and what they say of it, one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from factpack.problems import ECHO_LIMIT, Problem, joined
from factpack.record.evidence import cited, documents_of, evidence_of, is_retired
from factpack.record.subject import Subject
from factpack.schema.model import Shape
from factpack.source.marks import Path, Record
from factpack.text.token import normal_form

_NUMERALS = {**{c: n for n, c in enumerate("一二三四五六七八九十", 1)}, "两": 2, "多": 0}
_NUMERAL = re.compile("[1-9一二两三四五六七八九十多]")


def component_count(subject: Subject) -> Iterator[Problem]:
    """The numerals in a term agree with the counts of its groups of components, in order; 多 is two or more.

    The components that a document gives are those of the name that it uses.
    """
    for shape, item, path in subject.items:
        for field, part in shape.parts.items():
            listed: Any = item.get(field)
            if listed and part.role("component") and not is_retired(shape, item):
                yield from _miscounted(subject, part, listed, _given_by(shape, item), (*path, field))


def _given_by(shape: Shape, item: Record) -> str:
    """Return the document that gives an item: the one that it names, else the first that it cites."""
    named = item.get(shape.role("document") or "")
    return str(named or next(iter(documents_of(shape, item)), ""))


def _miscounted(subject: Subject, part: Shape, listed: list[Record], document: str, at: Path) -> Iterator[Problem]:
    groups = [each.get(part.role("group") or "") for each in listed]
    counts = [len(list(run)) for _, run in groupby(groups, key=str)]
    found = _NUMERAL.findall(subject.name_in(document))
    numerals = [_NUMERALS.get(each, 0) if not each.isdigit() else int(each) for each in found]
    agree = len(numerals) == len(counts) and all(
        n == c or (n == 0 and c > 1) for n, c in zip(numerals, counts, strict=True)
    )
    if not agree:
        shown = {"numerals": " ".join(found) or "0", "counts": " ".join(map(str, counts))}
        yield subject.problem("component-count", at, **shown)


def former_name_in_use(subject: Subject) -> Iterator[Problem]:
    """A former name is neither today's name nor another wording that documents still use, and is given once."""
    field = subject.kind.shape.role("former_names") or ""
    seen = list(subject.forms)
    for index, (name, _) in enumerate(subject.former):
        if name in seen:
            yield subject.problem("former-name-in-use", (field, index, "zh"), found=name)
        seen.append(name)


def unproven_former_name(subject: Subject) -> Iterator[Problem]:
    """The document that used a former name last is cited, and one of its quotes has the name."""
    field = subject.kind.shape.role("former_names") or ""
    for index, (name, document) in enumerate(subject.former):
        entries = [each for each in cited(subject.kind.shape, subject.record) if each.document == document]
        quotes = [normal_form(each.quote) for each in entries if each.quote is not None]
        if (not entries or len(quotes) == len(entries)) and not any(name in quote for quote in quotes):
            shown = {"name": name, "document": document, "quotes": joined(quotes, " | ", ECHO_LIMIT) or "-"}
            yield subject.problem("former-name-not-in-quote", (field, index, "zh"), **shown)


def given_twice(subject: Subject) -> Iterator[Problem]:
    """What is given again is given by another document than the one that the record cites first."""
    for part, item, path in _given_again(subject):
        own = _given_by(subject.kind.shape, subject.record)
        if item.get(part.role("document") or "") == own:
            yield subject.problem("given-twice", (*path, part.role("document") or ""), document=own)


def other_document(subject: Subject) -> Iterator[Problem]:
    """What a document gives again is proven by that document alone."""
    for part, item, path in _given_again(subject):
        named = str(item.get(part.role("document") or ""))
        for index, entry in enumerate(evidence_of(part, item)):
            if entry.document != named:
                at = (*path, part.role("evidence") or "", index, "document")
                yield subject.problem("other-document", at, found=entry.document, document=named)


def _given_again(subject: Subject) -> Iterator[tuple[Shape, Record, Path]]:
    """Yield what other documents give of a record again, in use: shape, item, path."""
    field = subject.kind.shape.role("given_again")
    for part, item, path in subject.items if field else ():
        if path[:1] == (field,) and part.role("document") and not is_retired(part, item):
            yield part, item, path
