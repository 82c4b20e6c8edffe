"""Ratios: the numbers that one token sets against each other, as 8.1:40.2:51.7 and 三比一."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction

from factpack.text.grammar import compiled
from factpack.text.lookalikes import RATIOS
from factpack.text.numerals import decimal
from factpack.text.token import NEGATED, Token, Value

WHOLE = (Decimal(99), Decimal(101))
"""What the shares of a whole add up to: 100 per cent, but for rounding."""
_SIGN = rf"[:比{RATIOS}]+|\.\."


def members(printed: str) -> tuple[Decimal, ...]:
    """Return the numbers of a ratio in their order; none if one of them cannot be read."""
    found = [
        decimal(each.rstrip("%亿元") if each[:1].isascii() else each) for each in re.split(compiled(_SIGN), printed)
    ]
    read = tuple(each for each in found if each is not None)
    return read if len(read) == len(found) else ()


def as_quantity(token: Token, units: Collection[str], member: int | None) -> Token:
    """Return what a ratio says in a unit: in per cent one of its numbers, in 倍 one of two by the other.

    `member` is the place of the number, from 1; in 倍 it may be left out, for 1.6:1 is 1.6. Other tokens, and ratios
    that say nothing in the unit, are returned as they are.
    """
    numbers = members(token.text) if token.kind == "ratio" else ()
    if "%" in units and member and member <= len(numbers) and WHOLE[0] <= sum(numbers) <= WHOLE[1]:
        return token._replace(kind="quantity", value=numbers[member - 1], unit="%")
    if "倍" not in units or len(numbers) != 2 or not token.value or (member or 1) > 2:
        return token
    if member == 2:
        bound = NEGATED.get(token.bound, token.bound)
        return token._replace(kind="quantity", value=quotient(numbers[1], numbers[0]), unit="倍", bound=bound)
    return token._replace(kind="quantity", unit="倍")


def quotient(part: Decimal, of: Decimal) -> Value:
    """Return a quotient exactly: a decimal where it is finite, else a fraction."""
    value = Fraction(part) / Fraction(of)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return Decimal(value.numerator) / Decimal(value.denominator) if rest == 1 else value
