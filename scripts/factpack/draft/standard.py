"""The standard indicators: quantities that a work report gives in most years and most places.

They are data, in `standard_indicators.yaml`; `standard_indicator.schema.json` says what an entry is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from factpack.words import LANGUAGES, Both, carried


@dataclass(frozen=True, slots=True)
class StandardIndicator:
    """One quantity of one type and scope, as its record says it. What a field leaves out is empty or None."""

    slug: str
    """Its id without the prefix; it does not change."""
    name: Both
    aliases: tuple[str, ...]
    """Other forms in which reports print it. A record keeps those that its own reports print."""
    concept: str
    description: Both
    theme: str
    measure: str
    timing: str
    aim: str
    unit: str
    whole: Both | None
    """What a share is a share of."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms in which reports print it: its name first."""
        return (self.name["zh"], *self.aliases)

    def fields(self) -> Mapping[str, Any]:
        """Return what its record says, by field, without id and aliases; what is left out is not in it."""
        kept = (each for each in self.__slots__ if each not in ("slug", "aliases"))
        return {each: value for each in kept if (value := getattr(self, each))}


@cache
def standard_indicators() -> tuple[StandardIndicator, ...]:
    """Return the standard indicators in the order of their file: by theme, the most usual first."""
    return tuple(_read(slug, entry) for slug, entry in carried("draft/standard_indicators.yaml").items())


def standard_indicator(word: str) -> StandardIndicator | None:
    """Return the standard indicator with a slug, or else the only one that a name in either language means, or None."""
    listed = standard_indicators()
    by_slug = next((each for each in listed if each.slug == word), None)
    named = [each for each in listed if _is_name(word, each)]
    return by_slug or (named[0] if len(named) == 1 else None)


def near(word: str) -> tuple[StandardIndicator, ...]:
    """Return the standard indicators that a word may mean: those that are printed so, else those whose name has it."""
    listed = standard_indicators()
    printed = tuple(each for each in listed if word in each.forms or _is_name(word, each))
    return printed or tuple(each for each in listed if any(word.casefold() in text for text in _texts(each)))


def _is_name(word: str, indicator: StandardIndicator) -> bool:
    return word.casefold() in {indicator.name[language].casefold() for language in LANGUAGES}


def _texts(indicator: StandardIndicator) -> Iterator[str]:
    """Yield what a word may be looked for in: the slug, the names and the printed forms."""
    yield from (indicator.slug, *map(str.casefold, (indicator.name["en"], *indicator.forms)))


def _read(slug: str, entry: Mapping[str, Any]) -> StandardIndicator:
    return StandardIndicator(
        slug=slug,
        name=entry["name"],
        aliases=tuple(entry.get("aliases", ())),
        concept=entry["concept"],
        description=entry["description"],
        theme=entry["theme"],
        measure=entry["measure"],
        timing=entry.get("timing", ""),
        aim=entry.get("aim", ""),
        unit=entry["unit"],
        whole=entry.get("whole"),
    )
