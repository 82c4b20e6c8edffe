"""What passes the check can be released: whatever texts stand in a record, no form refuses them afterwards."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from command_line import in_process
from factpack.disk.project import Project
from factpack.run.pipeline import check_project
from factpack.run.workspace import open_workspace
from factpack.source.cells import FORMULA, text_faults

pytest.importorskip("xlsxwriter", reason="the libraries of the extra release are not installed")
pytest.importorskip("pyarrow", reason="the libraries of the extra release are not installed")

NAUGHTY = st.sampled_from(
    [
        *("=1+1", "+1", "-1", "-1.5%", "-3亿元", "-a", "@x", "＝x", "−5", "<r>a</r>", "<r>a", "a</r>", "_x0041_"),
        *("_x0041_x0042_", "x" * 10_000, "武" * 2_000, "a\r\nb", "a\nb", "a\tb", "\"'`\\", "{}", "{{ x }}", "${x}"),
        *("<script>", "&amp;", "]]>", "-- ", "#REF!", "1e5", "0001", "TRUE", "2025-01-01", "NULL", "nan", "\\N", "%s"),
    ]
)
LETTERS = st.text(st.sampled_from("=+-@<r>/_x0041 \t\n,;\"'|!()武a1.%亿元"), min_size=1, max_size=12)
TEXTS = st.one_of(NAUGHTY, LETTERS)


def written(root: Path, path: str, changes: dict[str, Any]) -> None:
    """Write fields into a record, as JSON, which is YAML."""
    file = root / path
    before = open_workspace(Project(root)).reader.document(path).data or {}
    file.write_text(json.dumps({**before, **changes}, ensure_ascii=False, default=str), "utf-8")


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck], database=None)
@given(name=TEXTS, alias=TEXTS, note=TEXTS, title=TEXTS, symbol=TEXTS, keyword=TEXTS)
def test_what_passes_the_check_is_released(
    minimal: Path, name: str, alias: str, note: str, title: str, symbol: str, keyword: str
) -> None:
    root = minimal.with_name("copy")
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(minimal, root)
    done = {
        "sources/places/plc-linxi-lake-park.yaml": {"name": {"zh": "临溪湖公园", "en": name}, "aliases": [alias]},
        "sources/indicators/ind-gdp.yaml": {"description": {"zh": note, "en": note}},
        "sources/units/unt-percent.yaml": {"symbol": {"zh": symbol, "en": symbol}},
        "sources/package.yaml": {"title": {"zh": title, "en": title}, "keywords": [keyword]},
    }
    for path, changes in done.items():
        kept = (root / path).read_bytes()
        written(root, path, changes)
        if check_project(open_workspace(Project(root))).problems:
            (root / path).write_bytes(kept)
    for command in ("build", "release"):
        ended = in_process(root, command)
        assert ended.exit_code == 0, (command, ended.stdout, ended.stderr)


@pytest.mark.parametrize(
    "text", ["-3.5亿元", "+5%", "-1,000.5", "-5°C", "-3个/平方公里", "−3", "a=b", "(-1)", "-0.5 per mille"]
)
def test_a_number_with_its_sign_and_unit_is_no_formula(text: str) -> None:
    assert list(text_faults(text)) == []


@pytest.mark.parametrize(
    "text",
    ["=1", "@a", "-a", "+a", "-1+2", "-1+cmd|' /C calc'!A0", "+SUM(A1)", "-1(2)", "-2*A1", "＋a", "－a", "-1,A1"],
)
def test_what_a_spreadsheet_runs_is_one(text: str) -> None:
    assert [code for code, _ in text_faults(text)] == ["formula-text"]
    assert FORMULA.match(text)
