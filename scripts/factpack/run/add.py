"""Adds a part or a piece of evidence to a record, in memory: the new file, and what would be wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from factpack.check import coverage
from factpack.check.coverage import SharedUses
from factpack.check.record import check_record
from factpack.check.windows import Use
from factpack.draft.addition import Cited, added_part
from factpack.edit.parts import with_item, with_values
from factpack.problems import Problem
from factpack.record.evidence import evidence_of, is_fact
from factpack.record.given_again import given_parts
from factpack.record.ids import part_ids
from factpack.record.library import Library
from factpack.run.draft import calendar_of, knowledge_of
from factpack.run.prove import library_with, readable_records, with_text
from factpack.run.verify import by_paragraph, quotes
from factpack.run.workspace import Workspace
from factpack.schema.model import Kind, Shape
from factpack.source import documents
from factpack.source.documents import Document
from factpack.source.marks import Path, Record
from factpack.text.text_record import Text, with_quotes

Given = Sequence[tuple[str, str]]
"""Values as texts, each with its path in the part."""


class Addition(NamedTuple):
    """What is added to a record: its file with it, where in it that stands, and the id of what has it."""

    raw: bytes
    at: Path
    item_id: str
    item: Record
    problems: Sequence[Problem]
    """Those that the record, or another one, would have and has not now."""


class Quoted(NamedTuple):
    """A quote as it is to be written, with where it stands; and the text, where it is at hand, by paragraphs."""

    cited: Cited
    written: str
    text: Text
    texts: Sequence[str] | None = None


def part_of_kind(kind: Kind) -> tuple[str, Shape] | None:
    """Return the field and shape of the parts of a kind that tell a fact each, or None for a kind without such."""
    return next(((field, shape) for field, shape in kind.shape.parts.items() if shape.key and is_fact(shape)), None)


def added(
    space: Workspace,
    kind: Kind,
    document: Document,
    owner: str,
    quoted: Quoted,
    given: Given,
    *,
    to_record: bool,
    advance: Callable[[int], None] = lambda _: None,
) -> Addition:
    """Return what is added: evidence where `owner` is a part or `to_record` is set, else a part of the record.

    Raises NotClear and UnknownPath.
    """
    assert document.data is not None
    space, library = with_text(space, quoted.text)
    part = part_of_kind(kind)
    entry: Record = {"document": quoted.cited.document, "paragraph": quoted.cited.number, "quote": quoted.written}
    if "." in owner or to_record or part is None:
        path, shape = _owner(kind, document.data, owner, library)
        at: Path = (*path, str(shape.role("evidence")))
        item, item_id = entry, owner
    else:
        field, shape = part
        at = (field,)
        item, item_id = _part(space, kind, document.data, part, quoted, entry, given)
    layout = with_item(document.path, document.raw, kind.name, space.schemas, at, item)
    if layout.problems:
        return Addition(document.raw, at, item_id, item, layout.problems)
    changed = documents.load(document.path, layout.raw)
    found = _problems(space, library, kind, (document, changed), quoted, advance)
    return Addition(layout.raw, at, item_id, item, found)


def _first(shape: Shape, part: Record) -> str:
    """Return the document that a part cites first."""
    return next((each.document for each in evidence_of(shape, part)), "")


class NoSuchPart(Exception):
    """No part of a record has an id."""


def _owner(kind: Kind, record: Record, owner: str, library: Library) -> tuple[Path, Shape]:
    """Return the path of a record or of a part in it, by its id, with its shape; raises NoSuchPart."""
    if "." not in owner:
        if kind.shape.role("evidence") is None:
            raise NoSuchPart
        return (), kind.shape
    for field, shape in kind.shape.parts.items():
        if shape.key and shape.role("evidence"):
            listed = given_parts(kind.shape, record, field)
            ids = part_ids(str(record["id"]), shape, listed, library.area)
            if owner in ids:
                at = ids.index(owner) - len(ids) + len(_listed(record, field))
                return ((field, at), shape) if at >= 0 else ((), kind.shape)
    raise NoSuchPart


def _listed(record: Record, field: str) -> list[Any]:
    listed: Any = record.get(field) or []
    return list(listed)


def _part(
    space: Workspace,
    kind: Kind,
    record: Record,
    part: tuple[str, Shape],
    quoted: Quoted,
    entry: Record,
    given: Given,
) -> tuple[Record, str]:
    """Return the part that a quote tells, with its evidence, and its id; it is qualified where its id is taken."""
    field, shape = part
    given = [(path.removeprefix(f"{field}."), text) for path, text in given]
    calendar = calendar_of(space, quoted.cited.document)
    made = added_part(kind, shape, record, quoted.cited, calendar, knowledge_of(space), dict(given))
    made = with_values(shape.schema, made, given, space.schemas)
    made[str(shape.role("evidence"))] = [entry]
    area, listed = space.library.area, given_parts(kind.shape, record, field)
    record_id, taken = str(record["id"]), part_ids(str(record["id"]), shape, listed, area)
    made_id = part_ids(record_id, shape, [made], area)[0]
    if made_id in taken and (qualified := shape.role("qualified")):
        others = [each for each, own in zip(listed, taken, strict=True) if own == made_id]
        if all(_first(shape, each) != quoted.cited.document for each in others):
            made[qualified] = True
    return made, part_ids(record_id, shape, [made], area)[0]


# ---- what would be wrong


def _problems(
    space: Workspace,
    library: Library,
    kind: Kind,
    documents: tuple[Document, Document],
    quoted: Quoted,
    advance: Callable[[int], None],
) -> list[Problem]:
    """Return what is wrong with the second of two documents of a record, or through it, and not with the first."""
    others = [
        use
        for other, document in _told(readable_records(space), advance)
        if document.path != documents[0].path
        for use in check_record(other, document, (), library).uses
    ]
    before, after = (_of_record(space, library, kind, each, quoted, others) for each in documents)
    known = Counter(map(_said, before))
    return [each for each in after if not known[_said(each)]]


def _told(records: Iterator[tuple[Kind, Document]], advance: Callable[[int], None]) -> Iterator[tuple[Kind, Document]]:
    for each in records:
        yield each
        advance(1)


def _said(problem: Problem) -> tuple[str, ...]:
    """Return what a problem says, wherever in the file it says it."""
    return (problem.code, *(f"{name}={value}" for name, value in sorted(problem.values.items()) if name != "line"))


def _of_record(
    space: Workspace, library: Library, kind: Kind, document: Document, quoted: Quoted, others: Sequence[Use]
) -> list[Problem]:
    """Return what is wrong with a record, with numbers that it shares with others, and with what waives its numbers."""
    text = quoted.text
    if quoted.texts is not None:
        text = with_quotes(text, quoted.texts, by_paragraph(quotes(kind, document, text.document)))
    library = library_with(library, text)
    checked = check_record(kind, document, space.reader.validators[kind.name].problems(document), library)
    uses = [*others, *checked.uses]
    reread: Mapping[str, Document] = {document.path: document}
    shared: SharedUses = {}
    twice = coverage.used_twice(uses, lambda path: reread.get(path) or space.reader.document(path), shared)
    record, _ = space.load(space.schemas.documents, text.document)
    own = [each for each in uses if each.document == text.document]
    waived = coverage.problems(space.schemas.documents, record, text, own)
    return [*checked.problems, *twice, *(each for each in waived if each.code == "unused-waiver")]
