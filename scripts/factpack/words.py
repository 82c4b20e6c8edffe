"""Words: the two languages, and the texts that each room says in both of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")
"""In the order in which texts, columns and files in both languages are everywhere."""
TAGS = {"zh": "zh-CN", "en": "en"}
"""The languages as HTML, RIS and CSL-JSON name them (BCP 47)."""
Both = Mapping[str, str]
"""A text in Chinese (`zh`) and English (`en`)."""


class Count(int):
    """A number that a text may write with what it counts: `{files:file}` is "1 file" or "2 files"."""

    def __format__(self, word: str) -> str:
        """Return the number with the word after it, in the plural where it is not one."""
        if not word or self == 1:
            return f"{int(self)} {word}".rstrip()
        return f"{int(self)} {word[:-1] + 'ies' if word.endswith('y') else word + 's'}"


def other(language: str) -> str:
    """Return the other language."""
    return next(each for each in LANGUAGES if each != language)


@cache
def texts(room: str, section: str = "") -> Mapping[str, Both]:
    """Return the texts of a section of a room's `words.yaml`, by key; of a room without sections, all its texts.

    `{name}` in a text is a value that is filled in; `{name:file}` is a Count with the word for what it counts. Raises
    KeyError for an unknown section.
    """
    words = carried(f"{room}/words.yaml")
    found: Mapping[str, Both] = words[section] if section else words
    return found


@cache
def texts_in(language: str, room: str, section: str = "") -> Mapping[str, str]:
    """Return the texts of a section in one language, by key."""
    return {key: text[language] for key, text in texts(room, section).items()}


def text_in(language: str, room: str, section: str, key: str, /, **values: object) -> str:
    """Return one text of a section in one language, with its values filled in."""
    return texts_in(language, room, section)[key].format_map(values)


@cache
def carried(path: str) -> Mapping[str, Any]:
    """Return a YAML file that travels with the program, by its path in it; nobody changes what is returned."""
    import yaml  # late, because it takes longer to import than most that asks for words

    raw = (Path(__file__).parent / path).read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.load(raw, Loader=yaml.CSafeLoader)
    return found
