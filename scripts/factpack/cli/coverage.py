"""factpack coverage: how the numbers of each text are accounted for."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from factpack.check.coverage import reason_labels
from factpack.cli.help import Command
from factpack.cli.paths import GivenPath
from factpack.cli.steps import exit_with, print_problems, project_of
from factpack.cli.words import EXIT_PROBLEMS, language_of, message
from factpack.disk.files import append_to
from factpack.record.verification import TRANSCRIBED, VERIFIED
from factpack.report import coverage
from factpack.report.limit import SHARE
from factpack.run.pipeline import check_project
from factpack.run.workspace import open_workspace

ANSWERED = ("uncovered-number", "unused-waiver", "unverified-quote")
"""Problems that leave no number out: it is shown as open, its waiver is idle, or a maintainer has yet to verify it."""


@click.command("coverage", cls=Command)
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text")
@click.option("--summary", metavar="FILE", type=GivenPath(dir_okay=False))
@click.pass_context
def command(context: click.Context, form: str, summary: str | None) -> None:
    language = language_of(context)
    space = open_workspace(project_of(context))
    outcome = check_project(space, numbers=True)
    if space.schemas.problems or space.brings_results:
        print_problems(context, outcome.problems, outcome)
        exit_with(outcome.problems)
    unread = [each for each in outcome.problems if each.severity == "error" and each.code not in ANSWERED]
    texts = {name: space.library.text(name) for name in space.ids.get(space.schemas.documents.name, ())}
    facts = {each: outcome.counts[f"facts {each}"] for each in (VERIFIED, TRANSCRIBED)}
    if form == "json":
        sys.stdout.write(coverage.coverage_json(outcome.numbers, texts, facts))
    elif form == "markdown":
        sys.stdout.write(coverage.coverage_markdown(outcome.numbers, texts, facts, language))
    else:
        reasons = reason_labels(space.schemas.documents, language)
        sys.stdout.write(coverage.coverage_text(outcome.numbers, texts, facts, reasons, language))
    if summary is not None:
        append_to(Path(summary), coverage.coverage_markdown(outcome.numbers, texts, facts, language, SHARE))
    if unread:
        click.echo(message(context, "not counted", errors=len(unread)), err=True)
    sys.exit(EXIT_PROBLEMS if unread or outcome.totals.get("unclaimed") else 0)
