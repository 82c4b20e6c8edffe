"""Each text of the pages and each label of a column is used for one thing, in both languages."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from string import Formatter

import pytest
import yaml

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")

from factpack.edit.starter import schema_files
from factpack.schema import read
from factpack.schema.model import Column
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


def test_a_text_has_the_same_values_to_fill_in_in_both_languages() -> None:
    for name, text in TEXTS.items():
        wanted = [{field for _, field, _, _ in Formatter().parse(text[each]) if field} for each in LANGUAGES]
        assert wanted[0] == wanted[1], name


def test_every_text_is_used() -> None:
    site = Path(WORDS.parent)
    code = "".join(each.read_text("utf-8") for each in (*site.glob("*.py"), *site.glob("templates/*.j2")))
    begun = set(re.findall(r'\[f"([a-z]+ )\{', code)) | {"sign ", "mark ", "form ", "basis "}
    unused = [name for name in TEXTS if f'"{name}"' not in code and not name.startswith(tuple(begun))]
    assert unused == []


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
