"""factpack next: the drafts of a new text, and the promises of earlier documents that it is to be asked for."""

from __future__ import annotations

import sys

import click

from factpack.cli.drafting import drafts_of, tell_drafts
from factpack.cli.help import Command
from factpack.cli.paths import GivenPath
from factpack.cli.published import given_text, tell_notes, text_given
from factpack.cli.steps import exit_with, project_of, workspace_of
from factpack.cli.words import EXIT_PROBLEMS, language_of, message
from factpack.report.as_json import json_lines
from factpack.report.drafts import drafts_data, drafts_text
from factpack.report.promises import Asked, promises_json, promises_markdown, promises_text
from factpack.run.draft import calendar_of
from factpack.run.promises import open_promises
from factpack.run.prove import Source
from factpack.run.verify import furniture_of


@click.command("next", cls=Command)
@click.argument("document")
@click.argument("file", type=GivenPath(exists=True, dir_okay=False), required=False)
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text")
@click.pass_context
def command(context: click.Context, document: str, file: str | None, form: str) -> None:
    language, space = language_of(context), workspace_of(context, project_of(context))
    given = given_text(space, document, text_given(document, file))
    told = drafts_of(context, space, given, form)
    source = Source(given.text, given.texts, given.written, furniture_of(space, document))
    promises, calendar = open_promises(space, source), calendar_of(space, document)
    asked = Asked(promises.open, given.texts, given.written, lambda number: calendar.time(number).planned)
    if form == "json":
        sys.stdout.write(json_lines(drafts_data(told, language) | {"promises": promises_json(asked)}))
    elif form == "markdown":
        sys.stdout.write(promises_markdown(asked, language))
    else:
        sys.stdout.write(drafts_text(told, language) + "\n" + promises_text(asked, language))
    tell_notes(context, given)
    tell_drafts(context, told)
    if promises.unread:
        click.echo(message(context, "not asked", records=len(promises.unread)), err=True)
        sys.exit(EXIT_PROBLEMS)
    exit_with(told.problems)
