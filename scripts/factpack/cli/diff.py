"""factpack diff: what changed since an earlier edition, record by record."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from factpack.cli.help import Command
from factpack.cli.paths import GivenPath
from factpack.cli.steps import earlier_version, project_of, tell_broken_off, workspace_of
from factpack.cli.words import language_of
from factpack.disk.files import append_to
from factpack.history.changes import compare, snapshot_of
from factpack.report import changes
from factpack.report.limit import SHARE
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
    now = snapshot_of(earlier_version(project, to), folders) if to else snapshot(space)
    found = compare(snapshot_of(earlier_version(project, rev), folders), now, labels)
    language = language_of(context)
    if form == "json":
        sys.stdout.write(changes.as_json(found))
    elif form == "markdown":
        sys.stdout.write(changes.markdown(found, language))
    else:
        sys.stdout.write(changes.text(found, language))
        sys.stderr.write(changes.closing(found, language))
    if summary is not None:
        append_to(Path(summary), changes.markdown(found, language, SHARE))
    if now.unread:
        sys.stderr.write(changes.unread(now.unread, language))
