"""Lists: words that belong to several numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from factpack.source.cells import DIGITS
from factpack.text.bounds import bound_before, words_before
from factpack.text.grammar import ENDS_CLAUSE, JOIN, YEARS_COUNTED, compiled
from factpack.text.sharing import dated, is_bare, is_plain, with_unit_of, year
from factpack.text.token import Token
from factpack.text.vocabulary import is_measure

DATES = 32
"""Tokens among which dates that share a word are looked for, so that a list without end takes linear time."""


def with_lists(text: str, tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens, with the words that the members of a list share read for each."""
    first = 0
    while first < len(tokens):
        after = first + 1
        if after < len(tokens) and compiled(JOIN).match(text, tokens[first].reach_end):
            if dates := _dates(text, tokens[first : first + DATES]):
                yield from dates
                first += len(dates)
                continue
            left = words_before(text, tokens[first].start)
            each = bool(left["each"])
            while after < len(tokens) and _joined(text, tokens[after - 1], tokens[after], each):
                after += 1
            if after > first + 1:
                yield from _lists(text, tokens[first:after], left)
                first = after
                continue
        yield tokens[first]
        first += 1


def _dates(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Return the dates at the head of tokens of which only the last says what they are: 2021、2022年; 3、4月."""
    count, last = 1, tokens[0]
    while is_plain(last) and count < len(tokens) and _separated(text, last, tokens[count]) == "":
        last, count = tokens[count], count + 1
    members, end = tokens[:count], last.end
    counted = compiled(YEARS_COUNTED).match(text, end) if is_plain(last) else None
    if count < 2 or not (counted or (last.kind == "date" and not is_plain(last))):
        return []
    years = bool(counted) or len(last.period or "") == 4
    if not (all(map(year, members[:-1])) if years else _ascend(text, members)):
        return []
    read = [dated(token, years) for token in members[:-1]] + [dated(last, years) if counted else last]
    start = max(0, tokens[0].start - (not years and not _consecutive(members)))
    end = counted.end() if counted else end
    return [token._replace(reach_start=start, reach_end=end, series=(at, count)) for at, token in enumerate(read, 1)]


def _ascend(text: str, members: Sequence[Token]) -> bool:
    """Say whether numbers may be months, days or quarters; 1、 may also number a clause that it begins."""
    numbers = _numbers(members)
    rising = numbers == sorted(set(numbers)) and numbers[-1] <= 31 and not members[-1].period
    return rising and (_consecutive(members) or not _may_number(text, members[0]))


def _consecutive(members: Sequence[Token]) -> bool:
    numbers = _numbers(members)
    return numbers[-1] - numbers[0] == len(numbers) - 1


def _numbers(members: Sequence[Token]) -> list[int]:
    return [int(digits[0]) if (digits := re.search("[0-9]+", token.text)) else 0 for token in members]


def _may_number(text: str, token: Token) -> bool:
    """Say whether a number with 、 behind it is at the beginning of a clause, which it may number."""
    at = token.start
    return text[token.end] == "、" and (at == 0 or text[at - 1] in ENDS_CLAUSE)


def _separated(text: str, one: Token, other: Token) -> str | None:
    """Return the verb of a rise between two members of a list, perhaps none, or None if they are no neighbours."""
    join = compiled(JOIN).fullmatch(text, one.reach_end, other.reach_start)
    return join and (join["rise"] or "")


def _own_verb(text: str, before: Token, token: Token) -> bool:
    """Say whether a member of a list has the verb of a rise or a fall of its own."""
    return bool(_separated(text, before, token) or words_before(text, token.start)["fall"])


def _joined(text: str, one: Token, other: Token, each: bool) -> bool:
    """Say whether a token is in one list with the token before it; `each` if the list begins with 分别."""
    if _separated(text, one, other) is None:
        return False
    if each:
        return all(
            token.kind in ("quantity", "rank", "ratio") or (token.text.isdecimal() and len(token.text) <= DIGITS)
            for token in (one, other)
        )
    if _own_verb(text, one, other) or not (other.kind == one.kind == "rank" or with_unit_of(one, other)):
        return False
    return not is_bare(one) or (is_measure(other.unit) and not _may_number(text, one))  # 2和1.2个百分点, but 1、3个项目


def _lists(text: str, members: Sequence[Token], left: re.Match[str]) -> Iterator[Token]:
    """Yield the members of the lists that one 分别 leads: another begins where verb and measure change."""
    head = members[0]
    start = left.start("each") if left["each"] else head.reach_start - (is_bare(head) and text[head.end] == "、")
    words, first = left, 0
    for at in range(2, len(members) - 1):
        one, other = members[at - 1 : at + 1]
        if at - first > 1 and one.unit != other.unit and _own_verb(text, one, other):
            yield from _listed(text, members[first:at], words, start)
            words, first = words_before(text, other.start), at
    yield from _listed(text, members[first:], words, start)


def _listed(text: str, members: Sequence[Token], left: re.Match[str], start: int) -> Iterator[Token]:
    """Yield the members of a list with their place in it, its reach, and the unit, verb and bound that they share.

    `left` are the words before its first member; the reach of all lists that one 分别 leads begins with it.
    """
    first, last = members[0], members[-1]
    led = start < first.reach_start or bool(left["each"])
    behind = last.bound if led and last.reach_end > last.end else "exact"
    shared = first.bound if bound_before(left) else behind
    before = first
    for place, token in enumerate(_with_units(members), 1):
        own_verb = _own_verb(text, before, token)
        falls = token.sign < 0 or bool((left["fall"] or left["first"]) and not own_verb)
        bound = shared if token.bound == "exact" and (place == 1 or not own_verb) else token.bound
        yield token._replace(
            bound=bound,
            sign=-1 if falls else 1,
            reach_start=start,
            reach_end=last.reach_end,
            series=(place, len(members)),
        )
        before = token


def _with_units(members: Sequence[Token]) -> list[Token]:
    """Return the members of a list, each with its kind, value and the unit that it shares with those behind it."""
    if members[0].kind == "rank":
        return [token._replace(kind="rank", unit="名", value=token.value or Decimal(token.text)) for token in members]
    read = list(members)
    for at in reversed(range(len(read))):
        token = with_unit_of(read[at], read[at + 1]) if at + 1 < len(read) else None
        token = token or read[at]
        plain = token.kind != "ratio" and token.value is None
        read[at] = token._replace(kind="quantity", value=Decimal(token.text)) if plain else token
    return read
