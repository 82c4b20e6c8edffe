"""A part that came or went is told by what it says, in both languages, whatever type of record it is one of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from command_line import Run, in_process
from factpack.disk.project import Project
from factpack.history.changes import Change
from factpack.report.values import Values, values_of
from factpack.run.snapshot import snapshot
from factpack.run.workspace import open_workspace
from factpack.words import LANGUAGES
from projects import list_anew

INDICATORS, PLACES = "build/json/indicators.json", "build/json/places.json"


@pytest.fixture
def kept(published: Path, run: Run, tmp_path: Path) -> Path:
    """A folder with the package, to be changed."""
    assert run(published, "build", "--out", str(tmp_path / "kept"))[0] == 0
    return tmp_path / "kept"


def without(kept: Path, path: str, record: str, field: str, item: str = "") -> None:
    """Take a field, or an item of it, out of a record of a package."""
    found = json.loads((kept / path).read_bytes())
    holder = next(each for each in found if each["id"] == record)
    if item:
        holder[field] = [each for each in holder[field] if each["id"] != item]
    else:
        del holder[field]
    (kept / path).write_text(json.dumps(found), "utf-8")
    list_anew(kept, path)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "+ 2026, target: over 22 billion CNY (paragraph 4)"),
        ("zh", "+ 2026，目标：超220亿元（第4段）"),
    ],
)
def test_a_new_observation_is_told_by_its_period_status_value_and_paragraph(
    published: Path, kept: Path, lang: str, told: str
) -> None:
    without(kept, INDICATORS, "ind-gdp", "observations", "ind-gdp.2026.target")
    ended = in_process(published, "diff", str(kept), lang=lang)
    line = next(each for each in ended.stdout.splitlines() if each.startswith("    + "))
    assert line == f"    {told}"
    back = in_process(published, "diff", str(kept), "HEAD", lang=lang)
    assert line in back.stdout
    gone = in_process(published, "diff", "HEAD", str(kept), lang=lang).stdout
    assert line.replace("    + ", "    ! ") in gone


def test_in_markdown_it_begins_no_list_of_its_own(published: Path, kept: Path, run: Run) -> None:
    without(kept, INDICATORS, "ind-gdp", "observations", "ind-gdp.2026.target")
    out = run(published, "diff", str(kept), "--format", "markdown").stdout
    assert "  - added: 2026, target: " in out


@pytest.mark.parametrize(
    ("field", "told"), [("name", "name: nothing → Linxi Lake"), ("evidence", "evidence: nothing → paragraph ")]
)
def test_a_text_and_evidence_are_told_in_words(published: Path, kept: Path, run: Run, field: str, told: str) -> None:
    without(kept, PLACES, "plc-linxi-lake", field)
    assert f"    {told}" in run(published, "diff", str(kept)).stdout


@pytest.fixture(scope="module")
def told(linxi: Path) -> tuple[Values, dict[str, dict[str, Any]]]:
    """The values of the frozen project, and its records by folder."""
    space = open_workspace(Project(linxi))
    now = snapshot(space)
    records = {folder: dict(some) for folder, some in now.records.items()}
    return values_of(space.schemas, space.package, now, now), records


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_every_record_is_told_in_words(
    told: tuple[Values, dict[str, dict[str, Any]]], language: str
) -> None:
    values, folders = told
    kinds = {kind.folder: kind for kind in values.schemas.kinds.values()}
    lines = []
    for folder, records in folders.items():
        for record_id, record in records.items():
            change = Change("changed", folder, record_id, {}, after=record)
            for field in kinds[folder].shape.parts.keys() & record.keys():
                lines += [values.part(change, f"{field}[1]", part, language) for part in record[field]]
            for field, value in record.items():
                said = values.words(change, field, value, language)
                assert said, (record_id, field)
                assert not isinstance(value, dict) or "{" not in said, (record_id, field)
    assert len(lines) > 20
    assert all(lines)
    assert not [each for each in lines if "{" in each or "None" in each]


@pytest.mark.parametrize(
    "odd", [{}, {"id": []}, {"period": {}, "value": "x"}, {"evidence": [{"document": 5}]}, [], None]
)
def test_whatever_an_edition_holds_is_told_without_a_fault(
    told: tuple[Values, dict[str, dict[str, Any]]], odd: Any
) -> None:
    values, _ = told
    change = Change("changed", "indicators", "ind-x", {}, after={"id": "ind-x", "observations": [odd]})
    assert isinstance(values.part(change, "observations[1]", odd, "en"), str)
    assert isinstance(values.words(change, "observations", [odd], "zh"), str)
    assert isinstance(values.words(change, "no.such[x].field", odd, "zh"), str)
