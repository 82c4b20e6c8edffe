"""Targets that change targets: each names an earlier one of its own indicator and area."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import Run
from projects import replace, write_text_record

FIRST, SECOND = "ind-gdp.2026.target", "ind-gdp.2026.target.later"
LATER = """id: doc-later
title: {zh: 临溪区政府关于调整目标的通知, en: Notice of Linxi District on changed targets}
publisher: {zh: 临溪区人民政府, en: People's Government of Linxi District}
type: report
delivered_on: '2026-06-30'
language: zh-CN
url: https://linxi.example.org/later.html
sections:
  - label: {zh: 全文, en: The notice}
    first: 1
    last: 1
"""
CHANGED = """  - period: '2026'
    status: target
    value: 215
    bound: over
    qualified: true
    revises: ind-gdp.2026.target
    period_basis: printed
    evidence:
      - document: doc-later
        paragraph: 1
        quote: 2026年地区生产总值突破215亿元
"""


@pytest.fixture
def changed(minimal: Path) -> Path:
    """The root of a project in which a later document changes the target of GDP."""
    documents = minimal / "sources" / "documents"
    (documents / "doc-later.yaml").write_text(LATER, "utf-8")
    with gdp(minimal).open("a", encoding="utf-8") as file:
        file.write(CHANGED)
    write_text_record(minimal, "doc-later", "经研究，2026年地区生产总值突破215亿元，好于原定目标。")
    return minimal


def gdp(root: Path) -> Path:
    return root / "sources" / "indicators" / "ind-gdp.yaml"


def told(root: Path, run: Run) -> list[tuple[str, str]]:
    problems = json.loads(run(root, "check", "--format", "json")[1])["problems"]
    return [(each["code"], each["pointer"]) for each in problems]


def test_an_earlier_target_of_the_indicator_is_changed(changed: Path, run: Run) -> None:
    assert told(changed, run) == []


@pytest.mark.parametrize("named", [SECOND, "ind-gdp.2025.actual", "ind-social-stability.2026.target", "ind-gdp"])
def test_nothing_else_is_changed(changed: Path, run: Run, named: str) -> None:
    replace(gdp(changed), f"revises: {FIRST}", f"revises: {named}")
    assert told(changed, run) == [("no-earlier-target", "/observations/2/revises")]


def test_what_is_not_there_is_told_as_unknown_alone(changed: Path, run: Run) -> None:
    replace(gdp(changed), f"revises: {FIRST}", "revises: ind-gdp.2027.target")
    assert told(changed, run) == [("unknown-reference", "/observations/2/revises")]


def test_a_later_target_is_not_changed_by_an_earlier_one(changed: Path, run: Run) -> None:
    replace(gdp(changed), f"    revises: {FIRST}\n", "")
    replace(gdp(changed), "    value: 220\n", f"    value: 220\n    revises: {SECOND}\n")
    assert told(changed, run) == [("no-earlier-target", "/observations/1/revises")]


def test_a_target_of_another_area_is_not_changed(changed: Path, run: Run) -> None:
    replace(gdp(changed), "    qualified: true\n", "    area: plc-linxi-lake\n")
    assert ("no-earlier-target", "/observations/2/revises") in told(changed, run)


@pytest.mark.parametrize(
    ("first", "expected"),
    [("", []), (SECOND, ["no-earlier-target", "no-earlier-target"])],
)
def test_where_a_document_has_no_date_targets_only_never_change_each_other(
    changed: Path, run: Run, first: str, expected: list[str]
) -> None:
    replace(changed / "sources" / "documents" / "doc-report.yaml", "delivered_on: '2025-12-29'\n", "")
    if first:
        replace(gdp(changed), "    value: 220\n", f"    value: 220\n    revises: {first}\n")
    found = [code for code, pointer in told(changed, run) if pointer.endswith("/revises")]
    assert found == expected


def test_targets_of_one_document_do_not_change_each_other(changed: Path, run: Run) -> None:
    text = gdp(changed).read_text("utf-8")
    gdp(changed).write_text(text.replace("document: doc-later", "document: doc-report"), "utf-8")
    assert ("no-earlier-target", "/observations/2/revises") in told(changed, run)
