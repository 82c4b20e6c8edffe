"""The published text that a command is given: a file, or the one of its document in a folder of texts."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from factpack.cli.mistakes import Misuse
from factpack.cli.words import EXIT_PROBLEMS, message
from factpack.disk.files import NotRegular, read_file
from factpack.run.verify import compared, doubts, fingerprints
from factpack.run.workspace import Workspace
from factpack.text.locate import Difference
from factpack.text.page import PAGE_LIMIT, as_written, paragraphs
from factpack.text.saved import UnreadableText
from factpack.text.text_record import Text
from factpack.text.token import normal_form


def text_given(document: str, file: str | None) -> Path:
    """Return the file that was given, else the text of a document in the folder of texts; raises Misuse."""
    if file is not None:
        return Path(file)
    named = text_named(document, None)
    if named is None:
        raise Misuse("no text named")
    return named


def text_named(document: str, file: str | None) -> Path | None:
    """Return the file that was given, else the text of a document in the folder of texts if one is named."""
    folder = os.environ.get("FACTPACK_TEXTS")
    return Path(file) if file is not None else Path(folder) / f"{document}.txt" if folder else None


def read_published(source: Path) -> tuple[list[str], dict[str, str]]:
    """Return the paragraphs of a text or saved page, and by these how they are written; raises Misuse."""
    try:
        raw = read_file(source, PAGE_LIMIT + 1)
    except NotRegular as error:
        raise Misuse("text not regular", path=source) from error
    except OSError as error:
        raise Misuse("no text", path=source, reason=error.strerror) from error
    if len(raw) > PAGE_LIMIT:
        raise Misuse("text large", path=source, limit=PAGE_LIMIT >> 20)
    try:
        return paragraphs(raw), {normal_form(each): each for each in as_written(raw)}
    except UnreadableText as error:
        raise Misuse(error.which, path=source, **error.values) from error


class Given(NamedTuple):
    """A published text that was given for a document: its fingerprints, and its paragraphs as they are written."""

    text: Text
    texts: Sequence[str]
    """In normal form; empty for one of the page that has changed."""
    written: Mapping[str, str]
    """As they are written, by their normal form."""
    differences: Sequence[Difference]
    """How it differs from the fingerprints that are kept."""
    notes: Sequence[str]
    """What is to be said of it: keys of sentences."""


def given_text(space: Workspace, document: str, source: Path) -> Given:
    """Return a text that was given for a document; raises Misuse."""
    if space.library.record(document) is None:
        raise Misuse("no document", document=document)
    published, written = read_published(source)
    found, differences = compared(space, document, published)
    notes = () if space.library.text(document) else ("no fingerprints", *(f"text {each}" for each in doubts(found)))
    texts = [each or "" for each in found]
    return Given(fingerprints(space, document, found), texts, written, differences, notes)


def tell_notes(context: click.Context, given: Given) -> None:
    """Say on stderr that no fingerprints of a text are kept, or how it differs from them.

    It is said when what was asked for has been printed: where it cannot be, that is all that is said.
    """
    for each in given.notes:
        click.echo(message(context, each, document=given.text.document), err=True)
    tell_differences(context, given, err=True)


def tell_unread(context: click.Context, records: int) -> None:
    """Say on stderr how many records have errors, so that nobody knows which numbers they use."""
    if records:
        click.echo(message(context, "unread", records=records), err=True)


def tell_differences(context: click.Context, given: Given, *, err: bool) -> None:
    """Say on stdout or stderr how a text differs from the fingerprints that are kept of it."""
    for each in given.differences:
        said = {"document": given.text.document, "paragraph": each.paragraph}
        click.echo(message(context, f"text {each.kind}", **said), err=err)


def require_same(context: click.Context, given: Given, form: str = "text") -> None:
    """End with 1 where a text differs from the fingerprints that are kept of it: its numbers may be others."""
    if given.differences:
        tell_differences(context, given, err=form != "text")
        click.echo(message(context, "text not recorded"), err=True)
        sys.exit(EXIT_PROBLEMS)
