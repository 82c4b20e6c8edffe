"""Rules: what a schema cannot say of one record. Each is a small generator of problems, told by roles."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from itertools import groupby
from typing import Any

from factpack import periods
from factpack.documents import Document, Path, Value
from factpack.ids import exists, is_retired, part_ids, retirement, successors, version
from factpack.lookups import Library, Record
from factpack.problems import Problem
from factpack.schemas import Kind, Schema, Shape
from factpack.tokens import normal_form


@dataclass(frozen=True)
class Subject:
    """A record under test: valid for its schema, with what it may know of others."""

    kind: Kind
    document: Document
    library: Library

    @property
    def record(self) -> dict[str, Value]:
        """The record's data."""
        assert self.document.data is not None
        return self.document.data

    @cached_property
    def items(self) -> tuple[tuple[Shape, dict[str, Value], Path], ...]:
        """The record and all parts in it: (shape, item, path)."""
        return tuple(items(self.kind.shape, self.record))

    @cached_property
    def scalars(self) -> tuple[tuple[Schema, Value, Path], ...]:
        """Each value in the record that a rule may ask about: (schema, value, path)."""
        return tuple(each for shape, item, path in self.items for each in scalars(shape, item, path))

    @cached_property
    def forms(self) -> list[str]:
        """The forms in which a quote may name the record."""
        return forms_of(self.kind.shape, self.record)

    def problem(self, code: str, at: Path, **values: str) -> Problem:
        """Return a problem at a path of the record."""
        return self.document.problem(code, at, **values)


Rule = Callable[[Subject], Iterator[Problem]]
PART_OF_LIMIT = 20
"""Steps up a chain of wholes before it is taken for endless."""


def forms_of(shape: Shape, record: Record) -> list[str]:
    """Return a record's Chinese name and aliases in normal form, the name first."""
    name: Any = record.get(shape.role("name") or "") or {}
    aliases: Any = record.get(shape.role("aliases") or "") or ()
    return [normal_form(str(each)) for each in (name.get("zh"), *aliases) if each]


def misnamed(kind: Kind, document: Document) -> list[Problem]:
    """Return a problem where a record's id is not its file's name: the file system is the index of ids."""
    stem = document.path.rpartition("/")[2].removesuffix(".yaml")
    found = (document.data or {}).get(kind.shape.role("id") or "id")
    if not isinstance(found, str) or found == stem:
        return []
    return [document.problem("id-not-file-name", ("id",), found=found, name=stem)]


def items(shape: Shape, value: dict[str, Value], path: Path = ()) -> Iterator[tuple[Shape, dict[str, Value], Path]]:
    """Yield an object and all the parts in it: (shape, item, path)."""
    yield shape, value, path
    for field, part in shape.parts.items():
        listed = value.get(field)
        for index, each in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(each, dict):
                yield from items(part, each, (*path, field, index))


def scalars(shape: Shape, item: dict[str, Value], path: Path) -> Iterator[tuple[Schema, Value, Path]]:
    """Yield the references, times and numbers of an item with schema and path; items of lists one by one."""
    for field in asked(shape):
        value, schema = item.get(field), shape.fields[field]
        inner = schema.get("items", {})
        if schema.get("x-role") == "evidence":
            for index, each in enumerate(value if isinstance(value, list) else ()):
                for key, sub in (each if isinstance(each, dict) else {}).items():
                    yield inner["properties"][key], sub, (*path, field, index, key)
        elif isinstance(value, list):
            for index, each in enumerate(value):
                yield inner, each, (*path, field, index)
        elif value is not None and not isinstance(value, dict):
            yield schema, value, (*path, field)


@cache
def asked(shape: Shape) -> tuple[str, ...]:
    """Return the fields that hold references, times, numbers or evidence: what rules ask about."""
    fields = {field: each for field, each in shape.fields.items() if field not in shape.parts}
    return tuple(field for field, each in fields.items() if _asked(each) or _asked(each.get("items", {})))


def _asked(schema: Schema) -> bool:
    told = not {"x-ref", "x-format", "format"}.isdisjoint(schema) or schema.get("x-role") == "evidence"
    return told or schema.get("type") in ("integer", "number")


def unknown_reference(subject: Subject) -> Iterator[Problem]:
    """A reference names a record of the right kind whose file exists."""
    for schema, value, at in subject.scalars:
        target = schema.get("x-ref", "*")
        if target == "*" or not isinstance(value, str):
            continue
        kind = subject.library.schemas.kinds[target.partition("/")[0]]
        if subject.library.schemas.kind_of(value) is not kind or not subject.library.exists(value):
            title = str(kind.shape.schema["x-title"]["zh"])
            values = {"found": value, "kind": kind.name, "kind_zh": title, "folder": kind.folder}
            yield subject.problem("unknown-reference", at, **values)


def references(subject: Subject) -> dict[str, str]:
    """Return the ids that a record in use refers to, each with the record."""
    if is_retired(subject.kind.shape, subject.record):
        return {}
    own = str(subject.record["id"])
    return {str(value): own for schema, value, _ in subject.scalars if "x-ref" in schema and value is not None}


def bad_time(subject: Subject) -> Iterator[Problem]:
    """A period or date exists in the calendar, and an interval runs forward in one precision."""
    for schema, value, at in subject.scalars:
        try:
            if schema.get("x-format") == "period":
                periods.parse(str(value))
            elif schema.get("format") == "date":
                datetime.date.fromisoformat(str(value))
            elif schema.get("format") == "date-time":
                datetime.datetime.fromisoformat(str(value))
        except ValueError:
            yield subject.problem("bad-period", at, found=str(value))


def duplicate_part(subject: Subject) -> Iterator[Problem]:
    """No two parts of a record have the same key: their ids are permanent addresses."""
    for shape, item, path in subject.items:
        for field, part in shape.parts.items():
            seen: dict[str, int] = {}
            listed: Any = item.get(field) or ()
            ids = part_ids(str(subject.record["id"]), part, listed, subject.library) if part.key else []
            for index, key in enumerate(ids):
                if key in seen:
                    line = subject.document.marks.at((*path, field, seen[key]))[0]
                    yield subject.problem("duplicate-part", (*path, field, index), key=key, line=str(line))
                seen.setdefault(key, index)


def unknown_paragraph(subject: Subject) -> Iterator[Problem]:
    """A paragraph number is one that the document's text has."""
    for shape, item, path in subject.items:
        field = shape.role("evidence") or ""
        pieces: Any = item.get(field) or ()
        for index, piece in enumerate(pieces):
            at = (*path, field, index, "paragraph")
            yield from _beyond(subject, str(piece["document"]), piece.get("paragraph"), at)
        for role in ("paragraph", "first", "last") if path else ():
            if (number := shape.role(role)) and number in item:
                yield from _beyond(subject, str(subject.record["id"]), item[number], (*path, number))


def _beyond(subject: Subject, document: str, paragraph: Value, at: Path) -> Iterator[Problem]:
    text = subject.library.text(document)
    if text and isinstance(paragraph, int) and paragraph > len(text.paragraphs):
        count = str(len(text.paragraphs))
        yield subject.problem("unknown-paragraph", at, found=str(paragraph), document=document, count=count)


def unfit_unit(subject: Subject) -> Iterator[Problem]:
    """The unit measures a quantity that suits the measure: a rank is in ranks, a share in per cent."""
    shape, library = subject.kind.shape, subject.library
    measure, unit = shape.role("measure"), shape.role("unit")
    if not measure or not unit:
        return
    fits = shape.fields[measure].get("x-quantities", {}).get(str(subject.record[measure]))
    for part, item, path in items(shape, subject.record):
        field = part.role("unit")
        value = item.get(field or "")
        quantity = library.role(str(value), "quantity") if value else None
        if fits and field and quantity and quantity not in fits:
            at = (*path, field)
            values = {"unit": str(value), "quantity": str(quantity), "measure": str(subject.record[measure])}
            yield subject.problem("unfit-unit", at, allowed=", ".join(fits), **values)


_NUMERALS = {**{c: n for n, c in enumerate("一二三四五六七八九十", 1)}, "两": 2, "多": 0}
_NUMERAL = re.compile("[1-9一二两三四五六七八九十多]")


def component_count(subject: Subject) -> Iterator[Problem]:
    """The numerals in a term agree with the counts of its groups of components, in order; 多 is two or more."""
    name = subject.record.get(subject.kind.shape.role("name") or "")
    for field, part in subject.kind.shape.parts.items():
        listed = subject.record.get(field)
        if not part.role("component") or not isinstance(listed, list) or not isinstance(name, dict):
            continue
        groups = [each.get(part.role("group") or "") for each in listed if isinstance(each, dict)]
        counts = [len(list(run)) for _, run in groupby(groups, key=str)]
        found = _NUMERAL.findall(normal_form(str(name.get("zh", ""))))
        numerals = [_NUMERALS.get(each, 0) if not each.isdigit() else int(each) for each in found]
        agree = len(numerals) == len(counts) and all(
            n == c or (n == 0 and c > 1) for n, c in zip(numerals, counts, strict=True)
        )
        if not agree:
            shown = {"numerals": " ".join(found) or "0", "counts": " ".join(map(str, counts))}
            yield subject.problem("component-count", (field,), **shown)


def trailing_zero(subject: Subject) -> Iterator[Problem]:
    """A number ends in zeros behind the point only where the text prints them: they claim a precision."""
    suspects = {at for _, value, at in subject.scalars if isinstance(value, Decimal) and f"{value:f}".endswith("0")}
    for shape, item, path in subject.items if suspects else ():
        pieces: Any = item.get(shape.role("evidence") or "") or ()
        printed = "\n".join(str(each.get("quote", "")) for each in pieces)
        for schema, value, at in scalars(shape, item, path):
            if at in suspects and (schema.get("type") == "integer" or f"{value:f}".lstrip("-") not in printed):
                yield subject.problem("trailing-zero", at, found=f"{value:f}")


def part_of_itself(subject: Subject) -> Iterator[Problem]:
    """Following what a record is part of never leads back to it."""
    field = subject.kind.shape.role("part_of")
    start, seen = str(subject.record["id"]), list[str]()
    above = subject.record.get(field or "")
    while isinstance(above, str) and above != start and len(seen) < PART_OF_LIMIT and above not in seen:
        seen.append(above)
        above = subject.library.role(above, "part_of")
    if field and above == start:
        yield subject.problem("part-of-itself", (field,), chain=" → ".join([start, *seen, start]))


def broken_sections(subject: Subject) -> Iterator[Problem]:
    """The sections of a text follow each other without gap or overlap, from its first to its last paragraph."""
    field = subject.kind.shape.role("sections")
    listed = subject.record.get(field or "")
    if not field or not isinstance(listed, list):
        return
    expected = 1
    for index, each in enumerate(listed):
        assert isinstance(each, dict)
        first, last = each["first"], each["last"]
        assert isinstance(first, int)
        assert isinstance(last, int)
        if first != expected or last < first:
            at = (field, index, "first" if first != expected else "last")
            yield subject.problem("broken-sections", at, found=f"{first}-{last}", expected=str(expected))
            return
        expected = last + 1
    text = subject.library.text(str(subject.record["id"]))
    if text and expected != len(text.paragraphs) + 1:
        at = (field, len(listed) - 1, "last")
        yield subject.problem("broken-sections", at, found=f"…-{expected - 1}", expected=str(len(text.paragraphs)))


def untranslated(subject: Subject) -> Iterator[Problem]:
    """An English name holds no Chinese characters; descriptions and notes may cite the text."""
    for shape, item, path in subject.items:
        field = shape.role("name") or shape.role("component") or ""
        name = item.get(field)
        if isinstance(name, dict) and re.search("[\u4e00-\u9fff]", str(name["en"])):
            yield subject.problem("untranslated", (*path, field, "en"), found=str(name["en"]))


def _retirements(subject: Subject) -> Iterator[tuple[Record, Path]]:
    for shape, item, path in subject.items:
        gone = retirement(shape, item)
        if gone is not None:
            yield gone, (*path, shape.role("retired") or "")


def unknown_replacement(subject: Subject) -> Iterator[Problem]:
    """What replaces a retired record or part exists."""
    for gone, at in _retirements(subject):
        successor = gone.get("replaced_by")
        if successor is not None and not exists(str(successor), subject.library):
            yield subject.problem("unknown-replacement", (*at, "replaced_by"), found=str(successor))


def replacement_cycle(subject: Subject) -> Iterator[Problem]:
    """Following what replaces a retired record or part ends, and never leads back."""
    for gone, at in _retirements(subject):
        chain = successors(gone, subject.library)
        if len(chain) > len(set(chain)):
            yield subject.problem("replacement-cycle", (*at, "replaced_by"), chain=" → ".join(chain))


def retired_ahead(subject: Subject) -> Iterator[Problem]:
    """A record or part was retired in this version of the data or an earlier one."""
    current = str(subject.library.package.get("version", ""))
    for gone, at in _retirements(subject):
        since = str(gone["since"])
        if current and version(since) > version(current):
            yield subject.problem("retired-ahead", (*at, "since"), found=since, current=current)


RULES: tuple[Rule, ...] = (
    unknown_reference,
    duplicate_part,
    unknown_paragraph,
    unfit_unit,
    component_count,
    trailing_zero,
    part_of_itself,
    broken_sections,
    untranslated,
    unknown_replacement,
    replacement_cycle,
    retired_ahead,
)


def check(subject: Subject) -> list[Problem]:
    """Return what a schema-valid record breaks of the rules; first times and whole numbers, which other rules read."""
    first = [*bad_time(subject), *trailing_zero(subject)]
    return first or [problem for rule in RULES for problem in rule(subject)]
