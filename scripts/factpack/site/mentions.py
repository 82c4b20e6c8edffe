"""Which records name others: in their own name, in what they say of themselves, or in the passages that prove them.

Names are compared without white space and quotation marks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

SHORTEST = 2
"""Characters that a name has at least to be looked for in texts; by these it is found."""
IGNORED = str.maketrans("", "", " \t\n\u3000“”‘’\"'《》「」")

Names = Mapping[str, list[tuple[str, str]]]
"""Names with the records that bear them, by their first characters."""


class Mentions(NamedTuple):
    """The records that each record names, and those that name it."""

    of: Mapping[str, list[str]]
    by: Mapping[str, list[str]]


def mentions_in(names: Mapping[str, Sequence[str]], texts: Mapping[str, Iterable[str]]) -> Mentions:
    """Return which records name which others, by the names and the texts of each.

    A name holds all names in it; a text only the longest ones: 外沙湖 in a passage is not 沙湖.
    """
    known = _by_beginning(names)
    of: dict[str, list[str]] = {}
    by: dict[str, list[str]] = defaultdict(list)
    for record_id, own in texts.items():
        found = dict.fromkeys(each for name in names[record_id] for each in _within(name, known))
        found |= dict.fromkeys(each for text in own for each in _named(text, known))
        of[record_id] = [each for each in found if each != record_id]
        for each in of[record_id]:
            by[each].append(record_id)
    return Mentions(of, by)


def _by_beginning(names: Mapping[str, Iterable[str]]) -> Names:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for record_id, own in names.items():
        for plain in dict.fromkeys(each.translate(IGNORED) for each in own):
            if len(plain) >= SHORTEST:
                found[plain[:SHORTEST]].append((plain, record_id))
    return found


def _within(name: str, names: Names) -> Iterator[str]:
    """Yield the records whose names stand in a name."""
    plain = name.translate(IGNORED)
    for at in range(len(plain)):
        yield from (own for _, own in _at(plain, at, names))


def _named(text: str, names: Names) -> Iterator[str]:
    """Yield the records that a text names, at each place by the longest name."""
    plain, at = text.translate(IGNORED), 0
    while at < len(plain):
        found = _at(plain, at, names)
        length = max((len(name) for name, _ in found), default=0)
        yield from (own for name, own in found if len(name) == length)
        at += length or 1


def _at(plain: str, at: int, names: Names) -> list[tuple[str, str]]:
    """Return the names that begin at a place of a text, with the records that bear them."""
    return [(name, own) for name, own in names.get(plain[at : at + SHORTEST], ()) if plain.startswith(name, at)]
