"""The frozen project is right, shows every kind and word of the vocabularies, and its text records are of its texts."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from command_line import Run
from projects import LINXI, assemble

DOCUMENTS = sorted(path.stem for path in (LINXI / "texts").glob("*.txt"))
VOCABULARIES = [
    *("documents.type", "defects.kind", "waivers.reason", "indicators.theme", "indicators.measure"),
    *("indicators.timing", "observations.status", "observations.bound", "observations.claim"),
    *("observations.period_basis", "observations.reading", "targets.outcome", "milestones.stage"),
    *("milestones.status", "milestones.reading", "units.quantity", "ids.state", "numbers.use"),
]
CANNOT_BE = {"numbers.use": {"unclaimed"}}
"""Words that no project holds which checks clean: a number that nothing accounts for is a problem."""
NEXT_ONLY = {
    "observations.claim": {"not_below", "outpaces", "withdrawn"},
    "targets.outcome": {"not_judged"},
    "milestones.stage": {"explored", "floated", "on_sale"},
    "waivers.reason": {"conflicting", "later"},
}
"""Words that only a report has which follows others."""
ELSEWHERE = {
    "documents.type": {"plan", "policy", "law", "yearbook", "web_page"},
    "indicators.theme": {"science", "culture", "countryside", "population"},
    "units.quantity": {
        *("currency", "mass", "volume", "energy", "power", "speed", "traffic", "data", "per_unit", "physical"),
    },
}
"""Words that the report of a district need not have; the program names none (`repository/test_lists`), and themes and
quantities are used by the project of `draft/test_standard`."""


@pytest.fixture(scope="module")
def resources(linxi: Path) -> dict[str, dict[str, Any]]:
    descriptor = json.loads((linxi / "datapackage.json").read_bytes())
    return {each["name"]: each for each in descriptor["resources"] if each["path"].endswith(".csv")}


@pytest.fixture(scope="module")
def tables(linxi: Path, resources: dict[str, dict[str, Any]]) -> dict[str, list[dict[str, str]]]:
    texts = {name: (linxi / each["path"]).read_text("utf-8") for name, each in resources.items()}
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}


def test_it_has_no_problem(linxi: Path, run: Run) -> None:
    code, out, err = run(linxi, "check")
    assert (code, out) == (0, "")
    assert err.endswith("; 0 errors, 0 warnings\n")


def test_every_record_is_laid_out(linxi: Path, run: Run) -> None:
    code, out, _ = run(linxi, "fmt", "--check")
    assert (code, out) == (0, "")


def test_every_table_has_rows(tables: dict[str, list[dict[str, str]]]) -> None:
    assert [name for name, rows in tables.items() if not rows] == ["observations_may_mean"]


@pytest.mark.parametrize("column", VOCABULARIES)
def test_every_word_of_a_vocabulary_is_used(
    column: str, resources: dict[str, dict[str, Any]], tables: dict[str, list[dict[str, str]]]
) -> None:
    table, _, name = column.partition(".")
    (field,) = (each for each in resources[table]["schema"]["fields"] if each["name"] == name)
    words = {each["value"] for each in field["categories"]}
    elsewhere = CANNOT_BE.get(column, set()) | NEXT_ONLY.get(column, set()) | ELSEWHERE.get(column, set())
    assert words - {row[name] for row in tables[table]} == elsewhere


def test_records_and_parts_are_retired_with_and_without_a_replacement(tables: dict[str, list[dict[str, str]]]) -> None:
    retired = [row for row in tables["ids"] if row["state"] == "retired"]
    kinds = {("." in row["id"], bool(row["replaced_by_id"])) for row in retired}
    assert kinds >= {(False, False), (False, True), (True, True)}


def test_every_unit_is_used(tables: dict[str, list[dict[str, str]]]) -> None:
    used = {row[column] for row in tables["observations"] for column in ("unit_id", "plain_unit_id")}
    assert [row["id"] for row in tables["units"] if row["id"] not in used] == []


def test_text_records_are_what_the_texts_give(tmp_path: Path, run: Run, request: pytest.FixtureRequest) -> None:
    root = assemble(tmp_path / "project", LINXI)
    shutil.rmtree(root / "sources" / "texts")
    kept = LINXI / "sources" / "texts"
    for document in DOCUMENTS:
        _, _, err = run(root, "verify", document, str(LINXI / "texts" / f"{document}.txt"))
        assert " quotes verified, " in err
        if request.config.getoption("--write-expected"):
            shutil.copy(root / "sources" / "texts" / f"{document}.json", kept)
    made = {path.name: path.read_bytes() for path in (root / "sources" / "texts").iterdir()}
    assert made == {path.name: path.read_bytes() for path in kept.iterdir()}


def test_the_saved_page_gives_the_same_record_as_the_text(linxi: Path, run: Run) -> None:
    (page,) = (LINXI / "texts").glob("*.html")
    code, _, err = run(linxi, "verify", page.stem, str(page), "--check")
    assert (code, err.partition("\n")[0]) == (0, "The saved fingerprints match this text.")
