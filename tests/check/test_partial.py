"""A document that is recorded in part blocks nothing, not even where warnings do; how much is open is counted."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from command_line import Run
from projects import replace
from transcribed import curate_in_part


@pytest.fixture
def partial(minimal: Path) -> Path:
    """The root of a project in which a number of a document is open, and the document is recorded in part."""
    curate_in_part(minimal, "doc-report")
    report = minimal / "sources" / "documents" / "doc-report.yaml"
    replace(report, "waivers:\n  - paragraph: 4\n    token: 2026年\n    reason: date\n", "")
    return minimal


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
def test_open_numbers_of_a_document_recorded_in_part_do_not_block(partial: Path, run: Run, form: str) -> None:
    code, out, _ = run(partial, "check", "--strict", "--format", form)
    assert (code, "2026年" in out) == (0, True)
    if form == "junit":
        assert ElementTree.fromstring(out.encode()).get("failures") == "0"


def test_other_warnings_block_still(partial: Path, run: Run) -> None:
    assert run(partial, "build")[0] == 0
    descriptor = json.loads((partial / "datapackage.json").read_text("utf-8"))
    (partial / "datapackage.json").write_text(json.dumps({**descriptor, "name": "another"}), "utf-8")
    code, out, _ = run(partial, "check")
    assert (code, "warning[other-package]" in out) == (0, True)
    assert run(partial, "check", "--strict")[0] == 1


def test_open_numbers_of_a_complete_document_are_errors(partial: Path, run: Run) -> None:
    replace(partial / "sources" / "documents" / "doc-report.yaml", "coverage: partial\n", "")
    code, out, err = run(partial, "check")
    assert (code, "error[uncovered-number]" in out, "recorded in part" in err) == (1, True, False)


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", "1 number open in documents that are recorded in part"), ("zh", "未录完的文件中待处理数字 1")],
)
def test_the_summary_counts_them(partial: Path, run: Run, tmp_path: Path, lang: str, told: str) -> None:
    _, _, err = run(partial, "check", "--summary", str(tmp_path / "summary.md"), lang=lang)
    assert told in err
    assert told in (tmp_path / "summary.md").read_text("utf-8")
    found = json.loads(run(partial, "check", "--format", "json")[1])
    assert found["summary"]["checked"]["numbers open"] == 1
    assert told in run(partial, "build", lang=lang)[2]


def test_nothing_is_said_of_them_where_there_are_none(minimal: Path, run: Run) -> None:
    assert "recorded in part" not in run(minimal, "check")[2]
