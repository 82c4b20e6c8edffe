"""Every form tells every problem, once, and is what its readers take; nothing that was contributed is markup in it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given

from factpack.problems import Problem
from factpack.report import as_json, as_text, github
from factpack.report.junit import junit
from factpack.report.sarif import sarif
from factpack.report.summary import summary_markdown
from factpack.words import LANGUAGES
from projects import ROOT
from report.problem_lists import COUNTS, LINXI, LISTED, PATHS, TITLES, TOTALS, known, languages, problems
from report.read_back import READERS, github_told, told

FORMS: dict[str, Callable[[list[Problem], str], str]] = {
    "txt": as_text.text,
    "json": lambda listed, language: as_json.as_json(listed, COUNTS, language),
    "github.txt": github.github,
    "md": lambda listed, language: summary_markdown(listed, COUNTS, TOTALS, language, TITLES),
    "sarif.json": lambda listed, language: sarif(listed, COUNTS, language),
    "junit.xml": lambda listed, language: junit(listed, PATHS, language),
}


@pytest.mark.parametrize("form", READERS)
@given(listed=problems, language=languages)
@example(listed=LISTED, language="en")
@example(listed=LISTED, language="zh")
@example(listed=[], language="en")
@example(listed=[known(LINXI, 1, 1, "not-a-record", name=r"]\( \]( \\[ [x](1) \[y\]\ {")], language="en")
def test_every_form_tells_every_problem_once(form: str, listed: list[Problem], language: str) -> None:
    found = READERS[form](FORMS[form](listed, language), language)
    wanted = [told(each, language) for each in listed]
    assert sorted(found) == sorted(wanted)
    if form not in ("md", "junit.xml"):
        assert found == wanted, "in order"


@given(listed=problems, language=languages)
@example(listed=LISTED, language="zh")
def test_github_annotations_tell_every_problem_once_up_to_its_limit(listed: list[Problem], language: str) -> None:
    errors, warnings = ([each for each in listed if each.severity == name] for name in ("error", "warning"))
    output = github.github(listed, language)
    lines = output.splitlines(keepends=True)
    more = max(0, len(errors) - 10), max(0, len(warnings) - 10)
    if any(more):
        notice = lines.pop()
        assert notice.startswith("::notice title=factpack::")
        assert re.findall(r"\d+", notice)[:2] == [str(number) for number in more]
    wanted = [told(each, language) for each in [*errors[:10], *warnings[:10]]]
    assert github_told("".join(lines), language) == [(*each[:5], f"{each[5]} {each[6]}") for each in wanted]


@pytest.mark.parametrize("form", FORMS)
@given(listed=problems, language=languages)
@example(listed=LISTED, language="en")
def test_no_form_holds_a_character_that_drives_a_terminal_or_that_utf_8_lacks(
    form: str, listed: list[Problem], language: str
) -> None:
    output = FORMS[form](listed, language)
    found = {unicodedata.category(each) for each in output.replace("\n", "")}
    assert not found & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not output or output.endswith("\n")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fixed_list_is_written_as_it_was_read_and_approved(
    form: str, language: str, request: pytest.FixtureRequest
) -> None:
    output = FORMS[form](LISTED, language)
    if form == "sarif.json":
        output = _with_used_rules(output)
    path = ROOT / "tests" / "forms" / f"{language}.{form}"
    if request.config.getoption("--write-expected"):
        path.write_bytes(output.encode("utf-8"))
    assert output == path.read_text("utf-8")


def _with_used_rules(output: str) -> str:
    """Keep the rules that have results, and no version: others come and go with the code."""
    log = json.loads(output)
    driver = log["runs"][0]["tool"]["driver"]
    used = {each["ruleId"] for each in log["runs"][0]["results"]}
    driver["rules"] = [rule for rule in driver["rules"] if rule["id"] in used]
    driver["version"] = "…"
    for each in log["runs"][0]["results"]:
        each["ruleIndex"] = "…"
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"
