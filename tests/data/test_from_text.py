"""The commands of docs/your-own-report.md from the text to coverage, in their order, on an invented report."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from command_line import Run
from pages import blocks, chinese, read
from projects import LINXI, LINXI_NEXT, assemble

PAGE, REPORT = "docs/your-own-report.md", "doc-linxi-gwr-2026"
SECTIONS = ("From the text to its sections", "From the sections to records", "What is still open")


def told(heading: str) -> list[list[str]]:
    """Return the commands of a section of the page, as they are for the report."""
    part = next(each for each in re.split(r"^## ", read(PAGE), flags=re.MULTILINE) if each.startswith(f"{heading}\n"))
    lines = [line for of, body in blocks(part) if of == "sh" for line in body.splitlines()]
    file = str(LINXI_NEXT / "texts" / f"{REPORT}.txt")
    words = [shlex.split(line.replace("doc-jiangxia-report", REPORT)) for line in lines]
    return [[file if word == "report.html" else word for word in each[1:]] for each in words]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The project with the record of a new report, which nobody has divided yet."""
    made = assemble(tmp_path / "project", LINXI)
    record = made / "sources" / "documents" / f"{REPORT}.yaml"
    shutil.copy(LINXI_NEXT / "sources" / "documents" / record.name, record)
    text = re.sub(r"(?ms)^(sections|furniture|defects|waivers):\n(?:[ ].*?\n)*", "", record.read_text("utf-8"))
    record.write_text(text.replace("delivered_basis:", "coverage: partial\ndelivered_basis:"), "utf-8")
    return made


def test_the_page_leads_from_a_text_to_what_is_open(root: Path, run: Run) -> None:
    shown, verified = told(SECTIONS[0])
    proposed = run(root, *shown)[1].partition("\n# ")[2].partition("\n")[2].rpartition("\n\n")[0]
    years = iter(["2026 年回顾", "2030 年目标", "2027 年工作", "注释"])
    filled = re.sub(r"(?m)^      zh:$", lambda _: f"      zh: {next(years)}", proposed)
    record = root / "sources" / "documents" / f"{REPORT}.yaml"
    own = re.sub(r"(?m)^  #.*\n", "", re.sub(r"(?m)^      en:$", "      en: A part", filled))
    record.write_text(f"{record.read_text('utf-8')}{own}\n", "utf-8")
    assert run(root, *verified)[0] == 0
    drafted, again, checked = told(SECTIONS[1])
    code, _, err = run(root, *drafted)
    written = re.search("([0-9]+) drafts written", err)
    assert written, err
    assert (code, int(written[1]) >= 45) == (0, True)
    assert run(root, *again)[0] == 0
    code, _, err = run(root, *checked)
    assert (code, "66 numbers open in documents that are recorded in part; 0 errors" in err) == (0, True), err
    assert run(root, "build")[0] == 0
    covered, left = told(SECTIONS[2])
    assert run(root, *covered)[0] == 1
    assert run(root, *left)[1].count(": open\n") == 66


def test_both_languages_tell_the_same_commands() -> None:
    english, translated = ([body for of, body in blocks(read(each)) if of == "sh"] for each in (PAGE, chinese(PAGE)))
    assert [each.split() for each in english if "jiangxia-report" in each] == [
        each.split() for each in translated if "jiangxia-report" in each
    ]
