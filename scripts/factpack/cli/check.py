"""factpack check: the sources against YAML, schemas, rules and proof."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from factpack import report
from factpack.cli.command import Command, against_of, chosen, language_of, leave, project_of, show, workers_option
from factpack.output import recover
from factpack.pipeline import check_project, open_workspace
from factpack.problems import Problem


@click.command("check", cls=Command)
@click.argument("paths", nargs=-1, metavar="[PATH]…", type=click.Path(exists=True))
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text")
@click.option("--strict", is_flag=True)
@click.option("--pull-request", is_flag=True)
@click.option("--against", metavar="REV")
@workers_option
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    form: str,
    strict: bool,
    pull_request: bool,
    against: str | None,
    workers: int,
) -> None:
    project = project_of(context)
    recover(project.root) if (project.root / ".factpack").is_dir() else None
    space = open_workspace(project)
    only = frozenset(chosen(project, space, paths)) if paths else None
    outcome = check_project(space, only, workers, against_of(project, against))
    problems = [_lenient(each) for each in outcome.problems] if pull_request else outcome.problems
    language = language_of(context)
    if form == "json":
        sys.stdout.write(report.as_json(problems, outcome.counts, language))
    elif form == "github":
        sys.stdout.write(report.github(problems, language))
        sys.stderr.write(report.closing(problems, outcome.counts, language, outcome.titles))
    else:
        show(context, problems, outcome)
    leave(problems, strict)


def _lenient(problem: Problem) -> Problem:
    """Return a problem as a pull request is judged: its quotes are verified by a maintainer before it is merged."""
    return replace(problem, severity="warning") if problem.code == "unverified-quote" else problem
