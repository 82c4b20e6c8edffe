"""Ranges and lists: words that belong to several tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from factpack.text.bounds import bound_before, words_before
from factpack.text.grammar import BARE, JOIN, RANGE, compiled
from factpack.text.numerals import decimal
from factpack.text.token import Token


def with_ranges(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens, with both ends of each range read together: 3至5个 is at least 3 个 and at most 5 个."""
    read = list(tokens)
    for at in range(1, len(read)):
        low, high = read[at - 1 : at + 1]
        if compiled(RANGE).fullmatch(text, low.end, high.start):
            read[at - 1 : at + 1] = _range(text, low, high)
    return read


def _range(text: str, low: Token, high: Token) -> tuple[Token, ...]:
    """Return both ends of a range, exact if it is a change (从3个到5个); other tokens as they are."""
    bare = not low.unit and (low.kind == "quantity" or bool(re.fullmatch(BARE, low.text)))
    start, end = low.reach_start, high.reach_end
    if high.kind == "date" and bare:
        period = low.text if high.period and len(high.period) == len(low.text) else None
        low = low._replace(kind="date", value=None, unit="date", bound="exact", period=period, reach_end=end)
        return low, high._replace(reach_start=start)
    ranks = low.kind == "rank" and high.unit in ("名", "位")
    changed = text[max(0, start - 1) : start] in ("从", "由")
    alike = bare or ranks or (low.kind == "quantity" and low.unit == high.unit)
    if high.kind != "quantity" or not high.unit or not alike:
        return low, high
    shared = next((end.bound for end in (low, high) if end.bound != "exact"), None)
    bounds = (shared, shared) if shared else ("exact", "exact") if changed else ("at_least", "at_most")
    kind, unit = ("rank", "名") if ranks else ("quantity", high.unit)
    value = decimal(low.text) if low.value is None else low.value
    start -= changed
    low = low._replace(value=value, bound=bounds[0], reach_end=end)
    high = high._replace(bound=bounds[1], sign=low.sign)
    return tuple(each._replace(kind=kind, unit=unit, reach_start=start) for each in (low, high))


def with_lists(text: str, tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens, with the words that the members of a list share read for each."""
    first = 0
    while first < len(tokens):
        after = first + 1
        if after < len(tokens) and compiled(JOIN).match(text, tokens[first].reach_end):
            left = words_before(text, tokens[first].start)
            each = bool(left["each"])
            while after < len(tokens) and _joined(text, tokens[after - 1], tokens[after], each):
                after += 1
            if after > first + 1:
                yield from _listed(text, tokens[first:after], left)
                first = after
                continue
        yield tokens[first]
        first += 1


def _joined(text: str, one: Token, other: Token, each: bool) -> bool:
    """Say whether a token is in one list with the token before it; `each` if the list begins with 分别."""
    if not compiled(JOIN).fullmatch(text, one.reach_end, other.reach_start):
        return False
    if each:
        return all(token.kind in ("quantity", "rank") or token.text.isdecimal() for token in (one, other))
    return one.kind == other.kind and one.kind in ("quantity", "rank") and one.unit in ("", other.unit)


def _listed(text: str, members: Sequence[Token], left: re.Match[str]) -> Iterator[Token]:
    """Yield the members of a list with their place in it, its reach, and the unit, verb and bound that they share."""
    first, last = members[0], members[-1]
    behind = last.bound if left["each"] and last.reach_end > last.end else "exact"
    shared = first.bound if bound_before(left) else behind
    start = left.start("each") if left["each"] else first.reach_start
    before = first
    ranks = first.kind == "rank"
    for place, token in enumerate(members, 1):
        join = compiled(JOIN).fullmatch(text, before.reach_end, token.reach_start)
        own_verb = bool(words_before(text, token.start)["fall"] or (join and join["rise"]))
        falls = token.sign < 0 or bool((left["fall"] or left["first"]) and not own_verb)
        bound = shared if token.bound == "exact" and (token is first or not own_verb) else token.bound
        yield token._replace(
            kind="rank" if ranks else "quantity",
            value=Decimal(token.text) if token.value is None else token.value,
            unit="名" if ranks else token.unit or last.unit,
            bound=bound,
            sign=-1 if falls else 1,
            reach_start=start,
            reach_end=last.reach_end,
            series=(place, len(members)),
        )
        before = token
