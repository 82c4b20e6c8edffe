"""Numbers that are to be recorded later stay open wherever numbers are counted, and may say why."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import Run
from factpack.check.coverage import Waiver, numbers, occurrences, totals
from factpack.disk.project import Project
from factpack.package.package import open_package
from factpack.run.workspace import open_workspace
from factpack.site.making.build import open_site
from factpack.site.page import OutputFile, Site
from factpack.site.pages.coverage import coverage
from factpack.site.pages.downloads import downloads
from factpack.site.pages.home import home
from factpack.site.records.page import record_files
from factpack.site.records.source import RecordSource
from frozen import REPORT
from projects import replace, write_text_record
from transcribed import curate_in_part

DOCUMENT = "sources/documents/doc-report.yaml"
REASON = "    token: 2026年\n    reason: date\n"
NOTE = "    note:\n      zh: 年份由下一次会议确定。\n      en: The next session settles the year.\n"
LATER = REASON.replace("date", "later") + NOTE


@pytest.fixture
def later(minimal: Path) -> Path:
    """A project whose report is recorded in part, with one number to be recorded later, which says why."""
    replace(minimal / DOCUMENT, REASON, LATER)
    curate_in_part(minimal, "doc-report")
    return minimal


def test_it_is_open_and_the_check_goes_through(later: Path, run: Run) -> None:
    code, out, err = run(later, "check")
    assert code == 0
    at = (later / DOCUMENT).read_text("utf-8").partition("  - paragraph: 4\n    token: 2026年")[0].count("\n") + 1
    assert f"{DOCUMENT}:{at}:5: warning[uncovered-number]: paragraph 4: no record uses '2026年'" in out
    assert "1 number open in documents that are recorded in part; 0 errors, 1 warning" in err
    assert "未录完的文件中待处理数字 1；错误 0，警告 1" in run(later, "check", lang="zh")[2]
    assert json.loads(run(later, "check", "--format", "json")[1])["summary"]["checked"]["numbers open"] == 1


def test_a_check_without_open_numbers_says_nothing_of_them(minimal: Path, run: Run) -> None:
    assert "open" not in run(minimal, "check")[2]


def test_in_a_document_that_is_said_to_be_complete_it_is_an_error(minimal: Path, run: Run) -> None:
    replace(minimal / DOCUMENT, REASON, LATER)
    code, out, err = run(minimal, "check")
    assert (code, out.count("error[uncovered-number]")) == (1, 1)
    assert "1 error, 0 warnings" in err
    assert run(minimal, "build")[0] == 1


def test_coverage_counts_it_as_open_and_says_why(later: Path, run: Run) -> None:
    code, out, _ = run(later, "coverage")
    assert code == 1
    assert "doc-report:4: open: 2026年 (To be recorded later)" in out.splitlines()
    assert out.splitlines()[-1].endswith(", 1 open")
    found = json.loads(run(later, "coverage", "--format", "json")[1])
    assert found["totals"]["unclaimed"] == 1
    assert not any(key.endswith("later") for key in found["totals"])


def test_tables_have_it_as_open_with_its_reason_and_note(later: Path, run: Run) -> None:
    assert run(later, "build")[0] == 0
    with (later / "build/csv/numbers.csv").open(encoding="utf-8", newline="") as lines:
        assert [row["reason"] for row in csv.DictReader(lines) if row["use"] == "unclaimed"] == ["later"]
    with (later / "build/csv/waivers.csv").open(encoding="utf-8", newline="") as lines:
        notes = [row["note_en"] for row in csv.DictReader(lines) if row["reason"] == "later"]
    assert notes == ["The next session settles the year."]


@pytest.mark.parametrize(
    ("language", "left", "why"),
    [
        ("en", "1 of {} numbers are still open", "To be recorded later: The next session settles the year."),
        ("zh", "{}个数字中有1个待处理", "以后收录：年份由下一次会议确定。"),
    ],
)
def test_pages_say_how_many_numbers_are_open(later: Path, run: Run, language: str, left: str, why: str) -> None:
    assert run(later, "build")[0] == 0
    space = open_workspace(Project(later))
    site = open_site(open_package(later), space, {})
    counted = len({(row["document_id"], row["paragraph"], row["start"]) for row in site.package.rows["numbers"]})
    pages = [text_of(page(site, language)) for page in (home, coverage, downloads)]
    pages.append(record_text(site, "doc-report", language))
    assert all(left.format(counted) in page for page in pages)
    assert why in pages[1]


def text_of(file: OutputFile) -> str:
    return bytes(file[1]).decode("utf-8")


def record_text(site: Site, record_id: str, language: str) -> str:
    """Return the page of a record in a language."""
    files = dict(record_files(site, record_id, RecordSource()))
    return bytes(files[f"{'en/' if language == 'en' else ''}id/{record_id}/index.html"]).decode("utf-8")


def test_a_text_of_which_nothing_is_recorded_yet_counts_as_open(minimal: Path, run: Run) -> None:
    text = "临溪区下一年度计划\n全区新建道路12公里，新增学位3000个。\n"
    document = (minimal / DOCUMENT).read_text("utf-8").replace("doc-report", "doc-plan")
    document = re.sub(r"(?ms)^(sections|furniture|defects|waivers):\n(?:[ ].*?\n)*", "", document)
    (minimal / "sources/documents/doc-plan.yaml").write_text(document, "utf-8")
    write_text_record(minimal, "doc-plan", text)
    curate_in_part(minimal, "doc-plan")
    whole = "sections:\n  - label:\n      zh: 全文\n      en: Whole text\n    first: 1\n    last: 2\n"
    path = minimal / "sources/documents/doc-plan.yaml"
    path.write_text(path.read_text("utf-8") + whole, "utf-8")
    code, out, err = run(minimal, "build")
    assert (code, "2 numbers open in documents" in err) == (0, True), out
    site = open_site(open_package(minimal), open_workspace(Project(minimal)), {})
    assert "2 of " in text_of(home(site, "en"))
    assert "2 of 2 numbers are still open" in record_text(site, "doc-plan", "en")


def test_whatever_is_put_off_counts_as_if_nothing_were_said_of_it(linxi: Path) -> None:
    text = open_workspace(Project(linxi)).library.text(REPORT)
    assert text is not None
    every = [(at, token.text, nth) for at, token, nth in occurrences(text)]
    assert (
        totals(numbers(text, [], _waivers(every, "later")))
        == totals(numbers(text, [], ()))
        == {"unclaimed": len(every)}
    )
    assert "unclaimed" not in totals(numbers(text, [], _waivers(every, "context")))


def _waivers(places: list[tuple[int, str, int]], reason: str) -> Iterator[Waiver]:
    for index, (paragraph, token, occurrence) in enumerate(places):
        yield Waiver(index, paragraph, token, occurrence, reason)
