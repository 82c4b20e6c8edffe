"""factpack cite: a reference to the package, a record, or one part of it."""

from __future__ import annotations

import datetime

import click

from factpack.cli.help import Command
from factpack.cli.mistakes import Misuse
from factpack.cli.steps import no_such_id, package_of, project_of, tell_position
from factpack.cli.words import language_of
from factpack.package.citation import NotCitable, citation_of
from factpack.package.styles import STYLES
from factpack.problems import visible
from factpack.report.as_json import printable


@click.command("cite", cls=Command)
@click.argument("record_id", required=False, metavar="[ID]", default="")
@click.option("--style", type=click.Choice(list(STYLES)), default="gbt7714")
@click.option("--accessed", metavar="DATE")
@click.pass_context
def command(context: click.Context, record_id: str, style: str, accessed: str | None) -> None:
    package = package_of(context, project_of(context))
    permanent = tell_position(context, package, record_id)
    try:
        citation = citation_of(package, permanent, language_of(context), _date(accessed))
    except NotCitable as error:
        raise no_such_id(package, record_id) from error
    escaped = printable if style == "csl-json" else visible
    for line in STYLES[style](citation).split("\n"):
        click.echo(escaped(line))


def _date(text: str | None) -> datetime.date | None:
    """Return a date that was given, or that of the clock where `today` was; raises Misuse."""
    if text is None:
        return None
    if text == "today":
        return datetime.date.today()
    try:
        found = datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Misuse("no date", found=text) from error
    if found.isoformat() != text:  # a week or a date without hyphens: not what a citation shows
        raise Misuse("no date", found=text)
    return found
