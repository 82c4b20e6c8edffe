"""No surprise from a file: what is wrong is told where it stands, and what is good gives no problem."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

import hostile
from conftest import MINIMAL, Run, assemble
from factpack import report
from factpack.documents import load
from factpack.problems import LANGUAGES
from hostile import Case

BAD = hostile.bad()
GOOD = hostile.good()
Told = Mapping[str, list[str]]


def project_of(root: Path, cases: list[Case]) -> Path:
    """Return a project with the files of the cases among those of the good project `minimal`."""
    assemble(root, MINIMAL)
    for case in cases:
        (root / case.path).write_bytes(case.raw)
    return root


@pytest.fixture(scope="module")
def told(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What one run of the real command says of all wrong files, by path."""
    root = project_of(tmp_path_factory.mktemp("bad") / "project", BAD)
    code, out, err = run(root, "check", "--format", "json")
    assert (code, err) == (1, "")
    found: dict[str, list[str]] = {}
    for each in json.loads(out)["problems"]:
        found.setdefault(each["path"], []).append(f"{each['line']}:{each['column']} {each['code']}")
    return found


@pytest.fixture(scope="module")
def good(run: Run, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What one run of the real command prints of all good files."""
    root = project_of(tmp_path_factory.mktemp("good") / "project", GOOD)
    code, out, err = run(root, "check")
    assert "Traceback" not in err
    assert code == (1 if out else 0)
    return out


def test_the_tables_are_large_and_no_case_hides_another() -> None:
    assert len(BAD) >= 250
    assert len(GOOD) + len(hostile.LOADED) >= 60
    assert len({case.path for case in BAD}) == len(BAD)
    assert len({case.path for case in GOOD}) == len(GOOD)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.id)
def test_a_wrong_file_gives_exactly_its_problems(case: Case, told: Told) -> None:
    assert sorted(told.get(case.path, [])) == sorted(case.expected)


def test_no_problem_of_a_wrong_file_is_told_of_another(told: Told) -> None:
    assert set(told) == {case.path for case in BAD}


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.id)
def test_a_good_file_gives_no_problem(case: Case, good: str) -> None:
    assert case.path not in good


def test_good_files_give_no_problem_anywhere(good: str) -> None:
    assert good == ""


def test_what_is_written_is_the_text_that_is_read() -> None:
    for case, text in zip(GOOD, hostile.FINE.values(), strict=False):
        data = load(case.path, case.raw).data
        assert data is not None
        assert data["evidence"] == [{"document": "doc-report", "locator": text}], case.id


@pytest.mark.parametrize("name", hostile.LOADED)
def test_a_limit_may_be_reached(name: str) -> None:
    document = load("sources/places/plc-x.yaml", hostile.LOADED[name].encode("utf-8"))
    assert (document.problems, document.data is None) == ((), False)


def test_no_file_takes_long() -> None:
    for case in (*BAD, *GOOD):
        start = time.process_time()
        load(case.path, case.raw)
        assert time.process_time() - start < 2, case.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_value_gets_out_of_its_line_in_any_format(language: str) -> None:
    problems = sorted({each for case in BAD for each in load(case.path, case.raw).problems})
    tens = [problems[start : start + report.ANNOTATIONS] for start in range(0, len(problems), report.ANNOTATIONS)]
    text, commands = report.text(problems, language), "".join(report.github(ten, language) for ten in tens)
    as_json = report.as_json(problems, {}, language)
    assert len(text.split("\n")) == 2 * len(problems) + 1
    assert all(line.startswith(("sources/", "  ")) for line in text.split("\n") if line)
    assert len(commands.split("\n")) == len(problems) + 1
    assert all(line.startswith("::error file=sources/") for line in commands.split("\n") if line)
    assert len(json.loads(as_json)["problems"]) == len(problems)
    for line in (text + commands + as_json).split("\n"):
        assert line.replace("\u3000", "").replace("\u00a0", "").isprintable(), ascii(line)
        assert "##[" not in line
