"""Which known indicator a number is of: by the names that stand beside it, its unit, its measure and its scope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from factpack.check.names import spans
from factpack.check.subjects import compounds
from factpack.draft.spot import Spot

FIRST = 3
"""Matches that are told."""
SURE, LIKELY = 0.85, 0.62
"""Scores from which a match is sure, and from which it is likely."""

SCOPE = 0.7
"""How much of a subject a name must be for the rest not to be a scope of its own: 出口额 in 跨境电商出口额 is less."""
OWN = 0.05
"""By how much less sure an indicator of the project goes before a standard one."""
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
    lacking: tuple[str, ...] = ()
    """Those of its names that its record does not have, and the standard indicator of its id has."""


class Match(NamedTuple):
    """A known indicator that a number may be of, and how sure that is: from 0 to 1."""

    known: Known
    score: float
    form: str
    """Its name that stands beside the number."""

    def called(self, form: str) -> Match:
        """Return the match by another name, which the record does not have yet."""
        known = self.known._replace(forms=(*self.known.forms, form), lacking=(*self.known.lacking, form))
        return self._replace(known=known, form=form)

    @property
    def is_lacking(self) -> bool:
        """Whether the record of the indicator does not have this name yet."""
        return self.form in self.known.lacking

    @property
    def grade(self) -> str:
        """How sure it is, in a word: sure, likely or possible."""
        return "sure" if self.score >= SURE else "likely" if self.score >= LIKELY else "possible"


class Wanted(NamedTuple):
    """What is known of a number before it is matched."""

    subject: str
    measure: str
    timing: str
    """Nothing where it was guessed."""
    unit: str
    quantity: str


def matches(spot: Spot, wanted: Wanted, known: Iterable[Known]) -> list[Match]:
    """Return the known indicators that a number may be of, the surest first, three at most."""
    start, end = spot.sentence
    sentence = spot.text[start:end]
    near = [each for each in known if any(form in sentence for form in each.forms)]
    found = [match for each in near if (match := _match(spot, wanted, each)).score]
    return sorted(found, key=lambda each: (each.known.standard * OWN - each.score, each.known.id))[:FIRST]


def _match(spot: Spot, wanted: Wanted, known: Known) -> Match:
    """Return how sure it is that a number is of an indicator: by its names, then by what sort of figure it is."""
    near = ((_nearness(spot, wanted.subject, form), form not in known.lacking, form) for form in known.forms)
    named, _, form = max(near)
    measure = 1.0 if known.measure == wanted.measure else 0.25
    unit = 1.0 if known.unit == wanted.unit else 0.9 if known.quantity == wanted.quantity else 0.3
    alike = known.timing == wanted.timing or not wanted.timing or "unstated" in (known.timing, wanted.timing)
    is_brought = known.standard or form in known.lacking
    narrower = is_brought and form in wanted.subject and len(form) < SCOPE * len(wanted.subject)
    return Match(known, round(named * measure * unit * (1.0 if alike else 0.6) * (0.7 if narrower else 1.0), 3), form)


def _nearness(spot: Spot, subject: str, form: str) -> float:
    """Return how near a name stands to a number: it is its subject, a part of that, or elsewhere in its sentence."""
    if _is_cut(subject, form):
        return 0.0
    at_hand = form in spot.before or form in spot.behind
    if at_hand and subject in form:
        return 1.0 if len(form) > len(subject) > 0 else 0.99
    if form == subject:
        return 0.99
    if form in subject:
        return (0.7 if subject.endswith(form) else 0.55) + 0.29 * len(form) / len(subject)
    if at_hand and any(form.startswith(subject[-length:]) for length in range(2, len(subject))):
        return 0.75
    clause, sentence = (spot.text[slice(*each)] for each in (spot.clause, spot.sentence))
    worth = (0.5 if subject else 0.6) if at_hand else 0.45 if form in clause else 0.35 if form in sentence else 0.0
    return worth and worth + min(len(form), LONG) / 100


def _is_cut(subject: str, form: str) -> bool:
    """Say whether a name stands in a subject only where a word is cut that names several: 出口总额 in 进出口总额."""
    places = [at for at, _ in spans(form, subject)]
    words = [span for word in compounds() for span in spans(word, subject)]
    return bool(places) and all(any(low < at < high for low, high in words) for at in places)


def related(subject: str, known: Iterable[Known]) -> Known | None:
    """Return an indicator that bears the name of a subject, so that its concept is the same."""
    return next((each for each in known if subject in each.forms and each.concept), None)


def namesake(subject: str, known: Iterable[Known]) -> str:
    """Return the id of the record of the project whose name a subject is, or nothing."""
    return next((each.id for each in known if not each.standard and subject == each.forms[0]), "")


def best(found: Sequence[Match]) -> Match | None:
    """Return the surest match, where it is likely at least."""
    return found[0] if found and found[0].score >= LIKELY else None
