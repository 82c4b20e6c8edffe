"""Drafting, as the commands do it that draft a text: what is written into the folder of drafts, and what is told."""

from __future__ import annotations

import sys

import click

from factpack.cli.mistakes import Misuse
from factpack.cli.progress import with_progress
from factpack.cli.published import Given, require_same, tell_unread
from factpack.cli.words import language_of, message
from factpack.disk.below import remove_below, write_below
from factpack.draft.file import Found, drafted_file
from factpack.draft.folder import key_of, planned
from factpack.draft.record import drafted_kind
from factpack.report.drafts import Told
from factpack.run.draft import NoTime, document_drafts
from factpack.run.drafts import drafts_there
from factpack.run.prove import Source, with_text
from factpack.run.uses import uses_of_text
from factpack.run.verify import furniture_of
from factpack.run.workspace import Workspace
from factpack.schema.model import Kind


def drafts_of(context: click.Context, space: Workspace, given: Given, form: str) -> Told:
    """Draft the open numbers of a text, write what is new into the folder of drafts, and return what is to be told.

    Raises Misuse where nothing can be drafted.
    """
    kind, document = drafted_kind(space.schemas), given.text.document
    if kind is None:
        raise Misuse("nothing drafted")
    require_same(context, given, form)
    try:
        found, made, unread = _drafts(context, space, given, kind)
    except NoTime as error:
        raise Misuse("no time", document=document, fields=list(error.fields)) from error
    there, problems = drafts_there(space, document)
    plan = planned(made, there)
    for path, raw in plan.write.items():
        write_below(space.project.root, path, raw)
    for path in plan.gone:
        remove_below(space.project.root, path)
    return Told({key_of(each.draft).path(document): each for each in found}, plan, problems, unread)


def tell_drafts(context: click.Context, told: Told) -> None:
    """Say on stderr how many drafts there are."""
    plan = told.plan
    counts = {"new": len(plan.write), "same": len(plan.same), "edited": len(plan.edited), "gone": len(plan.gone)}
    click.echo(message(context, "drafts", **counts), err=True)
    tell_unread(context, told.unread)


def _drafts(
    context: click.Context, space: Workspace, given: Given, kind: Kind
) -> tuple[list[Found], dict[str, bytes], int]:
    """Return the drafts of all open numbers of a text, their files by path, and how many records were not read."""
    document, files, drafted = given.text.document, dict[str, bytes](), list[Found]()
    with with_progress(sys.stderr, message(context, "progress"), 1, "") as executor:
        numbers, unread = uses_of_text(space, given.text)
        executor.begin(sum(each.use == "unclaimed" for each in numbers))
        space, library = with_text(space, given.text)
        source = Source(given.text, given.texts, given.written, furniture_of(space, document))
        for each in document_drafts(space, library, source, numbers, kind):
            files[key_of(each.draft).path(document)] = drafted_file(kind, each, library, language_of(context))
            drafted.append(each)
            executor.advance(1)
    return drafted, files, unread
