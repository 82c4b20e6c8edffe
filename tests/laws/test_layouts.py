"""A file is laid out in one way only: whoever wrote it, the same data and comments give the same bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import frozen
from factpack.disk.project import Project
from factpack.edit.layout import lay_out
from factpack.edit.modeline import modeline
from factpack.schema import model, read
from factpack.source import documents
from factpack.table.derived import DERIVATIONS
from laws.other_layouts import AnyStyle, commented, some_comments

PROJECT = Project(frozen.root())
SCHEMAS = read.read(PROJECT.schemas(), DERIVATIONS)
FOLDERS = {kind.folder: kind for kind in SCHEMAS.kinds.values()}
FREE = frozenset({"observations", "milestones", "places", "may_mean", "given_again"})
PATH = "sources/units/unt-x.yaml"


def records(folder: str) -> list[tuple[str, str]]:
    """Return path and schema of the records in a folder of the sources; the package is in none."""
    if not folder:
        return [("sources/package.yaml", "package")]
    kind = FOLDERS[folder]
    found = [(f"sources/{folder}/{record}.yaml", kind.name) for record in PROJECT.listing(folder, kind.prefix)[0]]
    assert found, folder
    return found


# ---- the records of a project


@pytest.mark.parametrize("folder", ["", *FOLDERS])
def test_the_records_are_laid_out(folder: str) -> None:
    for path, name in records(folder):
        raw = PROJECT.read(path)
        assert lay_out(path, raw, name, SCHEMAS).raw == raw, f"{path}: run factpack fmt"


def without_comments(raw: bytes) -> bytes:
    """Return a file without the comments that have a line of their own, but with its modeline."""
    first, *lines = raw.splitlines(keepends=True)
    return b"".join([first, *(line for line in lines if not line.lstrip().startswith(b"#"))])


@pytest.mark.parametrize("folder", ["", *FOLDERS])
def test_a_record_written_in_another_way_gets_its_bytes_back_with_comments(folder: str) -> None:
    for path, name in records(folder):
        random, raw = Random(path), without_comments(PROJECT.read(path))
        record: Any = documents.load(path, raw).data
        comments = some_comments(record, random)
        wanted = commented(raw, comments)
        head = random.choice(("", modeline(path, name), "# yaml-language-server: $schema=elsewhere.json"))
        written = AnyStyle(random, comments, FREE).write(record, head)
        assert documents.load(path, written).problems == (), path
        assert lay_out(path, written, name, SCHEMAS).raw == wanted, path
        assert lay_out(path, wanted, name, SCHEMAS).raw == wanted, path


# ---- any record

CHARACTERS = "ab Zé中“：。　0123456789.:#-?'\"{}[],&*!|>%@`~=<_/+\\\n"


def is_loaded(text: str) -> bool:
    return documents.load("x", f"x: {json.dumps(text, ensure_ascii=False)}\n".encode()).data == {"x": text}


texts = st.text(CHARACTERS, min_size=1, max_size=12).map(str.strip).filter(is_loaded)
decimals = st.decimals(-9999, 9999, places=2).filter(lambda number: str(number).strip("-0.") != "")
scalars = st.one_of(texts, texts, st.none(), st.booleans(), st.integers(-9999, 9999), decimals)
keys = st.one_of(st.sampled_from(["id", "name", "zh", "en", "printed", "retired", "reason"]), texts, st.just("k" * 140))
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner.filter(lambda item: not isinstance(item, list)), max_size=4)  # as in any schema
        | st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=12,
)


def shaped(source: model.Schema) -> st.SearchStrategy[Any]:
    """Return what has the fields of a schema, some of them, with any values in them."""
    schema = model.resolve(source, SCHEMAS.sources)
    if "properties" in schema:
        return st.fixed_dictionaries({}, optional={key: shaped(each) for key, each in schema["properties"].items()})
    return st.lists(shaped(schema["items"]), max_size=3) if "items" in schema else scalars


def unordered(value: Any, is_free: bool = False) -> Any:
    """Return a value in which the lists that may stand in any order stand in one."""
    if isinstance(value, dict):
        return {key: unordered(each, key in FREE) for key, each in value.items()}
    if not isinstance(value, list):
        return value
    items = [unordered(each) for each in value]
    return sorted(items, key=lambda item: json.dumps(item, sort_keys=True, default=str)) if is_free else items


def check_all_ways(name: str, record: dict[str, Any], style: AnyStyle) -> None:
    """Demand that a record has one layout, with its data, in whatever way and with whatever comments it is written."""
    base = lay_out(PATH, style.write(record), name, SCHEMAS).raw
    found: Any = documents.load(PATH, base).data
    assert unordered(found) == unordered(record)
    comments = some_comments(found, style.random)
    wanted = commented(base, comments)
    written = replace(style, comments=comments).write(found)
    assert documents.load(PATH, written).problems == ()
    assert lay_out(PATH, written, name, SCHEMAS).raw == wanted
    assert lay_out(PATH, wanted, name, SCHEMAS).raw == wanted


@settings(deadline=None)
@given(st.dictionaries(keys, values, min_size=1, max_size=5), st.integers(0, 2**32))
def test_a_file_of_any_content_has_one_layout_with_its_data_and_comments(record: dict[str, Any], seed: int) -> None:
    check_all_ways("unit", record, AnyStyle(Random(seed), shuffles=False))


@pytest.mark.parametrize("name", [*SCHEMAS.kinds, "package"])
@settings(deadline=None)
@given(st.data(), st.integers(0, 2**32))
def test_a_record_has_one_layout_in_whatever_order_its_fields_are(name: str, data: st.DataObject, seed: int) -> None:
    record = data.draw(shaped(SCHEMAS.sources[name]).filter(bool))
    check_all_ways(name, record, AnyStyle(Random(seed)))
