"""What the first report of a new project is drafted as, and as what the rest of it once some drafts are taken over."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Run, called

REPORT = "doc-linxi-report"
DOCUMENT = f"""id: {REPORT}
title: {{zh: 政府工作报告, en: Work report}}
publisher: {{zh: 林溪县人民政府, en: Linxi County}}
type: report
coverage: partial
delivered_on: '2026-01-08'
language: zh-CN
url: https://example.org/report.html
sections:
  - {{label: {{zh: 2025年回顾, en: 2025 review}}, first: 1, last: 3}}
  - {{label: {{zh: 2026年安排, en: 2026 plan}}, first: 4, last: 5}}
"""
LINES = (
    "县政府工作报告",
    "一、2025年工作回顾",
    "全县国内生产总值达到126亿元,增长5.2%。技术合同成交额增长28.6%。5G用户普及率超过50%,位居前列。港口8个。",
    "二、2026年工作安排",
    "今年经济增长目标为5%左右,保持平稳。一般公共预算支出规模28亿元,比上年增加1亿元,优先保障民生。",
)
OPTIONS = {
    "--zh": "林溪县政府工作报告",
    "--en": "Linxi Work Reports",
    "--publisher-zh": "林溪数据小组",
    "--publisher-en": "Linxi Data Group",
    "--area-zh": "林溪县",
    "--area-en": "Linxi County",
    "--code": "420115",
}
GROWTH, CONTRACTS = "003-0018", "003-0032"
PORTS = "003-0058"
AIM, SPENDING, MORE = "005-0009", "005-0029", "005-0039"


@pytest.fixture
def root(tmp_path: Path, run: Run) -> Path:
    """A new project with the record of its first report, and drafts of it."""
    root = tmp_path / "mine"
    assert called("init", root, *(word for each in OPTIONS.items() for word in each)).exit_code == 0
    (root / "sources" / "documents" / f"{REPORT}.yaml").write_text(DOCUMENT, "utf-8")
    (root / "report.txt").write_text("\n".join(LINES), "utf-8")
    draft(root, run)
    return root


def draft(root: Path, run: Run) -> str:
    code, out, err = run(root, "draft", REPORT, str(root / "report.txt"))
    assert code == 0, out + err
    return out


def drafted(root: Path, name: str) -> str:
    return (root / "drafts" / REPORT / f"{name}.yaml").read_text("utf-8")


def take_over(root: Path, run: Run, name: str, record: str) -> str:
    """Move a draft to where records are, verify, and draft again; return what is printed."""
    folder = root / "sources" / "indicators"
    folder.mkdir(exist_ok=True)
    (root / "drafts" / REPORT / f"{name}.yaml").rename(folder / f"{record}.yaml")
    assert run(root, "verify", REPORT, str(root / "report.txt")).exit_code == 0
    return draft(root, run)


def test_of_a_sentence_that_says_no_more_the_quote_begins_with_a_shorter_name(root: Path, run: Run) -> None:
    text = drafted(root, CONTRACTS)
    assert "aliases:\n  - 合同成交额\n" in text
    assert "quote: 合同成交额增长28.6%\n" in text
    assert "so it begins with the shorter name '合同成交额'." in text
    take_over(root, run, CONTRACTS, "ind-technology-contracts-growth")
    assert run(root, "check").exit_code == 0


def test_no_draft_has_a_whole_sentence(root: Path) -> None:
    text = drafted(root, PORTS)
    assert text.replace(" \n", "\n").endswith("        quote:\n")
    assert "# The sentence says this and no more, and a quote must not be a whole sentence: none was written." in text
    assert not any("港口8个" in path.read_text("utf-8") for path in (root / "drafts").rglob("*.yaml"))


def test_a_record_made_of_a_standard_indicator_is_known_by_its_other_names(root: Path, run: Run) -> None:
    out = take_over(root, run, GROWTH, "ind-gdp-growth")
    assert f"{AIM}.yaml: 5%, 经济: of ind-gdp-growth (sure)" in out
    text = drafted(root, AIM)
    assert "# ind-gdp-growth is not called '经济增长' yet: add that under aliases." in text
    assert "quote: 经济增长目标为5%左右" in text


def test_a_name_that_a_record_bears_is_not_given_to_another(root: Path, run: Run) -> None:
    take_over(root, run, SPENDING, "ind-budget-expenditure")
    text = drafted(root, MORE)
    assert "name:\n  zh:\n  en:\naliases:\n  - 一般公共预算支出\n" in text.replace(" \n", "\n")
    assert "# '一般公共预算支出' is the name of ind-budget-expenditure, and stands under aliases here" in text
    assert "quote: 一般公共预算支出规模28亿元，比上年增加1亿元" in text.replace(",比上年", "，比上年")
