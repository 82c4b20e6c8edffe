"""Every command, with each standard stream closed, full, read-only or without a reader, ends as docs/commands.md says.

What it writes to the project is there as a whole or not at all.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import click
import pytest

from command_line import FACTPACK, Ended, called, called_in_a_process
from factpack.cli import cli
from factpack.words import LANGUAGES
from laws.endings import (
    Project,
    Streams,
    arguments,
    commands,
    forked,
    matches,
    said,
    situations,
    skip_without_extras,
    spoil,
)
from laws.situations import shallow
from projects import MINIMAL, leftovers, replace, tree

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are forked")
STREAMS = {
    "standard output is closed": Streams(stdout="closed"),
    "standard output can only be read": Streams(stdout="read-only"),
    "standard output is full": Streams(stdout="full"),
    "the reader of standard output has ended": Streams(stdout="gone"),
    "standard input is closed": Streams(stdin="closed"),
    "standard error is closed": Streams(stderr="closed"),
    "standard error can only be read": Streams(stderr="read-only"),
    "standard error is full": Streams(stderr="full"),
}
REDIRECTIONS = {"closed": "{0}>&-", "read-only": "{0}< /dev/null", "full": "{0}> /dev/full"}
SILENT = {"release", "site"}
"""Commands that never print on stdout."""


@pytest.fixture
def project(published: Path, tmp_path: Path) -> Project:
    """A project that is built and committed."""
    shutil.copy(MINIMAL / "texts" / "doc-report.txt", tmp_path / "report.txt")
    return Project(published, tmp_path / "project")


@pytest.fixture
def spoilt(project: Project) -> Project:
    """The same, and there is something wrong that commands have to tell."""
    spoil(project.kept)
    return Project(project.kept, project.root)


def test_the_table_has_these_situations() -> None:
    assert situations()[: len(STREAMS)] == list(STREAMS)


def hold(project: Project, args: list[str], code: int | None = None, situations: Iterable[str] = STREAMS) -> bool:
    """Run a command in situations, in either language in turn, and compare how it ends with the table.

    Returns whether it usually prints on stdout.
    """
    usual, after = {}, [project.tree]
    for language in LANGUAGES:
        root = project.fresh()
        usual[language] = called("--lang", language, *args, cwd=root)
        after.append(tree(root))
        assert code in (None, usual[language].exit_code), usual
    for number, situation in enumerate(situations):
        language = LANGUAGES[(number + len(args[0])) % 2]
        root = project.fresh()
        ended = forked(["--lang", language, *args], root, STREAMS[situation])
        as_told(situation, language, args[0], usual[language], ended)
        assert tree(root) in after, (situation, args, ended)
        assert leftovers(root) == [], (situation, args, ended)
    return bool(usual["en"].stdout)


def as_told(situation: str, language: str, command: str, usual: Ended, ended: Ended) -> None:
    """Compare how a command ended with how it ends as usual and with the table."""
    row, streams, where = said(language, situation, command), STREAMS[situation], (situation, command, ended)
    assert "Traceback" not in ended.stderr, where
    if row.status == "as usual" or not usual.stdout:
        assert ended.exit_code == usual.exit_code, where
        assert streams.stdout != "usual" or ended.stdout == usual.stdout, where
        assert streams.stderr != "usual" or ended.stderr == usual.stderr, where
    else:
        assert ended.exit_code == int(row.status), where
        assert matches(row.first, ended.stderr), where


@pytest.mark.parametrize("command", commands())
def test_a_command_ends_as_the_table_says(project: Project, command: str) -> None:
    skip_without_extras(command)
    hold(project, arguments(command), 0)


@pytest.mark.parametrize("command", commands())
def test_so_does_a_command_that_has_much_to_say(spoilt: Project, command: str) -> None:
    skip_without_extras(command)
    assert hold(spoilt, arguments(command)) is (command not in SILENT), "what it prints is what its streams are about"


@pytest.mark.parametrize("command", commands())
def test_so_does_its_help(project: Project, command: str) -> None:
    assert hold(project, [command, "--help"], 0, list(STREAMS)[:4])


@pytest.mark.parametrize("situation", STREAMS)
def test_a_build_whose_warnings_cannot_be_shown_writes_nothing(spoilt: Project, situation: str) -> None:
    replace(spoilt.kept / "sources" / "places" / "plc-linxi.yaml", "kind: shire", "kind: county")
    root = shallow(spoilt.fresh())
    shutil.copytree(spoilt.kept / "sources", root / "sources", dirs_exist_ok=True)
    before = tree(root)
    ended = forked(["--lang", "en", "build"], root, STREAMS[situation])
    shown = STREAMS[situation].stdout == "usual"
    assert ended.exit_code == (0 if shown else int(said("en", situation, "build").status))
    assert ended.stdout.startswith("sources/package.yaml:1:1: warning[editions-unknown]: " if shown else "")
    assert (tree(root) != before, leftovers(root)) == (shown, [])


@pytest.mark.parametrize("situation", STREAMS)
def test_a_copy_of_a_process_ends_as_what_a_shell_starts(spoilt: Project, situation: str) -> None:
    for args in (["cite"], ["check"], ["chekc"]):
        copied = forked(["--lang", "en", *args], spoilt.fresh(), STREAMS[situation])
        assert in_a_shell(["--lang", "en", *args], spoilt.fresh(), STREAMS[situation]) == copied


def in_a_shell(args: list[str], cwd: Path, streams: Streams) -> Ended:
    """Run a command as a shell starts it."""
    hows = enumerate((streams.stdin, streams.stdout, streams.stderr))
    redirected = [REDIRECTIONS[how].format(number) for number, how in hows if how in REDIRECTIONS]
    command = ["bash", "-c", " ".join([shlex.join([str(FACTPACK), *args]), *redirected])]
    reads, gone = os.pipe()
    os.close(reads)
    stdout = gone if streams.stdout == "gone" else subprocess.PIPE
    done = subprocess.run(command, cwd=cwd, stdout=stdout, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    os.close(gone)
    return Ended(done.returncode, done.stdout or "", done.stderr)


# ---- encodings


ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii:strict"}
"""Surroundings in which Python takes all that it reads and writes for ASCII."""


@pytest.mark.parametrize("command", commands())
def test_what_is_chinese_is_printed_in_a_locale_without_chinese_characters(spoilt: Project, command: str) -> None:
    skip_without_extras(command)
    args = ["--lang", "zh", *arguments(command)]
    usual = called(*args, cwd=spoilt.fresh())
    assert called_in_a_process(*args, env={**os.environ, **ASCII}, cwd=spoilt.fresh()) == usual
    assert not (usual.stdout + usual.stderr).isascii()


# ---- arguments


STRANGE = os.fsdecode(b"\xb9\xa4.\xff")
"""Bytes of a name, as a terminal with another encoding than UTF-8 may send them."""


def with_strange_names(command: str) -> list[list[str]]:
    """Return calls of a command, each with one argument or option that takes a text and gets no UTF-8."""
    found, usual = cli.get_command(click.Context(cli), command), arguments(command)
    assert found is not None
    texts = [each for each in found.params if isinstance(each.type, (click.Path, type(click.STRING)))]
    calls = [[*usual, max(each.opts, key=len), STRANGE] for each in texts if isinstance(each, click.Option)]
    calls += [[command, STRANGE] for each in texts if each.nargs == -1]
    return [*calls, *([*usual[:number], STRANGE, *usual[number + 1 :]] for number in range(1, len(usual)))]


@pytest.mark.parametrize("command", commands())
def test_a_name_of_any_bytes_is_no_bug(project: Project, command: str) -> None:
    skip_without_extras(command)
    for args in with_strange_names(command):
        ended = called("--lang", "en", *args, cwd=project.fresh())
        assert ended.exit_code in (0, 1, 2), (args, ended)
