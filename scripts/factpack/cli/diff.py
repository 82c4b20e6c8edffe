"""factpack diff: what changed since an earlier edition, record by record."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from factpack.cli.help import Command
from factpack.cli.paths import GivenPath
from factpack.cli.steps import earlier_version, project_of, tell_broken_off, tell_compared, workspace_of
from factpack.cli.words import EXIT_PROBLEMS, language_of
from factpack.disk.files import append_to
from factpack.history.changes import compare, snapshot_of
from factpack.history.comparison import damage_problems, unknown_problem
from factpack.report import as_text, changes
from factpack.report.limit import SHARE
from factpack.report.values import values_of
from factpack.run.snapshot import snapshot


@click.command("diff", cls=Command)
@click.argument("rev", required=False)
@click.argument("to", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text")
@click.option("--summary", metavar="FILE", type=GivenPath(dir_okay=False))
@click.pass_context
def command(context: click.Context, rev: str | None, to: str | None, form: str, summary: str | None) -> None:
    project = project_of(context)
    tell_broken_off(context, project.root)
    space = workspace_of(context, project)
    folders = [kind.folder for kind in space.schemas.prefixes.values()]
    labels = {kind.folder: kind.label for kind in space.schemas.kinds.values()}
    then, after = earlier_version(space, rev), earlier_version(space, to) if to is not None else None
    before, now = snapshot_of(then, folders), snapshot_of(after, folders) if after else snapshot(space)
    found = compare(before, now, labels)
    problems = [*unknown_problem(then.unknown), *damage_problems(then, before.damage)]
    problems += damage_problems(after, now.damage) if after else ()
    language, values = language_of(context), values_of(space.schemas, space.package, now, before)
    if form == "json":
        compared = {"from": then.name, "to": after.name if after else None}
        sys.stdout.write(changes.as_json(found, compared, problems, language))
    elif form == "markdown":
        sys.stdout.write(changes.markdown(found, values, language, problems=problems))
    else:
        sys.stdout.write(changes.text(found, values, language))
        tell_compared(context, then, after)
    sys.stderr.write(as_text.text(problems, language))
    if form == "text":
        sys.stderr.write(changes.closing(found, language))
    if summary is not None:
        append_to(Path(summary), changes.markdown(found, values, language, SHARE, problems))
    if found.partial:
        sys.exit(EXIT_PROBLEMS)
