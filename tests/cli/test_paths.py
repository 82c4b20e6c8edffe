"""What is given on the command line is relative to where it was given; what is not given lies in the project."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

import click
import pytest

from command_line import Ended, called
from factpack.cli import cli
from factpack.cli.paths import GivenPath
from factpack.edit.starter import client_bundle
from projects import MINIMAL, tree

PLACES = ("the project", "below it", "outside")
WHERE = pytest.mark.parametrize("where", PLACES)
PLACE = "sources/places/plc-linxi.yaml"


class Caller:
    """Somebody who stands in one of `PLACES` and names everything from there."""

    def __init__(self, project: Path, where: str) -> None:
        inside = {"the project": project, "below it": project / "sources" / "places"}
        self.project, self.stands = project, inside.get(where, project.parent / "elsewhere")
        self.stands.mkdir(exist_ok=True)
        self.root = () if where in inside else ("--root", self.path(project))

    def path(self, target: Path) -> str:
        """Return the relative path of a file or folder; one that begins with a point is no git revision."""
        path = os.path.relpath(target, self.stands)
        return path if path.startswith(".") else f"./{path}"

    def runs(self, *args: str) -> Ended:
        """Run a command from there."""
        return called(*self.root, "--lang", "en", *args, cwd=self.stands)

    def shown(self, target: Path) -> str:
        """Return how a message names a folder: as one below, else whole."""
        below = target.is_relative_to(self.stands)
        return str(target.relative_to(self.stands) if below else target)


@pytest.fixture
def project(published: Path) -> Path:
    """A project that is built and committed, with its text beside it."""
    shutil.copy(MINIMAL / "texts" / "doc-report.txt", published.parent / "report.txt")
    return published


def needs(command: str) -> None:
    """Skip where the libraries or the bundle of a command are missing."""
    if command == "release":
        pytest.importorskip("pyarrow", reason="the libraries of the extra release are not installed")
        pytest.importorskip("xlsxwriter", reason="the libraries of the extra release are not installed")
    if command == "site" and not client_bundle().is_dir():
        pytest.skip("what the pages load is not bundled: make site")


MADE = {"build": "datapackage.json", "release": "SHA256SUMS", "site": "SHA256SUMS"}
OUT = pytest.mark.parametrize("command", MADE)


@WHERE
@OUT
@pytest.mark.parametrize("within", [True, False], ids=["in the project", "beside it"])
def test_out_is_where_it_says_from_where_it_is_said(project: Path, where: str, command: str, within: bool) -> None:
    needs(command)
    caller, target = Caller(project, where), (project if within else project.parent) / "made" / "here"
    ended = caller.runs(command, "--out", caller.path(target))
    assert ended.exit_code == 0, ended.stderr
    assert [path for path in project.parent.rglob("made/here") if path.is_dir()] == [target]
    assert (target / MADE[command]).is_file()
    assert command == "build" or f" is in {caller.shown(target)}: " in ended.stderr


@WHERE
@pytest.mark.parametrize(("command", "usual"), [("build", ""), ("release", "dist/release"), ("site", "dist/site")])
def test_without_out_it_is_in_the_project(project: Path, where: str, command: str, usual: str) -> None:
    needs(command)
    caller, target = Caller(project, where), project / usual
    shutil.rmtree(project / "build") if command == "build" else None
    ended = caller.runs(command)
    assert ended.exit_code == 0, ended.stderr
    assert (target / MADE[command]).is_file()
    assert command == "build" or f" is in {caller.shown(target)}: " in ended.stderr
    assert not caller.root or tree(caller.stands) == {}


@WHERE
@OUT
def test_the_folder_that_is_refused_is_named(project: Path, where: str, command: str) -> None:
    needs(command)
    caller, target = Caller(project, where), project / "mine" / "build"
    target.mkdir(parents=True)
    (target / "letter.txt").write_text("mine")
    out = target.parent if command == "build" else target
    ended = caller.runs(command, "--out", caller.path(out))
    assert ended.exit_code == 1
    assert f"factpack: {out}: " in ended.stderr
    assert "letter.txt was not made by this program" in ended.stderr
    assert tree(project / "mine") == {"build/letter.txt": b"mine"}


@WHERE
def test_a_site_offers_the_release_of_the_folder_that_is_named(project: Path, where: str) -> None:
    for command in ("release", "site"):
        needs(command)
    caller = Caller(project, where)
    assert caller.runs("release").exit_code == 0
    ended = caller.runs("site", "--release", caller.path(project / "nothing"))
    assert ended.exit_code == 2
    assert f"there is no release of this version in {caller.shown(project / 'nothing')};" in ended.stderr
    ended = caller.runs("site", "--release", caller.path(project / "dist" / "release"))
    assert ended.exit_code == 0, ended.stderr


@WHERE
@pytest.mark.parametrize("command", ["check", "fmt"])
def test_records_are_named_from_where_one_stands(project: Path, where: str, command: str) -> None:
    caller = Caller(project, where)
    ended = caller.runs(command, caller.path(project / PLACE))
    assert ended.exit_code == 0, ended.stderr
    if where != "the project":
        assert caller.runs(command, PLACE).exit_code == 2


@WHERE
@pytest.mark.parametrize("command", ["check", "diff", "coverage"])
def test_a_summary_is_where_it_says(project: Path, where: str, command: str) -> None:
    caller, target = Caller(project, where), project.parent / "summary.md"
    caller.runs(command, "--summary", caller.path(target))
    assert target.stat().st_size > 0


@WHERE
def test_a_text_is_read_from_where_it_says(project: Path, where: str) -> None:
    caller = Caller(project, where)
    ended = caller.runs("verify", "doc-report", caller.path(project.parent / "report.txt"), "--check")
    assert ended.exit_code == 0, ended.stderr


@WHERE
@pytest.mark.parametrize(
    "args", [["check", "--against"], ["build", "--against"], ["diff"], ["diff", "HEAD"], ["release", "--since"]]
)
def test_an_earlier_package_is_where_it_says(project: Path, where: str, args: list[str]) -> None:
    needs(args[0])
    caller, earlier = Caller(project, where), project.parent / "earlier"
    assert caller.runs("build", "--out", caller.path(earlier)).exit_code == 0
    ended = caller.runs(*args, caller.path(earlier))
    assert ended.exit_code == 0, ended.stderr
    ended = caller.runs(*args, caller.path(project.parent / "nothing"))
    assert (ended.exit_code, ended.stdout) == (2, "")


@WHERE
def test_the_command_that_new_proposes_works_there(project: Path, where: str) -> None:
    caller = Caller(project, where)
    ended = caller.runs("new", "place", "plc-xidong-bridge", "--zh", "溪东桥", "--en", "Xidong Bridge")
    assert (ended.exit_code, ended.stdout) == (0, "sources/places/plc-xidong-bridge.yaml\n")
    program, *args = shlex.split(ended.stderr.rstrip().rpartition("then run: ")[2])
    checked = called(*args, cwd=caller.stands)
    assert (program, checked.exit_code) == ("factpack", 1)
    assert all(line.startswith(("sources/places/plc-xidong-", "  hint: ")) for line in checked.stdout.splitlines())


COMMANDS = {name: cli.get_command(click.Context(cli), name) for name in ("", *cli.list_commands(click.Context(cli)))}
PATHS = [
    (name, param)
    for name, command in {**COMMANDS, "": cli}.items()
    for param in (command.params if command else ())
    if {"DIR", "FILE", "PATH"} & set((param.metavar or param.name or "").upper().strip("[]…").split())
]


@pytest.mark.parametrize(("name", "param"), PATHS, ids=lambda each: getattr(each, "name", each) or "factpack")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_path_is_taken_in_one_way_and_an_empty_one_is_a_mistake(
    minimal: Path, name: str, param: click.Parameter, lang: str
) -> None:
    assert isinstance(param.type, GivenPath)
    options = max(param.opts, key=len) if isinstance(param, click.Option) else ""
    before = tree(minimal)
    arguments = [each for each in COMMANDS[name].params if isinstance(each, click.Argument)] if name else []
    more = ["doc-report"] * (arguments.index(param) if param in arguments else 0)
    args = [*([name] if name else []), *more, *([options] if options else []), "", *([] if name else ["check"])]
    ended = called("--lang", lang, *args, cwd=minimal)
    assert (ended.exit_code, ended.stdout, tree(minimal)) == (2, "", before)
    assert ("is an empty path" if lang == "en" else "给出的路径是空的") in ended.stderr


def test_the_paths_of_all_commands_are_looked_at() -> None:
    assert len(PATHS) == 16, [(name, param.name) for name, param in PATHS]
