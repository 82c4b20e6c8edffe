"""Values of records in words: a part by what it says, all else by its schema, where a change of them is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from factpack.history.changes import Change, Snapshot
from factpack.problems import MARKS, echo
from factpack.record.evidence import Evidence, decoded
from factpack.record.library import Library
from factpack.schema.model import Schema, Schemas, Shape
from factpack.source.marks import Record
from factpack.table.descriptor import tables
from factpack.table.display import value_or_claim
from factpack.table.encode import cell, json_bytes
from factpack.table.view import View, Whole
from factpack.words import LANGUAGES, Both, text_in

NAMES = ("name", "component", "label", "group", "statement")
"""Roles by which a part is told that has no value, in the order in which they are looked for."""
MORE = 5
"""Items of a list that are shown."""


@dataclass(frozen=True)
class Values:
    """What tells values in words: the schemas, and a library of the records that are compared."""

    schemas: Schemas
    library: Library

    def part(self, change: Change, path: str, value: Any, language: str) -> str:
        """Return what an item of a list at a path says in one line; empty where the path is none of a part."""
        shape, record = self._shape(change.folder), change.after or change.before
        part = shape.parts.get(_steps(path)[0]) if shape and path.endswith("]") and len(_steps(path)) == 1 else None
        if part is None or not isinstance(value, dict) or not isinstance(record, dict):
            return ""
        try:
            return _part(View(value, part, Whole(record, shape, self.library), record), language)  # type: ignore[arg-type]
        except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError):
            return ""  # an edition may hold anything in place of a value

    def words(self, change: Change, path: str, value: Any, language: str) -> str:
        """Return a value at a path of a record in words; one that no schema knows as JSON on one line."""
        if isinstance(value, str):
            return echo(value)
        if not isinstance(value, (dict, list)):
            return echo(cell(value))
        shape = self._shape(change.folder)
        schema: Schema = {"properties": dict(shape.fields)} if shape else {}
        for step in _steps(path):
            schema = schema.get("properties", {}).get(step, {})
            schema = schema.get("items", schema)
        try:
            return _words(value, schema, language)
        except (LookupError, TypeError, ValueError, AttributeError):
            return echo(" ".join(line.strip() for line in json_bytes(value).decode().split("\n")))

    def name(self, record_id: str) -> Both:
        """Return what a record is called; its id in place of a name that it has not in a language."""
        kind, record = self.schemas.kind_of(record_id), self.library.record(record_id)
        found: Any = record.get(kind.label) if kind and record else None
        return {each: str((isinstance(found, dict) and found.get(each)) or record_id) for each in LANGUAGES}

    def labels(self, table: str, column: str) -> Mapping[str, Both]:
        """Return the labels of the values in a column, in the order of its schema."""
        columns = tables(self.schemas)[table].columns if table in tables(self.schemas) else ()
        found = (each.schema.get("x-labels", {}) for each in columns if each.name == column)
        return next(found, {})

    def _shape(self, folder: str) -> Shape | None:
        return next((kind.shape for kind in self.schemas.kinds.values() if kind.folder == folder), None)


def values_of(schemas: Schemas, package: Record, now: Snapshot, then: Snapshot) -> Values:
    """Return what tells the values of two snapshots: what they know of other records, of today's first."""

    def read(record_id: str) -> Record | None:
        kind = schemas.kind_of(record_id)
        folder = kind.folder if kind else ""
        found = (each.records.get(folder, {}).get(record_id) for each in (now, then))
        return next((each for each in found if each is not None), None)

    return Values(schemas, Library(schemas, package, read, lambda each: read(each) is not None, lambda _: None))


def _steps(path: str) -> list[str]:
    """Return the fields of a path without the items of lists: `parts[x.1].value` has the fields `parts`, `value`."""
    return re.sub(r"\[[^\]]*\]", "", path).split(".")


def _part(view: View, language: str) -> str:
    """Return what a part says: what it is told apart by, its value, claim or name, and where it is printed."""
    keys = [_word(view.shape.fields[field], view.item[field], language) for field in view.shape.key]
    keys = [key if at == 0 or language == "zh" else key[:1].lower() + key[1:] for at, key in enumerate(keys)]
    head, said = _say(language, "comma").join(keys), _value(view, language) or _named(view, language)
    if not head and not said:
        shown = {view.shape.role(each) for each in ("evidence", "paragraph")}
        rest = {field: each for field, each in view.item.items() if field not in shown}
        said = _fields(rest, {"properties": view.shape.fields}, language)
    text = _say(language, "colon").join(each for each in (head, said) if each)
    where = _say(language, "comma").join(dict.fromkeys(_places(view, language)))
    return _say(language, "at", text=text, where=where) if where else text


def _value(view: View, language: str) -> str:
    """Return the value or claim of a part in words; empty where such parts have none."""
    return value_or_claim(view)[language] if view.shape.role("value") else ""


def _named(view: View, language: str) -> str:
    """Return the first text of a part that names or describes it."""
    for role in NAMES:
        field = view.shape.role(role)
        if field and field in view.item:
            return _words(view.item[field], view.shape.fields[field], language)
    return ""


def _places(view: View, language: str) -> Iterator[str]:
    """Yield where a part is printed: the paragraphs or locators of its evidence, else its own paragraph."""
    for entry in decoded(view.item.get(view.shape.role("evidence") or "")):
        yield from _where(entry, language)
    own = view.item.get(view.shape.role("paragraph") or "")
    if own is not None:
        yield _say(language, "paragraph", number=own)


def _where(entry: Evidence, language: str) -> Iterator[str]:
    """Yield where a piece of evidence is printed, if it says that."""
    if entry.paragraph is not None:
        yield _say(language, "paragraph", number=entry.paragraph)
    elif entry.locator:
        yield echo(entry.locator)


def _words(value: Any, schema: Schema, language: str) -> str:
    """Return a value in words, by its schema."""
    if _is_text(value):
        return echo(str(value[language]))
    if isinstance(value, list):
        items = [_words(each, schema.get("items", schema), language) for each in value[:MORE]]
        mark = _say(language, "semicolon") if any(isinstance(each, dict) for each in value) else MARKS[language]
        return mark.join([*items, *["…"] * (len(value) > MORE)])
    if isinstance(value, dict):
        return _evidence(value, language) or _fields(value, schema, language)
    return _word(schema, value, language)


def _evidence(value: Mapping[str, Any], language: str) -> str:
    """Return a piece of evidence in words: where it is printed, and the quote; empty where a value is none."""
    (entry, *_) = decoded([dict(value)]) or (None,)
    where = [*_where(entry, language)] if entry else []
    return _say(language, "colon").join([*where, *([echo(entry.quote)] if entry and entry.quote else [])])


def _fields(value: Mapping[str, Any], schema: Schema, language: str) -> str:
    """Return the fields of an object in words, each with its title: `Paragraph 5, Quote …`."""
    known = schema.get("properties", {})
    told = (
        f"{_title(known.get(name, {}), name, language)} {_words(each, known.get(name, {}), language)}"
        for name, each in value.items()
        if name != "id"
    )
    return _say(language, "comma").join(told)


def _title(schema: Schema, name: str, language: str) -> str:
    return str(schema.get("x-title", {}).get(language) or name)


def _word(schema: Schema, value: Any, language: str) -> str:
    """Return a single value in words: by its label, where it is one of a vocabulary."""
    if isinstance(value, bool):
        return text_in(language, "report", "record", "yes" if value else "no")
    labels = schema.get("x-labels", {}).get(value, {})
    return echo(str(labels.get(language) or (value if isinstance(value, str) else cell(value))))


def _is_text(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == set(LANGUAGES)


def _say(language: str, key: str, **values: object) -> str:
    return text_in(language, "report", "values", key, **values)
