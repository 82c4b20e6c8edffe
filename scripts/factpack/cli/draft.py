"""factpack draft: what a text says of each number that nobody has claimed, as drafts of records."""

from __future__ import annotations

import sys

import click

from factpack.cli.drafting import drafts_of, tell_drafts
from factpack.cli.help import Command
from factpack.cli.paths import GivenPath
from factpack.cli.published import given_text, tell_notes, text_given
from factpack.cli.steps import exit_with, project_of, workspace_of
from factpack.cli.words import language_of
from factpack.report.drafts import drafts_json, drafts_text


@click.command("draft", cls=Command)
@click.argument("document")
@click.argument("file", type=GivenPath(exists=True, dir_okay=False), required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def command(context: click.Context, document: str, file: str | None, form: str) -> None:
    language, space = language_of(context), workspace_of(context, project_of(context))
    given = given_text(space, document, text_given(document, file))
    told = drafts_of(context, space, given, form)
    sys.stdout.write(drafts_json(told, language) if form == "json" else drafts_text(told, language))
    tell_notes(context, given)
    tell_drafts(context, told)
    exit_with(told.problems)
