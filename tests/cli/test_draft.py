"""The open numbers of a text are drafted as records; what a person has edited stays, and what is claimed goes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from command_line import Run
from frozen import REPORT
from projects import LINXI, replace, tree

TEXT = LINXI / "texts" / f"{REPORT}.txt"
GDP, BEDS = "009-0022", "030-0032"


@pytest.fixture
def open_numbers(linxi_copy: Path) -> Path:
    """The project without an observation of one indicator, and without another indicator."""
    path = linxi_copy / "sources" / "indicators" / "ind-gdp.yaml"
    head, _, rest = path.read_text("utf-8").partition("  - period: '2025'\n    status: estimate\n")
    path.write_text(head + "  - period:" + rest.partition("  - period:")[2], "utf-8")
    (linxi_copy / "sources" / "indicators" / "ind-elderly-care-beds-added.yaml").unlink()
    return linxi_copy


def draft(root: Path, run: Run, *more: str) -> tuple[str, str]:
    code, out, err = run(root, "draft", REPORT, str(TEXT), *more)
    assert code == 0, out + err
    return out, err


def read(root: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((root / "drafts" / REPORT / f"{name}.yaml").read_text("utf-8"))
    return found


def test_a_known_indicator_gets_a_further_observation(open_numbers: Path, run: Run) -> None:
    out, err = draft(open_numbers, run)
    assert f"drafts/{REPORT}/{GDP}.yaml: 310亿元, 地区生产总值: of ind-gdp (sure)\n" in out
    assert err == "2 drafts written, 0 unchanged, 0 edited by you and left as they are, 0 deleted.\n"
    assert read(open_numbers, GDP) == {
        "id": "ind-gdp",
        "observations": [
            {
                "period": "2025",
                "status": "estimate",
                "value": 310,
                "bound": "over",
                "period_basis": "heading",
                "evidence": [{"document": REPORT, "paragraph": 9, "quote": "地区生产总值突破310亿元"}],
            }
        ],
    }


def test_a_draft_that_is_moved_into_its_record_passes_the_check(open_numbers: Path, run: Run) -> None:
    draft(open_numbers, run)
    path = open_numbers / "sources" / "indicators" / "ind-gdp.yaml"
    _, _, part = (open_numbers / "drafts" / REPORT / f"{GDP}.yaml").read_text("utf-8").partition("observations:\n")
    path.write_text(path.read_text("utf-8") + part, "utf-8")
    assert run(open_numbers, "fmt", str(path)).exit_code == 0
    code, out, _ = run(open_numbers, "check", str(path))
    assert (code, [line for line in out.splitlines() if "unverified-quote" not in line and "hint" not in line]) == (
        1,
        [],
    )
    assert run(open_numbers, "verify", REPORT, str(TEXT)).exit_code == 0
    assert run(open_numbers, "check", str(path)).exit_code == 0


def test_another_number_gets_a_record_with_what_is_not_known_left_empty(open_numbers: Path, run: Run) -> None:
    draft(open_numbers, run)
    found = read(open_numbers, BEDS)
    assert (found["measure"], found["timing"], found["unit"]) == ("level", "flow", "unt-count")
    (part,) = found["observations"]
    assert (part["period"], part["status"], part["value"], part["bound"]) == ("2026", "target", 500, "at_least")
    assert part["evidence"] == [{"document": REPORT, "paragraph": 30, "quote": "养老床位500张以上"}]
    assert found["name"]["zh"]
    assert "description" in found


def test_run_twice_it_drafts_nothing_twice(open_numbers: Path, run: Run) -> None:
    draft(open_numbers, run)
    before = {path: path.read_bytes() for path in (open_numbers / "drafts").rglob("*.yaml")}
    out, err = draft(open_numbers, run)
    assert (out, err) == ("", "0 drafts written, 2 unchanged, 0 edited by you and left as they are, 0 deleted.\n")
    assert {path: path.read_bytes() for path in (open_numbers / "drafts").rglob("*.yaml")} == before


def test_what_a_person_has_edited_is_never_overwritten(open_numbers: Path, run: Run) -> None:
    draft(open_numbers, run)
    path = open_numbers / "drafts" / REPORT / f"{BEDS}.yaml"
    replace(path, "value: 500", "value: 600")
    edited = path.read_bytes()
    out, err = draft(open_numbers, run)
    assert out == f"drafts/{REPORT}/{BEDS}.yaml: edited by you, left as it is\n"
    assert "1 edited by you" in err
    assert path.read_bytes() == edited


def test_a_draft_whose_number_is_claimed_goes_unless_a_person_has_edited_it(
    open_numbers: Path, run: Run, linxi: Path
) -> None:
    draft(open_numbers, run)
    edited = open_numbers / "drafts" / REPORT / f"{BEDS}.yaml"
    edited.write_text(edited.read_text("utf-8") + "# mine\n", "utf-8")
    for name in ("ind-gdp", "ind-elderly-care-beds-added"):
        shutil.copy(linxi / "sources" / "indicators" / f"{name}.yaml", open_numbers / "sources" / "indicators")
    out, err = draft(open_numbers, run)
    assert out.splitlines() == [
        f"drafts/{REPORT}/{BEDS}.yaml: edited by you, and its number is used by a record now; "
        "delete it if you no longer need it",
        f"drafts/{REPORT}/{GDP}.yaml: its number is used by a record now; deleted",
    ]
    assert "1 deleted" in err
    assert [path.name for path in (open_numbers / "drafts" / REPORT).iterdir()] == [f"{BEDS}.yaml"]


def test_nothing_in_drafts_counts_as_checked(open_numbers: Path, run: Run) -> None:
    before = run(open_numbers, "check")
    draft(open_numbers, run)
    assert run(open_numbers, "check") == before


def test_json_tells_what_was_read_and_whose_it_may_be(open_numbers: Path, run: Run) -> None:
    found = json.loads(draft(open_numbers, run, "--format", "json")[0])
    (gdp,) = (each for each in found["drafts"] if each["path"].endswith(f"{GDP}.yaml"))
    assert gdp["matches"][0] == {"id": "ind-gdp", "score": 0.99, "grade": "sure"}
    assert (gdp["value"], gdp["period"], gdp["basis"], gdp["state"]) == ("310", "2025", "heading", "written")
    again = json.loads(draft(open_numbers, run, "--format", "json")[0])
    assert {each["state"] for each in again["drafts"]} == {"same"}
    assert (again["deleted"], again["claimed"], again["problems"]) == ([], [], [])


def test_the_saved_page_gives_the_same_drafts(open_numbers: Path, run: Run) -> None:
    out, _ = draft(open_numbers, run)
    shutil.rmtree(open_numbers / "drafts")
    assert run(open_numbers, "draft", REPORT, str(TEXT.with_suffix(".html"))).stdout == out


def test_numbers_of_the_page_around_the_text_are_not_drafted(open_numbers: Path, run: Run) -> None:
    record = open_numbers / "sources" / "documents" / f"{REPORT}.yaml"
    text = record.read_text("utf-8").replace(
        "furniture:\n", "furniture:\n  - paragraph: 9\n    what: {zh: 页, en: Page}\n"
    )
    record.write_text(text, "utf-8")
    (open_numbers / "sources" / "texts" / f"{REPORT}.json").unlink()
    out, _ = draft(open_numbers, run)
    assert f"{GDP}.yaml" not in out
    assert f"{BEDS}.yaml" in out


def test_another_text_is_refused(open_numbers: Path, run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(TEXT.read_text("utf-8").replace("310亿元", "320亿元"), "utf-8")
    assert run(open_numbers, "draft", REPORT, str(other)).exit_code == 1
    assert not (open_numbers / "drafts").exists()


def test_a_text_that_nobody_has_verified_yet_can_be_drafted(open_numbers: Path, run: Run) -> None:
    (open_numbers / "sources" / "texts" / f"{REPORT}.json").unlink()
    out, _ = draft(open_numbers, run)
    assert f"{GDP}.yaml: 310亿元, 地区生产总值: of ind-gdp (sure)" in out


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "1 record cannot be read: the numbers"), ("zh", "有 1 条记录无法读取，它们采用的数字都按待处理计")],
)
@pytest.mark.parametrize("command", ["draft", "text"])
def test_it_says_where_numbers_are_open_because_a_record_cannot_be_read(
    linxi_copy: Path, run: Run, command: str, language: str, said: str
) -> None:
    (linxi_copy / "sources/indicators/ind-gdp.yaml").write_text("id: [\n", "utf-8")
    code, out, err = run(linxi_copy, command, REPORT, str(TEXT), lang=language)
    assert (code, "310亿元" in out, said in err) == (0, True, True)


UNDATED = "doc-qinglan-daily-2025-12-30"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("command", ["draft", "next", "add"])
def test_of_a_document_without_a_year_it_says_what_is_to_be_told_first(
    linxi_copy: Path, run: Run, command: str, language: str
) -> None:
    assert run(linxi_copy, "verify", UNDATED, str(TEXT))[0] == 0
    before = tree(linxi_copy)
    quoted = ("ind-gdp", "--document", UNDATED, "--paragraph", "9", "--quote", "地区生产总值突破310亿元")
    given = (*quoted, "--text", str(TEXT)) if command == "add" else (UNDATED, str(TEXT))
    code, out, err = run(linxi_copy, command, *given, lang=language)
    assert (code, out, tree(linxi_copy) == before) == (2, "", True)
    assert {"en": "add one of: delivered_on, reviews", "zh": "请补上其中一项：delivered_on、reviews"}[language] in err


def test_a_draft_that_is_no_yaml_any_more_is_told(open_numbers: Path, run: Run) -> None:
    draft(open_numbers, run)
    path = open_numbers / "drafts" / REPORT / f"{BEDS}.yaml"
    path.write_text("id: [\n", "utf-8")
    code, out, _ = run(open_numbers, "draft", REPORT, str(TEXT))
    assert code == 1
    assert f"drafts/{REPORT}/{BEDS}.yaml:2:1: error[" in out
    assert path.read_text("utf-8") == "id: [\n"


def test_it_speaks_chinese_and_what_a_person_should_look_at_stands_above_the_record(
    open_numbers: Path, run: Run
) -> None:
    code, out, err = run(open_numbers, "draft", REPORT, str(TEXT), lang="zh")
    assert code == 0
    assert f"drafts/{REPORT}/{GDP}.yaml: 310亿元，地区生产总值：属于 ind-gdp（有把握）\n" in out
    assert err == "写入 2 份草稿，0 份未变，0 份您改动过、保持不变，删除 0 份。\n"
    head = (open_numbers / "drafts" / REPORT / f"{GDP}.yaml").read_text("utf-8").splitlines()[:4]
    assert head[2].startswith("# 由第 9 段第 23 字起的“310亿元”起草，未经核对。")
    assert head[3].startswith("# 可能属于：ind-gdp（有把握）")
