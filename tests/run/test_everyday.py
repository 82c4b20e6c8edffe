"""What people call things is in `sources/search.yaml`: it is checked and laid out like records, and may be missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import Run
from factpack.disk.project import SEARCH_PATH, Project
from factpack.run.workspace import open_workspace

GOOD = """# yaml-language-server: $schema=../schemas/search.schema.json
everyday:
  - words:
      - 停车位
    means:
      - 停车泊位
"""


def problems(root: Path, run: Run) -> list[tuple[str, int, int]]:
    """Return the code, line and column of each problem of the words, in order."""
    listed = json.loads(run(root, "check", "--format", "json")[1])["problems"]
    assert {each["path"] for each in listed} <= {SEARCH_PATH}
    return [(each["code"], each["line"], each["column"]) for each in listed]


def test_a_project_has_the_words_that_stand_there_or_none(minimal: Path) -> None:
    assert open_workspace(Project(minimal)).everyday == ()
    (minimal / SEARCH_PATH).write_text(GOOD, "utf-8")
    space = open_workspace(Project(minimal))
    assert (list(space.everyday), list(space.problems)) == ([{"words": ["停车位"], "means": ["停车泊位"]}], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD, []),
        (GOOD.replace("means", "meens"), [("unknown-field", 5, 5)]),
        (GOOD.replace("    means:\n      - 停车泊位\n", ""), [("missing-field", 3, 5)]),
        (GOOD + "    note: text\n", [("wrong-type", 7, 11)]),
        (GOOD.replace("search.schema", "place.schema"), [("foreign-schema", 1, 3)]),
        ("", [("empty-file", 1, 1)]),
    ],
)
def test_what_is_wrong_in_the_words_is_told_at_its_line(
    minimal: Path, run: Run, text: str, expected: list[tuple[str, int, int]]
) -> None:
    (minimal / SEARCH_PATH).write_text(text, "utf-8")
    assert problems(minimal, run) == expected


def test_without_their_schema_the_words_are_a_file_that_nobody_knows(minimal: Path, run: Run) -> None:
    (minimal / SEARCH_PATH).write_text(GOOD, "utf-8")
    (minimal / "schemas" / "search.schema.json").unlink()
    assert problems(minimal, run) == [("not-a-record", 1, 1)]


def test_a_schema_without_the_words_is_wrong(minimal: Path, run: Run) -> None:
    path = minimal / "schemas" / "search.schema.json"
    path.write_text(path.read_text("utf-8").replace('"everyday"', '"anything"'), "utf-8")
    listed = json.loads(run(minimal, "check", "--format", "json")[1])["problems"]
    assert [(each["path"], each["code"]) for each in listed] == [("schemas/search.schema.json", "schema-reference")]


def test_the_words_are_laid_out_like_records(minimal: Path, run: Run) -> None:
    (minimal / SEARCH_PATH).write_text("everyday:\n- means: ['停车泊位']\n  words: ['停车位']\n", "utf-8")
    assert run(minimal, "fmt")[0] == 0
    assert (minimal / SEARCH_PATH).read_text("utf-8") == GOOD
