"""A published text with its numbers, who uses them, and what may be pasted into the record of its document."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from command_line import Run
from frozen import REPORT
from projects import LINXI, tree

TEXT, PAGE = (LINXI / "texts" / f"{REPORT}{ending}" for ending in (".txt", ".html"))
DOCUMENT = f"sources/documents/{REPORT}.yaml"


@pytest.fixture
def bare(linxi_copy: Path) -> Path:
    """The project before anybody has divided or verified its report."""
    path = linxi_copy / DOCUMENT
    text = re.sub(r"(?ms)^(sections|furniture|defects|waivers):\n(?:[ ].*?\n)*", "", path.read_text("utf-8"))
    path.write_text(text.replace("language:", "coverage: partial\nlanguage:"), "utf-8")
    (linxi_copy / "sources" / "texts" / f"{REPORT}.json").unlink()
    return linxi_copy


def test_it_shows_each_paragraph_with_its_numbers_and_who_uses_them(linxi: Path, run: Run) -> None:
    code, out, err = run(linxi, "text", REPORT, str(TEXT))
    assert (code, err) == (0, "")
    lines = out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("[9] （一）经济运行稳中有进。"))
    assert lines[at + 1] == "    310亿元: ind-gdp.2025.estimate"
    assert "    首位: ind-high-tech-firms-new-rank.2025.actual, ind-srdi-firms-new-rank.2025.actual" in lines
    assert "    5G: excluded: Part of a name" in lines
    assert "[3] (not part of the report)" in lines
    assert lines[-1] == "136 numbers: 112 used, 24 excluded, 0 open"
    assert "sections:" not in lines, "its record has them already"


def test_it_counts_as_coverage_does(linxi: Path, run: Run) -> None:
    totals = json.loads(run(linxi, "text", REPORT, str(TEXT), "--format", "json")[1])["totals"]
    numbers = json.loads(run(linxi, "coverage", "--format", "json")[1])["numbers"]
    seen = {(each["paragraph"], each["start"]): each for each in numbers if each["document"] == REPORT}
    assert sum(totals.values()) == len(seen)
    assert totals["observation"] == sum(each["use"] == "observation" for each in seen.values())


def test_a_range_and_the_open_numbers_are_shown_alone(linxi_copy: Path, run: Run) -> None:
    out = run(linxi_copy, "text", REPORT, str(TEXT), "--paragraphs", "12-13")[1]
    assert re.findall(r"^\[([0-9]+)\]", out, re.MULTILINE) == ["12", "13"]
    record = linxi_copy / DOCUMENT
    record.write_text(record.read_text("utf-8").replace("reason: name", "reason: later"), "utf-8")
    out = run(linxi_copy, "text", REPORT, str(TEXT), "--open", "--paragraphs", "13")[1]
    assert out.splitlines()[1] == "    5G: open: To be recorded later"
    assert len(out.splitlines()) == 4


@pytest.mark.parametrize("given", ["0", "12-", "x", "3-2-1", "12-10"])
def test_a_range_that_is_none_is_a_mistake_of_use(linxi: Path, run: Run, given: str) -> None:
    code, out, err = run(linxi, "text", REPORT, str(TEXT), "--paragraphs", given)
    assert (code, out) == (2, "")
    assert f"'{given}'" in err


def test_a_paragraph_behind_the_last_is_a_mistake_of_use(linxi: Path, run: Run) -> None:
    code, out, err = run(linxi, "text", REPORT, str(TEXT), "--paragraphs", "999")
    assert (code, out) == (2, "")
    assert f"{REPORT} has no paragraph 999; the last one is " in err


def test_before_fingerprints_are_saved_it_says_so_and_shows_the_same(bare: Path, run: Run) -> None:
    before = tree(bare)
    code, out, err = run(bare, "text", REPORT, str(TEXT))
    assert (code, err) == (0, f"No text fingerprints of {REPORT} are saved yet: run factpack verify to save them.\n")
    assert "    310亿元: ind-gdp.2025.estimate" in out.splitlines(), "the records cite it already"
    assert tree(bare) == before


def test_what_it_proposes_can_be_pasted_and_passes_the_check(bare: Path, run: Run) -> None:
    proposed = run(bare, "text", REPORT, str(TEXT))[1].partition("\n# ")[2].partition("\n")[2].rpartition("\n\n")[0]
    found = yaml.safe_load(proposed)
    assert set(found) == {"sections", "furniture", "waivers"}
    assert [each["paragraph"] for each in found["furniture"]] == [1, 3]
    assert {each["reason"] for each in found["waivers"]} == {"page"}
    filled = re.sub(r"(?m)^      zh:$", "      zh: 一节", re.sub(r"(?m)^      en:$", "      en: A part", proposed))
    path = bare / DOCUMENT
    path.write_text(path.read_text("utf-8") + filled + "\n", "utf-8")
    assert run(bare, "fmt", str(path))[0] == 0
    assert run(bare, "verify", REPORT, str(TEXT))[0] == 0
    code, out, _ = run(bare, "check", "--format", "json")
    assert {each["code"] for each in json.loads(out)["problems"]} == {"uncovered-number"}
    assert code == 0
    assert not re.search(r"^(sections|furniture|waivers):$", run(bare, "text", REPORT, str(TEXT))[1], re.MULTILINE)


def test_sections_follow_the_headings_which_are_told_in_comments(bare: Path, run: Run) -> None:
    out = run(bare, "text", REPORT, str(TEXT), lang="zh")[1]
    assert (
        "  # 第1级标题，第7段：一、2025年工作回顾\n  - label:\n      zh:\n      en:\n    first: 7\n    last: 8\n" in out
    )
    assert "  - label:\n      zh: 标题与开场\n      en: Title and opening\n    first: 4\n    last: 6\n" in out


def test_a_saved_page_is_read_as_verify_reads_it(linxi: Path, run: Run) -> None:
    of_text, of_page = (run(linxi, "text", REPORT, str(each), "--format", "json")[1] for each in (TEXT, PAGE))
    numbers = [[each["numbers"] for each in json.loads(out)["paragraphs"]] for out in (of_text, of_page)]
    assert numbers[0] == numbers[1]


def test_a_text_that_differs_is_said_to(linxi_copy: Path, tmp_path: Path, run: Run) -> None:
    other = tmp_path / "report.txt"
    other.write_text(TEXT.read_text("utf-8").replace("突破310亿元", "突破320亿元"), "utf-8")
    code, out, err = run(linxi_copy, "text", REPORT, str(other))
    assert (code, err) == (0, f"{REPORT} paragraph 9: changed\n")
    assert "    320亿元: open" in out.splitlines()


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b'{"a": 1}', b"\x00\x01\x02"])
def test_what_is_no_text_is_refused_as_verify_refuses_it(linxi: Path, tmp_path: Path, run: Run, content: bytes) -> None:
    file = tmp_path / "given"
    file.write_bytes(content)
    ended, verified = (run(linxi, command, REPORT, str(file)) for command in ("text", "verify"))
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.splitlines()[-1] == verified.stderr.splitlines()[-1]


def test_a_document_that_is_none_is_a_mistake_of_use(linxi: Path, run: Run) -> None:
    code, _, err = run(linxi, "text", "doc-nothing", str(TEXT))
    assert (code, "doc-nothing" in err) == (2, True)
