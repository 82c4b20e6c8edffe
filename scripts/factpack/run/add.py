"""Adds a part or a piece of evidence to a record, in memory: the new file, and what would be wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made
from typing import Any, NamedTuple

from factpack.check.coverage import SharedUses, used_twice
from factpack.check.coverage import problems as coverage_problems
from factpack.check.record import check_record
from factpack.check.use import Use
from factpack.draft.addition import Cited, NotClear, added_parts
from factpack.edit.parts import with_item, with_values
from factpack.problems import Problem, errors
from factpack.record.evidence import evidence_of, is_fact
from factpack.record.given_again import given_parts
from factpack.record.ids import part_ids
from factpack.record.library import Library
from factpack.run.draft import calendar_of, knowledge_of
from factpack.run.prove import library_with, with_text
from factpack.run.uses import uses_of_records
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
    records = uses_of_records(space, library, advance)
    elsewhere = [use for other, used in records if other.path != document.path for use in used]
    judge = _Judge(space, library, kind, document, quoted, elsewhere).informed()
    if "." in owner or to_record or part is None:
        path, shape = _owner(kind, document.data, owner, library)
        return judge.addition((*path, str(shape.role("evidence"))), owner, entry)
    tried = [
        (told, judge.addition((part[0],), item_id, item))
        for told, item, item_id in _parts(space, kind, document.data, part, quoted, entry, given)
    ]
    return _clearest(tried)


def _clearest(tried: Sequence[tuple[str, Addition]]) -> Addition:
    """Return the addition that passes the check, one of a number before one of words only; raises NotClear.

    Where none passes it is the one with the fewest errors, which are told.
    """
    wrong = [(len(errors(_but_unverified(each.problems))), not told) for told, each in tried]
    best = [each for (_, each), found in zip(tried, wrong, strict=True) if found == min(wrong)]
    if len(best) > 1:
        raise NotClear("value", tuple(dict.fromkeys(told for told, _ in tried if told)))
    return best[0]


def _but_unverified(problems: Sequence[Problem]) -> list[Problem]:
    return [each for each in problems if each.code != "unverified-quote"]


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


def _parts(
    space: Workspace,
    kind: Kind,
    record: Record,
    part: tuple[str, Shape],
    quoted: Quoted,
    entry: Record,
    given: Given,
) -> Iterator[tuple[str, Record, str]]:
    """Yield what a quote may tell as a part with evidence, with the words that tell it, and its id."""
    field, shape = part
    given = [(path.removeprefix(f"{field}."), text) for path, text in given]
    source = quoted.cited.document
    calendar, knowledge = calendar_of(space, source), knowledge_of(space, source)
    for told, said in added_parts(kind, shape, record, quoted.cited, calendar, knowledge, dict(given)):
        made = with_values(shape.schema, said, given, space.schemas)
        made[str(shape.role("evidence"))] = [entry]
        yield told, *_with_own_id(kind, shape, record, field, made, space.library.area)


def _with_own_id(kind: Kind, shape: Shape, record: Record, field: str, made: Record, area: str) -> tuple[Record, str]:
    """Return a part with its id, qualified by its document where another document has given a part of that id."""
    record_id, listed = str(record["id"]), given_parts(kind.shape, record, field)
    taken, (own,) = part_ids(record_id, shape, listed, area), part_ids(record_id, shape, [made], area)
    others = [each for each, other in zip(listed, taken, strict=True) if other == own]
    if (
        others
        and (qualified := shape.role("qualified"))
        and _first(shape, made) not in {_first(shape, each) for each in others}
    ):
        made = {**made, qualified: True}
    return made, part_ids(record_id, shape, [made], area)[0]


# ---- what would be wrong


def _said(problem: Problem) -> tuple[str, ...]:
    """Return what a problem says, wherever in the file it says it."""
    return (problem.code, *(f"{name}={value}" for name, value in sorted(problem.values.items()) if name != "line"))


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges what is added to a record by what is wrong with it then, or through it, and is not now."""

    space: Workspace
    library: Library
    kind: Kind
    document: Document
    quoted: Quoted
    elsewhere: Sequence[Use]
    """The numbers that all other records use."""
    known: Counter[tuple[str, ...]] = made(default_factory=Counter)
    """What is wrong now."""

    def informed(self) -> _Judge:
        """Return the judge that knows what is wrong now."""
        return replace(self, known=Counter(map(_said, self._problems(self.document))))

    def addition(self, at: Path, item_id: str, item: Record) -> Addition:
        """Return the file with one more item in the list at a path, and what would be wrong with it."""
        document, schemas = self.document, self.space.schemas
        layout = with_item(document.path, document.raw, self.kind.name, schemas, at, item)
        if layout.problems:
            return Addition(document.raw, at, item_id, item, layout.problems)
        after = self._problems(documents.load(document.path, layout.raw))
        return Addition(layout.raw, at, item_id, item, [each for each in after if not self.known[_said(each)]])

    def _problems(self, document: Document) -> list[Problem]:
        """Return what is wrong with the record, with numbers that it shares, and with waivers of its numbers."""
        space, kind, text = self.space, self.kind, self.quoted.text
        if self.quoted.texts is not None:
            text = with_quotes(text, self.quoted.texts, by_paragraph(quotes(kind, document, text.document)))
        library = library_with(self.library, text)
        checked = check_record(kind, document, space.reader.validators[kind.name].problems(document), library)
        uses, shared = [*self.elsewhere, *checked.uses], SharedUses()
        own = {document.path: document}
        twice = used_twice(uses, lambda path: own.get(path) or space.reader.document(path), shared)
        documents_kind = space.schemas.documents
        record, _ = space.load(documents_kind, text.document)
        waived = coverage_problems(
            documents_kind, record, text, [each for each in uses if each.document == text.document]
        )
        return [*checked.problems, *twice, *(each for each in waived if each.code == "unused-waiver")]
