"""The record under test: its document, its parts, and the values in it that rules ask about."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from factpack.problems import Problem
from factpack.record import periods
from factpack.record.evidence import Evidence, Item, Retirement, evidence_of, is_retired, items, retirement_of
from factpack.record.ids import part_ids
from factpack.record.library import Library
from factpack.record.names import former_names
from factpack.schema.model import Kind, Schema, Shape, kept
from factpack.source.documents import Document
from factpack.source.marks import Path, Record, Value
from factpack.text.token import normal_form


@dataclass(frozen=True)
class Subject:
    """A record under test: valid for its schema, with what it may know of others."""

    kind: Kind
    document: Document
    library: Library

    @cached_property
    def record(self) -> dict[str, Value]:
        """The record's data."""
        assert self.document.data is not None
        return self.document.data

    @cached_property
    def id(self) -> str:
        """The record's id."""
        return str(self.record["id"])

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The record and all parts in it: (shape, item, path)."""
        return tuple(items(self.kind.shape, self.record))

    @cached_property
    def in_use(self) -> tuple[Item, ...]:
        """The record and its parts, as far as they are not retired; nothing of a retired record."""
        if is_retired(self.kind.shape, self.record):
            return ()
        return tuple(each for each in self.items if not is_retired(each[0], each[1]))

    @cached_property
    def evidence(self) -> Mapping[Path, tuple[Evidence, ...]]:
        """The evidence of the record and of each part in it, by path."""
        return {path: evidence_of(shape, item) for shape, item, path in self.items}

    @cached_property
    def part_ids(self) -> Mapping[str, Sequence[str]]:
        """The ids of its parts in their order, by field, of parts that are known by a key."""
        listed: Any = {field: self.record.get(field) or () for field in self.kind.shape.parts}
        shapes, area = self.kind.shape.parts.items(), self.library.area
        return {field: part_ids(self.id, part, listed[field], area) for field, part in shapes if part.key}

    @cached_property
    def scalars(self) -> tuple[tuple[Asked, Value, Path], ...]:
        """Each value in the record that a rule may ask about: (what it may ask, value, path)."""
        return tuple(each for shape, item, path in self.items for each in scalars(shape, item, path))

    @cached_property
    def retirements(self) -> tuple[tuple[Retirement, Path], ...]:
        """Retirements of the record and of parts in it, each with its path."""
        return tuple(
            (retired, (*path, shape.role("retired") or ""))
            for shape, item, path in self.items
            if (retired := retirement_of(shape, item)) is not None
        )

    @cached_property
    def forms(self) -> list[str]:
        """The forms in which a quote of any document may name the record: those of today."""
        return forms_of(self.kind.shape, self.record)

    @cached_property
    def former(self) -> tuple[tuple[str, str], ...]:
        """Its former names, each with the last document that used it."""
        return former_names(self.kind.shape, self.record)

    def forms_in(self, document: str) -> list[str]:
        """Return the forms in which a quote of a document may name the record."""
        if not self.former:
            return self.forms
        return [*self.forms, *(name for name, until in self.former if self.library.was_used(until, document))]

    def name_in(self, document: str) -> str:
        """Return the name that a document used: of the former names that it could use the one used longest ago."""
        delivered = [
            (str(self.library.role(until, "delivered") or ""), name)
            for name, until in self.former
            if self.library.was_used(until, document)
        ]
        return min(delivered)[1] if delivered else next(iter(self.forms), "")

    @cached_property
    def _others(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """What `others_in` found, by text and document."""
        return {}

    def others_in(self, text: str, document: str) -> list[tuple[str, str]]:
        """Return the names of other records that stand in a text of a document, each with its record.

        Of former names they are those used there: what another record was called before is its name no more in
        documents that came later.
        """
        if (text, document) not in self._others:
            used = self.library.was_used
            self._others[text, document] = [
                (each.name, each.record)
                for each in self.library.names_in(text, document)
                if each.record != self.id and (not each.until or used(each.until, document))
            ]
        return self._others[text, document]

    def problem(self, code: str, at: Path, **values: str) -> Problem:
        """Return a problem at a path of the record."""
        return self.document.problem(code, at, **values)


def forms_of(shape: Shape, record: Record) -> list[str]:
    """Return a record's Chinese name and aliases in normal form, the name first."""
    name: Any = record.get(shape.role("name") or "") or {}
    aliases: Any = record.get(shape.role("aliases") or "") or ()
    return [normal_form(str(each)) for each in (name.get("zh"), *aliases) if each]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What rules may ask of a value."""

    refers: bool
    """Whether it names a record or part."""
    kind: str
    """The kind that it must name, or nothing where any will do."""
    time: Callable[[str], object] | None
    """What reads it as a time; raises ValueError."""
    whole: bool
    """Whether it is a whole number."""


def scalars(shape: Shape, item: dict[str, Value], path: Path) -> Iterator[tuple[Asked, Value, Path]]:
    """Yield the references, times and numbers of an item with what to ask and path; items of lists one by one."""
    for field, one, each, inner in _asked_of(shape):
        value = item.get(field)
        if value is None:
            continue
        if isinstance(value, list):
            for index, listed in enumerate(value):
                if inner is None:
                    yield each, listed, (*path, field, index)
                elif isinstance(listed, dict):
                    for key, sub in listed.items():
                        if key in inner:
                            yield inner[key], sub, (*path, field, index, key)
        elif inner is None and not isinstance(value, dict):
            yield one, value, (*path, field)


_Field = tuple[str, Asked, Asked, dict[str, Asked] | None]
"""A field, what to ask of it and of its items, and for evidence and former names of the fields of its items."""


@kept
def _asked_of(shape: Shape) -> tuple[_Field, ...]:
    """Return the fields that hold references, times, numbers, evidence or former names: what rules ask about."""
    found: list[_Field] = []
    for field, schema in shape.fields.items():
        item = schema.get("items", {})
        evidence = schema.get("x-role") in ("evidence", "former_names")
        if field not in shape.parts and (evidence or _is_asked(schema) or _is_asked(item)):
            parts = item["properties"].items() if evidence else ()
            inner = {key: _asked(each) for key, each in parts if _is_asked(each) or each.get("type") != "string"}
            found.append((field, _asked(schema), _asked(item), inner if evidence else None))
    return tuple(found)


def _is_asked(schema: Schema) -> bool:
    return not {"x-ref", "x-format", "format"}.isdisjoint(schema) or schema.get("type") in ("integer", "number")


def _asked(schema: Schema) -> Asked:
    target = schema.get("x-ref", "")
    time: Callable[[str], object] | None = None
    if schema.get("x-format") == "period":
        time = periods.parse
    elif schema.get("format") == "date":
        time = datetime.date.fromisoformat
    elif schema.get("format") == "date-time":
        time = datetime.datetime.fromisoformat
    kind = target.partition("/")[0] if target != "*" else ""
    return Asked("x-ref" in schema, kind, time, schema.get("type") == "integer")


def references(subject: Subject) -> dict[str, str]:
    """Return the ids that a record in use refers to, each with the record."""
    if is_retired(subject.kind.shape, subject.record):
        return {}
    return {str(value): subject.id for asked, value, _ in subject.scalars if asked.refers and value is not None}
