"""What of a record with problems can still be judged by itself: its sound parts, and what does not rest on a fault."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from factpack.problems import Problem
from factpack.schema.model import Kind
from factpack.source.documents import Document
from factpack.source.marks import Path, Record

RESTED_ON = ("id", "name", "aliases", "unit", "measure", "evidence", "retired", "concept")
"""Roles of the fields of a record that the check of its parts rests on."""
SHARED_BY_PARTS = ("name", "aliases", "former_names", "unit", "measure")
"""Roles of the fields of a record by which its parts are proven."""
OF_ONE_FIELD = frozenset(
    (
        *("missing-field", "not-in-vocabulary", "wrong-form", "wrong-size", "out-of-range", "repeated-item"),
        *("no-value", "wrong-type", "field-not-allowed", "full-width-sign", "address-not-encoded"),
    )
)
"""Problems that say of which field they are, so that all others are as they should be."""


def sound_parts(kind: Kind, document: Document, problems: Iterable[Problem]) -> Document | None:
    """Return a record as far as its schema allows it: without fields that break it, broken parts empty.

    None where nothing can be judged: what the parts rest on is broken, or it is not known what is.
    """
    data: Record = dict(document.data or {})
    rested_on = {kind.shape.role(role) for role in RESTED_ON}
    for each in problems:
        path = place(kind, each)
        if path:
            _take_out(kind, data, *path)
            continue
        if each.code not in OF_ONE_FIELD or field_of(each) in rested_on:
            return None
        data.pop(field_of(each), None)
    return replace(document, data=data, known_marks=document.marks)


def field_of(problem: Problem) -> str:
    """Return the field of a record that a problem is of."""
    return problem.pointer.split("/")[1] if problem.pointer else problem.values.get("field", "")


def _take_out(kind: Kind, data: Record, field: Any, index: Any) -> None:
    """Empty one part of a list; a list that counts as a whole is taken out."""
    listed: Any = data.get(field)
    if isinstance(listed, list) and kind.shape.parts[field].role("evidence"):
        data[field] = [{} if at == index else each for at, each in enumerate(listed)]
    else:
        data.pop(field, None)


def place(kind: Kind, problem: Problem) -> Path:
    """Return the path of the part of a record that a problem is of; empty where it is of the record itself."""
    field, _, rest = problem.pointer.removeprefix("/").partition("/")
    index = rest.partition("/")[0]
    return (field, int(index)) if field in kind.shape.parts and index.isdigit() else ()


def apart(kind: Kind, problems: Sequence[Problem], from_: Sequence[Problem]) -> list[Problem]:
    """Return the problems of a record and its parts that rest on none of the others, which are told anyway."""
    faults = [each for each in from_ if each.code != "untranslated"]
    rested_on = {kind.shape.role(role) for role in SHARED_BY_PARTS}
    fields, places = {field_of(each) for each in faults}, {place(kind, each) for each in faults}
    if fields & rested_on:
        return []
    found = [each for each in problems if place(kind, each) not in places]
    return [each for each in found if place(kind, each) or field_of(each) not in fields]


def leaves_evidence(kind: Kind, problem: Problem) -> bool:
    """Say whether a problem of one field leaves all evidence of a record as it is."""
    evidence = {shape.role("evidence") for shape in (kind.shape, *kind.shape.parts.values())}
    named = {*problem.pointer.split("/"), problem.values.get("field", "")}
    is_list = problem.values.get("field") in kind.shape.parts
    return problem.code in OF_ONE_FIELD and named.isdisjoint(evidence) and not is_list


def has_evidence(kind: Kind) -> bool:
    """Say whether records of a type rest on words of texts."""
    return any(shape.role("evidence") for shape in (kind.shape, *kind.shape.parts.values()))
