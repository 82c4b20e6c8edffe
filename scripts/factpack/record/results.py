"""Results of one key, from one document or several: which are one value, which is preferred, what was passed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from factpack.record.intervals import Figure, agree


@dataclass(frozen=True, slots=True)
class Result:
    """What a document gives for a key: a number or a claim, and how good its word is."""

    id: str
    figure: Figure | None = None
    claim: str | None = None
    after: bool = False
    """Whether its document was delivered after the end of the period."""
    final: bool = False
    """Whether its document is of a series that gives final figures."""
    vintage: str = ""
    """When its document was delivered."""
    clear: bool = True

    @property
    def rank(self) -> tuple[bool, bool, str, bool]:
        """What decides between results that contradict each other; the greater is preferred."""
        return self.after, self.final, self.vintage, self.clear


@dataclass(frozen=True, slots=True)
class Choice:
    """The preferred result of a key, None where none is, and what became of the others, by id."""

    preferred: Result | None = None
    tied: tuple[Result, ...] = ()
    """Results of equal rank that contradict each other: then none is preferred."""
    restates: Mapping[str, str] = field(default_factory=dict)
    superseded: Mapping[str, str] = field(default_factory=dict)


def chosen(results: Sequence[Result]) -> Choice:
    """Return which result of one key is preferred.

    Of results that are one value it is the narrowest. Of such values that contradict each other it is that of the
    highest rank. Words alone come after numbers, and contradict none.
    """
    figures = [each for each in results if each.figure is not None]
    words = [each for each in results if each.figure is None]
    return _of_words(words) if not figures else _of_figures(figures)


def _of_words(words: Sequence[Result]) -> Choice:
    """Return the choice where no number is given; the same words are one result."""
    listed = sorted(words, key=lambda each: each.id)
    if not listed:
        return Choice()
    best = max(listed, key=lambda each: each.rank)
    return Choice(best, (), {each.id: best.id for each in listed if each is not best and each.claim == best.claim})


def _of_figures(figures: Sequence[Result]) -> Choice:
    """Return the choice among numbers."""
    values = _narrowest(figures)
    best = max(each.rank for each in values)
    first = tuple(each for each in values if each.rank == best)
    if len(first) > 1:
        held = {each.id: _held(each, first) for each in figures if each not in values}
        return Choice(None, first, {own: other for own, other in held.items() if other})
    passed_over = [each for each in figures if each is not first[0]]
    restates = {each.id: first[0].id for each in passed_over if _are_one(each, first[0])}
    superseded = {each.id: first[0].id for each in passed_over if each.id not in restates}
    return Choice(first[0], (), restates, superseded)


def _narrowest(figures: Sequence[Result]) -> list[Result]:
    """Return the results that are no wider form of another one: they contradict each other."""
    by_id = sorted(figures, key=lambda each: each.id)
    by_rank = sorted(by_id, key=lambda each: each.rank, reverse=True)
    values: list[Result] = []
    for each in sorted(by_rank, key=lambda each: each.figure.rounded.width if each.figure else 0):
        if not any(_are_one(each, other) for other in values):
            values.append(each)
    return values


def _are_one(one: Result, other: Result) -> bool:
    return one.figure is not None and other.figure is not None and agree(one.figure, other.figure)


def _held(result: Result, values: Sequence[Result]) -> str | None:
    return next((each.id for each in values if _are_one(result, each)), None)
