"""The schemas: what kinds of record there are, and for each the fields, roles, tables and columns it has.

Everything the engine knows of the data it learns here. A schema that leaves the dialect
(`schemas/dialect.schema.json`) is a problem at a line of its file.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from factpack.disk.project import FILE_LIMIT
from factpack.problems import Problem
from factpack.schema.engines import decider, explainer, pattern_decider
from factpack.schema.model import DIALECT, PACKAGE, SHARED, Schema, referred
from factpack.source import documents, marks
from factpack.source.characters import forbidden

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

ROLES = {SHARED: "definitions", PACKAGE: "metadata"}
"""The definition of the dialect that a schema keeps to, where it is not that of a kind."""


def schema_path(name: str) -> str:
    return f"schemas/{name}.schema.json"


def parsed(raw: bytes) -> Schema:
    """Return what a schema file holds; raises ValueError where it keeps not to what the loader of records asks too."""
    text = raw.decode("utf-8")
    if len(raw) > FILE_LIMIT or "\\u" in text or any(forbidden(text)):
        wrong = documents.load("", raw).problems
        if wrong:
            raise ValueError(wrong[0].code)
    found: Schema = json.loads(text, object_pairs_hook=_mapping, parse_float=_number, parse_constant=_number)
    return found


def _number(text: str) -> float:
    """Return a number; raises ValueError for what JSON has none of, and for what is too large to be one."""
    if not math.isfinite(number := float(text)):
        raise ValueError(f"no number: {text}")
    return number


def _mapping(pairs: list[tuple[str, Any]]) -> Schema:
    """Return a JSON object; raises ValueError for a key that stands twice, which JSON would drop in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("duplicate key")
    return found


def documents_problems(name: str, raw: bytes) -> list[Problem]:
    """Return why a schema file cannot be read, from the same loader that reads records."""
    found = documents.load(schema_path(name), raw).problems
    return list(found) or [Problem(schema_path(name), 1, 1, "schema-syntax", "", {"found": "-"})]


def fault_at(name: str, raw: bytes, path: marks.Path, code: str, **values: str) -> Problem:
    """Return a problem at a path of a schema file; its marks are read only now that they are needed."""
    return documents.load(schema_path(name), raw).problem(code, path, **values)


def dialect_problems(sources: Mapping[str, Schema], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield each construct of a schema that the dialect does not have, or one problem of the dialect itself."""
    definitions = sources[DIALECT].get("$defs") if isinstance(sources[DIALECT], dict) else None
    rules = {name: {"$defs": definitions, "$ref": f"#/$defs/{name}"} for name in ("kind", *ROLES.values())}
    try:
        deciders = {name: decider(each) for name, each in rules.items()}
    except (ValueError, TypeError):
        yield Problem(schema_path(DIALECT), 1, 1, "schema-dialect", "", {"found": "the dialect is no JSON Schema"})
        return
    for name, source in sources.items():
        rule = ROLES.get(name, "kind")
        if name == DIALECT:
            continue
        if not deciders[rule].is_valid(source):
            yield from _breaches(name, source, rules[rule], files[name])
        else:
            yield from _untranslated(name, source, files[name])
            yield from _unfit_patterns(name, source, files[name])


def _breaches(name: str, source: Schema, dialect: Schema, raw: bytes) -> Iterator[Problem]:
    from jsonschema.exceptions import best_match  # heavy, and only needed to word what is wrong

    errors = list(explainer(dialect).iter_errors(source))
    shapeless = [tuple(error.absolute_path) for error in errors if error.context]
    for path, error in {tuple(error.absolute_path): error for error in errors}.items():
        leaf = best_match([error]) or error
        if not any(path[: len(outer)] == outer != path for outer in shapeless):  # told already: it is no field at all
            yield fault_at(name, raw, path, "schema-dialect", found=_reason(leaf))


def _reason(error: ValidationError) -> str:
    """Return what an error says, in the words that the dialect has for a pattern."""
    described = error.schema.get("description") if error.validator in ("pattern", "not") else None
    return f"{described}: {error.instance}" if described else str(error.message)


def _untranslated(name: str, source: Schema, raw: bytes) -> Iterator[Problem]:
    """Yield each English title or description that differs from the `x-` text beside it."""
    for path, each in objects(source):
        for word in ("title", "description"):
            bilingual = each.get(f"x-{word}")
            if isinstance(bilingual, dict) and each.get(word) != bilingual.get("en"):
                yield fault_at(name, raw, (*path, word), "schema-title", word=word)


def _unfit_patterns(name: str, source: Schema, raw: bytes) -> Iterator[Problem]:
    """Yield each pattern that the linear engine does not support, or that is not for the whole text."""
    for path, each in objects(source):
        pattern = each.get("pattern")
        if isinstance(pattern, str) and (fault := pattern_fault(pattern)):
            yield fault_at(name, raw, (*path, "pattern"), "schema-dialect", found=f"{fault}: {pattern}")


def pattern_fault(pattern: str) -> str:
    """Return what is wrong with a pattern of the forms that the dialect allows, or an empty text."""
    try:
        pattern_decider(pattern)
    except ValueError:
        return "the regular expression engine does not support the pattern"
    signs = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "", pattern)
    while "(" in signs:
        signs = re.sub(r"\([^()]*\)", "", signs)
    return "a choice at the top needs a group, as in ^(a|b)$" if "|" in signs else ""


def objects(source: Schema, path: marks.Path = ()) -> Iterator[tuple[marks.Path, Schema]]:
    """Yield a schema and every object in it, each with its path."""
    yield path, source
    for key, value in source.items():
        for index, each in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(each, dict):
                yield from objects(each, (*path, key) if index is None else (*path, key, index))


def dangling(sources: Mapping[str, Schema], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield each `$ref` to a shared definition that is not there, and each definition that leads back to itself."""
    definitions = sources[SHARED]["$defs"]
    for name, source in sources.items():
        for path, each in objects(source) if name != DIALECT else ():
            if "$ref" in each and referred(each) not in definitions:
                yield fault_at(name, files[name], (*path, "$ref"), "schema-reference", found=referred(each))
    leads = {name: {referred(each) for _, each in objects(source)} for name, source in definitions.items()}
    for name, found in leads.items():
        todo, seen = [*found], set[str]()
        while todo:
            if (at := todo.pop()) not in seen:
                seen.add(at)
                todo += leads.get(at, ())
        if name in seen:
            yield fault_at(SHARED, files[SHARED], ("$defs", name), "schema-reference", found=name)
