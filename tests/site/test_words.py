"""Each text of the pages and each label of a column is used for one thing, in both languages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
import yaml

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")

from factpack.edit.starter import schema_files
from factpack.schema import read
from factpack.schema.model import Column
from factpack.site.charts.compared import SHAPES
from factpack.site.charts.key import UNSURE
from factpack.site.charts.signs import Joint, Sign, kinds_of
from factpack.site.charts.values import SIDES
from factpack.site.marks import MARKS
from factpack.site.reading import BASES
from factpack.table.derived import DERIVATIONS
from factpack.table.descriptor import tables
from factpack.words import LANGUAGES
from projects import ROOT

WORDS = ROOT / "scripts/factpack/site/words.yaml"
TEXTS: dict[str, dict[str, str]] = yaml.safe_load(WORDS.read_text("utf-8"))
TABLES = list(tables(read.read(schema_files(), DERIVATIONS.keys())).values())
SAME = (
    {"number", "position"},
    {"outcome_reason", "reason"},
    {"replaced_by", "superseded_by"},
)
"""Columns of different tables that are called alike, because they say the same thing there."""


def test_no_text_stands_under_two_names() -> None:
    named = [each.strip("'\"") for each in re.findall(r"^([^\s#].*):$", WORDS.read_text("utf-8"), re.MULTILINE)]
    assert len(named) == len(set(named)) == len(TEXTS), "a name twice: the first text is lost"
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, text in TEXTS.items():
        found[tuple(text[each] for each in LANGUAGES)].append(name)
    assert [names for names in found.values() if len(names) > 1] == []


def named(beginning: str) -> set[str]:
    """Return what follows a beginning in the names of texts."""
    return {name.removeprefix(f"{beginning} ") for name in TEXTS if name.startswith(f"{beginning} ")}


def test_texts_whose_names_are_put_together_are_those_of_what_they_speak_of() -> None:
    assert named("mark") == {*MARKS, *(f"{each} why" for each in MARKS)}
    assert named("sign") == {*SIDES, UNSURE, "estimate", "target", "arrow", "replaced"}
    joints = [Joint((0, 0), (0, 0), is_loose=True)]
    sign = Sign("", 0, 0, "estimate", UNSURE, -1, 0, False, True, True, True, 1, "", 0)
    kinds = {*kinds_of([sign, sign._replace(status="target", side=1)], joints)}
    assert named("drawn") == kinds | {f"{name} {each}" for name in ("result", "target") for each in SHAPES}
    assert named("basis") == BASES
    assert named("values") == {"added", "changed", "gone"}


def thing(column: Column) -> str:
    """Return what a column is of: its name without what tells an id from a name, and one language from the other."""
    return re.sub("_(id|zh|en)$", "", column.name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_columns_of_a_table_and_no_two_choices_of_a_column_have_one_label(language: str) -> None:
    for table in TABLES:
        titles = {(thing(each), each.schema["x-title"][language]) for each in table.columns}
        assert len(titles) == len({title for _, title in titles}), table.name
        for column in table.columns:
            labels = [label[language] for label in column.schema.get("x-labels", {}).values()]
            assert len(labels) == len(set(labels)), f"{table.name}.{column.name}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_of_columns_is_used_for_one_thing(language: str) -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for column in (each for table in TABLES for each in table.columns if each.source != "#parent"):
        names[column.schema["x-title"][language]].add(thing(column))
    twice = {title: some for title, some in names.items() if len(some) > 1 and some not in SAME}
    assert twice == {}


@pytest.mark.parametrize("room", ["site", "table", "package"])
def test_no_space_stands_between_chinese_and_a_number(room: str) -> None:
    texts = yaml.safe_load((ROOT / f"scripts/factpack/{room}/words.yaml").read_text("utf-8"))
    spaced = re.compile(r"[\u4e00-\u9fff] [\d{]|[\d}] [\u4e00-\u9fff]")
    assert [each for each in chinese(texts) if spaced.search(re.sub(r"\{(id|url|by)\}", "X", each))] == []


def chinese(texts: object) -> Iterator[str]:
    """Yield the Chinese texts of a file of words, whatever they are grouped by."""
    for name, each in texts.items() if isinstance(texts, dict) else ():
        if name == "zh" and isinstance(each, str):
            yield each
        else:
            yield from chinese(each)
