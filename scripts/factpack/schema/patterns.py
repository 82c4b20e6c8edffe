"""Patterns of the schemas: which regular expressions every engine reads alike, and none can take for ever with.

A backtracking engine fails on a text in a time that grows with the number of ways in which its beginnings can be
matched. A pattern is fit where that number has a bound whatever the text. The test is that of Weber and Seidl (On the
degree of ambiguity of finite automata, 1991) on the automaton of positions (Glushkov): no text leads from p to p, from
p to q, and from q to q.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, permutations

SIZE_LIMIT = 200
"""Characters and classes in a pattern, counted repetitions written out."""
CHOICE_LIMIT = 8
"""Places where the next character leaves two ways open; each may double the time."""
STEP_LIMIT = 50_000
"""Steps of the search for ambiguity, beyond which a pattern is too intricate."""
ENDLESS = 1 << 30

_ESCAPED = r"\\[\^$\\.*+?()\[\]{}|/-]"
_ATOM = re.compile(rf"({_ESCAPED})|\[(\^?)((?:[^\^\[\]\\]|{_ESCAPED})+)\]|([^\^$.|?*+(){{}}\[\]\\])")
_ITEM = re.compile(r"\\?(.)(?:-\\?(.))?", re.DOTALL)
_OPERATION = re.compile(r"&&|--|~~|\|\|")
_TIMES = re.compile(r"([?*+])|\{([0-9]{1,3})(?:(,)([0-9]{1,3})?)?\}")

Ranges = tuple[tuple[int, int], ...]
"""Code points, each pair the first and the last of a range."""


class Unfit(Exception):
    """A pattern is not to be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a pattern: `characters`, a `sequence` or `choice` of parts, or a part `repeated` low to high times."""

    kind: str
    parts: tuple[Node, ...] = ()
    ranges: Ranges = ()
    low: int = 1
    high: int = 1


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of an automaton: whether it takes nothing too, and the positions where it begins and ends."""

    empty: bool
    first: tuple[int, ...]
    last: tuple[int, ...]


@dataclass(slots=True)
class Automaton:
    """Positions with the characters that each takes, and the positions that may follow each."""

    takes: list[Ranges] = field(default_factory=list)
    follow: list[list[int]] = field(default_factory=list)


@cache
def fault(pattern: str) -> str | None:
    """Return why a pattern is unfit, or None."""
    try:
        if pattern[:1] != "^" or pattern[-1:] != "$":
            raise Unfit("it is not anchored at both ends")
        node, end = _choice(pattern[1:-1], 0)
        if end < len(pattern) - 2:
            raise Unfit(f"engines differ on character {end + 2} or refuse it")
        automaton = Automaton()
        whole = _build(node, automaton)
        _refuse_ambiguous(automaton, whole)
    except Unfit as error:
        return f"{error}: {pattern}"
    except RecursionError:
        return "groups are nested without end"
    return None


def _choice(text: str, at: int) -> tuple[Node, int]:
    """Return what stands from an offset on as far as it can be read, and the offset after it."""
    branches = []
    while True:
        parts = []
        while found := _piece(text, at):
            parts.append(found[0])
            at = found[1]
        if not parts:
            raise Unfit(f"engines differ on character {at + 2} or refuse it")
        branches.append(Node("sequence", tuple(parts)))
        if text[at : at + 1] != "|":
            return Node("choice", tuple(branches)), at
        at += 1


def _piece(text: str, at: int) -> tuple[Node, int] | None:
    """Return a group, class or character with its repetition and the offset after it; None where there is none."""
    if text[at : at + 1] == "(":
        node, at = _choice(text, at + 1)
        if text[at : at + 1] != ")":
            raise Unfit(f"engines differ on character {at + 2} or refuse it")
        at += 1
    elif match := _ATOM.match(text, at):
        node, at = Node("characters", ranges=_ranges(match)), match.end()
    else:
        return None
    if times := _TIMES.match(text, at):
        node, at = _repeated(node, times), times.end()
    return node, at


def _ranges(match: re.Match[str]) -> Ranges:
    escaped, negated, inside, plain = match.groups()
    if inside is None:
        return ((ord((escaped or plain)[-1]),) * 2,)
    if _OPERATION.search(inside):
        raise Unfit("engines differ on && -- ~~ || in a class")
    found = sorted((ord(low), ord(high or low)) for low, high in _ITEM.findall(inside))
    if any(low > high for low, high in found):
        raise Unfit("a range runs backwards")
    return _others(found) if negated else tuple(found)


def _others(ranges: list[tuple[int, int]]) -> Ranges:
    """Return the characters outside sorted ranges."""
    found, start = [], 0
    for low, high in ranges:
        if low > start:
            found.append((start, low - 1))
        start = max(start, high + 1)
    return (*found, (start, 0x10FFFF))


def _repeated(node: Node, match: re.Match[str]) -> Node:
    sign, least, comma, most = match.groups()
    low = {"?": 0, "*": 0, "+": 1}[sign] if sign else int(least)
    high = (1 if sign == "?" else ENDLESS) if sign else int(most) if most else ENDLESS if comma else low
    if high > 1 and _varies(node):
        raise Unfit("a repetition holds a repetition")
    if high == 0 or high < low:
        raise Unfit(f"{match[0]} repeats nothing")
    return Node("repeated", (node,), low=low, high=high)


def _varies(node: Node) -> bool:
    """Say whether a piece holds something that stands a varying number of times, other than once or not at all."""
    return node.low < node.high > 1 or any(map(_varies, node.parts))


def _build(node: Node, automaton: Automaton) -> Span:
    """Add the positions of a piece to an automaton."""
    if node.kind == "characters":
        at = len(automaton.takes)
        if at == SIZE_LIMIT:
            raise Unfit(f"it counts more than {SIZE_LIMIT} characters")
        automaton.takes.append(node.ranges)
        automaton.follow.append([])
        return Span(False, (at,), (at,))
    if node.kind == "choice":
        spans = [_build(part, automaton) for part in node.parts]
        if len(spans) > 1 and any(span.empty for span in spans):
            raise Unfit("one of its choices matches nothing")
        first, last = chain.from_iterable(s.first for s in spans), chain.from_iterable(s.last for s in spans)
        return Span(spans[0].empty, tuple(first), tuple(last))
    if node.kind == "sequence":
        return _join([_build(part, automaton) for part in node.parts], automaton)
    return _repeat(node, automaton)


def _repeat(node: Node, automaton: Automaton) -> Span:
    """Add the positions of a repetition: as many copies as it counts, the last with a way back where it has no end."""
    spans = []
    for number in range(max(node.low, 1) if node.high == ENDLESS else node.high):
        span = _build(node.parts[0], automaton)
        if span.empty:
            raise Unfit("it repeats what matches nothing")
        spans.append(Span(number >= node.low, span.first, span.last))
    if node.high == ENDLESS:
        _link(spans[-1].last, spans[-1].first, automaton)
    return _join(spans, automaton)


def _join(spans: list[Span], automaton: Automaton) -> Span:
    """Put pieces one after another."""
    whole = Span(True, (), ())
    for span in spans:
        _link(whole.last, span.first, automaton)
        first = whole.first + span.first if whole.empty else whole.first
        last = whole.last + span.last if span.empty else span.last
        whole = Span(whole.empty and span.empty, first, last)
    return whole


def _link(last: tuple[int, ...], first: tuple[int, ...], automaton: Automaton) -> None:
    for at in last:
        automaton.follow[at] += first


def _refuse_ambiguous(automaton: Automaton, whole: Span) -> None:
    """Raise Unfit where texts can be matched in ever more ways, or in many."""
    takes, follow = _masks(automaton.takes), automaton.follow
    if any(len(set(after)) < len(after) for after in follow):
        raise Unfit("longer texts match in more and more ways")
    choices = sum(_overlaps([takes[at] for at in after]) for after in (*follow, whole.first))
    if choices > CHOICE_LIMIT:
        raise Unfit(f"{choices} times the next character decides nothing")
    if choices and _grows(takes, follow):
        raise Unfit("longer texts match in more and more ways")


def _masks(takes: list[Ranges]) -> list[int]:
    """Return each position's characters as a set of bits: one for each stretch that no range cuts."""
    cuts = sorted({cut for ranges in takes for low, high in ranges for cut in (low, high + 1)})
    bits = dict.fromkeys(takes, 0)
    for ranges in bits:
        for low, high in ranges:
            bits[ranges] |= (1 << bisect_left(cuts, high + 1)) - (1 << bisect_left(cuts, low))
    return [bits[ranges] for ranges in takes]


def _overlaps(masks: list[int]) -> int:
    """Return how many of some sets of characters meet one before them."""
    seen = count = 0
    for mask in masks:
        count += bool(seen & mask)
        seen |= mask
    return count


def _grows(takes: list[int], follow: list[list[int]]) -> bool:
    """Say whether one text leads from some p to p, from p to another q, and from q to q."""
    looped = [at for at in range(len(takes)) if _returns(at, follow)]
    steps = 0
    for p, q in permutations(looped, 2):
        found, todo = {(p, p, q)}, [(p, p, q)]
        while todo:
            a, b, c = todo.pop()
            pairs = [(x, y) for x in follow[a] for y in follow[b] if takes[x] & takes[y]]
            for after in [(x, y, z) for x, y in pairs for z in follow[c] if takes[x] & takes[y] & takes[z]]:
                if after == (p, q, q):
                    return True
                if after not in found:
                    found.add(after)
                    todo.append(after)
            steps += len(follow[a]) * len(follow[b]) + len(pairs) * len(follow[c])
            if steps > STEP_LIMIT:
                raise Unfit("it is too intricate")
    return False


def _returns(start: int, follow: list[list[int]]) -> bool:
    """Say whether something leads from a position back to it."""
    found, todo = set[int](), list(follow[start])
    while todo and start not in found:
        at = todo.pop()
        if at not in found:
            found.add(at)
            todo += follow[at]
    return start in found
