"""factpack build: the sources to `build/` and `datapackage.json`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from factpack.cli.help import Command
from factpack.cli.paths import GivenPath
from factpack.cli.steps import (
    earlier_version,
    executor_of,
    executor_options,
    exit_with,
    open_with_cache,
    print_problems,
    project_of,
    tell_broken_off,
)
from factpack.cli.words import EXIT_PROBLEMS
from factpack.disk.destination import for_package
from factpack.disk.stage import staged
from factpack.run.pipeline import build_project


@click.command("build", cls=Command)
@click.option("--check", "compare", is_flag=True)
@click.option("--out", metavar="DIR", type=GivenPath(file_okay=False))
@click.option("--allow-shrink", is_flag=True)
@click.option("--against", metavar="REV")
@executor_options
@click.pass_context
def command(
    context: click.Context,
    /,
    compare: bool,
    out: str | None,
    allow_shrink: bool,
    against: str | None,
    no_cache: bool,
    **work: Any,
) -> None:
    project, working = project_of(context), executor_of(context, **work)
    folder = for_package(project.root, Path(out), replaces=not compare) if out is not None else project.root
    if compare:
        tell_broken_off(context, folder)
    with staged(folder, finishing=not compare) as stage:
        space = open_with_cache(project, no_cache)
        then = earlier_version(space, against)
        with working as executor:
            outcome = build_project(space, stage, executor, then, may_shrink=allow_shrink or compare)
        print_problems(context, outcome.problems, outcome)
        exit_with(outcome.problems)
        if compare:
            differences = stage.differences()
            for path, how in differences:
                click.echo(f"{path}: {how}")
            sys.exit(EXIT_PROBLEMS if differences else 0)
        stage.commit()
