"""factpack verify: all quotes against a published text."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from factpack.check.coverage import unknown_units
from factpack.cli.help import Command
from factpack.cli.mistakes import Misuse
from factpack.cli.paths import GivenPath
from factpack.cli.steps import project_of
from factpack.cli.words import EXIT_PROBLEMS, language_of, message
from factpack.disk.below import write_below
from factpack.disk.files import NotRegular, read_file
from factpack.disk.project import TEXT_RECORD_LIMIT, Project
from factpack.problems import echo
from factpack.report import as_text
from factpack.report.coverage import unknown_unit
from factpack.run.pipeline import check_project
from factpack.run.verify import Damage, compared, damage, doubts, fingerprints
from factpack.run.workspace import open_workspace
from factpack.text.page import PAGE_LIMIT, paragraphs
from factpack.text.saved import UnreadableText
from factpack.text.text_record import Text, encode, label


@click.command("verify", cls=Command)
@click.argument("document")
@click.argument("file", type=GivenPath(exists=True, dir_okay=False), required=False)
@click.option("--accept", is_flag=True)
@click.option("--check", "compare", is_flag=True)
@click.pass_context
def command(context: click.Context, document: str, file: str | None, accept: bool, compare: bool) -> None:
    project = project_of(context)
    space = open_workspace(project)
    if space.library.record(document) is None:
        raise Misuse("no document", document=document)
    source = Path(file) if file is not None else _text_file(document)
    found, differences = compared(space, document, _paragraphs(source))
    for each in differences:
        begins = f": {each.found}…" if each.found else ""
        click.echo(message(context, f"text {each.kind}", document=document, paragraph=each.paragraph) + begins)
    damaged = damage(space, document, found)
    for place in damaged:
        click.echo(_told(context, document, place))
    doubtful = [] if space.library.text(document) and not differences else doubts(found)
    for doubt in doubtful:
        click.echo(message(context, f"text {doubt}", document=document))
    reasons = {"differs": differences, "doubtful": doubtful, "damaged": any(not place.kept for place in damaged)}
    if not accept and (why := next((name for name, reason in reasons.items() if reason), None)):
        click.echo(message(context, f"text {why}"), err=True)
        sys.exit(EXIT_PROBLEMS)
    text = fingerprints(space, document, found)
    for paragraph, token in unknown_units(text):
        click.echo(unknown_unit(document, paragraph, token, language_of(context)))
    data = encode(text)
    if len(data) > TEXT_RECORD_LIMIT:
        raise Misuse("text record large", file=source, limit=TEXT_RECORD_LIMIT >> 20)
    if compare:
        same = project.read_text_record(document) == data
        click.echo(message(context, "record same" if same else "record differs", file=f"{document}.json"), err=True)
        if same:
            click.echo(message(context, "label", label=label(document, data)), err=True)
        sys.exit(0 if same else EXIT_PROBLEMS)
    write_below(project.root, f"sources/texts/{document}.json", data)
    sys.exit(_check_quotes(context, project, text))


def _told(context: click.Context, document: str, place: Damage) -> str:
    """Return the line about a place where a number may be damaged."""
    shown = {"paragraph": place.paragraph, "character": place.start + 1}
    words = {"found": echo(place.found), "around": echo(place.around)}
    return message(context, f"damage {place.reason}", document=document, **shown, **words)


def _check_quotes(context: click.Context, project: Project, text: Text) -> int:
    """Check all quotes against the text that is saved now, and print what was found; return the exit status."""
    outcome = check_project(open_workspace(project))
    wrong = [problem for problem in outcome.problems if problem.code in ("unverified-quote", "quote-not-unique")]
    sys.stdout.write(as_text.text(wrong, language_of(context)))
    counts = {
        "paragraphs": len(text.paragraphs),
        "tokens": sum(len(each.tokens) for each in text.paragraphs),
        "quotes": sum(len(each.quotes) for each in text.paragraphs),
    }
    click.echo(message(context, "verified", **counts, wrong=len(wrong)), err=True)
    return EXIT_PROBLEMS if wrong else 0


def _paragraphs(source: Path) -> list[str]:
    """Return the paragraphs of a text or saved page; raises Misuse."""
    try:
        raw = read_file(source, PAGE_LIMIT + 1)
    except NotRegular as error:
        raise Misuse("text not regular", path=source) from error
    except OSError as error:
        raise Misuse("no text", path=source, reason=error.strerror) from error
    if len(raw) > PAGE_LIMIT:
        raise Misuse("text large", path=source, limit=PAGE_LIMIT >> 20)
    try:
        return paragraphs(raw)
    except UnreadableText as error:
        raise Misuse(error.which, path=source, **error.values) from error


def _text_file(document: str) -> Path:
    """Return the text of a document in the folder that FACTPACK_TEXTS names; raises Misuse."""
    folder = os.environ.get("FACTPACK_TEXTS")
    if not folder:
        raise Misuse("no text named")
    return Path(folder) / f"{document}.txt"
