"""What a number is of: the noun phrase that is measured, as it stands in the text."""

from __future__ import annotations

import re
from typing import NamedTuple

from factpack.check.subjects import subjects_of
from factpack.check.windows import Window
from factpack.draft.reading_words import at_end, at_start, listed, pattern
from factpack.draft.spot import Spot

_COMPARISON = re.compile("(?:比|较)[^,、]{0,12}?(?:年|末|期|前|底|月)(?:同期|末|底)?")
_SHORT = 2
_QUOTES = "“”‘’《》\"'"


class Phrase(NamedTuple):
    """A noun phrase, and whether it was taken over from an earlier number of the sentence."""

    text: str
    inherited: Spot | None = None


def subject_of(spot: Spot, document: str) -> Phrase:
    """Return what a number is of; an empty text where nothing tells it."""
    if listed_subject := _of_list(spot, document):
        return Phrase(listed_subject)
    counted = spot.token.kind == "quantity" and not _measured(spot.token.unit)
    ahead, behind = _ahead(spot.before), _behind(spot.behind)
    if behind and (counted or not ahead):
        return Phrase(behind)
    if ahead and not _is_generic(ahead):
        return Phrase(ahead)
    before = _earlier(spot)
    if before:
        found = subject_of(before, document)
        if found.text:
            return Phrase(found.text, before)
    return Phrase(ahead or behind)


def _measured(unit: str) -> bool:
    """Say whether a unit measures, so that what stands behind it is rarely what is counted."""
    return unit.lstrip("万亿") in ("元", "%", "倍", "个百分点", "百分点", "成", "人次", "岁", "分", "名") or unit in (
        "",
        "%",
    )


def _of_list(spot: Spot, document: str) -> str:
    """Return the subject that a number has by its place in a list."""
    place = (spot.token.series or (0, 0))[0]
    window = Window(document, spot.number, (), spot.text, spot.paragraph.tokens, spot.paragraph, None)
    found = subjects_of(window, spot.token) if place else []
    return _ahead(found[place - 1][0]) if found else ""


def _earlier(spot: Spot) -> Spot | None:
    """Return the number before a number in its sentence."""
    first, _ = spot.sentence
    for index in range(spot.place - 1, -1, -1):
        token = spot.paragraph.tokens[index]
        if token.start < first:
            return None
        if token.kind not in ("date", "label"):
            return spot._replace(place=index)
    return None


def _ahead(words: str) -> str:
    """Return the noun phrase at the end of the words before a number, without verbs, scope and examples."""
    words = _COMPARISON.sub("", words)
    while True:
        cut = at_end("subject", "trailing").sub("", words)
        cut = at_end("subject", "scopes").sub("", cut) if cut == words else cut
        if cut == words:
            break
        words = cut
    return _stripped(words)


def _stripped(words: str) -> str:
    """Return a phrase without what leads to the noun: examples (…等), what is done, and for which area."""
    _, mark, noun = words.rpartition(listed("subject", "and_others")[0])
    if mark and len(noun) >= _SHORT:
        words = noun
    strong = [each.end() for each in pattern("subject", "strong").finditer(words)]
    words = next((words[at:] for at in reversed(strong) if len(words) - at >= _SHORT), words)
    words = at_start("subject", "leading").sub("", words)
    _, mark, noun = words.rpartition("的")
    words = noun if mark and len(noun) >= _SHORT else words
    return words.strip("、—-:,") if len(words) >= _SHORT else ""


def _behind(words: str) -> str:
    """Return the noun phrase at the beginning of the words behind a number."""
    if at_start("subject", "landmarks").match(words):
        return ""
    verb = pattern("subject", "behind_verbs").search(words)
    phrase = words[: verb.start()] if verb else words
    phrase = phrase.strip("、")
    return phrase if len(phrase) >= _SHORT and phrase[0] not in ")(" else ""


def _is_generic(phrase: str) -> bool:
    """Say whether a phrase only says which figure of something: 规模, 增速."""
    return phrase in listed("subject", "generic")
