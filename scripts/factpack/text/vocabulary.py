"""The words by which numbers are read: units and what they are put together from, bounds, falls, names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import Any

from factpack.words import carried

LARGE = ("万", "亿")
FEW = 8
"""Words that are tried one after another: of more, the first characters are tried before."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the readings ask of the words, and the patterns that the grammar is built from, by name."""

    measures: frozenset[str]
    spans: frozenset[str]
    digits_only: frozenset[str]
    more_than_ten: frozenset[str]
    always: tuple[str, ...]
    before: Mapping[str, str]
    inside: Mapping[str, str]
    behind: Mapping[str, str]
    only: Mapping[str, str]
    only_measured: frozenset[str]
    ends: frozenset[str]
    counting_ends: frozenset[str]
    patterns: Mapping[str, str]


def tables() -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return the two files of words, as they are."""
    return carried("text/units.yaml"), carried("text/number_words.yaml")


@cache
def vocabulary() -> Vocabulary:
    """Return the words, put together at their first use."""
    units, words = tables()
    spans = units["spans"].split()
    measures = {
        *_measures(units),
        *units["at_end"].split(),
        *spans,
        *units["latin"].split(),
        *units["latin_exactly"].split(),
    }
    before = {word: bound for bound, listed in words["before"].items() for word in listed.split()}
    falls = words["falls"]["verbs"].split() + words["falls"]["nouns"].split()
    return Vocabulary(
        measures=frozenset(measures),
        spans=frozenset(spans),
        digits_only=frozenset(units["digits_only"].split()),
        more_than_ten=frozenset(units["more_than_ten"].split()),
        always=tuple(units["always"].split()),
        before=before,
        inside=words["inside"],
        behind=words["behind"],
        only=words["only"],
        only_measured=frozenset(words["only_measured"].split()),
        ends=frozenset(word[-1] for word in (*before, *falls, "少", "了", "达", "到", "为", "是")),
        counting_ends=frozenset(word[-1] for word in (*words["counting"].split(), "了")),
        patterns=_unit_patterns(units) | _word_patterns(words),
    )


def is_measure(unit: str) -> bool:
    """Say whether a unit, perhaps with 万 or 亿, measures and does not just count."""
    return unit.lstrip("万亿") in vocabulary().measures or "/" in unit or "每" in unit


def _measures(units: Mapping[str, Any]) -> Iterator[str]:
    """Yield the units of measure: plain, with a prefix, squared and cubed."""
    for group in units["measures"]:
        yield from _of_group(group)
    yield from map("".join, product(units["squares"]["words"].split(), units["squares"]["of"].split()))


def _of_group(group: Mapping[str, str]) -> Iterator[str]:
    prefixes, bases = group.get("prefixes", "").split(), group.get("bases", "").split()
    yield from group["words"].split()
    yield from map("".join, product(prefixes, bases))
    yield from (base for base in bases if base in ("米", "克"))


def _lengths(units: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lengths of the group of the metre, and those that only stand squared."""
    yield from next(_of_group(group) for group in units["measures"] if "米" in group.get("bases", "").split())
    yield from units["squares"]["of"].split()


def _unit_patterns(units: Mapping[str, Any]) -> dict[str, str]:
    """Return the patterns of units, by name."""
    more = [f"{each[0]}多{each[1:]}" for each in units["with_more"].split()]
    more += units["for_hundred_millions"].split()
    squares = units["squares"]["words"].split()
    listed = (*_measures(units), *units["spans"].split(), *units["counted"].split(), *more)
    plain = any_of(unit for unit in listed if unit not in squares)
    square = f"(?:{'|'.join(squares)})(?!{any_of((*units['squares']['longer'].split(), *_lengths(units)))})"
    denominators = any_of(units["per"].split())
    return {
        "units": f"[{''.join(units['times'].split())}]次(?![干级要中]|公里)|{square}|{plain}",
        "at_end": any_of(units["at_end"].split()),
        "halves": "".join(units["halves"].split()),
        "not_units": any_of(units["not_units"].split()),
        "units_yet": any_of(units["units_yet"].split()),
        "latin": f"(?i:{'|'.join(_longest_first(units['latin'].split()))})|[{''.join(units['latin_exactly'].split())}]",
        "per": denominators,
        "names": any_of(units["names"].split()),
        "span_units": any_of(units["spans"].split()),
    }


def _word_patterns(words: Mapping[str, Any]) -> dict[str, str]:
    """Return the patterns of words, by name."""
    guards = words["not_after"]
    before = [word for listed in words["before"].values() for word in listed.split()]
    nouns = any_of(words["falls"]["nouns"].split())
    verbs = _whole(words["falls"]["verbs"].split(), guards, words["not_before"])
    falls = f"(?:(?:{verbs})|(?:{nouns})(?:达到?|为|是)?)了?"
    firsts = {word[0] for word in (*before, *words["falls"]["verbs"].split(), *words["falls"]["nouns"].split(), "分")}
    return {
        "bounds": _whole(before, guards),
        "falls": falls,
        "firsts": "".join(sorted(firsts)),
        "rises": any_of(words["rises"].split()),
        "behind": "|".join(_behind(words)),
        "counting": _whole(words["counting"].split(), guards),
        "measuring": _whole(words["measuring"].split(), guards),
        **{
            name: any_of(words[name].split())
            for name in ("feats", "feats_first", "events", "into", "ranked", "ordered", "persons")
        },
        "streaks": any_of(words["streaks"].split()),
        "particles": words["particles"],
        "mottoes": any_of(words["mottoes"].split()),
    }


def _behind(words: Mapping[str, Any]) -> Iterator[str]:
    """Yield a pattern for each word of two characters behind a number."""
    for word in words["behind"]:
        if len(word) > 1:
            yield f"{word}{_not_before(words['not_before'], word)}"


def _not_before(guards: Mapping[str, str], word: str) -> str:
    return f"(?![{guards[word]}])" if word in guards else ""


def _whole(words: Iterable[str], guards: Mapping[str, str], behind: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a pattern for any of the words where they are no part of another word, by what is before and behind."""
    groups: dict[tuple[str, str], list[str]] = {}
    for word in words:
        before = f"(?<![{guards[word[0]]}])" if guards.get(word[0]) else ""
        groups.setdefault((before, _not_before(behind, word)), []).append(word)
    return "|".join(f"{before}(?:{any_of(group)}){after}" for (before, after), group in groups.items())


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest that fits.

    A tree of common beginnings compiles more slowly: each class of characters takes 60 microseconds.
    """
    listed = _longest_first(dict.fromkeys(words))
    longer = [word for word in listed if len(word) > 1]
    single = "".join(word for word in listed if len(word) == 1)
    firsts = f"(?=[{''.join(dict.fromkeys(word[0] for word in listed))}])" if len(longer) > FEW else ""
    return f"{firsts}(?:{'|'.join((*longer, *([f'[{single}]'] if single else ())))})"
