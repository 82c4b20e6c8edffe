"""The texts of each room are in both languages, show the same values in both, and are used."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from string import Formatter

import pytest
import yaml

from factpack.words import LANGUAGES, Both, other, read_kept, texts, texts_in
from projects import ROOT

PACKAGE = ROOT / "scripts" / "factpack"
ROOMS = sorted(path.parent.name for path in PACKAGE.glob("*/words.yaml"))
rooms = pytest.mark.parametrize("room", ROOMS)


def of(room: str) -> dict[tuple[str, str], Both]:
    """Return the texts of a room by section and key; the pages of the site have no sections."""
    known = yaml.safe_load((PACKAGE / room / "words.yaml").read_text("utf-8"))
    sections = [""] if "zh" in next(iter(known.values())) else list(known)
    return {(section, key): text for section in sections for key, text in texts(room, section).items()}


def values(text: str) -> set[str]:
    """Return the names of the values that are filled into a text, and into the word that a value counts."""
    found = [(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name is not None]
    return {name for name, _ in found} | {name for _, spec in found if "{" in spec for name in values(spec)}


def test_the_rooms_that_write_for_readers_have_their_words_in_one_file() -> None:
    assert {"cli", "package", "release", "report", "site", "table"} <= set(ROOMS)


@rooms
def test_every_text_is_in_both_languages_and_shows_the_same_values(room: str) -> None:
    for key, text in of(room).items():
        if (room, key[0]) == ("cli", "click"):
            assert set(text) == {"zh"}, key  # mistakes that click itself describes in English
            continue
        assert set(text) == set(LANGUAGES), key
        assert all(isinstance(each, str) and each for each in text.values()), key
        assert values(text["zh"]) == values(text["en"]), key


VALUES = {"report": {"warning", "values proven", "numbers accounted for", "numbers open"}}
"""Keys that are values of another room: a severity, and what a run counts."""
BUILT = re.compile(
    r"(form|also) \.\w+|(text|damage|facts|needed) \w+|passage( \w+)?|in (zh|en)|(no|several) (value|claim|stage)"
    r"|(mark|sign|drawn|basis|values) [\w ]+"
)
"""Keys that are put together where they are used; site/test_words asks for each of the last line."""
NAMES = {("cli", "commands"), ("cli", "options"), ("cli", "pieces"), ("source", "syntax"), ("schema", "json")}
NAMES |= {("package", "cautions"), ("report", "outcome words")}
NAMES |= {("table", each) for each in ("claims", "claims aimed at", "claims of a value", "claims of a value aimed at")}
NAMES |= {("table", each) for each in ("claims of a change", "streaks", "streaks of a value")}
"""Sections whose keys are names of what is there (test_cli and test_targets ask for each), one that is used as a whole,
two whose keys are what a parser says (test_syntax and test_schemas ask for these), and one whose keys are values of
columns (report/test_outcomes asks for each)."""


@rooms
def test_every_text_is_used(room: str) -> None:
    paths = (*PACKAGE.glob(f"{room}/**/*.py"), *PACKAGE.glob(f"{room}/templates/*.j2"))
    sources = "".join(path.read_text("utf-8") for path in paths)
    everything = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))

    def used(key: str) -> bool:
        """Say whether a key is named in the room, such as `_tables.name` by both of its parts."""
        parts = key.split(".") if key.startswith("_") else [key]
        where = everything if key in VALUES.get(room, ()) else sources
        named = (re.search(f"""["']{re.escape(part)}["']""", where) for part in parts)
        return all(named) or bool(BUILT.fullmatch(key))

    assert [key for key in of(room) if not used(key[1]) and (room, key[0]) not in NAMES] == []


def test_a_text_in_one_language_is_that_of_both() -> None:
    for language in LANGUAGES:
        assert texts_in(language, "site")["home"] == texts("site")["home"][language]
        assert other(other(language)) == language != other(language)
    with pytest.raises(KeyError):
        texts("site", "no such section")


@pytest.fixture
def carried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a YAML file of a program whose code may be kept."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "words.yaml"
    path.write_text("a: {zh: 一, en: one}\n", "utf-8")
    return path


def kept(path: Path) -> list[Path]:
    """Return the files that are kept of one."""
    return sorted((path.parent / "__pycache__").glob("*"))


def test_a_file_that_travels_with_the_program_is_parsed_once(carried: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_kept(carried)
    monkeypatch.setattr(yaml, "load", lambda *_, **__: pytest.fail("parsed again"))
    assert read_kept(carried) == first == {"a": {"zh": "一", "en": "one"}}
    assert len(kept(carried)) == 1


def test_what_is_kept_of_a_file_holds_for_its_bytes_only(carried: Path) -> None:
    read_kept(carried)
    times = carried.stat()
    carried.write_text("a: {zh: 二, en: two}\n", "utf-8")
    os.utime(carried, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert carried.stat().st_size == times.st_size
    assert read_kept(carried) == {"a": {"zh": "二", "en": "two"}}


@pytest.mark.parametrize("left", [0, 4, 9, -1])
def test_what_is_kept_and_broken_is_made_again(carried: Path, left: int) -> None:
    whole = read_kept(carried)
    (file,) = kept(carried)
    file.write_bytes(file.read_bytes()[:left])
    assert read_kept(carried) == whole == read_kept(carried)


def test_nothing_is_kept_where_python_keeps_no_code(carried: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    read_kept(carried)
    assert kept(carried) == []


def test_every_file_is_the_same_kept_or_parsed(carried: Path) -> None:
    for each in (*PACKAGE.glob("*.yaml"), *PACKAGE.glob("*/*.yaml")):
        carried.write_bytes(each.read_bytes())
        parsed = read_kept(carried)
        assert repr(read_kept(carried)) == repr(parsed), each
