"""factpack add: one more observation, milestone or piece of evidence of a known record."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from factpack.cli.given import pair
from factpack.cli.help import Command
from factpack.cli.mistakes import Misuse
from factpack.cli.paths import GivenPath
from factpack.cli.progress import with_progress
from factpack.cli.published import given_text, require_same, text_named
from factpack.cli.steps import exit_with, project_of, typed, workspace_of
from factpack.cli.words import language_of, message
from factpack.disk.below import write_below
from factpack.disk.files import has_file
from factpack.draft.addition import Cited, NotClear
from factpack.edit.blank import UnknownPath
from factpack.problems import Problem, echo, errors
from factpack.report.added import added_json, added_text
from factpack.run.add import Addition, NoSuchPart, Quoted, added
from factpack.run.draft import NoTime
from factpack.run.workspace import Workspace, open_workspace
from factpack.schema.model import Kind
from factpack.source.documents import Document
from factpack.text.original import original
from factpack.text.text_record import encode, make
from factpack.text.token import normal_form


@click.command("add", cls=Command)
@click.argument("item", metavar="ID")
@click.option("--document", metavar="ID", required=True)
@click.option("--paragraph", metavar="N", type=click.IntRange(1), required=True)
@click.option("--quote", metavar="TEXT", required=True)
@click.option("--set", "values", metavar="FIELD=VALUE", multiple=True)
@click.option("--text", "file", metavar="FILE", type=GivenPath(exists=True, dir_okay=False))
@click.option("--evidence", is_flag=True)
@click.option("--dry-run", is_flag=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def command(
    context: click.Context,
    /,
    item: str,
    document: str,
    paragraph: int,
    quote: str,
    values: tuple[str, ...],
    file: str | None,
    evidence: bool,
    dry_run: bool,
    form: str,
) -> None:
    language = language_of(context)
    space = workspace_of(context, project_of(context))
    kind, record = _record(space, item)
    source = text_named(document, file)
    source = source if file is not None or (source and has_file(source)) else None
    quoted = _quoted(context, space, (document, paragraph, typed(quote)), source)
    given = [pair(typed(each)) for each in values]
    with with_progress(sys.stderr, message(context, "progress"), 1, "") as executor:
        executor.begin(sum(map(len, space.ids.values())))
        try:
            found = added(space, kind, record, item, quoted, given, to_record=evidence, advance=executor.advance)
        except NotClear as error:
            raise Misuse(f"{'several' if error.found else 'no'} {error.which}", found=list(error.found)) from error
        except NoTime as error:
            raise Misuse("no time", document=document, fields=list(error.fields)) from error
        except UnknownPath as error:
            raise Misuse("no path", reason=error.message(language)) from error
        except NoSuchPart as error:
            raise Misuse("no such part", id=item) from error
    problems = [each.as_warning() if _is_to_be_verified(each, source) else each for each in found.problems]
    writes = not errors(problems) and not dry_run
    if writes:
        write_below(space.project.root, record.path, found.raw)
        if source is not None:
            _verify(space, document, source)
    told = added_json if form == "json" else added_text
    sys.stdout.write(told(record, found, problems, language, written=writes))
    _tell(context, found, problems, written=writes)
    exit_with(problems)


def _record(space: Workspace, item: str) -> tuple[Kind, Document]:
    """Return the record with an id, or with a part that has it; raises Misuse where it is not there or is wrong."""
    record_id = item.partition(".")[0]
    kind = space.schemas.kind_of(record_id)
    if kind is None or not space.library.exists(record_id):
        raise Misuse("no record", id=echo(item))
    document, problems = space.load(kind, record_id)
    if problems:
        raise Misuse("wrong record", path=document.path)
    return kind, document


def _quoted(context: click.Context, space: Workspace, given: tuple[str, int, str], source: Path | None) -> Quoted:
    """Return a quote with where it stands in the text, or alone where the text is not at hand; raises Misuse."""
    document, number, words = given
    if space.library.record(document) is None:
        raise Misuse("no document", document=document)
    known, quote = space.library.text(document), normal_form(words)
    if known is None:
        raise Misuse("no fingerprints yet", document=document)
    if not quote:
        raise Misuse("empty quote")
    if number > len(known.paragraphs):
        raise Misuse("no paragraph", document=document, paragraph=number, last=len(known.paragraphs))
    if source is None:
        alone = make(document, [quote], frozenset()).paragraphs[0]
        return Quoted(Cited(document, number, quote, alone, 0, len(quote)), words, known)
    text = given_text(space, document, source)
    require_same(context, text)
    stands = [at for at, each in enumerate(text.texts, 1) if quote in each]
    if number not in stands:
        raise Misuse("quote elsewhere" if stands else "quote nowhere", paragraph=number, found=list(map(str, stands)))
    paragraph = text.texts[number - 1]
    if paragraph.count(quote) > 1:
        raise Misuse("quote twice", paragraph=number)
    start = paragraph.index(quote)
    written = original(text.written.get(paragraph, paragraph), start, start + len(quote))
    cited = Cited(document, number, paragraph, text.text.paragraphs[number - 1], start, start + len(quote))
    return Quoted(cited, written, text.text, text.texts)


def _is_to_be_verified(problem: Problem, source: Path | None) -> bool:
    """Say whether a problem is that the new quote is not verified, where no text was given to verify it with."""
    return source is None and problem.code == "unverified-quote"


def _verify(space: Workspace, document: str, source: Path) -> None:
    """Save the fingerprints of a text with the quotes that records have now."""
    again = open_workspace(space.project)
    text = given_text(again, document, source)
    write_below(space.project.root, f"sources/texts/{document}.json", encode(text.text))


def _tell(context: click.Context, found: Addition, problems: Sequence[Problem], *, written: bool) -> None:
    """Say on stderr what was done."""
    key = "added" if written else "not added" if errors(problems) else "would add"
    click.echo(message(context, key, id=found.item_id), err=True)
    if written and any(each.code == "unverified-quote" for each in problems):
        click.echo(message(context, "verify later"), err=True)
