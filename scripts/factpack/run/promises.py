"""What earlier documents promised and no document has answered yet, and where a new text speaks of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from factpack.draft.mention import Mention, also_called, mentions
from factpack.history.turns import OUTCOME
from factpack.record.subject import Subject
from factpack.run.pipeline import names_known
from factpack.run.prove import Source, with_text
from factpack.run.snapshot import snapshot
from factpack.run.workspace import Workspace
from factpack.schema.model import Kind
from factpack.words import LANGUAGES, Both

PENDING = "pending"


class Promise(NamedTuple):
    """A promise without an answer: what was promised of which record, by which document, and where a text names it."""

    table: str
    id: str
    name: Both
    period: str
    said: Both
    document: str
    paragraph: str
    found: tuple[Mention, ...]


class Promises(NamedTuple):
    """The promises that are open, by the day on which they fall due; `unread` are records that have errors."""

    open: tuple[Promise, ...]
    unread: frozenset[str] = frozenset()


def open_promises(space: Workspace, source: Source) -> Promises:
    """Return what other documents promised and nothing answers, with where a text names it.

    Where a record has errors, nothing is known of any: outcomes rest on other records.
    """
    now = snapshot(space)
    if now.unread:
        return Promises((), now.unread)
    space, _ = with_text(space, source.text)
    everywhere = names_known(replace(space, texts=frozenset((source.text.document,))))
    space = space.knowing(everywhere, space.reviewed())
    found = list[Promise]()
    for table, rows in now.rows.items():
        for row in rows.values():
            if row.get(OUTCOME) == PENDING and row["document_id"] != source.text.document:
                found.append(_promise(space, table, row, source))
    return Promises(tuple(sorted(found, key=lambda each: (each.period, each.id))))


def _promise(space: Workspace, table: str, row: Mapping[str, str], source: Source) -> Promise:
    record_id = row["id"].partition(".")[0]
    kind = space.schemas.kind_of(record_id)
    assert kind is not None
    document, _ = space.load(kind, record_id)
    subject = Subject(kind, document, space.library)
    name: Any = subject.record[kind.label]
    printed = _printed(space, row.get("unit_id", ""))
    forms, measure = subject.forms_in(source.text.document), str(subject.record.get(kind.shape.role("measure") or ""))
    found = mentions(
        [*forms, *also_called(forms, measure)],
        printed,
        source.text,
        source.texts,
        lambda paragraph: {each.name for each in space.library.names_in(paragraph, source.text.document)},
        source.furniture,
    )
    names = {each: str(name[each]) for each in LANGUAGES}
    stands = (row["document_id"], row["paragraph"])
    return Promise(table, row["id"], names, row["period"], _said(kind, table, row), *stands, tuple(found))


def _printed(space: Workspace, unit: str) -> Sequence[str]:
    """Return the words as which a unit, or another one of its quantity, is printed."""
    quantity = space.library.role(unit, "quantity") if unit else None
    return [word for words in _words(space, quantity) for word in words] if quantity else []


def _words(space: Workspace, quantity: object) -> Iterator[Sequence[str]]:
    for kind in space.schemas.kinds.values():
        for unit in space.ids[kind.name] if kind.shape.role("printed_forms") else ():
            if space.library.role(unit, "quantity") == quantity:
                printed: Any = space.library.role(unit, "printed_forms") or ()
                yield [str(each) for each in printed]


def _said(kind: Kind, table: str, row: Mapping[str, str]) -> Both:
    """Return what was promised, in words: as it is displayed, else its stage and what else is said of it."""
    if row.get("display_en"):
        return {each: row[f"display_{each}"] for each in LANGUAGES}
    shape = next(each for each in kind.shape.parts.values() if each.tables and each.tables[0].name == table)
    labels = shape.fields[shape.role("stage") or ""].get("x-labels", {}).get(row.get("stage", ""), {})
    return {each: " ".join(filter(None, (labels.get(each, ""), row.get(f"label_{each}", "")))) for each in LANGUAGES}
