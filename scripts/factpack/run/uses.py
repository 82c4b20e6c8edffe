"""Who uses each number of a text, whether the fingerprints of the text are kept already or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from factpack.check.coverage import Number, numbers, waivers
from factpack.check.record import check_record
from factpack.check.use import Use
from factpack.record.library import Library
from factpack.run.prove import readable_records, with_text
from factpack.run.workspace import Workspace
from factpack.source.documents import Document
from factpack.text.text_record import Text


class Uses(NamedTuple):
    """The numbers of a document's text, each once for each of its users, and how many records could not be asked."""

    numbers: Sequence[Number]
    unread: int


def uses_of_records(
    space: Workspace, library: Library, advance: Callable[[int], None]
) -> Iterator[tuple[Document, Sequence[Use]]]:
    """Yield each record that can be read, with the numbers that it uses; `advance` is told of records done."""
    for kind, document in readable_records(space):
        yield document, check_record(kind, document, (), library).uses
        advance(1)


def uses_of_text(space: Workspace, text: Text, advance: Callable[[int], None] = lambda _: None) -> Uses:
    """Return who uses the numbers of a document's text; `advance` is told of records done."""
    space, library = with_text(space, text)
    uses, unread = [], sum(map(len, space.ids.values()))
    for _, used in uses_of_records(space, library, advance):
        uses += [each for each in used if each.document == text.document]
        unread -= 1
    kind = space.schemas.documents
    return Uses(list(numbers(text, uses, waivers(kind, space.load(kind, text.document)[0]))), unread)
