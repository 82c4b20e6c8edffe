"""What is said of many problems: what a limit keeps, the totals, and the lines that close a check."""

from __future__ import annotations

import json
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from factpack.problems import Problem
from factpack.report import as_json, as_text, coverage, github
from factpack.words import LANGUAGES
from report.problem_lists import COUNTS, LISTED, PATHS, TITLES, TOTALS, known

TABS = [known(PATHS[0], line, 1, "tab") for line in range(1, 12)]


def test_json_with_a_limit_leaves_problems_out_and_keeps_the_totals_exact() -> None:
    whole, cut = (json.loads(as_json.as_json(LISTED, COUNTS, "en", limit)) for limit in (0, 2))
    assert cut["problems"] == whole["problems"][:2]
    assert whole["summary"].pop("left_out") == 0
    assert cut["summary"].pop("left_out") == len(LISTED) - 2
    assert cut["summary"] == whole["summary"]
    assert sum(cut["summary"]["codes"].values()) == len(LISTED)


@pytest.mark.parametrize("problems", [[], TABS[:10]])
def test_few_problems_are_closed_by_one_line(problems: list[Problem]) -> None:
    assert as_text.closing(problems, COUNTS, "en", TITLES) == (
        "checked 3 places, 2 units, 9 values matched to quotes, 11 numbers used or excluded; "
        f"{len(problems)} errors, 0 warnings\n"
    )


def test_many_problems_are_also_counted_by_code() -> None:
    lines = as_text.closing([*LISTED, *TABS], COUNTS, "en", TITLES).splitlines()
    assert lines[1:] == [
        "by code: tab 13, missing-field 1, not-a-record 1, schema-missing 1, wrong-form 1, unverified-quote 1"
    ]


def test_what_a_limit_leaves_out_is_told_in_both_languages() -> None:
    assert as_text.closing(LISTED, COUNTS, "en", TITLES, 4).splitlines()[1:] == [
        "by code: tab 2, missing-field 1, not-a-record 1, schema-missing 1, wrong-form 1, unverified-quote 1",
        "4 of 7 errors and warnings are shown, errors first; --max-problems 0 shows all",
    ]
    assert as_text.closing(LISTED, COUNTS, "zh", TITLES, 4).splitlines() == [
        "已检查：地点 3、单位 2、已核对数值 9、已登记数字 11；错误 6，警告 1",
        "按代码统计：tab 2、missing-field 1、not-a-record 1、schema-missing 1、wrong-form 1、unverified-quote 1",
        "共 7 个问题，列出 4 个，错误在前；--max-problems 0 可列出全部",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_from_a_schema_cannot_drive_a_terminal(language: str) -> None:
    said = as_text.closing([], {"a\x1b[31m\n::error::": 1}, language, {})
    assert "a\\u001b[31m\\u000a::error::" in said
    assert said.count("\n") == 1


def test_coverage_is_summed_up_in_a_line() -> None:
    assert coverage.covered(TOTALS, "en") == "16 numbers: 11 used, 4 excluded, 1 open"
    assert coverage.verified({"verified": 1, "transcribed": 2}, "en") == "1 fact verified, 2 only transcribed"
    assert coverage.verified({"verified": 1, "transcribed": 2}, "zh") == "事实：已核对原文 1，仅转录 2"
    assert coverage.covered(TOTALS, "zh") == "数字 16：已采用 11，不收录 4，待处理 1"


@pytest.mark.parametrize(
    ("errors", "warnings", "said"),
    [
        (10, 10, None),
        (11, 0, "1 error, 0 warnings"),
        (0, 11, "0 errors, 1 warning"),
        (30, 12, "20 errors, 2 warnings"),
    ],
)
def test_github_is_given_ten_of_each_severity_and_told_how_many_more_there_are(
    errors: int, warnings: int, said: str | None
) -> None:
    listed = [known(PATHS[0], line, 1, "tab") for line in range(1, errors + 1)]
    listed += [Problem(PATHS[0], line, 2, "tab", severity="warning") for line in range(1, warnings + 1)]
    lines = github.github(sorted(listed), "en").splitlines()
    kinds = [line.partition(" ")[0] for line in lines]
    wanted = ["::error"] * min(10, errors) + ["::warning"] * min(10, warnings)
    assert kinds == wanted + ["::notice"] * (said is not None)
    if said:
        assert lines[-1] == (
            f"::notice title=factpack::not annotated: {said} (GitHub shows 10 of each). "
            "The complete list is in the summary of this step; `factpack check` shows it, too"
        )


@given(st.text())
def test_markdown_of_a_line_shows_the_line(text: str) -> None:
    line = " ".join(("x" + text + "x").split())
    assert unescape(MarkdownIt("commonmark").renderInline(as_text.markdown(line))) == line.replace("\x00", "\ufffd")
