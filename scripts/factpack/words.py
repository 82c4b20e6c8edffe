"""Words: the two languages, and the texts that each room says in both of them."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source, source_hash
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
    found: Mapping[str, Any] = read_kept(Path(__file__).parent / path)
    return found


def read_kept(source: Path) -> Any:
    """Return the data in a YAML file of the program's own.

    They are kept where Python keeps what it compiles, on the same conditions, and taken while the file has the same
    bytes: reading YAML takes longer than all else that a short command does.
    """
    raw = source.read_bytes()
    seal, kept = source_hash(raw), Path(cache_from_source(str(source), optimization="yaml"))
    with suppress(OSError, ValueError, EOFError, TypeError):
        whole = kept.read_bytes()
        if whole.startswith(seal):
            return marshal.loads(whole[len(seal) :])  # noqa: S302 - whoever writes there can change the program, too
    import yaml  # late, because it takes longer to import than most that asks for words

    found: Any = yaml.load(raw, Loader=yaml.CSafeLoader)
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            _keep(kept, seal + marshal.dumps(found))
    return found


def _keep(path: Path, whole: bytes) -> None:
    """Write a file as a whole or not at all: another process may write it or read it now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.write_bytes(whole)
    aside.replace(path)
