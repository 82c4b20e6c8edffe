"""factpack verify: all quotes against a published text."""

from __future__ import annotations

import sys

import click

from factpack.check.coverage import unknown_units
from factpack.cli.help import Command
from factpack.cli.mistakes import Misuse
from factpack.cli.paths import GivenPath
from factpack.cli.published import read_published, text_given
from factpack.cli.steps import project_of
from factpack.cli.words import EXIT_PROBLEMS, language_of, message
from factpack.disk.below import write_below
from factpack.disk.project import TEXT_RECORD_LIMIT, Project
from factpack.problems import echo
from factpack.report import as_text
from factpack.report.coverage import unknown_unit
from factpack.run.pipeline import check_project
from factpack.run.prove import Proofs, Source, prove_transcribed
from factpack.run.verify import Damage, compared, damage, doubts, fingerprints, furniture_of
from factpack.run.workspace import open_workspace
from factpack.text.text_record import Text, encode, label


@click.command("verify", cls=Command)
@click.argument("document")
@click.argument("file", type=GivenPath(exists=True, dir_okay=False), required=False)
@click.option("--accept", is_flag=True)
@click.option("--check", "compare", is_flag=True)
@click.option("--prove", is_flag=True)
@click.pass_context
def command(context: click.Context, document: str, file: str | None, accept: bool, compare: bool, prove: bool) -> None:
    if compare and prove:
        raise Misuse("check or prove")
    project = project_of(context)
    space = open_workspace(project)
    if space.library.record(document) is None:
        raise Misuse("no document", document=document)
    source = text_given(document, file)
    published, written = read_published(source)
    found, differences = compared(space, document, published)
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
    left = 0
    if prove:
        proofs = prove_transcribed(
            space, Source(text, [each or "" for each in found], written, furniture_of(space, document))
        )
        for path, raw in proofs.files.items():
            write_below(project.root, path, raw)
        text = fingerprints(open_workspace(project), document, found)
        data, left = encode(text), _tell_proofs(context, proofs)
    write_below(project.root, f"sources/texts/{document}.json", data)
    sys.exit(max(_check_quotes(context, project, text), EXIT_PROBLEMS if left else 0))


def _tell_proofs(context: click.Context, proofs: Proofs) -> int:
    """Print what was proven of what was transcribed, and what is left; return how many facts are left."""
    for item, passage in proofs.proven:
        click.echo(message(context, "proven", item=item, paragraph=passage.paragraph, quote=echo(passage.quote)))
    for item, listed in proofs.left:
        click.echo(message(context, "may be" if listed else "not found", item=item))
        for each in listed:
            shown = {"paragraph": each.paragraph, "quote": echo(each.quote)}
            click.echo("  " + message(context, f"passage {each.doubt}".rstrip(), **shown))
    proven, several = (len(dict(each)) for each in (proofs.proven, [each for each in proofs.left if each[1]]))
    counts = {"proven": proven, "several": several, "missing": len(proofs.left) - several}
    click.echo(message(context, "proved", **counts), err=True)
    return len(proofs.left)


def _told(context: click.Context, document: str, place: Damage) -> str:
    """Return the line about a place where a number may be damaged."""
    shown = {"paragraph": place.paragraph, "character": place.start + 1}
    words = {"found": echo(place.found), "around": echo(place.around)}
    return message(context, f"damage {place.reason}", document=document, **shown, **words)


def _check_quotes(context: click.Context, project: Project, text: Text) -> int:
    """Check all quotes of the text that is saved now, and print what was found; return the exit status."""
    outcome = check_project(open_workspace(project))
    found = [problem for problem in outcome.problems if problem.code in ("unverified-quote", "quote-not-unique")]
    wrong = [problem for problem in found if problem.values["document"] == text.document]
    sys.stdout.write(as_text.text(wrong, language_of(context)))
    counts = {
        "paragraphs": len(text.paragraphs),
        "tokens": sum(len(each.tokens) for each in text.paragraphs),
        "quotes": sum(len(each.quotes) for each in text.paragraphs),
    }
    click.echo(message(context, "verified", **counts, wrong=len(wrong)), err=True)
    return EXIT_PROBLEMS if wrong else 0
