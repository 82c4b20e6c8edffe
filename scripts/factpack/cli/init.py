"""factpack init: a project of one's own, from the installed program alone; or what to change in an older one."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from factpack import __version__
from factpack.cli.help import Command
from factpack.cli.mistakes import Misuse
from factpack.cli.paths import GivenPath, shown
from factpack.cli.steps import exit_with, project_of, typed
from factpack.cli.words import EXIT_PROBLEMS, language_of, message
from factpack.disk.beginning import begun, has_sources, tried
from factpack.disk.below import write_below
from factpack.disk.files import OutputError
from factpack.disk.project import NotAProject, Project
from factpack.edit.beginning import Beginning, files_of, licences
from factpack.edit.blank import suggest
from factpack.edit.renewal import difference
from factpack.edit.starter import schema_files
from factpack.problems import Problem, errors, visible
from factpack.report import as_text
from factpack.report.as_json import json_lines
from factpack.run.pipeline import check_project
from factpack.run.renewal import renewal
from factpack.run.workspace import open_workspace
from factpack.schema import read
from factpack.schema.model import PACKAGE, Schemas
from factpack.table.derived import DERIVATIONS
from factpack.words import text_in

LICENCES = tuple(licences())
ASKED = ("zh", "en", "name", "publisher_zh", "publisher_en", "area_zh", "area_en", "area", "code", "licence")
"""What a project says of itself, in the order in which it is asked for."""
ORDINARY = dict.fromkeys(ASKED, "x") | {"area_zh": "x区", "area": "plc-x", "code": "110000", "licence": LICENCES[0]}
"""Answers with which nothing is wrong, among which one is tried."""
MADE_OF = {"name": "en", "area": "area_en"}
"""Answers that are made of others where they are not given."""


@click.command("init", cls=Command)
@click.argument("folder", required=False, metavar="[DIR]", type=GivenPath(file_okay=False))
@click.option("--zh", metavar="TITLE")
@click.option("--en", metavar="TITLE")
@click.option("--name", metavar="NAME")
@click.option("--publisher-zh", metavar="NAME")
@click.option("--publisher-en", metavar="NAME")
@click.option("--area-zh", metavar="NAME")
@click.option("--area-en", metavar="NAME")
@click.option("--area", metavar="ID")
@click.option("--code", metavar="CODE")
@click.option("--licence", type=click.Choice(LICENCES))
@click.option("--base-url", metavar="URL")
@click.option("--repository", metavar="URL")
@click.option("--contact", metavar="ADDRESS")
@click.option("--update", is_flag=True)
@click.option("--write", is_flag=True)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@click.pass_context
def command(
    context: click.Context,
    /,
    folder: str | None,
    update: bool,
    write: bool,
    form: str,
    **said: str | None,
) -> None:
    given = {name: typed(text) for name, text in said.items() if text is not None}
    if update:
        if given:
            raise Misuse("init update", options=[_option(name) for name in given])
        _update(context, folder, write, form)
    elif write:
        raise Misuse("init write")
    elif folder is None:
        raise Misuse("init folder")
    else:
        _begin(context, Path.cwd() / folder, given, form)


# ---- a new project


def _begin(context: click.Context, folder: Path, given: dict[str, str], form: str) -> None:
    """Write the files of a new project, and check them; where they have errors, nothing stays."""
    if has_sources(folder):
        raise Misuse("init sources", folder=shown(folder))
    schemas = read.read(schema_files(), DERIVATIONS.keys())
    files, problems = files_of(_beginning(context, given, schemas), schemas, __version__)
    _refuse(context, problems)
    with begun(folder, files) as kept:
        _refuse(context, check_project(open_workspace(Project.at(folder))).problems)
    if form == "json":
        written = [path for path in files if path not in kept]
        sys.stdout.write(json_lines({"folder": str(folder), "written": written, "kept": kept}))
        return
    sys.stdout.write("".join(f"{message(context, 'init kept', path=path)}\n" for path in kept))
    click.echo(message(context, "begun", count=len(files) - len(kept), folder=shown(folder)), err=True)


def _refuse(context: click.Context, problems: list[Problem]) -> None:
    """Tell problems; where there is an error among them, say that nothing was written, and end with 1."""
    sys.stdout.write(as_text.text(sorted(problems), language_of(context)))
    if errors(problems):
        click.echo(message(context, "init refused"), err=True)
    exit_with(problems)


def _beginning(context: click.Context, given: dict[str, str], schemas: Schemas) -> Beginning:
    """Return what the owner says of a project, by options or, in a terminal, when asked; raises Misuse."""
    for name in ASKED:
        if name not in given:
            usual = _usual(name, given, schemas)
            answer = _asked(context, name, usual, schemas) if sys.stdin.isatty() else usual
            given |= {name: answer} if answer else {}
    missing = [name for name in ASKED if name not in given]
    if named := [_option(name) for name in missing if MADE_OF.get(name) not in missing]:
        raise Misuse("init needs", options=named)
    return _said(given)


def _said(given: Mapping[str, str]) -> Beginning:
    """Return what a project says of itself by its answers."""
    both = {name: {each: given[f"{name}_{each}"] for each in ("zh", "en")} for name in ("publisher", "area")}
    return Beginning(
        given["name"],
        {each: given[each] for each in ("zh", "en")},
        both["publisher"],
        both["area"],
        given["area"],
        given["code"],
        given["licence"],
        f"{datetime.date.today().isoformat()}T00:00:00Z",
        given.get("base_url", ""),
        given.get("repository", ""),
        given.get("contact", ""),
    )


def _usual(name: str, given: Mapping[str, str], schemas: Schemas) -> str:
    """Return what stands for an answer that is not given; nothing where nobody can know it."""
    place = schemas.kinds[schemas.sources[PACKAGE]["properties"]["area"]["x-ref"]]
    match name:
        case "name":
            return suggest(place, given.get("en", "")).removeprefix(f"{place.prefix}-")
        case "area":
            return suggest(place, given.get("area_en", ""))
        case "licence":
            return LICENCES[0]
    return ""


def _asked(context: click.Context, name: str, usual: str, schemas: Schemas) -> str:
    """Return the answer of a person, who is told at once what is wrong with one, and asked again."""
    language = language_of(context)
    choice = click.Choice(LICENCES) if name == "licence" else None
    text = text_in(language, "cli", "asked", name)
    while True:
        answer = str(click.prompt(text, default=usual or None, type=choice, err=True)).strip()
        try:
            told = as_text.text(sorted(_wrong(name, answer, schemas)), language)
        except OutputError as error:
            told = f"{error}\n"
        if not told:
            return answer
        click.echo(told, nl=False, err=True)


def _wrong(name: str, answer: str, schemas: Schemas) -> list[Problem]:
    """Return what would be wrong with a project for this answer alone."""
    files, problems = files_of(_said({**ORDINARY, name: answer}), schemas, __version__)
    with tried(files) as folder:
        return [*problems, *check_project(open_workspace(Project.at(folder))).problems]


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


# ---- an older project


def _update(context: click.Context, folder: str | None, write: bool, form: str) -> None:
    """Show what to change in a project to be in the format of this program, and change it where that is asked."""
    try:
        project = Project.at(Path(folder)) if folder is not None else project_of(context)
    except NotAProject as error:
        raise Misuse("no project", folder=folder) from error
    changes, problems = renewal(project)
    sys.stdout.write(as_text.text(problems, language_of(context)))
    exit_with(problems)
    diffs = {path: difference(path, before, after) for path, (before, after) in changes.items()}
    for path, (_, after) in changes.items() if write else ():
        write_below(project.root, path, after)
    if form == "json":
        listed = [{"path": path, "diff": text} for path, text in diffs.items()]
        sys.stdout.write(json_lines({"changes": listed, "written": write}))
    else:
        sys.stdout.write("".join(f"{visible(line)}\n" for text in diffs.values() for line in text.splitlines()))
    done = "init same" if not diffs else "init updated" if write else "init to update"
    click.echo(message(context, done, count=len(diffs)), err=True)
    sys.exit(EXIT_PROBLEMS if diffs and not write else 0)
