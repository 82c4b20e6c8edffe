"""Makes the draft of a new record from the schema of its kind, with the values that are still needed left empty.

The check reports an empty value as `no-value`, so that no draft can be published. Only the schema says which fields a
record needs: a draft is validated again and again until no field is missing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from factpack.disk.project import FILE_NAME, ID_LIMIT
from factpack.edit.fields import Guide, Question, fields, items_of, join
from factpack.edit.layout import Layout, lay_out
from factpack.problems import Problem
from factpack.schema.model import Kind, Schema, Schemas, is_text
from factpack.schema.validate import Validator
from factpack.source import scalars
from factpack.source.documents import Document
from factpack.source.marks import Marks, Record, Value
from factpack.words import LANGUAGES, texts_in

Given: TypeAlias = Iterable[tuple[str, str]]
"""Values as text, each with its path, such as `name.zh` or `observations.evidence.quote`; lists may have several."""


@dataclass(frozen=True)
class UnknownPath(Exception):
    """There is no value at a path; `known` are paths that do exist."""

    path: str
    known: tuple[str, ...]

    def message(self, language: str = "en") -> str:
        """Return what is wrong, in one sentence."""
        return texts_in(language, "edit", "draft")["unknown"].format(path=self.path, known=", ".join(self.known))

    def __str__(self) -> str:
        return self.message()


def draft(
    kind: Kind, record: str, given: Given, schemas: Schemas, language: str = "en", *, explain: bool = True
) -> Layout:
    """Return the file of a new record with the values given, and the problems of values that no file may contain.

    With `explain`, comments say what the empty fields are for, and name the optional ones. Raises `UnknownPath`.
    """
    data = _fill(kind, record, given, schemas)
    head = ["# " + texts_in(language, "edit", "draft")["head"]] if explain else []
    lines = [*head, *_block(kind.shape.schema, data, 0, schemas, Guide(schemas, language) if explain else None)]
    return lay_out(kind.path(record), "".join(f"{line}\n" for line in lines).encode("utf-8"), kind.name, schemas)


def filled(kind: Kind, record: str, given: Given, schemas: Schemas) -> Record:
    """Return the data of a draft with the values given; what it still needs is None. Raises `UnknownPath`."""
    return _fill(kind, record, given, schemas)


def written(kind: Kind, path: str, data: Record, schemas: Schemas, head: Iterable[str] = ()) -> Layout:
    """Return a file with data of a record, whole or in part, below comments that begin it."""
    lines = (*(f"# {each}" for each in head), *_block(kind.shape.schema, data, 0, schemas, None))
    return lay_out(path, "".join(f"{line}\n" for line in lines).encode("utf-8"), kind.name, schemas)


def questions(kind: Kind, record: str, given: Given, schemas: Schemas, language: str = "en") -> list[Question]:
    """Return what a draft with the values given still needs, in the order of the fields; raises `UnknownPath`.

    An answer may lead to new questions: a rank must say among whom.
    """
    return list(Guide(schemas, language).questions(kind.shape.schema, _fill(kind, record, given, schemas)))


def shortcuts(kind: Kind, schemas: Schemas) -> Mapping[str, str]:
    """Return the paths that most drafts begin with: the name by language, the fields of the first evidence by role."""
    paths = {language: join(kind.label, language) for language in LANGUAGES}
    todo: list[tuple[str, Schema]] = [("", kind.shape.schema)]
    for path, schema in todo:
        for key, field in fields(schema, schemas):
            if field.get("x-role") == "evidence":
                at, pieces = join(path, key), fields(items_of(field, schemas), schemas)
                return paths | {each["x-role"]: join(at, name) for name, each in pieces if "x-role" in each}
            todo.append((join(path, key), items_of(field, schemas)))
    return paths


def suggest(kind: Kind, name: str) -> str:
    """Return an id made of an English name; empty if the name has no Latin letter or digit."""
    folded = unicodedata.normalize("NFKD", name).casefold().encode("ascii", "ignore").decode()
    record_id = kind.prefix
    for word in re.findall("[a-z0-9]+", folded.replace("'", "")):
        if len(record_id) + 1 + len(word) > ID_LIMIT and record_id != kind.prefix:
            break
        record_id = f"{record_id}-{word}"[:ID_LIMIT]
    return record_id if record_id != kind.prefix else ""


def refusal(kind: Kind, record: str, taken: Collection[str], language: str = "en") -> str:
    """Return why a new record cannot have an id, or an empty text; `taken` are all ids, present and former."""
    if not record.startswith(f"{kind.prefix}-") or not FILE_NAME.fullmatch(record) or len(record) > ID_LIMIT:
        values = {"name": f"{record}.yaml", "folder": kind.folder, "prefix": kind.prefix}
        problem = Problem(kind.path(record), 1, 1, "bad-file-name", "", values)
        return f"{problem.message(language)}\n{problem.hint(language)}"
    is_taken = record.casefold() in {each.casefold() for each in taken}
    return texts_in(language, "edit", "draft")["taken"].format(id=record) if is_taken else ""


# ---- the data


def _fill(kind: Kind, record: str, given: Given, schemas: Schemas) -> Record:
    """Return the smallest record with the values given that lacks no field; an unknown value is None."""
    filler = _Filler(schemas, {}, set())
    for path, text in given:
        _demand_value(kind.shape.schema, path, schemas)
        filler.answers.setdefault(path, []).append(text)
    filler.answers[kind.shape.role("id") or "id"] = [record]
    validator = Validator(kind.name, schemas)
    while True:
        data = filler.record(kind.shape.schema, "")
        problems = validator.problems(Document(kind.path(record), data, Marks()))
        missing = {path for each in problems for path in _missing(each)} - filler.wanted
        if not missing:
            return data
        filler.wanted.update(missing)


def _missing(problem: Problem) -> Iterator[str]:
    """Yield the paths of the fields that a problem says are missing; of a choice, the second one."""
    steps = [step for step in problem.pointer.split("/") if step and not step.isdigit()]
    named = {"missing-field": "field", "missing-choice": "others"}.get(problem.code, "")
    for field in problem.values.get(named, "").split(", ") if named else ():
        yield ".".join([*steps, field])


def _demand_value(schema: Schema, path: str, schemas: Schemas) -> None:
    """Raise `UnknownPath` if there is no value at a path."""
    at = ""
    for step in path.split("."):
        known = dict(fields(items_of(schema, schemas) or schema, schemas))
        if step not in known:
            raise UnknownPath(path, tuple(join(at, key) for key in known))
        at, schema = join(at, step), known[step]
    inner = fields(items_of(schema, schemas) or schema, schemas)
    if inner:
        raise UnknownPath(path, tuple(join(at, key) for key, _ in inner))


@dataclass(frozen=True, slots=True)
class _Filler:
    """Makes data for a schema, with the fields that it requires, those in `wanted` and those with an answer."""

    schemas: Schemas
    answers: dict[str, list[str]]
    wanted: set[str]

    def record(self, schema: Schema, path: str) -> Record:
        """Return an object with the fields that it needs."""
        known = fields(schema, self.schemas)
        return {key: self.value(field, join(path, key)) for key, field in known if self.needs(schema, path, key)}

    def value(self, schema: Schema, path: str) -> Value:
        """Return the value at a path: its answer, None, or an object or list of these."""
        items = items_of(schema, self.schemas)
        if "properties" in items:
            return [self.record(items, path)]
        if items:
            return [read_value(items, text) for text in self.answers.get(path, [""])]
        if "properties" in schema:
            return self.record(schema, path)
        return read_value(schema, self.answers.get(path, [""])[-1])

    def needs(self, schema: Schema, path: str, key: str) -> bool:
        """Say whether an object needs a field; of a value and a claim it needs one, the value if nothing is said."""
        roles = {each.get("x-role"): field for field, each in fields(schema, self.schemas)}
        claim = roles.get("claim")
        is_value = claim is not None and key == roles.get("value") and not self.has(join(path, claim))
        return key in schema.get("required", ()) or is_value or self.has(join(path, key))

    def has(self, path: str) -> bool:
        """Say whether something at or below a path is answered or wanted."""
        return any(f"{each}.".startswith(f"{path}.") for each in (*self.answers, *self.wanted))


def read_value(schema: Schema, text: str) -> Value:
    """Return the value of a text by its schema; one of another type stays a text, which the check reports."""
    value = scalars.resolve(text)
    if schema.get("type") in ("number", "integer", "boolean") and isinstance(value, (int, Decimal)):
        return value
    return text or None


# ---- the text


def _block(schema: Schema, value: Record, indent: int, schemas: Schemas, guide: Guide | None) -> Iterator[str]:
    """Yield the lines of an object as YAML, not yet in the standard layout; a guide adds its comments."""
    guide = guide.within(schema) if guide else None
    for key, field in fields(schema, schemas):
        comments: Iterable[str] = ()
        if key not in value:
            comments = [guide.offer(key, field)] if guide and field.get("x-role") != "retired" else []
        elif guide and _is_open(value[key]):
            comments = guide.help(field)
        yield from (" " * indent + line for line in comments)
        if key in value:
            inner = guide.below(key) if guide and not is_text(field) else None
            yield from _entry(f"{key}:", field, value[key], indent, schemas, inner)


def _entry(sign: str, field: Schema, value: Value, indent: int, schemas: Schemas, guide: Guide | None) -> Iterator[str]:
    """Yield the lines of a value after its key or dash."""
    if not isinstance(value, (dict, list)):
        shown = str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)  # YAML too
        yield " " * indent + (sign if value is None else f"{sign} {shown}")
        return
    yield " " * indent + sign
    if isinstance(value, dict):
        yield from _block(field, value, indent + 2, schemas, guide)
    else:
        for each in value:
            yield from _entry("-", items_of(field, schemas), each, indent + 2, schemas, guide)


def _is_open(value: Value) -> bool:
    """Say whether a value or something in it is empty."""
    inner = list(value.values()) if isinstance(value, dict) else value
    return any(map(_is_open, inner)) if isinstance(inner, list) else inner is None
