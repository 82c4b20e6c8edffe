"""Which known indicator a number is of: by the names that stand beside it, its unit, its measure and its scope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from factpack.draft.spot import Spot

FIRST = 3
"""Matches that are told."""
SURE, LIKELY = 0.85, 0.6
"""Scores from which a match is sure, and from which it is likely."""


class Known(NamedTuple):
    """An indicator that a number may be of: a record of the project, or a standard one."""

    id: str
    forms: tuple[str, ...]
    """Its name and aliases in normal form, the name first."""
    measure: str
    timing: str
    unit: str
    quantity: str
    concept: str = ""
    standard: bool = False


class Match(NamedTuple):
    """A known indicator that a number may be of, and how sure that is: from 0 to 1."""

    known: Known
    score: float

    @property
    def grade(self) -> str:
        """How sure it is, in a word: sure, likely or possible."""
        return "sure" if self.score >= SURE else "likely" if self.score >= LIKELY else "possible"


class Wanted(NamedTuple):
    """What is known of a number before it is matched."""

    subject: str
    measure: str
    unit: str
    quantity: str


def matches(spot: Spot, wanted: Wanted, known: Iterable[Known]) -> list[Match]:
    """Return the known indicators that a number may be of, the surest first, three at most."""
    start, end = spot.sentence
    sentence = spot.text[start:end]
    found = [
        Match(each, score)
        for each in known
        if any(form in sentence for form in each.forms) and (score := _score(spot, wanted, each)) > 0
    ]
    return sorted(found, key=lambda each: (-each.score, each.known.standard, each.known.id))[:FIRST]


def _score(spot: Spot, wanted: Wanted, known: Known) -> float:
    """Return how sure it is that a number is of an indicator: by its names, then by what sort of figure it is."""
    named = max(_nearness(spot, wanted.subject, form) for form in known.forms)
    if not named:
        return 0.0
    measure = 1.0 if known.measure == wanted.measure else 0.25
    unit = 1.0 if known.unit == wanted.unit else 0.9 if known.quantity == wanted.quantity else 0.3
    return round(named * measure * unit, 3)


def _nearness(spot: Spot, subject: str, form: str) -> float:
    """Return how near a name stands to a number: it is its subject, in its part of the clause, or in its sentence."""
    if form == subject:
        return 1.0
    share = min(len(form), len(subject)) / max(len(form), len(subject), 1)
    if subject and (form in subject or subject in form) and form in spot.text[slice(*spot.sentence)]:
        return 0.8 + 0.19 * share
    for (start, end), worth in ((spot.item, 0.8), (spot.clause, 0.65), (spot.sentence, 0.4)):
        if form in spot.text[start:end]:
            return worth + min(len(form), 15) / 100
    return 0.0


def related(subject: str, known: Iterable[Known]) -> Known | None:
    """Return an indicator that bears the name of a subject, so that its concept is the same."""
    return next((each for each in known if subject in each.forms and each.concept), None)


def best(found: Sequence[Match]) -> Match | None:
    """Return the surest match, where it is likely at least."""
    return found[0] if found and found[0].score >= LIKELY else None
