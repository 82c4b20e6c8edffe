"""Proves what was transcribed of a document, once its text is there: finds quotes, and writes them into the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from factpack.check.proof import prove, prove_item
from factpack.check.rules import check
from factpack.check.windows import EvidencedItem, evidenced_items
from factpack.draft.quote import Passage, passages
from factpack.edit.evidence import Quoted, with_quotes
from factpack.record.evidence import evidence_of
from factpack.record.library import Library
from factpack.record.subject import Subject
from factpack.run.pipeline import names_known
from factpack.run.workspace import Workspace
from factpack.schema.model import Kind
from factpack.source import documents
from factpack.source.documents import Document
from factpack.source.marks import Path
from factpack.text.original import original
from factpack.text.text_record import Text
from factpack.text.text_record import with_quotes as quoted_text


class Source(NamedTuple):
    """The text of a document: its fingerprints, its paragraphs in normal form, and which are furniture."""

    text: Text
    texts: Sequence[str]
    written: Mapping[str, str]
    """Paragraphs as they are written, by their normal form."""
    furniture: Collection[int]


@dataclass(frozen=True, slots=True)
class Transcribed:
    """A fact that was transcribed of a document: the paths of the evidence entries that say so, and what proves it."""

    item_id: str
    kind: Kind
    document: Document
    entries: tuple[Path, ...]
    owner: str
    """The record that words belong to, or nothing where a number tells the fact: that is of one fact in all records."""
    shared: bool
    found: tuple[Passage, ...]


@dataclass(slots=True)
class Proofs:
    """What was found: records as they are to be written, what is proven, and what is left, with its passages."""

    files: dict[str, bytes] = field(default_factory=dict)
    proven: list[tuple[str, Passage]] = field(default_factory=list)
    left: list[tuple[str, Sequence[Passage]]] = field(default_factory=list)


def prove_transcribed(space: Workspace, source: Source) -> Proofs:
    """Return what a text proves of the facts that were transcribed of its document.

    A fact is proven where exactly as many passages prove it as people have read, and none of them is another fact's or
    may mean another one. What is written passes the whole check of its record.
    """
    space, library = with_text(space, source.text)
    everywhere = names_known(replace(space, texts=frozenset((source.text.document,))))
    used, facts = _looked_through(space, library, replace(library, names_in=everywhere.standing_in), source)
    wanted = Counter(_key(fact, each) for fact in facts for each in fact.found)
    proofs = Proofs()
    chosen: dict[str, list[Transcribed]] = {}
    for fact in (each if each.shared else _doubting(each, wanted, used) for each in facts):
        if len(fact.found) == len(fact.entries) and not any(each.doubt for each in fact.found):
            chosen.setdefault(fact.document.path, []).append(fact)
        else:
            proofs.left.append((fact.item_id, fact.found))
    for path, listed in chosen.items():
        raw = _rewritten(space, library, source, listed)
        if raw is None:
            proofs.left += ((fact.item_id, fact.found) for fact in listed)
        else:
            proofs.files[path] = raw
            proofs.proven += ((fact.item_id, each) for fact in listed for each in fact.found)
    proofs.left.sort(key=lambda each: each[0])
    proofs.proven.sort()
    return proofs


def with_text(space: Workspace, text: Text) -> tuple[Workspace, Library]:
    """Return a workspace that knows all names, and its library, as they are where a document has a text."""
    space = replace(space, texts=space.texts | {text.document})
    space = space.knowing(names_known(space), space.reviewed())
    return space, library_with(space.library, text)


def library_with(library: Library, text: Text) -> Library:
    """Return a library in which a document has a text, and that has looked up nothing yet."""

    def open_text(document: str) -> Text | None:
        return text if document == text.document else library.open_text(document)

    return replace(library, open_text=open_text, _records={}, _known={}, _texts={})


def _looked_through(
    space: Workspace, library: Library, naming: Library, source: Source
) -> tuple[set[Key], list[Transcribed]]:
    """Return the numbers of a text that facts use already, and what was transcribed of it.

    `naming` knows the names of all records: those that do not cite the document yet may be what a passage speaks of.
    """
    used, facts, name = set[Key](), list[Transcribed](), source.text.document
    for kind, document in readable_records(space):
        subject = Subject(kind, document, library)
        for item in evidenced_items(subject):
            uses = prove_item(item)[1]
            used |= {("", each.paragraph, each.start) for each in uses if each.by_value and each.document == name}
            if entries := tuple(_entries(item, name)):
                named = item._replace(subject=Subject(kind, document, naming), windows=())
                found = passages(named, source.text, source.texts, source.furniture)
                owner = "" if item.get("value") is not None else str(subject.record["id"])
                shared = bool(item.get("shared"))
                facts.append(Transcribed(item.item_id, kind, document, entries, owner, shared, tuple(found)))
    return used, facts


def readable_records(space: Workspace) -> Iterator[tuple[Kind, Document]]:
    """Yield the records that can be read and are valid for their schemas."""
    for kind in space.schemas.prefixes.values():
        for record_id in space.ids[kind.name]:
            document, problems = space.load(kind, record_id)
            if not problems and document.data is not None:
                yield kind, document


def _entries(item: EvidencedItem, document: str) -> Iterator[Path]:
    """Yield the paths of an item's evidence entries that say where in a document something was read."""
    for index, entry in enumerate(evidence_of(item.shape, item.item)):
        if entry.document == document and entry.locator is not None:
            yield (*item.at("evidence"), index)


Key = tuple[str, int, int]
"""What one fact only may have: a number of a text, or of one record words or a name in it."""


def _key(fact: Transcribed, passage: Passage) -> Key:
    return fact.owner, passage.paragraph, passage.anchor[0]


def _doubting(fact: Transcribed, wanted: Counter[Key], used: Collection[Key]) -> Transcribed:
    """Return a fact whose passages say of themselves that another fact has them, or that several may."""
    found = (
        each._replace(doubt="taken") if wanted[_key(fact, each)] > 1 or _key(fact, each) in used else each
        for each in fact.found
    )
    return replace(fact, found=tuple(found))


def _rewritten(space: Workspace, library: Library, source: Source, facts: Sequence[Transcribed]) -> bytes | None:
    """Return a record's file with the quotes of its facts, or None where anything in it were wrong that is not now."""
    kind, document = facts[0].kind, facts[0].document
    found = {
        at: Quoted(each.paragraph, _as_written(source, each))
        for fact in facts
        for at, each in zip(fact.entries, fact.found, strict=True)
    }
    laid = with_quotes(document.path, document.raw, kind.name, space.schemas, found)
    if laid.problems:
        return None
    changed = documents.load(document.path, laid.raw)
    if changed.data is None or space.reader.validators[kind.name].problems(changed):
        return None
    quoting = library_with(library, _quoting(library, source, kind, changed))
    before, after = (_faults(Subject(kind, each, quoting)) for each in (document, changed))
    return None if after - before else laid.raw


def _faults(subject: Subject) -> set[tuple[str, str]]:
    """Return what a record breaks of the rules and fails to prove, as code and place."""
    return {(each.code, each.pointer) for each in (*check(subject), *prove(subject)[0])}


def _as_written(source: Source, passage: Passage) -> str:
    """Return a quote as its text writes it."""
    paragraph = source.texts[passage.paragraph - 1]
    return original(source.written.get(paragraph, paragraph), passage.start, passage.end)


def _quoting(library: Library, source: Source, kind: Kind, document: Document) -> Text:
    """Return the fingerprints of a text with the quotes of one record."""
    quotes: dict[int, list[str]] = {}
    for item in evidenced_items(Subject(kind, document, library)):
        for window in item.windows:
            if window.document == source.text.document:
                quotes.setdefault(window.number, []).append(window.text)
    return quoted_text(source.text, source.texts, quotes)
