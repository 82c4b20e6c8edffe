"""Which known indicator a number is of: by the names that stand beside it, its unit, its measure and its scope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from factpack.draft.spot import Spot

FIRST = 3
"""Matches that are told."""
SURE, LIKELY = 0.85, 0.62
"""Scores from which a match is sure, and from which it is likely."""

LONG = 15
"""Characters from which a name tells no more by being longer."""


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
    timing: str
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
    timing = 1.0 if known.timing == wanted.timing or "unstated" in (known.timing, wanted.timing) else 0.9
    return round(named * measure * unit * timing, 3)


def _nearness(spot: Spot, subject: str, form: str) -> float:
    """Return how near a name stands to a number: it is its subject, or in its words, or elsewhere in its sentence."""
    if subject in form and (form in spot.before or form in spot.behind):
        return 1.0 if len(form) > len(subject) > 0 else 0.99
    if subject and (form in subject or subject in form) and form in spot.text[slice(*spot.sentence)]:
        return 0.8 + 0.19 * min(len(form), len(subject)) / max(len(form), len(subject))
    for words, worth in ((spot.before, 0.7), (spot.behind, 0.65), (spot.text[slice(*spot.clause)], 0.45)):
        if form in words:
            return worth + min(len(form), LONG) / 100
    return 0.35 + min(len(form), LONG) / 100 if form in spot.text[slice(*spot.sentence)] else 0.0


def related(subject: str, known: Iterable[Known]) -> Known | None:
    """Return an indicator that bears the name of a subject, so that its concept is the same."""
    return next((each for each in known if subject in each.forms and each.concept), None)


def best(found: Sequence[Match]) -> Match | None:
    """Return the surest match, where it is likely at least."""
    return found[0] if found and found[0].score >= LIKELY else None
