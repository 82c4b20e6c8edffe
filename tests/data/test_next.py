"""The year after: what the documents of 2026 make of the frozen project, beside tables that were written by hand."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

from command_line import Run
from projects import LINXI, LINXI_NEXT, assemble, tree
from recomputed import recompute
from transcribed import curate_in_part

Rows = list[dict[str, str]]
OVER_TIME = {"preferred", "restates_id", "superseded_by_id", "caution"}
"""Columns of observations that a further document may change in the rows of another one."""
TODAYS_NAMES = {"indicator_name_zh", "indicator_name_en"}
KEY = ("indicator_id", "period", "area_id", "compared_to")
OPEN = {"96.4亿元", "11.6亿元", "3.2亿元"}
"""Numbers of the two documents that are curated in part."""
EXPECTED = sorted(path.stem for path in (LINXI_NEXT / "expected").glob("*.csv") if path.stem != "proven")
IDENTIFIED = {
    "aliases": ("record_id", "name"),
    "glossary_components": ("glossary_id", "document_id", "position"),
    "glossary_definitions": ("glossary_id", "document_id"),
}
"""The columns by which rows of a table are told apart; of others it is `id`."""


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def table(root: Path, name: str) -> Rows:
    return read(root / "build" / "csv" / f"{name}.csv")


def expected(name: str) -> Rows:
    return read(LINXI_NEXT / "expected" / f"{name}.csv")


@pytest.fixture(scope="module")
def following(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """The root of the project with the documents of the year after, built; to be read only."""
    root = assemble(tmp_path_factory.mktemp("next") / "project", LINXI, LINXI_NEXT)
    code, _, err = run(root, "build")
    assert code == 0, err
    return root


def test_only_the_numbers_of_what_is_curated_in_part_are_open(following: Path, run: Run) -> None:
    code, out, err = run(following, "check")
    assert (code, "0 errors, 3 warnings" in err) == (0, True)
    unclaimed = {row["token"] for row in table(following, "numbers") if row["use"] == "unclaimed"}
    assert unclaimed == OPEN
    assert all(token in out for token in OPEN)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_table_is_what_was_written_by_hand(name: str, following: Path) -> None:
    key = IDENTIFIED.get(name, ("id",))
    wanted = {tuple(row[part] for part in key): row for row in expected(name)}
    columns = [column for column in next(iter(wanted.values())) if column != "reason"]
    built = {tuple(row[part] for part in key): row for row in table(following, name)}
    found = {each: {column: built[each][column] for column in columns} for each in wanted if each in built}
    assert found == {each: {column: row[column] for column in columns} for each, row in wanted.items()}


@pytest.mark.parametrize("name", ["documents", "targets"])
def test_every_row_was_written_by_hand(name: str, following: Path) -> None:
    assert {row["id"] for row in table(following, name)} == {row["id"] for row in expected(name)}


def test_every_promise_of_a_project_was_written_by_hand(following: Path) -> None:
    promises = {row["id"] for row in table(following, "milestones") if row["status"] == "target"}
    assert promises <= {row["id"] for row in expected("milestones")}


def test_what_was_not_written_by_hand_is_preferred_and_verified(following: Path) -> None:
    by_hand = {row["id"] for row in expected("observations")}
    others = [row for row in table(following, "observations") if row["id"] not in by_hand]
    assert {row["preferred"] for row in others if row["status"] != "target"} == {"true"}
    assert {row["preferred"] for row in others if row["status"] == "target"} == {""}
    assert {row["restates_id"] + row["superseded_by_id"] for row in others} == {""}
    assert {row["verification"] for row in others} == {"verified"}


def test_at_most_one_result_of_a_key_is_preferred_and_the_others_name_it(following: Path) -> None:
    results = [row for row in table(following, "observations") if row["status"] != "target"]
    preferred = {row["id"]: row for row in results if row["preferred"] == "true"}
    counts = Counter(tuple(row[part] for part in KEY) for row in preferred.values())
    assert set(counts.values()) == {1}
    named = [(row, row["restates_id"] or row["superseded_by_id"]) for row in results if row["id"] not in preferred]
    assert all(not (row["restates_id"] and row["superseded_by_id"]) for row in results)
    assert all([row[part] for part in KEY] == [preferred[own][part] for part in KEY] for row, own in named if own)


def test_a_row_shows_the_result_that_it_names_as_the_result_shows_itself(following: Path) -> None:
    observations = {row["id"]: row for row in table(following, "observations")}
    same = {"period": "period", "status": "status", "bound": "bound", "claim": "claim", "vintage": "vintage"}
    same |= {"display_zh": "display_zh", "display_en": "display_en", "document_id": "document_id"}
    answered = [row for row in table(following, "targets") if row["outcome_id"]]
    for column, own in same.items():
        pairs = [(row[f"outcome_{column}"], observations[row["outcome_id"]][own]) for row in answered]
        assert [pair for pair in pairs if pair[0] != pair[1]] == [], column


def test_different_results_of_one_status_for_one_key_carry_a_note(following: Path) -> None:
    by_key: dict[tuple[str, ...], Rows] = {}
    for row in table(following, "observations"):
        if row["status"] != "target":
            by_key.setdefault((*(row[part] for part in KEY), row["status"]), []).append(row)
    several = [rows for rows in by_key.values() if len(rows) > 1]
    assert len(several) > 3
    assert all(any(row["note_zh"] and row["note_en"] for row in rows) for rows in several)


def test_others_recompute_what_is_preferred_and_what_became_of_targets(following: Path) -> None:
    preferred, outcomes = recompute(following / "build" / "csv")
    shown = {row["id"]: row["preferred"] == "true" for row in table(following, "observations") if row["preferred"]}
    assert shown == preferred
    assert {row["id"]: row["outcome"] for row in table(following, "targets")} == outcomes


def test_a_document_changes_no_id_value_or_quote_of_another(linxi: Path, following: Path) -> None:
    gone = {row["id"] for row in table(following, "ids") if row["state"] == "retired"}
    assert {row["id"] for row in table(linxi, "ids")} <= {row["id"] for row in table(following, "ids")}
    after = {row["id"]: row for row in table(following, "observations")}
    for row in table(linxi, "observations"):
        if row["id"] not in gone:
            changed = {column for column, value in row.items() if after[row["id"]][column] != value}
            assert changed <= OVER_TIME | TODAYS_NAMES, row["id"]
    quotes = [(row["part_id"], row["document_id"], row["quote"]) for row in table(following, "evidence")]
    before = [(row["part_id"], row["document_id"], row["quote"]) for row in table(linxi, "evidence")]
    assert [each for each in before if each not in quotes and each[0].rpartition(".")[0] in gone] == []


def test_what_is_taken_away_again_leaves_the_bytes_of_before(tmp_path: Path, run: Run) -> None:
    root = assemble(tmp_path / "project", LINXI)
    assert run(root, "build")[0] == 0
    before = tree(root / "build")
    sources = Path(shutil.copytree(root / "sources", tmp_path / "kept"))
    with_next = assemble(tmp_path / "other", LINXI, LINXI_NEXT)
    shutil.copytree(with_next / "sources", root / "sources", dirs_exist_ok=True)
    assert run(root, "build")[0] == 0
    assert tree(root / "build") != before
    shutil.rmtree(root / "sources")
    shutil.copytree(sources, root / "sources")
    shutil.rmtree(root / "build")  # beside it, ids would be gone
    assert run(root, "build")[0] == 0
    assert tree(root / "build") == before


def test_the_order_of_files_does_not_matter(tmp_path: Path, following: Path, run: Run) -> None:
    root = tmp_path / "project"
    files = sorted((path for path in following.rglob("*") if path.is_file()), reverse=True)
    for path in files:
        kept = path.relative_to(following)
        if kept.parts[0] in ("schemas", "sources"):
            (root / kept).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, root / kept)
    assert run(root, "build", "--workers", "2")[0] == 0
    assert tree(root / "build") == tree(following / "build")


def test_a_text_that_comes_later_proves_what_it_can(tmp_path: Path, run: Run) -> None:
    root = assemble(tmp_path / "project", LINXI, LINXI_NEXT)
    document = "doc-linxi-final-accounts-2025"
    text = LINXI_NEXT / "texts" / "later" / f"{document}.txt"
    _, out, err = run(root, "verify", document, str(text), "--prove")
    curate_in_part(root, document)
    section = "sections:\n  - label:\n      zh: 全文\n      en: Whole text\n    first: 1\n    last: 5\n"
    record = root / "sources" / "documents" / f"{document}.yaml"
    record.write_text(record.read_text("utf-8") + section, "utf-8")
    assert run(root, "build")[0] == 0
    evidence = {row["part_id"]: row for row in table(root, "evidence") if row["document_id"] == document}
    for row in expected("proven"):
        found = evidence[row["part_id"]]
        assert (found["paragraph"], found["quote"]) == (row["paragraph"], row["quote"]), row["part_id"]
        assert (found["locator"] == "") == (row["found"] == "one")
        assert (row["part_id"] in out + err) or row["found"] == "one"


def test_a_former_name_leads_to_the_record_that_had_it(following: Path, run: Run) -> None:
    for command in ("show", "cite"):
        code, _, err = run(following, command, "溪口集市")
        assert (code, "plc-xikou-market" in err) == (2, True)
        assert "溪口集市 is a name, not an ID" in err
