"""Words with a Chinese numeral that count nothing, so that a reader need not look at them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from factpack.text.tokens import outside_words


def phrases() -> tuple[str, ...]:
    """Return the phrases, as the file beside this one lists them."""
    raw = (Path(__file__).parent / "set_phrases.yaml").read_text(encoding="utf-8")
    return tuple(phrase for listed in yaml.load(raw, Loader=yaml.CSafeLoader).values() for phrase in listed.split())


@cache
def set_words() -> frozenset[str]:
    """Return the phrases as `outside_words` gives them: of 第三产业 it gives 第三产."""
    return frozenset(word for phrase in phrases() for *_, word in outside_words(phrase, ()))
