"""factpack show: a record as a person reads it."""

from __future__ import annotations

import click

from factpack.cli.help import Command
from factpack.cli.steps import no_such_id, package_of, project_of, tell_position
from factpack.cli.words import language_of
from factpack.package.citation import NotCitable
from factpack.report.as_json import printable
from factpack.report.record import record_data, record_text
from factpack.table.encode import json_bytes


@click.command("show", cls=Command)
@click.argument("record_id", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def command(context: click.Context, record_id: str, form: str) -> None:
    package = package_of(context, project_of(context))
    try:
        text = record_text(package, record_id, language_of(context))
    except NotCitable as error:
        raise no_such_id(package, record_id) from error
    if form == "json":
        tell_position(context, package, record_id)
        lines = json_bytes(record_data(package, record_id)).decode().split("\n")
        text = "".join(f"{printable(line)}\n" for line in lines)
    click.echo(text, nl=False)
