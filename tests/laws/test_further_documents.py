"""A further document changes nothing of what others say, and names and order of documents decide nothing."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from command_line import Run
from laws.fewer_documents import renamed, rows_as_named, without
from projects import LINXI, LINXI_NEXT, assemble
from recomputed import recompute

Rows = list[dict[str, str]]
NEW = sorted(path.stem for path in (LINXI_NEXT / "sources" / "documents").glob("*.yaml"))
KEY = ("indicator_id", "period", "area_id", "compared_to")
SAID = {
    "observations": {"preferred", "restates_id", "superseded_by_id", "caution"},
    "milestones": {"outcome", "outcome_id", "moved_to"},
    "targets": {"caution", "reached_period"},
    "evidence": {"id", "position"},
    "glossary_components": set(),
    "glossary_definitions": set(),
    "documents": set(),
}
"""Tables of what documents say, each with the columns that further documents decide, as `baseline_…` and `outcome…`."""
CHOICES = [*({each} for each in NEW), *(set(NEW) - {each} for each in NEW)]
"""The documents that are taken away: each of the new ones alone, and all but it."""


def table(root: Path, name: str) -> Rows:
    with (root / "build" / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """The root of the project with the documents of the year after, built; to be read only."""
    root = assemble(tmp_path_factory.mktemp("whole") / "project", LINXI, LINXI_NEXT)
    code, out, err = run(root, "build")
    assert code == 0, out + err
    return root


@pytest.fixture(scope="module", params=CHOICES, ids=lambda gone: f"{len(gone)}-{min(gone)}")
def taken(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, whole: Path, run: Run
) -> tuple[set[str], Path]:
    """Documents that were taken away, and the root of the project without them, built."""
    root = without(whole, tmp_path_factory.mktemp("fewer") / "project", request.param)
    code, out, err = run(root, "build")
    assert code == 0, out + err
    return request.param, root


def test_a_further_document_changes_no_id_value_or_quote_of_another(taken: tuple[set[str], Path], whole: Path) -> None:
    gone, root = taken
    ids = {row["id"]: row for row in table(whole, "ids")}
    assert [row for row in table(root, "ids") if row["id"] not in ids or ids[row["id"]]["kind"] != row["kind"]] == []
    theirs = {said_of(row) for row in table(whole, "evidence") if row["document_id"] in gone}
    for name, decided in SAID.items():
        others = [row for row in table(root, name) if row.get("id") not in theirs and not of_record(row, theirs)]
        before = [of_itself(row, decided) for row in others]
        after = Counter(of_itself(row, decided) for row in table(whole, name))
        assert len(before) > 5
        assert [row for row in before if row not in after] == [], name


def said_of(row: dict[str, str]) -> str:
    """Return of what a row of evidence is: a part, or else a record."""
    return row.get("part_id") or row.get("record_id", "")


def of_record(row: dict[str, str], records: set[str]) -> bool:
    """Say whether a row is evidence of one of these records as a whole: without it, `fewer_documents` gives other."""
    return row.get("part_id") == "" and row["record_id"] in records


def of_itself(row: dict[str, str], decided: set[str]) -> tuple[str, ...]:
    """Return what a row has of its own, whatever other documents say."""
    derived = ("baseline_", "outcome")
    return tuple(value for column, value in row.items() if column not in decided and not column.startswith(derived))


def test_whatever_documents_there_are_one_result_of_a_key_is_preferred_and_others_find_the_same(
    taken: tuple[set[str], Path],
) -> None:
    _, root = taken
    rows = table(root, "observations")
    counts = Counter(tuple(row[part] for part in KEY) for row in rows if row["preferred"] == "true")
    assert set(counts.values()) == {1}
    preferred, outcomes = recompute(root / "build" / "csv")
    assert {row["id"]: row["preferred"] == "true" for row in rows if row["preferred"]} == preferred
    assert {row["id"]: row["outcome"] for row in table(root, "targets")} == outcomes


def test_an_outcome_rests_on_results_of_its_concept_and_on_who_reviews_its_period(
    taken: tuple[set[str], Path], whole: Path
) -> None:
    gone, root = taken
    touched = concepts_given(whole, gone)
    years = {row["reviews"] for row in table(whole, "documents_reviews") if row["document_id"] in gone}
    after = {row["id"]: row for row in table(whole, "targets")}
    concepts = {row["id"]: row["concept"] for row in table(whole, "indicators")}
    compared = {row["id"]: row["claim_indicator_id"] for row in table(whole, "observations")}
    may_mean = {(row["part_id"], row["indicator_id"]) for row in table(whole, "observations_may_mean")}
    untouched = 0
    for row in table(root, "targets"):
        indicators = {row["indicator_id"], compared[row["id"]], *(own for part, own in may_mean if part == row["id"])}
        if not {concepts[each] for each in indicators if each} & touched and row["period"][-4:] not in years:
            untouched += 1
            assert row == after[row["id"]]
    assert untouched > 1 or len(gone) > 1


def concepts_given(root: Path, documents: set[str]) -> set[str]:
    """Return the concepts of which documents give a result or a target."""
    concepts = {row["id"]: row["concept"] for row in table(root, "indicators")}
    cited = {row["part_id"] for row in table(root, "evidence") if row["document_id"] in documents}
    return {concepts[row["indicator_id"]] for row in table(root, "observations") if row["id"] in cited}


def test_names_and_order_of_documents_decide_nothing(whole: Path, tmp_path: Path, run: Run) -> None:
    root = tmp_path / "project"
    names = renamed(whole, root)
    code, out, err = run(root, "build")
    assert code == 0, out + err
    for path in sorted((whole / "build" / "csv").glob("*.csv")):
        before = Counter(tuple(row.values()) for row in table(whole, path.stem))
        assert Counter(rows_as_named(table(root, path.stem), names)) == before, path.stem
