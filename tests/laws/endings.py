"""How commands end where something around them is not as usual: what docs/commands.md says, and what they do."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, NamedTuple

import click
import pytest

from command_line import Ended
from factpack.cli import cli, main
from factpack.edit.starter import client_bundle
from pages import chinese, read
from projects import replace, tree

PAGE = "docs/commands.md"
WORDS = {"as usual": "照常", "none": "无", "all": "全部", "other": "其他"}
"""What cells of the table say besides names, numbers and lines, in both languages."""
VALUES = {
    "code": ["cut-token"],
    "kind": ["place"],
    "record": ["plc-xidong-bridge", "--zh", "溪东桥", "--en", "Xidong Bridge"],
    "record_id": ["plc-linxi"],
    "document": ["doc-report"],
    "file": ["../report.txt"],
    "folder": [".", "--update", "--format", "json"],
    "item": ["plc-linxi-lake", "--document", "doc-report", "--paragraph", "3", "--quote", "临溪湖公园建成"],
}
"""What each argument of a command that stands for one thing is in these tests, by its name in the program."""


# ---- the table


class Row(NamedTuple):
    """What a row of the table says."""

    situation: str
    commands: str
    status: str
    first: str


@cache
def table(language: str) -> list[Row]:
    """Return the rows of the table, the words of a language in their English form."""
    text = read(PAGE if language == "en" else chinese(PAGE))
    english = {WORDS[word] if language == "zh" else word: word for word in WORDS}
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if "|" in line]
    start = next(number for number, row in enumerate(rows) if row[0] in ("situation", "情形"))
    return [Row(*(english.get(cell, cell) for cell in row)) for row in rows[start + 2 :]]


def calls(command: str) -> list[list[str]]:
    """Return how a command is called in the rows of the table: as usual, and with the options that stand there."""
    written = {each for row in table("en") for each in re.findall(r"`([^`]+)`", row.commands)}
    options = sorted(each.split()[1:] for each in written if each.split()[0] == command)
    return [[*arguments(command), *more] for more in ([], *(each for each in options if each))]


def situations() -> list[str]:
    """Return the situations of the table, in order, as the English page calls them."""
    return list(dict.fromkeys(row.situation for row in table("en")))


def said(language: str, situation: str, command: str, more: str = "") -> Row:
    """Return the row for a command and its options: the one that names them, the command, or all others."""
    rows = [row for english, row in zip(table("en"), table(language), strict=True) if english.situation == situation]
    ways = (f"`{command} {more}`", f"`{command}`", "all", "other")
    return next(row for way in ways for row in rows if row.commands == way or (way[0] == "`" and way in row.commands))


def matches(first: str, lines: str) -> bool:
    """Say whether the first line of what was printed is that of the table, where `…` stands for anything."""
    line = lines.partition("\n")[0]
    wanted = "" if first == "none" else first.strip("`").strip()
    return re.fullmatch(".+".join(map(re.escape, wanted.split("…"))), line) is not None


# ---- commands


def commands() -> list[str]:
    """Return the names of all commands that the program has."""
    return cli.list_commands(click.Context(cli))


def arguments(command: str) -> list[str]:
    """Return how a command is called: with a value for each argument that stands for one thing."""
    found = cli.get_command(click.Context(cli), command)
    assert found is not None
    wanted = [each for each in found.params if isinstance(each, click.Argument) and each.nargs == 1]
    unknown = {str(each.name) for each in wanted if each.required} - VALUES.keys()
    assert not unknown, f"laws/endings.py: VALUES does not say what {command} is called with: {unknown}"
    return [command, *(value for each in wanted for value in VALUES.get(str(each.name), ()))]


def skip_without_extras(command: str) -> None:
    """Skip where the libraries or the bundle of a command are missing."""
    if command in ("release", "site"):
        for library in ("pyarrow", "xlsxwriter") if command == "release" else ("PIL", "jinja2"):
            pytest.importorskip(library, reason=f"the libraries of the extra {command} are not installed")
    if command == "site" and not client_bundle().is_dir():
        pytest.skip("what the pages load is not bundled: make site")


class Project:
    """A project that is made anew, always in the same place, where it was changed; its text lies beside it."""

    def __init__(self, kept: Path, root: Path) -> None:
        self.kept, self.root, self.tree = kept, root, tree(kept)

    def fresh(self) -> Path:
        """Return its root, as it was at first."""
        if not self.root.exists() or tree(self.root) != self.tree:
            shutil.rmtree(self.root, ignore_errors=True)
            shutil.copytree(self.kept, self.root, symlinks=True)
        return self.root


def spoil(root: Path) -> None:
    """Give every command that checks or compares something to say: one value, one layout and one sentence are wrong."""
    replace(root / "sources" / "places" / "plc-linxi.yaml", "kind: county", "kind: shire")
    lake = root / "sources" / "places" / "plc-linxi-lake.yaml"
    lake.write_text(re.sub(r"(?m)^  en: (.*)$", r'  en: "The \1"', lake.read_text("utf-8"), count=1), "utf-8")
    replace(root.parent / "report.txt", "社会保持稳定", "社会保持和谐稳定")


# ---- running


@dataclass(frozen=True)
class Streams:
    """How the standard streams are: `usual`, `closed`, `full`, `read-only`, or `gone`, a pipe without a reader."""

    stdin: str = "usual"
    stdout: str = "usual"
    stderr: str = "usual"


def forked(args: Sequence[str | Path], cwd: Path, streams: Streams, env: Mapping[str, str] | None = None) -> Ended:
    """Run `factpack ARGS` in a copy of this process whose standard streams are as a shell makes them."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            _run([str(each) for each in args], cwd, streams, (out, err), env or {})
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        written = []
        for file in (out, err):
            file.seek(0)
            written.append(file.read().decode("utf-8"))
    return Ended(code, *written)


def _run(
    args: list[str], cwd: Path, streams: Streams, files: tuple[IO[bytes], IO[bytes]], env: Mapping[str, str]
) -> None:
    """Be the command; never comes back."""
    code = 99
    try:
        os.chdir(cwd)
        os.environ |= {"COLUMNS": "80", **env}
        nothing = os.open(os.devnull, os.O_RDONLY)
        for number, how in enumerate((streams.stdin, streams.stdout, streams.stderr)):
            usual = files[number - 1].fileno() if number else nothing
            _lead(number, how, usual)
        sys.stdin, sys.stdout, sys.stderr = (_as_python_does(number) for number in range(3))  # type: ignore[assignment]
        sys.argv = ["factpack", *args]
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    finally:
        os._exit(code)


def _lead(number: int, how: str, usual: int) -> None:
    """Make a standard stream what it shall be."""
    if how == "closed":
        os.close(number)
        return
    if how == "gone":
        reads, writes = os.pipe()
        os.close(reads)
    elif how == "usual":
        writes = usual
    else:
        path, mode = ("/dev/full", os.O_WRONLY) if how == "full" else (os.devnull, os.O_RDONLY)
        writes = os.open(path, mode)
    os.dup2(writes, number)


def _as_python_does(number: int) -> IO[str] | None:
    """Return a stream as Python makes it when it starts: None where the caller closed it."""
    try:
        os.fstat(number)
    except OSError:
        return None
    return open(number, "w" if number else "r", closefd=False)
