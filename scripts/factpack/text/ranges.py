"""Ranges and changes: two numbers that are read together, as 3至5个 and 由0.62降至0.55吨."""

from __future__ import annotations

from collections.abc import Sequence

from factpack.text.grammar import CHANGE, RANGE, compiled
from factpack.text.sharing import dated, is_bare, is_plain, with_unit_of, year
from factpack.text.token import Token


def with_ranges(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens, with both ends of each range read together: 3至5个 is at least 3 个 and at most 5 个."""
    read = list(tokens)
    for at in range(1, len(read)):
        low, high = read[at - 1 : at + 1]
        if compiled(RANGE).fullmatch(text, low.end, high.start):
            read[at - 1 : at + 1] = _range(text, low, high)
        elif compiled(CHANGE).fullmatch(text, low.end, max(low.end, high.reach_start)):
            read[at - 1] = _before_change(text, low, high)
    return read


def is_range(low: Token, high: Token) -> bool:
    """Say whether two tokens are the ends of one range: both are read from the same words."""
    alike = low.series is None is high.series and low.kind == high.kind and low.unit == high.unit
    same = (low.reach_start, low.reach_end) == (high.reach_start, high.reach_end) and low.end < high.start
    return same and alike and low.value is not None and low.bound != "exact"


def _before_change(text: str, low: Token, high: Token) -> Token:
    """Return what a number was before it changed, with the unit that only the later one has (由0.62降至0.55吨)."""
    dates = is_bare(low) and year(low) and text[max(0, low.reach_start - 1) : low.reach_start] not in ("从", "由")
    shared = with_unit_of(low, high) if low.unit != high.unit and not dates else None
    return shared._replace(reach_end=high.end) if shared else low


def _range(text: str, low: Token, high: Token) -> tuple[Token, ...]:
    """Return both ends of a range, exact if it is a change (从3个到5个); other tokens as they are."""
    start, end = low.reach_start, high.reach_end
    if high.kind == "date":
        first = _first_date(low, high)
        return (first._replace(reach_end=end), high._replace(reach_start=start)) if first else (low, high)
    ranks = low.kind == "rank" and (high.kind == "rank" or (high.kind == "quantity" and high.unit in ("名", "位")))
    shared = low if ranks else with_unit_of(low, high) if high.unit else None
    if not shared:
        return low, high
    changed = text[max(0, start - 1) : start] in ("从", "由")
    word = next((end.bound for end in (low, high) if end.bound != "exact"), None)
    bounds = (word, word) if word else ("exact", "exact") if changed else ("at_least", "at_most")
    if low.text.startswith("-") and not word and not changed:  # signs of their own: -2%至1%
        bounds, sign = ("at_most", "at_most" if high.sign > 0 else "at_least"), high.sign
    else:
        sign = low.sign
    start -= changed
    ends = shared._replace(bound=bounds[0]), high._replace(bound=bounds[1], sign=sign)
    kind, unit = ("rank", "名") if ranks else ("quantity", "")
    return tuple(each._replace(kind=kind, unit=unit or each.unit, reach_start=start, reach_end=end) for each in ends)


def _first_date(low: Token, high: Token) -> Token | None:
    """Return the first of two dates, of which only the second says whether it is a year, a month or a day."""
    return dated(low, len(high.period or "") == 4) if is_plain(low) else None
