"""factpack outcomes: what became of targets and milestones."""

from __future__ import annotations

import re

import click

from factpack.cli.help import Command
from factpack.cli.mistakes import Misuse
from factpack.cli.steps import package_of, project_of
from factpack.cli.words import language_of
from factpack.package.outcomes import promised
from factpack.report import outcomes

PERIOD = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}(?:/[0-9]{4}(?:-[0-9]{2}){0,2})?")
"""The form of a period, as records write it."""


@click.command("outcomes", cls=Command)
@click.argument("period", required=False, metavar="[PERIOD]", default="")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown", "csv"]), default="text")
@click.pass_context
def command(context: click.Context, period: str, form: str) -> None:
    package, language = package_of(context, project_of(context)), language_of(context)
    if period and not PERIOD.fullmatch(period):
        raise Misuse("no period", found=period)
    try:
        found = promised(package, period)
    except ValueError as error:
        raise Misuse("no period", found=period) from error
    if form == "json":
        told = outcomes.as_json(found, period)
    elif form == "csv":
        told = outcomes.as_csv(found)
    else:
        told = (outcomes.markdown if form == "markdown" else outcomes.text)(found, period, language)
    click.echo(told, nl=False)
