"""Drafts: the file of a new record, made from its kind's schema, with what it needs and does not have yet left empty.

An empty value is `no-value` to the check, so that none can be published. Which fields a draft needs is written down in
the schema only: a draft is laid before its validator until no field is missing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from factpack.disk.project import FILE_NAME, ID_LIMIT
from factpack.edit.fields import Guide, Question, fields, items_of, join
from factpack.edit.layout import Layout, lay_out
from factpack.problems import Problem
from factpack.schema.model import Kind, Schema, Schemas, is_text
from factpack.schema.validate import Validator
from factpack.source import scalars
from factpack.source.documents import Document
from factpack.source.marks import Marks, Value

Given: TypeAlias = Iterable[tuple[str, str]]
"""Values as text by path, such as `name.zh` or `observations.evidence.quote`; a list takes several of one path."""

WORDS = {
    "en": {
        "head": "Fill in what is empty and add what applies. The lines that begin with # are help and may be deleted.",
        "taken": "the id {id} is taken: an id is never used twice",
        "unknown": "there is no value at {path}; known: {known}",
    },
    "zh": {
        "head": "请填写空着的字段，并按需添加其他字段。以 # 开头的行是说明，可以删除。",
        "taken": "编号 {id} 已被占用：编号不可重复使用",
        "unknown": "{path} 处没有可填的值；可用：{known}",
    },
}


@dataclass(frozen=True)
class UnknownPath(Exception):
    """A path leads to no value of the kind; `known` are those that it could be."""

    path: str
    known: tuple[str, ...]

    def message(self, language: str = "en") -> str:
        """Return what is wrong, in one sentence."""
        return WORDS[language]["unknown"].format(path=self.path, known=", ".join(self.known))

    def __str__(self) -> str:
        return self.message()


def draft(
    kind: Kind, record: str, given: Given, schemas: Schemas, language: str = "en", *, explain: bool = True
) -> Layout:
    """Return the file of a new record with the values given; its problems are those of values that no file can hold.

    With `explain`, comments say what the empty fields are for, and name the optional ones. Raises `UnknownPath`.
    """
    data = _fill(kind, record, given, schemas)
    head = [f"# {WORDS[language]['head']}"] if explain else []
    lines = [*head, *_block(kind.shape.schema, data, 0, schemas, Guide(schemas, language) if explain else None)]
    return lay_out(kind.path(record), "".join(f"{line}\n" for line in lines).encode("utf-8"), kind.name, schemas)


def questions(kind: Kind, record: str, given: Given, schemas: Schemas, language: str = "en") -> list[Question]:
    """Return what a draft with the values given still needs, in the order of its fields; raises `UnknownPath`.

    An answer may bring new questions: a rank must say among whom.
    """
    return list(Guide(schemas, language).questions(kind.shape.schema, _fill(kind, record, given, schemas)))


def shortcuts(kind: Kind, schemas: Schemas) -> Mapping[str, str]:
    """Return the paths of what most drafts begin with: the name in both languages, the parts of the first evidence."""
    found = {language: join(kind.label, language) for language in ("zh", "en")}
    todo: list[tuple[str, Schema]] = [("", kind.shape.schema)]
    for path, schema in todo:
        for key, field in fields(schema, schemas):
            if field.get("x-role") == "evidence":
                at, pieces = join(path, key), fields(items_of(field, schemas), schemas)
                return found | {each["x-role"]: join(at, name) for name, each in pieces if "x-role" in each}
            todo.append((join(path, key), items_of(field, schemas)))
    return found


def suggest(kind: Kind, name: str) -> str:
    """Return an id made of an English name, empty where the name has no letter or digit to make it of."""
    folded = unicodedata.normalize("NFKD", name).casefold().encode("ascii", "ignore").decode()
    found = kind.prefix
    for word in re.findall("[a-z0-9]+", folded.replace("'", "")):
        if len(found) + 1 + len(word) > ID_LIMIT and found != kind.prefix:
            break
        found = f"{found}-{word}"[:ID_LIMIT]
    return found if found != kind.prefix else ""


def refusal(kind: Kind, record: str, taken: Collection[str], language: str = "en") -> str:
    """Return why a new record cannot have an id, else nothing; `taken` are the ids that there are or ever were."""
    if not record.startswith(f"{kind.prefix}-") or not FILE_NAME.fullmatch(record) or len(record) > ID_LIMIT:
        values = {"name": f"{record}.yaml", "folder": kind.folder, "prefix": kind.prefix}
        problem = Problem(kind.path(record), 1, 1, "bad-file-name", "", values)
        return f"{problem.message(language)}\n{problem.hint(language)}"
    is_taken = record.casefold() in {each.casefold() for each in taken}
    return WORDS[language]["taken"].format(id=record) if is_taken else ""


# ---- the data


def _fill(kind: Kind, record: str, given: Given, schemas: Schemas) -> dict[str, Value]:
    """Return the least record with the values given in which no field is missing; what is not known is None."""
    filler = _Filler(schemas, {}, set())
    for path, text in given:
        _demand_value(kind.shape.schema, path, schemas)
        filler.answers.setdefault(path, []).append(text)
    filler.answers[kind.shape.role("id") or "id"] = [record]
    validator = Validator(kind.name, schemas)
    while True:
        data: Any = filler.value(kind.shape.schema, "")
        problems = validator.problems(Document(kind.path(record), data, Marks()))
        missing = {_missing(each) for each in problems if each.code == "missing-field"} - filler.wanted
        if not missing:
            return data  # type: ignore[no-any-return]
        filler.wanted.update(missing)


def _missing(problem: Problem) -> str:
    """Return the path of a missing field."""
    steps = [step for step in problem.pointer.split("/") if step and not step.isdigit()]
    return ".".join([*steps, problem.values["field"]])


def _demand_value(schema: Schema, path: str, schemas: Schemas) -> None:
    """Raise `UnknownPath` where a path leads to no value."""
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
    """Makes data for a schema: what is required, wanted or answered."""

    schemas: Schemas
    answers: dict[str, list[str]]
    wanted: set[str]

    def value(self, schema: Schema, path: str) -> Value:
        items = items_of(schema, self.schemas)
        if "properties" in items:
            return [self.value(items, path)]
        if items:
            return [_read(items, text) for text in self.answers.get(path, [""])]
        if "properties" in schema:
            known = fields(schema, self.schemas)
            return {key: self.value(each, join(path, key)) for key, each in known if self.needs(schema, path, key)}
        return _read(schema, self.answers.get(path, [""])[-1])

    def needs(self, schema: Schema, path: str, key: str) -> bool:
        """Say whether an object needs a field; a value stands even where it is optional, unless there is a claim."""
        roles = {each.get("x-role"): field for field, each in fields(schema, self.schemas)}
        is_value = key == roles.get("value") and not self.has(join(path, roles.get("claim", "")))
        return key in schema.get("required", ()) or is_value or self.has(join(path, key))

    def has(self, path: str) -> bool:
        return any(f"{each}.".startswith(f"{path}.") for each in (*self.answers, *self.wanted))


def _read(schema: Schema, text: str) -> Value:
    """Return what a text given for a value means; what is not of its type stays a text, for the check to refuse."""
    means = scalars.resolve(text)
    is_read = schema.get("type") in ("number", "integer", "boolean") and isinstance(means, (int, Decimal))
    return means if is_read else text or None  # type: ignore[return-value]


# ---- the text


def _block(schema: Schema, value: Any, indent: int, schemas: Schemas, guide: Guide | None) -> Iterator[str]:
    """Yield the lines of an object as YAML, in no particular layout; a guide adds its comments."""
    for key, field in fields(schema, schemas):
        told: Iterable[str] = ()
        if key not in value:
            told = [guide.offer(key, field)] if guide and field.get("x-role") != "retired" else []
        elif guide and _is_open(value[key]):
            told = guide.help(field)
        yield from (" " * indent + line for line in told)
        if key in value:
            yield from _entry(f"{key}:", field, value[key], indent, schemas, None if is_text(field) else guide)


def _entry(sign: str, field: Schema, value: Any, indent: int, schemas: Schemas, guide: Guide | None) -> Iterator[str]:
    """Yield the lines of a value behind its key or dash."""
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
    """Say whether something in a value is empty."""
    inner = list(value.values()) if isinstance(value, dict) else value
    return any(map(_is_open, inner)) if isinstance(inner, list) else inner is None
