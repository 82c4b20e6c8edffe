"""Whose value a member of a list is: the k-th value belongs to the k-th subject before the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from factpack.check.windows import Window, leads
from factpack.text.ratios import members
from factpack.text.token import Token
from factpack.words import carried

Subjects = tuple[str, ...]
"""The ways in which one subject may be written."""
_MARKS = ("、", "、|和|与|及|以及")
_PLACEHOLDER = "\0"


@cache
def compounds() -> Mapping[str, Sequence[Sequence[str]]]:
    """Return the words that name several subjects at once, the longest first, with the words of each subject."""
    return dict(sorted(carried("check/compounds.yaml").items(), key=lambda each: -len(each[0])))


def subjects_of(window: Window, token: Token) -> list[Subjects]:
    """Return the subjects of the list or ratio that a token is in or is, or nothing if places there tell none.

    Without 分别 the place tells the subject only where a compound has as many parts as the list has members.
    """
    count = len(members(token.text)) if token.kind == "ratio" else (token.series or (0, 0))[1]
    if not count:
        return []
    clause = re.split("[,。;:]", window.text[: token.reach_start])[-1]
    listed = _listed(clause, count)
    named = any(len(each) > 1 or each[0] not in clause for each in listed)
    return listed if leads(window, token) or named else []


def lists_subject(window: Window, token: Token, forms: Sequence[str]) -> bool:
    """Say whether a name is one of the subjects of the list that a token is in, also as a part of a compound."""
    return any(form in each for subject in subjects_of(window, token) for each in subject for form in forms)


def _listed(clause: str, count: int) -> list[Subjects]:
    """Return the subjects at the end of a clause, split to `count`; a compound counts as its parts (城乡, 进出口)."""
    for marks in _MARKS:
        found = _split(clause, marks)
        if len(found) >= count:
            return [(each,) for each in found[-count:]]
        read = [part for each in found for part in _parts(each)]
        if len(read) == count:
            return read
    return []


def _split(clause: str, marks: str) -> list[str]:
    """Return the items of a clause between marks, with compounds whole that have a mark within (第一、二、三产业)."""
    kept = [word for word in compounds() if "、" in word and word in clause]
    for number, word in enumerate(kept):
        clause = clause.replace(word, f"{_PLACEHOLDER}{number}{_PLACEHOLDER}")
    items = [each for each in re.split(marks, clause) if each]
    for number, word in enumerate(kept):
        items = [each.replace(f"{_PLACEHOLDER}{number}{_PLACEHOLDER}", word) for each in items]
    return items


def _parts(item: str) -> Iterator[Subjects]:
    """Yield the subjects that an item names: those of the first compound in it, else itself."""
    word = next((each for each in compounds() if each in item), None)
    if word is None:
        yield (item,)
        return
    for words in compounds()[word]:
        yield tuple(item.replace(word, each, 1) for each in words)
