"""A build that would lose much of the package in place is refused, unless that is allowed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_line import Run
from factpack.disk.files import CHUNK, rows_in
from factpack.disk.project import Project
from factpack.disk.stage import staged
from factpack.history.shrinkage import shrinkage
from factpack.run.pipeline import build_project
from factpack.run.workspace import open_workspace
from factpack.schema import read
from factpack.table.derived import DERIVATIONS
from factpack.table.encode import csv_lines
from projects import ROOT, list_anew

SCHEMAS = read.read(Project(ROOT).schemas(), DERIVATIONS.keys())
FULL = {"indicators": 100, "observations": 200, "places": 5, "waivers": 4, "targets": 10, "evidence": 400}


def losing(**after: int) -> dict[str, tuple[str, str]]:
    """Return what is said of a build with these rows in place of as many as there were, by table or `datapackage`."""
    rows = {f"build/csv/{name}.csv": (before, after.get(name, before)) for name, before in FULL.items()}
    found = shrinkage(SCHEMAS, rows)
    return {Path(each.path).stem: (each.values["before"], each.values["after"]) for each in found}


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ({}, {}),
        ({"indicators": 120, "places": 9}, {}),
        ({"indicators": 80, "places": 4}, {}),
        ({"indicators": 79}, {"indicators": ("100", "79")}),
        ({"observations": 159}, {"observations": ("200", "159")}),
        ({"places": 3}, {"places": ("5", "3")}),
        ({"indicators": 50, "observations": 100}, {"indicators": ("100", "50"), "observations": ("200", "100")}),
        ({"waivers": 1, "targets": 1}, {}),
        ({"waivers": 0}, {"waivers": ("4", "0")}),
        ({"targets": 0}, {"targets": ("10", "0")}),
        ({"evidence": 257}, {}),
        ({"evidence": 256}, {"datapackage": ("719", "575")}),
        ({"evidence": 200, "places": 1}, {"places": ("5", "1")}),
    ],
)
def test_more_than_a_fifth_of_records_or_of_all_rows_and_all_rows_of_any_table_is_too_much(
    after: dict[str, int], told: dict[str, tuple[str, str]]
) -> None:
    assert losing(**after) == told


def test_a_first_package_and_one_without_rows_cannot_shrink() -> None:
    assert shrinkage(SCHEMAS, {}) == []
    assert shrinkage(SCHEMAS, {"build/csv/places.csv": (0, 0), "build/csv/indicators.csv": (0, 7)}) == []


def test_a_line_end_in_a_quoted_value_ends_no_row_wherever_the_file_is_cut_for_reading(tmp_path: Path) -> None:
    path, rows = tmp_path / "a.csv", b'"a\n""\n"\n' * 3
    for before in (2, *range(CHUNK - len(rows), CHUNK)):
        path.write_bytes(b"x" * before + b"\n" + rows)
        with path.open("rb") as file:
            assert rows_in(file) == 3, before


@given(st.lists(st.lists(st.text(alphabet='a,"\n武', max_size=5), min_size=2, max_size=2), max_size=20))
def test_rows_are_counted_as_a_csv_reader_counts_them(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(csv_lines([["id", "name"], *rows]))
    with path.open("rb") as file, path.open(encoding="utf-8", newline="") as lines:
        assert rows_in(file) == len(list(csv.reader(lines))) - 1


def test_a_build_that_shrinks_the_package_is_refused_and_leaves_the_old_one(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    places = minimal / "build" / "csv" / "places.csv"
    places.write_text(places.read_text("utf-8") + "plc-a\nplc-b\n", "utf-8")
    list_anew(minimal, "build/csv/places.csv")
    before = places.read_bytes()
    code, out, _ = run(minimal, "build")
    said = "error[package-shrinks]: this table had 5 rows and would have 3"
    assert (code, out.splitlines()[0]) == (1, f"build/csv/places.csv:1:1: {said}")
    assert places.read_bytes() == before


def test_a_build_that_may_shrink_replaces_the_package(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    places = minimal / "build" / "csv" / "places.csv"
    made = places.read_bytes()
    places.write_bytes(made + b"plc-a\nplc-b\n")
    list_anew(minimal, "build/csv/places.csv")
    with staged(minimal) as stage:
        assert build_project(open_workspace(Project(minimal)), stage, may_shrink=True).problems == []
        stage.commit()
    assert places.read_bytes() == made


def test_a_table_that_is_no_longer_made_counts_as_emptied(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    (minimal / "build" / "csv" / "rivers.csv").write_text("id\nriv-lin\n")
    list_anew(minimal, "build/csv/rivers.csv")
    code, out, _ = run(minimal, "build")
    assert (code, out.partition(": ")[0]) == (1, "build/csv/rivers.csv:1:1")
