"""factpack coverage: how the numbers of each text are accounted for."""

from __future__ import annotations

import sys

import click

from factpack.check.coverage import reason_labels
from factpack.cli.help import Command
from factpack.cli.steps import exit_with, print_problems, project_of
from factpack.cli.words import EXIT_PROBLEMS, language_of
from factpack.report import coverage
from factpack.run.pipeline import check_project
from factpack.run.workspace import open_workspace


@click.command("coverage", cls=Command)
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text")
@click.pass_context
def command(context: click.Context, form: str) -> None:
    space = open_workspace(project_of(context))
    outcome = check_project(space, numbers=True)
    if space.schemas.problems:
        print_problems(context, outcome.problems, outcome)
        exit_with(outcome.problems)
    texts = {name: space.library.text(name) for name in space.ids.get(space.schemas.documents.name, ())}
    if form == "json":
        sys.stdout.write(coverage.coverage_json(outcome.numbers, texts))
    elif form == "markdown":
        sys.stdout.write(coverage.coverage_markdown(outcome.numbers, language_of(context)))
    else:
        language = language_of(context)
        reasons = reason_labels(space.schemas.documents, language)
        sys.stdout.write(coverage.coverage_text(outcome.numbers, texts, reasons, language))
    sys.exit(EXIT_PROBLEMS if outcome.totals.get("unclaimed") else 0)
