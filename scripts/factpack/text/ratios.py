"""Ratios: the numbers that one token sets against each other, as 8.1:40.2:51.7 and 三比一."""

from __future__ import annotations

import re
from decimal import Decimal

from factpack.text.grammar import compiled
from factpack.text.lookalikes import RATIOS
from factpack.text.numerals import decimal

_SIGN = rf"[:比{RATIOS}]+|\.\."


def members(printed: str) -> tuple[Decimal, ...]:
    """Return the numbers of a ratio in their order; none if one of them cannot be read."""
    found = [decimal(each.rstrip("%亿元")) for each in re.split(compiled(_SIGN), printed)]
    read = tuple(each for each in found if each is not None)
    return read if len(read) == len(found) else ()
