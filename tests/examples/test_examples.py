"""Every example folder gives exactly what it says, in every form and language, and every problem code has one.

See `README.md` beside this file. An example is checked once by the command and once in memory; all else is written
from the problems that were found.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Formatter
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
import yaml

from command_line import Ended, called, in_process
from factpack.cli.check import FORMATS, Output, in_format
from factpack.disk.project import Project
from factpack.history.editions import latest
from factpack.problems import codes
from factpack.report import as_text, github
from factpack.report.summary import summary_markdown
from factpack.run.outcome import Outcome
from factpack.run.pipeline import check_project
from factpack.run.workspace import open_workspace
from factpack.words import LANGUAGES
from projects import EXAMPLES, MINIMAL, assemble
from report.read_back import READERS, Told, github_told, text_told

GOOD = sorted(path.name for path in (EXAMPLES / "good").iterdir())
BAD = sorted(path.name for path in (EXAMPLES / "bad").iterdir())
TEXTS = ("message", "hint", "why")
READERS_OF = {"text": "txt", "json": "json", "sarif": "sarif.json", "junit": "junit.xml"}


def command_of(example: Path) -> str:
    """Return the command that shows what an example is about."""
    overlay = example / "overlay.yaml"
    done = yaml.safe_load(overlay.read_text("utf-8")) if overlay.is_file() else {}
    return str(done.get("command", "check"))


CHECKED = [code for code in BAD if command_of(EXAMPLES / "bad" / code) == "check"]
"""The codes that a check tells; of the others the command is another one."""


def project_of(example: Path, root: Path) -> Path:
    return assemble(root, MINIMAL) if example == MINIMAL else assemble(root, MINIMAL, example)


class Checked(NamedTuple):
    """What is said of a bad example: by its command in each language, and by a check of what is there."""

    said: dict[str, Ended]
    outcome: Outcome
    expected: str


@cache
def checked(code: str) -> Checked:
    """Make the project of a bad example and let it be checked; done once for all that is asked of it."""
    example = EXAMPLES / "bad" / code
    with TemporaryDirectory() as folder:
        root = project_of(example, Path(folder) / "project")
        command = command_of(example)
        told = LANGUAGES if command != "check" else ("en",)
        said = {lang: called("--root", root, "--lang", lang, *command.split(), cwd=root) for lang in told}
        outcome = check_project(open_workspace(Project(root)), earlier=latest(root))
    said.setdefault("zh", Ended(1, as_text.text(outcome.problems, "zh"), ""))
    return Checked(said, outcome, (example / "expected.txt").read_text("utf-8"))


def wanted(code: str) -> list[Told]:
    return text_told(checked(code).expected, "en")


@pytest.mark.parametrize("name", GOOD)
def test_a_good_example_gives_no_problem(name: str, tmp_path: Path) -> None:
    ended = in_process(project_of(EXAMPLES / "good" / name, tmp_path / "project"), "check")
    assert (ended.stdout, ended.exit_code) == ("", 0)


@pytest.mark.parametrize("code", BAD)
def test_a_bad_example_gives_exactly_the_expected_output(code: str, request: pytest.FixtureRequest) -> None:
    ended, expected = checked(code).said["en"], checked(code).expected
    if request.config.getoption("--write-expected"):
        (EXAMPLES / "bad" / code / "expected.txt").write_bytes(ended.stdout.encode("utf-8"))
        expected = ended.stdout
    assert ended.stdout == expected
    assert ended.exit_code == 1


@pytest.mark.parametrize("code", BAD)
def test_a_bad_example_says_the_same_in_chinese(code: str) -> None:
    english, chinese = checked(code).expected.splitlines(), checked(code).said["zh"].stdout.splitlines()
    assert [line.partition(": ")[0] for line in chinese[::2]] == [line.partition(": ")[0] for line in english[::2]]
    assert chinese[1::2]
    assert all(line.startswith("  提示: ") for line in chinese[1::2])


@pytest.mark.parametrize("code", CHECKED)
def test_a_bad_example_is_told_alike_in_every_form_that_check_offers(code: str) -> None:
    outcome = checked(code).outcome
    for form in FORMATS:
        output = in_format(Output(form, "en"), outcome.problems, outcome, outcome.paths())
        if form == "github":
            annotated = [line for line in output.splitlines(keepends=True) if not line.startswith("::notice ")]
            ten = wanted(code)[: github.ANNOTATIONS]
            assert github_told("".join(annotated), "en") == [(*each[:5], f"{each[5]} {each[6]}") for each in ten]
        else:
            assert sorted(READERS[READERS_OF[form]](output, "en")) == sorted(wanted(code)), form


@pytest.mark.parametrize("code", CHECKED)
def test_a_bad_example_is_told_whole_in_the_summary_of_a_step_and_every_record_is_counted(code: str) -> None:
    outcome = checked(code).outcome
    summary = summary_markdown(outcome.problems, outcome.counts, outcome.totals, "en", outcome.titles)
    assert sorted(READERS["md"](summary, "en")) == sorted(wanted(code))
    cases = ElementTree.fromstring(in_format(Output("junit", "en"), outcome.problems, outcome, outcome.paths()))
    assert int(cases.get("tests", "")) >= sum(outcome.counts.get(folder, 0) for folder in outcome.ids)


def test_there_are_examples_of_every_sort() -> None:
    assert GOOD
    assert len(CHECKED) > 50


@pytest.mark.parametrize("code", codes())
def test_every_code_has_an_example_that_shows_it(code: str) -> None:
    assert f"[{code}]:" in (EXAMPLES / "bad" / code / "expected.txt").read_text("utf-8")


def test_every_example_is_named_for_a_code() -> None:
    assert set(BAD) <= set(codes())


@pytest.mark.parametrize("code", codes())
def test_every_code_says_its_message_hint_and_reason_in_both_languages(code: str) -> None:
    for text in TEXTS:
        told = getattr(codes()[code], text)
        assert set(told) == set(LANGUAGES)
        assert all(told[language].strip() for language in LANGUAGES)


@pytest.mark.parametrize("code", codes())
def test_the_languages_of_a_code_show_the_same_values(code: str) -> None:
    for text in ("message", "hint"):
        told = getattr(codes()[code], text)
        english, chinese = (placeholders(told[language]) for language in LANGUAGES)
        assert english == chinese


def placeholders(template: str) -> set[str]:
    """Names of the values in a template; `x_zh` and `x_en` are one value in two languages."""
    found = {name for _, name, _, _ in Formatter().parse(template) if name}
    return {name.removesuffix("_zh").removesuffix("_en") for name in found}
