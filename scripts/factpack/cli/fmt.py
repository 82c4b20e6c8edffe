"""factpack fmt: the one layout of the files in `sources/`."""

from __future__ import annotations

import sys

import click

from factpack.cli.help import Command
from factpack.cli.paths import GivenPath
from factpack.cli.steps import files_under, project_of, workspace_of
from factpack.cli.words import EXIT_PROBLEMS, language_of, message
from factpack.disk.below import write_below
from factpack.edit.layout import lay_out
from factpack.problems import Problem
from factpack.report import as_text
from factpack.run.reader import read_raw


@click.command("fmt", cls=Command)
@click.argument("paths", nargs=-1, metavar="[PATH]…", type=GivenPath(exists=True))
@click.option("--check", "compare", is_flag=True)
@click.pass_context
def command(context: click.Context, paths: tuple[str, ...], compare: bool) -> None:
    project = project_of(context)
    space = workspace_of(context, project)
    problems: list[Problem] = []
    changed: dict[str, bytes] = {}
    for path, name in files_under(project, space, paths or (str(project.root),)).items():
        raw, unreadable = read_raw(project, path)
        laid = lay_out(path, raw, name, space.schemas) if not unreadable else None
        problems += laid.problems if laid else unreadable
        if laid and laid.raw != raw:
            changed[path] = laid.raw
    for path, raw in changed.items() if not compare else ():  # all of them, however many a reader wants to see
        write_below(project.root, path, raw)
    sys.stdout.write("".join(f"{path}\n" for path in changed))
    sys.stdout.write(as_text.text(sorted(problems), language_of(context)))
    done = "all laid out" if not changed else "to lay out" if compare else "laid out"
    click.echo(message(context, done, changed=len(changed), problems=len(problems)), err=True)
    sys.exit(EXIT_PROBLEMS if problems or (compare and changed) else 0)
