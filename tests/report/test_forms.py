"""Every form tells every problem, once, and is what its readers take; nothing that was contributed is markup in it."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

import click
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from markdown_it import MarkdownIt

from conftest import EXAMPLES, MINIMAL, ROOT, assemble
from factpack.cli import cli
from factpack.disk.project import Project
from factpack.history.editions import latest
from factpack.problems import Problem, visible
from factpack.report import as_json, as_text, github
from factpack.report.junit import junit
from factpack.report.sarif import sarif
from factpack.report.summary import summary_markdown
from factpack.run.pipeline import check_project
from factpack.run.workspace import open_workspace
from factpack.words import LANGUAGES, texts_in
from odd_problems import COUNTS, LISTED, PATHS, TITLES, TOTALS, languages, problems
from test_examples import command_of

BAD = sorted(path.name for path in (EXAMPLES / "bad").iterdir())
FORMS: dict[str, Callable[[list[Problem], str], str]] = {
    "txt": as_text.text,
    "json": lambda listed, language: as_json.as_json(listed, COUNTS, language),
    "github.txt": github.github,
    "md": lambda listed, language: summary_markdown(listed, COUNTS, TOTALS, language, TITLES),
    "sarif.json": lambda listed, language: sarif(listed, COUNTS, language),
    "junit.xml": lambda listed, language: junit(listed, PATHS, language),
}
Told = tuple[str, str, int, int, str, str, str]
"""Severity, path as it is shown, line, column, code, message, hint."""
HINT = {"en": "hint", "zh": "提示"}
SEVERITY = {"错误": "error", "警告": "warning"}


def told(each: Problem, language: str) -> Told:
    path = visible(each.path)
    return (each.severity, path, each.line, each.column, each.code, each.message(language), each.hint(language))


# ---- readers: what a reader of the form finds in it


def lines_told(lines: list[str], language: str) -> list[Told]:
    """Read the lines of the text form; what is ambiguous in them is not so in the hostile list."""
    found = []
    for line, hint in zip(lines[::2], lines[1::2], strict=True):
        match = re.fullmatch(r"(.*?):(\d+):(\d+): (error|warning|错误|警告)\[([a-z0-9-]+)\]: (.*)", line)
        assert match, line
        assert hint.startswith(f"  {HINT[language]}: ")
        path, at, column, severity, code, message = match.groups()
        assert severity in texts_in(language, "report", "problems").values()
        found.append(
            (SEVERITY.get(severity, severity), path, int(at), int(column), code, message, hint.partition(": ")[2])
        )
    return found


def text_told(output: str, language: str) -> list[Told]:
    return lines_told(output.split("\n")[:-1], language)


def json_told(output: str, language: str) -> list[Told]:
    names = ("severity", "path", "line", "column", "code", "message", "hint")
    found = [tuple(each[name] for name in names) for each in json.loads(output)["problems"]]
    return [(severity, visible(path), *rest) for severity, path, *rest in found]  # type: ignore[misc]


def github_told(output: str, language: str) -> list[tuple[object, ...]]:
    found = []
    for line in output.split("\n")[:-1]:
        match = re.fullmatch(r"::(error|warning) file=([^,:]*),line=(\d+),col=(\d+),title=([^,:]*)::(.*)", line)
        assert match, line
        severity, path, at, column, code, said = match.groups()
        found.append((severity, decoded(path), int(at), int(column), decoded(code), decoded(said)))
    return found


def decoded(text: str) -> str:
    """Undo the escapes of a workflow command, as a runner does."""
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


OURS = {"heading", "paragraph", "inline", "table", "thead", "tbody", "tr", "th", "td", "fence", "text", "code_inline"}


def markdown_told(output: str, language: str) -> list[Told]:
    tokens = MarkdownIt("commonmark").enable("table").parse(output)
    used = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    assert {name.removesuffix("_open").removesuffix("_close") for name in used} <= OURS
    blocks = [token.content.split("\n")[:-1] for token in tokens if token.type == "fence"]
    return [each for block in blocks[1:] for each in lines_told(block, language)]


def sarif_told(output: str, language: str) -> list[Told]:
    run = json.loads(output)["runs"][0]
    found = []
    for each in run["results"]:
        place = each["locations"][0]["physicalLocation"]
        path = os.fsdecode(unquote_to_bytes(place["artifactLocation"]["uri"]))
        said = each["message"]["text"].replace("{{", "{").replace("}}", "}").replace("]\\(", "](")
        message, _, hint = said.partition(f"\n{HINT[language]}: ")
        at, column = place["region"]["startLine"], place["region"]["startColumn"]
        assert run["tool"]["driver"]["rules"][each["ruleIndex"]]["id"] == each["ruleId"]
        found.append((each["level"], visible(path), at, column, each["ruleId"], message, hint))
    return found


def junit_told(output: str, language: str) -> list[Told]:
    found = []
    for case in ElementTree.fromstring(output).iter("testcase"):
        for part in case:
            found += lines_told((part.text or "").split("\n")[:-1], language)
            assert {each[1] for each in found[-1:]} == {case.get("name")}
    return found


READERS: dict[str, Callable[[str, str], list[Told]]] = {
    "txt": text_told,
    "json": json_told,
    "md": markdown_told,
    "sarif.json": sarif_told,
    "junit.xml": junit_told,
}


@pytest.mark.parametrize("form", READERS)
@given(listed=problems, language=languages)
@example(listed=LISTED, language="en")
@example(listed=LISTED, language="zh")
@example(listed=[], language="en")
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


# ---- all examples

CHECK = cli.get_command(click.Context(cli), "check")
OFFERED = [form for each in CHECK.params if each.name == "form" for form in each.type.choices]  # type: ignore[union-attr]
READERS_OF = {"text": "txt", "json": "json", "sarif": "sarif.json", "junit": "junit.xml"}


CHECKED = [code for code in BAD if command_of(EXAMPLES / "bad" / code) == "check"]


@pytest.mark.parametrize("code", CHECKED)
def test_check_tells_the_same_of_a_bad_example_in_every_form(code: str, tmp_path: Path) -> None:
    root = assemble(tmp_path / "project", MINIMAL, EXAMPLES / "bad" / code)
    wanted = text_told((EXAMPLES / "bad" / code / "expected.txt").read_text("utf-8"), "en")
    for form in OFFERED:
        args = ["--root", str(root), "--lang", "en", "check", "--format", form]
        done = CliRunner().invoke(cli, args, catch_exceptions=False)
        assert done.exit_code == 1, form
        if form == "github":
            annotated = [line for line in done.stdout.splitlines(keepends=True) if not line.startswith("::notice ")]
            wanted_there = [(*each[:5], f"{each[5]} {each[6]}") for each in wanted[: github.ANNOTATIONS]]
            assert github_told("".join(annotated), "en") == wanted_there
        else:
            assert sorted(READERS[READERS_OF[form]](done.stdout, "en")) == sorted(wanted), form


@pytest.mark.parametrize("code", CHECKED)
def test_a_bad_example_is_told_whole_in_the_summary_of_a_step_and_for_exchange(code: str, tmp_path: Path) -> None:
    root = assemble(tmp_path / "project", MINIMAL, EXAMPLES / "bad" / code)
    outcome = check_project(open_workspace(Project(root)), then=latest(root))
    wanted = text_told((EXAMPLES / "bad" / code / "expected.txt").read_text("utf-8"), "en")
    totals = outcome.totals
    forms = {
        "md": summary_markdown(outcome.problems, outcome.counts, totals, "en", outcome.titles),
        "sarif.json": sarif(outcome.problems, outcome.counts, "en"),
        "junit.xml": junit(outcome.problems, outcome.paths(), "en"),
    }
    for form, output in forms.items():
        assert sorted(READERS[form](output, "en")) == sorted(wanted), form
    cases = int(ElementTree.fromstring(forms["junit.xml"]).get("tests", ""))
    assert cases >= sum(outcome.counts.get(folder, 0) for folder in outcome.ids), "every record is counted"
