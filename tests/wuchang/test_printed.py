"""What pages show as printed is what is printed: help, totals, figures, and a contribution from beginning to end.

`pytest tests/wuchang/test_printed.py --write-expected` writes what is printed into the pages; figures in a sentence
are corrected by hand.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from factpack.cli import cli
from factpack.package.package import open_package
from factpack.release.citation_files import cff
from projects import ROOT

TEXT = re.compile(r"(?<=^```text\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
PAGES = {"en": "{}.md", "zh": "{}.zh-CN.md"}
LANGUAGES = pytest.mark.parametrize("lang", PAGES)


def page(name: str, lang: str) -> Path:
    return ROOT / PAGES[lang].format(name)


def text(name: str, lang: str) -> str:
    return page(name, lang).read_text("utf-8")


def factpack(lang: str, *args: str, root: Path = ROOT) -> str:
    """Return what a command prints on a terminal of 80 columns, stdout before stderr, whatever it ends with."""
    command = [Path(sys.executable).parent / "factpack", "--lang", lang, *args]
    env = {name: value for name, value in os.environ.items() if name != "FACTPACK_TEXTS"} | {"COLUMNS": "80"}
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, encoding="utf-8", check=False, timeout=120)
    return done.stdout + done.stderr


# ---- docs/commands.md

HELP = re.compile(r"(?<=^```text\n)((?:Usage: factpack|用法：factpack) (\w+).*?)(?=^```$)", re.MULTILINE | re.DOTALL)


@LANGUAGES
def test_the_help_of_every_command_is_shown_as_it_is_printed(lang: str, request: pytest.FixtureRequest) -> None:
    written = text("docs/commands", lang)
    if request.config.getoption("--write-expected"):
        shown = HELP.sub(lambda found: factpack(lang, found[2], "--help"), written)
        page("docs/commands", lang).write_text(shown, "utf-8")
    helps = {name: shown for shown, name in HELP.findall(text("docs/commands", lang))}
    assert helps == {
        name: factpack(lang, name, "--help") for name in cli.list_commands(click.Context(cli, **cli.context_settings))
    }


# ---- README.md


@LANGUAGES
def test_the_readme_shows_the_last_line_of_a_build(lang: str, request: pytest.FixtureRequest) -> None:
    totals = factpack(lang, "check").splitlines(keepends=True)[-1]
    if request.config.getoption("--write-expected"):
        page("README", lang).write_text(TEXT.sub(lambda _: totals, text("README", lang), count=1), "utf-8")
    assert TEXT.findall(text("README", lang)) == [totals]


@LANGUAGES
def test_the_figures_of_the_readme_are_those_of_the_commands(lang: str) -> None:
    lead = re.search(r"(\d+) [项i].*?(\d+) [个p].*?(\d+) [个p].*?(\d+) [个t]", text("README", lang), re.DOTALL)
    assert lead
    checked = json.loads(factpack(lang, "check", "--format", "json"))["summary"]["checked"]
    assert [int(each) for each in lead.groups()] == [
        len(_rows(table)) for table in ("indicators", "projects", "places", "glossary")
    ]
    counted = ("values proven", "facts verified", "facts transcribed")
    matching, verified, transcribed = (checked[name] for name in counted)
    numbers = json.loads(factpack(lang, "coverage", "--format", "json"))["numbers"]
    uses: dict[tuple[str, int, int], set[str]] = {}
    for each in numbers:
        uses.setdefault((each["document"], each["paragraph"], each["start"]), set()).add(each["use"])
    rows = [row for row in _rows("evidence") if row["verified"] == "true"]
    told = [
        matching,
        verified,
        transcribed,
        len(uses),
        *(list(uses.values()).count({use}) for use in ("observation", "record", "waived", "unclaimed")),
        list(uses.values()).count({"observation", "record"}),
        len({(row["document_id"], row["paragraph"], row["quote"]) for row in rows}),
        len(rows),
        *(int(row["paragraphs"]) for row in _rows("documents") if row["paragraphs"]),
    ]
    paragraph = next(each for each in text("README", lang).split("\n\n") if "`factpack coverage`" in each)
    assert sorted(map(int, re.findall(r"\d+", paragraph))) == sorted(told)


@LANGUAGES
def test_the_row_that_the_readme_reads_is_a_row_of_the_table(lang: str) -> None:
    row = next(row for row in _rows("observations") if row["id"] == "ind-gdp.2025.estimate")
    shown = re.findall(r"^\| (`.*?) \| (.*?) \|", text("README", lang), re.MULTILINE)
    read = [(re.findall(r"`(\w+)`", names), values.strip("`")) for names, values in shown]
    comma = {"en": ", ", "zh": "、"}[lang]
    assert read == [(names, comma.join(row[name] for name in names)) for names, _ in read]
    assert len(read) == 7


def test_the_figures_of_the_questions_are_those_of_the_tables() -> None:
    beside = [row for row in _rows("targets") if (row["baseline_period"], row["period"]) == ("2025", "2026")]
    lower = [row for row in beside if row["baseline_value"] and _number(row) < float(row["baseline_value"])]
    numbers = len(_rows("numbers"))
    assert len(lower) == 9
    assert "Nine targets" in text("docs/faq", "en")
    assert "九项目标" in text("docs/faq", "zh")
    assert all(str(numbers) in text("docs/faq", lang) for lang in PAGES)
    firms = next(row for row in lower if row["indicator_id"] == "ind-financial-firms-new")
    assert (firms["bound"], firms["value"], firms["baseline_value"]) == ("at_least", "10", "12")


def _number(row: dict[str, str]) -> float:
    return float(row["value"] or "inf")


def _rows(table: str) -> list[dict[str, str]]:
    with (ROOT / "build" / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---- docs/first-contribution.md


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What `git clone` gives, as far as the tool reads it."""
    root = tmp_path / "wuchang"
    for name in ("schemas", "sources", "build"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "datapackage.json", root)
    return root


STEP = re.compile(r"^\$ (.*)\n((?:(?!\$ |```).*\n)*)", re.MULTILINE)


@LANGUAGES
def test_a_first_contribution_goes_as_it_is_told(lang: str, clone: Path, request: pytest.FixtureRequest) -> None:
    written = text("docs/first-contribution", lang)
    walked = STEP.sub(lambda step: f"$ {step[1]}\n{_done(step[1], lang, clone)}", written)
    checked = next(output for command, output in STEP.findall(walked) if command.endswith(" check sources/places"))
    error = "".join(checked.splitlines(keepends=True)[:-1])
    walked = TEXT.sub(lambda _: error, walked, count=1)
    if request.config.getoption("--write-expected"):
        page("docs/first-contribution", lang).write_text(walked, "utf-8")
    assert text("docs/first-contribution", lang) == walked
    assert len(STEP.findall(walked)) == 9


def _done(command: str, lang: str, root: Path) -> str:
    """Return what a step of the contribution prints; the words of a shell are taken apart, and no shell runs."""
    program, *args = shlex.split(command)
    if program == "git":
        return ""
    if program == "make":
        return factpack(lang, "build", root=root)
    if program == "cat":
        return (root / args[0]).read_text("utf-8")
    if program == "sed":
        old, new = args[1].split("/")[1:3]
        path = root / args[2]
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        return ""
    assert program == ".venv/bin/factpack"
    return factpack(lang, *args, root=root)


def test_the_citation_file_of_the_repository_is_that_of_a_release() -> None:
    assert (ROOT / "CITATION.cff").read_bytes() == cff(open_package(ROOT))
