"""The summary of a step: exact totals, all problems or as many as GitHub takes, in both languages."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from factpack.problems import codes
from factpack.report.summary import LIMIT, summary_markdown
from factpack.words import LANGUAGES
from report.problem_lists import ALL, COUNTS, LISTED, PATHS, TITLES, TOTALS, known


def test_a_clean_check_says_so_and_what_it_looked_at() -> None:
    assert summary_markdown([], COUNTS, TOTALS, "en", TITLES) == (
        "## factpack check: no errors or warnings\n\n```text\n"
        "checked 3 places, 2 units, 9 values matched to quotes, 11 numbers used or excluded\n"
        "16 numbers: 11 used, 4 excluded, 1 open\n```\n"
    )
    assert summary_markdown([], COUNTS, {}, "zh", TITLES) == (
        "## 数据检查：没有问题\n\n```text\n已检查：地点 3、单位 2、已核对数值 9、已登记数字 11\n```\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_than_github_takes_is_cut_code_by_code_and_counted_exactly(language: str) -> None:
    many = [known(PATHS[0], line, 1, "missing-field", what_en=ALL, what_zh=ALL) for line in range(1, 9001)]
    listed = sorted([*many, *LISTED])
    output = summary_markdown(listed, COUNTS, TOTALS, language, TITLES)
    assert LIMIT / 2 < len(output.encode("utf-8")) < 2**20
    rows = dict(re.findall(r"^\| `([a-z0-9-]+)` \| (\d+) \| 0 \|$", output, re.M))
    assert rows == {"missing-field": "9001", "tab": "2", "not-a-record": "1", "schema-missing": "1", "wrong-form": "1"}
    shown = re.findall(r"^\S.*?:\d+:\d+: (?:error|错误)\[missing-field\]", output, re.M)
    more = re.search(r"^(?:`missing-field` 还有 )?(\d+) (?:more of `missing-field`|个，)", output, re.M)
    assert more
    assert len(shown) + int(more[1]) == 9001
    assert len(re.findall(r"(?:error|错误)\[tab\]", output)) == 2, "a code with few problems is not crowded out"


def test_a_problem_too_long_for_its_room_is_counted() -> None:
    listed = [known(PATHS[0], 1, 1, "missing-field", what_en="`" * LIMIT)]
    output = summary_markdown(listed, COUNTS, TOTALS, "en", TITLES)
    assert output.endswith("\n1 more of `missing-field` are not shown here.\n")
    assert "| `missing-field` | 1 | 0 |" in output


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reason_of_each_code_reads_in_markdown_as_it_is_written(language: str) -> None:
    assert len(codes()) > 50
    for code in codes():
        output = summary_markdown([known(PATHS[0], 1, 1, code)], COUNTS, TOTALS, language, TITLES)
        tokens = MarkdownIt("commonmark").parse(output)
        at = next(at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h3")
        children = tokens[at + 4].children or []
        assert "".join(each.content for each in children) == codes()[code].reason(language)
        assert {each.type for each in children} <= {"text", "text_special"}
