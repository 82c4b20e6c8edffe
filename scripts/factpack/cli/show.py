"""factpack show: a record as a person reads it."""

from __future__ import annotations

import click

from factpack.citation import NotCitable
from factpack.cli.command import Command, language_of, no_such_id, package_of, project_of
from factpack.encode import json_bytes
from factpack.showing import shown


@click.command("show", cls=Command)
@click.argument("own", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def command(context: click.Context, own: str, form: str) -> None:
    package = package_of(project_of(context))
    try:
        text = shown(package, own, language_of(context))
    except NotCitable as error:
        raise no_such_id(package, own) from error
    if form == "json":
        text = json_bytes(package.records.get(own.partition(".")[0])).decode() + "\n"
    click.echo(text, nl=False)
