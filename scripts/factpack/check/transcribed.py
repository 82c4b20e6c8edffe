"""Transcribed facts: those of documents without a text record, which no text proves and people have read."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from factpack.problems import Problem
from factpack.record.evidence import Evidence, is_fact
from factpack.record.library import Library
from factpack.record.subject import Subject
from factpack.record.verification import VERIFIED, verification
from factpack.schema.model import kept
from factpack.source.marks import Path


def verifications(subject: Subject) -> dict[str, int]:
    """Return how many facts of a record are verified, and how many only transcribed.

    A quote that was not found yet in a text that is there makes a fact neither: it waits for a maintainer, or is wrong.
    """
    library = subject.library
    found: dict[str, int] = {}
    for shape, _, path in subject.in_use:
        entries = subject.evidence[path]
        if entries and is_fact(shape):
            state = verification(entries, library)
            if state == VERIFIED or not _waits(entries, library):
                found[state] = found.get(state, 0) + 1
    return found


def _waits(entries: Collection[Evidence], library: Library) -> bool:
    return any(each.quote and library.text(each.document) is not None for each in entries)


def locator_with_text(subject: Subject) -> Iterator[Problem]:
    """A document with a text record is quoted; while it is curated in part, what is left of transcribed facts warns."""
    library = subject.library
    for entry, at, _ in _located(subject):
        if library.text(entry.document) is not None:
            open_still = library.role(entry.document, "coverage") == "partial"
            problem = subject.problem("locator-with-text", (*at, "locator"), document=entry.document)
            yield problem.as_warning() if open_still else problem


def no_readings(subject: Subject) -> Iterator[Problem]:
    """A transcribed fact says how many people read it; a place's code needs nobody to say so."""
    for entry, at, fact in _located(subject):
        if fact and entry.readings is None and subject.library.text(entry.document) is None:
            yield subject.problem("no-readings", (*at, "locator"))


@kept
def _located(subject: Subject) -> list[tuple[Evidence, Path, bool]]:
    """Return the evidence in use that has a locator, its path, and whether it is a fact's."""
    return [
        (entry, (*path, shape.role("evidence") or "", index), is_fact(shape))
        for shape, _, path in subject.in_use
        for index, entry in enumerate(subject.evidence[path])
        if entry.locator is not None
    ]
