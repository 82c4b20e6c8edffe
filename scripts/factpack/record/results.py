"""Results of one key, from one document or several: which are one value, which is preferred, what was passed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

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

    Of results that contradict each other it is that of the highest rank; of those that are one value with it, whenever
    they were delivered, the narrowest: an exact number is narrower than any other. If the narrowest contradict each
    other, the same rank decides between them. Words alone come after numbers, and contradict none.
    """
    if len(results) == 1:
        return Choice(results[0])
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
    first = _highest(figures)
    if _contradict(first):
        return Choice(None, first)
    same = [each for each in figures if all(_are_one(each, other) for other in first)]
    narrowest = min(_width(each) for each in same)
    finest = _highest([each for each in same if _width(each) == narrowest])
    if _contradict(finest):
        return Choice(None, finest)
    found = finest[0]
    others = [each for each in figures if each is not found]
    restates = {each.id: found.id for each in others if _are_one(each, found)}
    return Choice(found, (), restates, {each.id: found.id for each in others if each.id not in restates})


def _highest(results: Sequence[Result]) -> tuple[Result, ...]:
    """Return the results of the highest rank, by id."""
    best = max(each.rank for each in results)
    return tuple(sorted((each for each in results if each.rank == best), key=lambda each: each.id))


def _contradict(results: Sequence[Result]) -> bool:
    return not all(_are_one(one, other) for one, other in combinations(results, 2))


def _width(result: Result) -> tuple[Decimal, Decimal]:
    """Return how wide a number is, and how far its rounding reaches."""
    return (result.figure.meant.width, result.figure.rounded.width) if result.figure else (Decimal(0), Decimal(0))


def _are_one(one: Result, other: Result) -> bool:
    return one.figure is not None and other.figure is not None and agree(one.figure, other.figure)
