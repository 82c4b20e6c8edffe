"""Finds the recorded paragraphs in a text, and says how the text differs from them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import NamedTuple

from factpack.problems import echo
from factpack.text.text_record import Text, digest


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference at a recorded paragraph: it is changed or missing, or another is added after it."""

    paragraph: int
    kind: str
    found: str = ""
    """The beginning of the paragraph in the text, as it may be shown."""


def locate(
    known: Text, texts: Sequence[str], furniture: Collection[int] = ()
) -> tuple[list[str | None], list[Difference]]:
    """Return the recorded paragraphs as the text has them, and the differences.

    The recorded paragraphs are looked for one after another; what is before and after them is ignored. So are changes
    of the paragraphs that are not part of the report (`furniture`, numbers from 1), such as a counter of visitors: for
    these the first list has None.
    """
    recorded, hashes = [each.sha256 for each in known.paragraphs], [digest(each) for each in texts]
    kept = [number not in furniture for number in range(1, len(recorded) + 1)]
    if (place := _unchanged(recorded, hashes, kept)) is not None:
        rest = iter(texts[place.start : place.stop])
        if len(place) == len(recorded):
            return [text if keep else None for text, keep in zip(rest, kept, strict=True)], []
        return [next(rest) if keep else None for keep in kept], []
    blocks = _blocks(recorded, hashes)
    before = blocks[0].found.stop if not blocks[0].recorded and not blocks[0].found.start else 0
    after = blocks[-1].found.start if blocks[-1].recorded.start == len(recorded) else len(texts)
    told = [each for each in blocks if each.recorded or before < each.found.stop <= after]
    return list(texts[before:after]), [each for block in told for each in _differences(block, texts)]


def _unchanged(recorded: Sequence[str], hashes: Sequence[str], kept: Sequence[bool]) -> range | None:
    """Return where all recorded paragraphs first are one after another, furniture changed, or else all missing.

    Each distinct hash becomes a character, so that a search in a text finds the place.
    """
    signs = {each: chr(number) for number, each in enumerate(dict.fromkeys(recorded), 1)}
    found = "".join(signs.get(each, "\0") for each in hashes)
    body = "".join(signs[each] for each, keep in zip(recorded, kept, strict=True) if keep)
    changed = "".join(re.escape(signs[each]) if keep else "." for each, keep in zip(recorded, kept, strict=True))
    with_furniture, without = re.search(changed, found, re.DOTALL), found.find(body)
    if with_furniture and (without < 0 or with_furniture.start() <= without):
        return range(*with_furniture.span())
    return range(without, without + len(body)) if without >= 0 else None


class _Block(NamedTuple):
    """A span of recorded paragraphs that are not in the text as they are, and the span of the text in their place."""

    recorded: range
    found: range


def _blocks(recorded: Sequence[str], hashes: Sequence[str]) -> list[_Block]:
    """Return what lies between the paragraphs that are in both, in order."""
    edges = [(-1, -1), *_common(recorded, hashes), (len(recorded), len(hashes))]
    gaps = (_Block(range(a + 1, c), range(b + 1, d)) for (a, b), (c, d) in pairwise(edges))
    return [gap for gap in gaps if gap.recorded or gap.found]


def _common(recorded: Sequence[str], hashes: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield pairs of places with the same paragraph, both rising; not always as many as there could be.

    Paragraphs that are once in both are anchors; from each, and from the ends, equal neighbours are followed. It takes
    time as n log n, whatever is repeated; `difflib` takes the square and more.
    """
    at, there = 0, 0
    for to, place in (*_anchors(recorded, hashes), (len(recorded), len(hashes))):
        while at < to and there < place and recorded[at] == hashes[there]:
            yield at, there
            at, there = at + 1, there + 1
        back = 0
        while at < to - back and there < place - back and recorded[to - back - 1] == hashes[place - back - 1]:
            back += 1
        yield from ((to - step, place - step) for step in range(back, -1 if to < len(recorded) else 0, -1))
        at, there = to + 1, place + 1


def _anchors(recorded: Sequence[str], hashes: Sequence[str]) -> list[tuple[int, int]]:
    """Return the longest rising row of places of paragraphs that are once in the record and once in the text."""
    once, places = Counter(recorded), Counter(hashes)
    where = {each: place for place, each in enumerate(hashes) if places[each] == 1}
    pairs = [(at, where[each]) for at, each in enumerate(recorded) if once[each] == 1 and each in where]
    ends, best = list[int](), list[int]()  # the lowest last place of a row of each length, and which pair it is
    previous = list[int]()
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        ends[length : length + 1], best[length : length + 1] = [place], [number]
        previous.append(best[length - 1] if length else -1)
    row, number = list[tuple[int, int]](), best[-1] if best else -1
    while number >= 0:
        row.append(pairs[number])
        number = previous[number]
    return row[::-1]


def _differences(block: _Block, texts: Sequence[str]) -> Iterator[Difference]:
    """Yield the differences of one block."""
    for recorded, found in zip_longest(block.recorded, block.found):
        new = "" if found is None else echo(texts[found][:30])
        if recorded is None:
            yield Difference(block.recorded.stop, "added", new)
        else:
            yield Difference(recorded + 1, "changed" if new else "missing", new)
