"""factpack diff: what changed since an earlier edition, record by record."""

from __future__ import annotations

import sys

import click

from factpack import changelog
from factpack.changes import compare, snapshot_of
from factpack.cli.command import Command, against_of, language_of, leave, project_of, show
from factpack.output import recover
from factpack.pipeline import check_project, snapshot
from factpack.workspace import open_workspace


@click.command("diff", cls=Command)
@click.argument("rev", required=False)
@click.argument("to", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text")
@click.pass_context
def command(context: click.Context, rev: str | None, to: str | None, form: str) -> None:
    project = project_of(context)
    recover(project.root) if (project.root / ".factpack").is_dir() else None
    space = open_workspace(project)
    if space.schemas.problems:
        outcome = check_project(space)
        show(context, outcome.problems, outcome)
        leave(outcome.problems)
    folders = [kind.folder for kind in space.schemas.prefixes.values()]
    labels = {kind.folder: kind.label for kind in space.schemas.kinds.values()}
    now = snapshot_of(against_of(project, to), folders) if to else snapshot(space)
    found = compare(snapshot_of(against_of(project, rev), folders), now, labels)
    language = language_of(context)
    if form == "json":
        sys.stdout.write(changelog.as_json(found))
    elif form == "markdown":
        sys.stdout.write(changelog.markdown(found, language))
    else:
        sys.stdout.write(changelog.text(found, language))
        sys.stderr.write(changelog.closing(found, language))
    if now.unread:
        sys.stderr.write(changelog.unread(now.unread, language))
