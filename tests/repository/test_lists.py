"""The page on lists of values: it names each list of the schemas once, and what it says may be changed can be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command_line import Run
from factpack.draft.standard import standard_indicators
from factpack.edit.starter import unit_files
from pages import chinese, read
from projects import ROOT

PAGE = "docs/lists.md"
OWN = "Your lists", "归您的列表"
ADDED_TO = "Lists to which you may add", "可以添加的列表"
OF_THE_PROGRAM = "Lists of the program", "归程序的列表"
PAGES = ((PAGE, 0), (chinese(PAGE), 1))
NOT_NAMES = {"properties", "items", "$defs", "x-derived", "x-views", "0", "allOf", "if", "then", "else"}
"""Steps to a list that no reader needs: which list it is, the others tell."""
SCHEMAS = {path.name.partition(".")[0]: json.loads(path.read_bytes()) for path in (ROOT / "schemas").glob("*.json")}


def lists() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each list of the schemas as the page names it, with the field; conditions repeat lists and are none."""
    for schema, source in SCHEMAS.items():
        if schema != "dialect":
            yield from ((f"{schema}: {'/'.join(path)}", field) for path, field in _lists(source, ()))


def _lists(node: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    if isinstance(node, dict):
        if isinstance(node.get("enum"), list):
            yield path, node
        for key, each in node.items():
            if key != "allOf":
                yield from _lists(each, path if key in NOT_NAMES else (*path, key))
    elif isinstance(node, list):
        for each in node:
            yield from _lists(each, path)


def named(page: str, heading: str) -> list[str]:
    """Return the lists that a section of a page names in the first column of its tables."""
    section = re.split(r"^## ", read(page), flags=re.MULTILINE)
    (text,) = (each for each in section if each.startswith(f"{heading}\n"))
    rows = re.findall(r"^\| (.*?) \|", text, re.MULTILINE)
    return [name for row in rows for name in re.findall("`([a-z]+: [^`]+)`", row)]


ALL = {name for name, _ in lists()}


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_every_list_of_the_schemas_is_named_under_one_heading(page: str, language: int) -> None:
    headings = [group[language] for group in (OWN, ADDED_TO, OF_THE_PROGRAM)]
    found = [set(named(page, heading)) for heading in headings]
    assert set().union(*found) == ALL
    assert sum(map(len, found)) == len(ALL)


def test_a_list_that_is_not_named_would_be_found() -> None:
    assert {"defs: theme", "document: defects/kind", "package: contributors/roles", "unit: quantity"} <= ALL
    assert len(ALL) > 25


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_the_page_counts_the_standard_units_and_indicators(page: str, language: int) -> None:
    text = read(page)
    for count in (len(unit_files()), len(standard_indicators())):
        assert re.search(rf"\b{count}\b" if language == 0 else rf" {count} ", text), count


@pytest.mark.parametrize("page", [page for page, _ in PAGES])
def test_values_that_the_page_speaks_of_are_there(page: str) -> None:
    rows = dict(re.findall(r"^\| `([a-z]+: [a-z_/]+)` \| .*? \| (.*) \|$", read(page), re.MULTILINE))
    known = dict(lists())
    spoken = {(name, value) for name, text in rows.items() for value in re.findall("`([a-z_]+)`", text)}
    values = {(name, value) for name, value in spoken if value != "enum"}
    assert ("document: series", "yearbook") in values
    assert {(name, value) for name, value in values if value not in known[name]["enum"]} == set()


# ---- what may be changed, can be


def renamed(root: Path, name: str) -> None:
    """Give all values of a list of a project other names, in its schema and its records."""
    schema = root / "schemas" / f"{name.partition(':')[0]}.schema.json"
    source = json.loads(schema.read_bytes())
    (field,) = (each for each in _found(source, name))
    values = field["enum"]
    field["enum"] = [f"{value}_of_ours" for value in values]
    field["x-labels"] = {f"{value}_of_ours": label for value, label in field["x-labels"].items()}
    schema.write_text(json.dumps(source, ensure_ascii=False), "utf-8")
    key = re.split("[ /]", name)[-1]
    written = re.compile(rf"^( *(?:- )?{key}: )({'|'.join(values)})$", re.MULTILINE)
    for path in (root / "sources").glob(f"{FOLDERS[name]}/*.yaml"):
        path.write_text(written.sub(r"\1\2_of_ours", path.read_text("utf-8")), "utf-8")


def _found(source: Any, name: str) -> Iterator[dict[str, Any]]:
    return (field for path, field in _lists(source, ()) if "/".join(path) == name.partition(": ")[2])


FOLDERS = {
    "indicator: concept": "indicators",
    "defs: theme": "*",
    "place: kind": "places",
    "project: kind": "projects",
    "document: defects/kind": "documents",
}


def test_the_lists_of_the_adopter_are_those_that_are_tried() -> None:
    assert set(named(PAGE, OWN[0])) == FOLDERS.keys()


@pytest.mark.parametrize("name", FOLDERS)
def test_all_values_of_a_list_of_ones_own_can_be_others(linxi_copy: Path, run: Run, name: str) -> None:
    renamed(linxi_copy, name)
    assert any("_of_ours" in path.read_text("utf-8") for path in (linxi_copy / "sources").rglob("*.yaml")), name
    assert run(linxi_copy, "check")[:2] == (0, "")
    assert run(linxi_copy, "build")[0] == 0


@pytest.mark.parametrize(
    ("theirs", "language", "told"),
    [
        ("parking", "en", "choose: parking-spaces; if none of the "),
        ("parking", "zh", "请选择：停车泊位（parking-spaces）；都不合适的，请加进 schemas/ "),
        ("zzz", "en", ", …; if none of the "),
    ],
)
def test_a_concept_that_the_list_lacks_is_told_with_the_nearest_and_that_it_can_be_added(
    linxi_copy: Path, run: Run, theirs: str, language: str, told: str
) -> None:
    path = linxi_copy / "sources" / "indicators" / "ind-parking-spaces-added.yaml"
    text = re.sub("^concept: .*$", f"concept: {theirs}", path.read_text("utf-8"), count=1, flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    schema = linxi_copy / "schemas" / "indicator.schema.json"
    source = json.loads(schema.read_bytes())
    field = source["properties"]["concept"]
    field["enum"] = [each for each in field["enum"] if each != "parking"]
    field["x-labels"].pop("parking", None)
    schema.write_text(json.dumps(source, ensure_ascii=False), "utf-8")
    code, out, _ = run(linxi_copy, "--lang", language, "check", str(path))
    assert code == 1
    assert "[not-in-vocabulary]" in out
    assert told in out


@pytest.mark.parametrize("name", sorted(set(named(PAGE, OWN[0]) + named(PAGE, ADDED_TO[0]))))
def test_a_value_or_a_word_can_be_added_where_the_page_says_so(minimal: Path, run: Run, name: str) -> None:
    schema = minimal / "schemas" / f"{name.partition(':')[0]}.schema.json"
    source = json.loads(schema.read_bytes())
    (field,) = _found(source, name)
    if words := field.get("x-words"):
        words[field["enum"][0]].append("自有")
    else:
        field["enum"].append("of_ours")
        field["x-labels"]["of_ours"] = {"zh": "自有的", "en": "One of ours"}
    schema.write_text(json.dumps(source, ensure_ascii=False), "utf-8")
    assert run(minimal, "check")[:2] == (0, "")
    assert run(minimal, "build")[0] == 0
    assert ("One of ours" in (minimal / "datapackage.json").read_text("utf-8")) is not bool(words)
