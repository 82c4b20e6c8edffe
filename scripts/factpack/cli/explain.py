"""factpack explain: why a problem code exists and what to do."""

from __future__ import annotations

import difflib

import click

from factpack.cli.help import Command
from factpack.cli.mistakes import Misuse
from factpack.cli.words import language_of
from factpack.problems import codes
from factpack.report import as_text


@click.command("explain", cls=Command)
@click.argument("code", required=False)
@click.pass_context
def command(context: click.Context, code: str | None) -> None:
    if code is None:
        for name in sorted(codes()):
            click.echo(name)
    elif code in codes():
        click.echo(as_text.explanation(code, language_of(context)), nl=False)
    elif near := difflib.get_close_matches(code, codes(), 3):
        raise Misuse("unlike code", code=code, near=near)
    else:
        raise Misuse("no code", code=code)
