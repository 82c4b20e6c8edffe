"""factpack text: a published text with its numbers, who uses them, and how its record may divide it."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

import click

from factpack.check.coverage import Number, occurrences, reason_labels, totals
from factpack.cli.help import Command
from factpack.cli.mistakes import Misuse
from factpack.cli.paths import GivenPath
from factpack.cli.progress import with_progress
from factpack.cli.published import Given, given_text, tell_notes, tell_unread, text_given
from factpack.cli.steps import project_of, workspace_of
from factpack.cli.words import language_of, message
from factpack.draft.outline import page_lines, sections
from factpack.report.published import Published, published_json, published_text
from factpack.run.uses import uses_of_text
from factpack.run.verify import furniture_of
from factpack.run.workspace import Workspace

RANGE = re.compile("([1-9][0-9]{0,5})(?:-([1-9][0-9]{0,5}))?")
"""The form of a range of paragraphs: 12, or 12-15."""


@click.command("text", cls=Command)
@click.argument("document")
@click.argument("file", type=GivenPath(exists=True, dir_okay=False), required=False)
@click.option("--paragraphs", "wanted", metavar="N[-M]", default="")
@click.option("--open", "only_open", is_flag=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def command(context: click.Context, document: str, file: str | None, wanted: str, only_open: bool, form: str) -> None:
    chosen = _range(wanted)
    space = workspace_of(context, project_of(context))
    given = given_text(space, document, text_given(document, file))
    if chosen and chosen.start > len(given.texts):
        raise Misuse("no paragraph", document=document, paragraph=chosen.start, last=len(given.texts))
    with with_progress(sys.stderr, message(context, "progress"), 1, "") as executor:
        executor.begin(sum(map(len, space.ids.values())))
        numbers, unread = uses_of_text(space, given.text, executor.advance)
    shown = _shown(space, given, numbers, chosen, only_open)
    if form == "json":
        sys.stdout.write(published_json(shown))
    else:
        kind, language = space.schemas.documents, language_of(context)
        sys.stdout.write(published_text(shown, kind, reason_labels(kind, language), language))
    tell_notes(context, given)
    tell_unread(context, unread)


def _range(wanted: str) -> range | None:
    """Return the paragraphs of a range, None for all; raises Misuse."""
    if not wanted:
        return None
    found = RANGE.fullmatch(wanted)
    chosen = range(int(found[1]), int(found[2] or found[1]) + 1) if found else ()
    if not chosen:
        raise Misuse("no range", found=wanted)
    return chosen


def _shown(
    space: Workspace, given: Given, numbers: Sequence[Number], chosen: range | None, only_open: bool
) -> Published:
    """Return what is to be shown of a text; what may be proposed is shown with the whole of it only."""
    listed = [each for each in numbers if not only_open or each.use == "unclaimed"]
    with_numbers = {each.paragraph for each in listed}
    paragraphs = {
        at: given.written.get(text, text) if text else None
        for at, text in enumerate(given.texts, 1)
        if (chosen is None or at in chosen) and (not only_open or at in with_numbers)
    }
    shown = Published(
        given.text.document,
        space.library.text(given.text.document) is not None,
        {at: text.strip() if text else None for at, text in paragraphs.items()},
        [each for each in listed if each.paragraph in paragraphs],
        totals(numbers),
    )
    return shown if only_open or chosen is not None else _proposing(space, given, numbers, shown)


def _proposing(space: Workspace, given: Given, numbers: Sequence[Number], shown: Published) -> Published:
    """Return a text with what its record does not say yet: sections, what is not of the text, and numbers in that."""
    record, shape = space.library.record(shown.document) or {}, space.schemas.documents.shape
    known = furniture_of(space, shown.document)
    furniture = {} if known else page_lines(given.texts)
    page = known or furniture.keys()
    left = {(each.paragraph, each.token.start) for each in numbers if each.use == "unclaimed"}
    return Published(
        shown.document,
        shown.recorded,
        shown.paragraphs,
        shown.numbers,
        shown.totals,
        () if record.get(shape.role("sections") or "") else sections(given.texts, page),
        furniture,
        [
            (at, token.text, nth)
            for at, token, nth in occurrences(given.text)
            if at in page and (at, token.start) in left
        ],
    )
