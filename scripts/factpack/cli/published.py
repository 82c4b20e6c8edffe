"""The published text that a command is given: a file, or the one of its document in a folder of texts."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from factpack.cli.mistakes import Misuse
from factpack.cli.words import message
from factpack.disk.files import NotRegular, read_file
from factpack.run.verify import compared, doubts, fingerprints
from factpack.run.workspace import Workspace
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
    differs: bool
    """Whether it differs from the fingerprints that are kept."""


def given_text(context: click.Context, space: Workspace, document: str, source: Path) -> Given:
    """Return a text that was given for a document; that it differs from its record, or has none, is said on stderr."""
    if space.library.record(document) is None:
        raise Misuse("no document", document=document)
    published, written = read_published(source)
    found, differences = compared(space, document, published)
    if space.library.text(document) is None:
        said = ["no fingerprints", *(f"text {doubt}" for doubt in doubts(found))]
        click.echo("\n".join(message(context, each, document=document) for each in said), err=True)
    for each in differences:
        click.echo(message(context, f"text {each.kind}", document=document, paragraph=each.paragraph), err=True)
    return Given(fingerprints(space, document, found), [each or "" for each in found], written, bool(differences))
