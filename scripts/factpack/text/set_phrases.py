"""Words with a Chinese numeral that count nothing, so that a reader need not look at them."""

from __future__ import annotations

from functools import cache

from factpack.text.tokens import outside_words
from factpack.words import carried


def phrases() -> tuple[str, ...]:
    """Return the phrases, as the file beside this one lists them."""
    return tuple(phrase for listed in carried("text/set_phrases.yaml").values() for phrase in listed.split())


@cache
def set_words() -> frozenset[str]:
    """Return the phrases as `outside_words` gives them: of 第三产业 it gives 第三产."""
    return frozenset(word for phrase in phrases() for *_, word in outside_words(phrase, ()))
