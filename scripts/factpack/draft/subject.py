"""What a number is of: the noun phrase that is measured, as it stands in the text."""

from __future__ import annotations

from typing import NamedTuple

from factpack.check.subjects import subjects_of
from factpack.check.windows import Window
from factpack.draft.noun import SHORT, noun_before, noun_behind, noun_of_clause, says_enough
from factpack.draft.reading_words import at_end, listed, matching
from factpack.draft.spot import CLAUSE, Spot


class Phrase(NamedTuple):
    """A noun phrase, and the earlier number of the sentence that it was taken over from, if it was."""

    text: str
    inherited: Spot | None = None


def subject_of(spot: Spot, document: str, member: int = 0) -> Phrase:
    """Return what a number is of, or a number of a ratio; an empty text where nothing tells it."""
    if listed_subject := _of_list(spot, document, member):
        return Phrase(listed_subject)
    ahead, behind = noun_before(spot.before), "" if spot.is_base else noun_behind(spot.behind)
    if behind and (not ahead or _is_counted(spot) or at_end("subject", "strong").search(spot.before)):
        return Phrase(behind)
    if says_enough(ahead) or ahead in listed("subject", "single"):
        return Phrase(ahead)
    earlier = _earlier(spot, document)
    return earlier if earlier.text else Phrase(ahead or behind)


def _is_counted(spot: Spot) -> bool:
    """Say whether a number counts things, so that what stands right behind it is what is counted."""
    unit = spot.token.unit.lstrip("万亿")
    return spot.token.kind == "quantity" and bool(unit) and unit not in listed("subject", "measured")


def _of_list(spot: Spot, document: str, member: int) -> str:
    """Return the subject that a number has by its place in a list or ratio."""
    place, count = (member, 0) if member else spot.token.series or (0, 0)
    window = Window(document, spot.number, (), spot.text, spot.paragraph.tokens, spot.paragraph, None)
    found = [each[0] for each in (subjects_of(window, spot.token) if place else ())]
    found = found or (_as_many(noun_before(spot.before), count) if count else [])
    if found:
        noun = noun_before(matching("subject", "and_others").split(found[place - 1])[0])
        return matching("subject", "ratio").sub("", noun) if member else noun
    return _of_list_before(spot, document, place, count) if count and not says_enough(noun_before(spot.before)) else ""


def _of_list_before(spot: Spot, document: str, place: int, count: int) -> str:
    """Return the subject of the number at the same place among as many before a list: 甲3家、乙5家,分别增长2%、4%."""
    each: Spot | None = spot._replace(place=spot.place - place + 1)
    for _ in range(count - place + 1):
        each = each.last if each else None
    return subject_of(each, document).text if each and each.token.start >= spot.sentence[0] else ""


def _as_many(words: str, count: int) -> list[str]:
    """Return the nouns of a phrase where it names as many as a list has numbers: 城镇收入和农村收入增长8%和9%."""
    nouns = matching("subject", "joins").split(words)
    return nouns if len(nouns) == count and all(len(each) > SHORT for each in nouns) else []


def _earlier(spot: Spot, document: str) -> Phrase:
    """Return the subject that stands in front of a number's clause: that of the number before it, or that of a clause.

    It is not looked for beyond the sentence.
    """
    first, start = spot.sentence[0], spot.item[0]
    before = spot.last
    if before and before.token.start >= spot.clause[0]:
        return Phrase(subject_of(before, document).text, before)
    while start > first:
        end, start = start - 1, max(spot.text.rfind(mark, first, max(first, start - 1)) for mark in CLAUSE) + 1
        start = max(start, first)
        if before and before.token.start >= start:
            return Phrase(subject_of(before, document).text, before)
        if head := noun_of_clause(spot.text[start:end]):
            return Phrase(head)
    return Phrase("")
