"""Every command ends as docs/commands.md says without a repository, in a shallow clone, in somebody else's folder, and
where an earlier edition is damaged or another package's; whatever is refused has written nothing.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from command_line import Ended, called
from factpack.words import LANGUAGES
from laws.endings import Project, calls, commands, matches, said, situations, skip_without_extras, table
from laws.situations import SITUATIONS
from projects import MINIMAL, leftovers, tree

SLOW = {"release", "site"}
"""Commands that are called in one language only, in either in its turn."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which each project of these tests stands in its turn, and its text beside it."""
    folder = tmp_path_factory.mktemp("place")
    shutil.copy(MINIMAL / "texts" / "doc-report.txt", folder / "report.txt")
    return folder


@pytest.fixture(scope="module")
def usual(place: Path, _published_once: Path) -> Callable[[str, list[str]], Ended]:
    """A function that tells how a command ends where nothing is the matter."""

    @cache
    def ended(language: str, *args: str) -> Ended:
        return called("--lang", language, *args, cwd=Project(_published_once, place / "project").fresh())

    return lambda language, args: ended(language, *args)


@pytest.fixture(scope="module", params=SITUATIONS)
def made(request: pytest.FixtureRequest, place: Path, _published_once: Path) -> tuple[str, Project]:
    """A situation, and the project in it."""
    make, _ = SITUATIONS[request.param]
    folder = place / request.param.replace("`", "")
    folder.mkdir()
    return request.param, Project(make(Path(shutil.copytree(_published_once, folder / "kept"))), place / "project")


def test_the_table_has_these_situations() -> None:
    assert situations()[-len(SITUATIONS) :] == list(SITUATIONS)


def test_both_pages_have_the_same_table_and_each_row_is_that_of_a_command() -> None:
    english, chinese = table("en"), table("zh")
    both = ([(row.status, code(row.commands)) for row in rows] for rows in (english, chinese))
    assert next(both) == next(both)
    pairs = {(one.situation, other.situation) for one, other in zip(english, chinese, strict=True)}
    assert len(pairs) == len(situations()) == len({other for _, other in pairs})
    ways = [(args[0], " ".join(args[1:])) for command in commands() for args in ([command], *calls(command))]
    assert {said("en", situation, *way) for situation in situations() for way in ways} == set(english)


def code(cell: str) -> list[str]:
    """Return what a cell of the table names."""
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("command", commands())
def test_a_command_ends_as_the_table_says(
    made: tuple[str, Project], command: str, usual: Callable[[str, list[str]], Ended]
) -> None:
    skip_without_extras(command)
    situation, project = made
    turn = list(SITUATIONS).index(situation) % 2
    languages = LANGUAGES[turn : turn + 1] if command in SLOW else LANGUAGES
    for args in calls(command):
        for language in languages:
            expected, root = usual(language, args), project.fresh()
            ended = called("--lang", language, *args, cwd=root, env={**os.environ, **SITUATIONS[situation][1]})
            as_told(situation, language, args, expected, ended)
            assert ended.exit_code == 0 or tree(root) == project.tree
            assert leftovers(root) == []


def as_told(situation: str, language: str, args: list[str], usual: Ended, ended: Ended) -> None:
    """Compare how a command ended with how it ends as usual and with the table."""
    row = said(language, situation, args[0], " ".join(args[1:]))
    if row.status == "as usual":
        assert ended == usual
    else:
        assert ended.exit_code == int(row.status), ended
        assert matches(row.first, ended.stdout + ended.stderr), (row.first, ended)
