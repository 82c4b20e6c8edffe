"""The texts of each room are in both languages, show the same values in both, and are used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

import pytest

from conftest import ROOT
from factpack.words import LANGUAGES, other, texts, texts_in

PACKAGE = ROOT / "scripts" / "factpack"
SECTIONS = {"site": [""]}
"""The sections of each room's words.yaml; that of the pages has none. The words of the command line: test_cli."""
BUILT = re.compile(r"form \.\w+")
"""Keys that are put together where they are used."""


def listed() -> Iterator[tuple[str, str, str]]:
    """Yield each text: its room, section and key."""
    for room, sections in SECTIONS.items():
        for section in sections:
            yield from ((room, section, key) for key in texts(room, section))


def values(text: str) -> set[str]:
    """Return the names of the values that are filled into a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_room_with_words_is_looked_at() -> None:
    assert {path.parent.name for path in PACKAGE.glob("*/words.yaml")} == {*SECTIONS, "cli"}


def test_every_text_is_in_both_languages_and_shows_the_same_values() -> None:
    for room, section, key in listed():
        text = texts(room, section)[key]
        assert set(text) == set(LANGUAGES), (room, section, key)
        assert all(isinstance(each, str) and each for each in text.values()), (room, section, key)
        assert values(text["zh"]) == values(text["en"]), (room, section, key)


def test_every_text_is_used() -> None:
    for room in SECTIONS:
        paths = (*PACKAGE.glob(f"{room}/*.py"), *PACKAGE.glob(f"{room}/templates/*.j2"))
        sources = "".join(path.read_text("utf-8") for path in paths)
        keys = [(section, key) for name, section, key in listed() if name == room]
        assert [each for each in keys if f'"{each[1]}"' not in sources and not BUILT.fullmatch(each[1])] == []


def test_a_text_in_one_language_is_that_of_both() -> None:
    for language in LANGUAGES:
        assert texts_in(language, "site")["home"] == texts("site")["home"][language]
        assert other(other(language)) == language != other(language)
    with pytest.raises(KeyError):
        texts("site", "no such section")
