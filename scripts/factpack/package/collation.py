"""In which order people read names: Chinese by pinyin, letters by the alphabet, as a browser sorts for `zh-CN`."""

from __future__ import annotations

from functools import cache, lru_cache
from string import ascii_lowercase, digits
from unicodedata import combining, normalize

from factpack.words import carried

_REST = 0x8000
"""What is added to a character without a place of its own, so that it comes after all that have one."""

NameKey = tuple[str, str, str, str]


class _Places(dict[int, int]):
    """The place of each character, as `str.translate` reads it."""

    def __missing__(self, character: int) -> int:
        return min(character + _REST, 0x10FFFF)


@cache
def _places() -> _Places:
    order = carried("package/collation.yaml")
    groups = [" ", *order["signs"].split(), *digits, *"".join(order["han"].split()), *ascii_lowercase]
    return _Places({ord(each): place for place, group in enumerate(groups, 1) for each in group})


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> NameKey:
    """Return by what a name sorts: its characters, then their accents, then small before capital letters."""
    parts = normalize("NFKD", name)
    folded = parts.casefold()
    plain = "".join(each for each in folded if not combining(each))
    return plain.translate(_places()), folded, parts.swapcase(), name
