"""The snapshot that `diff` takes of the sources holds what a build of them writes."""

from __future__ import annotations

import csv
from pathlib import Path

import frozen
from factpack.disk.project import Project
from factpack.run.snapshot import snapshot
from factpack.run.workspace import open_workspace
from projects import ROOT


def test_judged_rows_are_those_of_the_build_even_where_another_record_answers_a_target() -> None:
    for root in (frozen.root(), frozen.year_after(), ROOT):
        rows = snapshot(open_workspace(Project(root))).rows
        assert {"targets", "observations", "milestones"} <= rows.keys()
        assert rows == {table: _published(root, table) for table in rows}
    answered = {each["outcome_id"].partition(".")[0] for each in _published(frozen.year_after(), "targets").values()}
    own = {each["indicator_id"] for each in _published(frozen.year_after(), "targets").values()}
    assert answered - own - {""}, "no target is answered by another record: the rows above show nothing"


def _published(root: Path, table: str) -> dict[str, dict[str, str]]:
    with (root / "build" / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}
