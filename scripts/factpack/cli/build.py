"""factpack build: the sources to `build/` and `datapackage.json`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from factpack.cli.command import EXIT_PROBLEMS, Command, against_of, leave, project_of, show, workers_option
from factpack.output import staged
from factpack.pipeline import build_project
from factpack.workspace import open_workspace


@click.command("build", cls=Command)
@click.option("--check", "compare", is_flag=True)
@click.option("--out", metavar="DIR", type=click.Path(file_okay=False))
@click.option("--allow-shrink", is_flag=True)
@click.option("--against", metavar="REV")
@workers_option
@click.pass_context
def command(
    context: click.Context, compare: bool, out: str | None, allow_shrink: bool, against: str | None, workers: int
) -> None:
    project = project_of(context)
    with staged(Path(out) if out else project.root) as stage:
        outcome = build_project(
            open_workspace(project), stage, workers, against_of(project, against), may_shrink=allow_shrink or compare
        )
        show(context, outcome.problems, outcome)
        leave(outcome.problems)
        if compare:
            differences = stage.differences()
            for path, how in differences:
                click.echo(f"{path}: {how}")
            sys.exit(EXIT_PROBLEMS if differences else 0)
        stage.commit()
