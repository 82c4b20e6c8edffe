"""Checks the schemas by the rules for schemas (`schemas/dialect.schema.json`), which are the program's own.

All that the program knows of the data is in the schemas. What the rules do not allow is a problem at its line. A
project has a copy of the rules for its editors and readers; one that is not the same is a problem, and nothing is
checked by it.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping

from factpack import __version__
from factpack.disk.project import FILE_LIMIT
from factpack.problems import Problem
from factpack.schema.breaches import breach, unread_json, words_of
from factpack.schema.engines import decider, explainer, pattern_decider
from factpack.schema.model import DIALECT, METADATA, SHARED, Schema, referred
from factpack.source import documents, marks
from factpack.source.cells import CELL_LIMIT, leaves, text_faults, units
from factpack.source.characters import faults
from factpack.source.marks import is_deeper
from factpack.source.strict import DEPTH_LIMIT

RULES = "e01aa5e1e43b9f9ee9186dc9b9d88b467cd9ae0086d3769760a78d8bf33fa507"
"""The fingerprint of the rules for schemas that this program was written for, as `rules_fingerprint` returns it.

Who changes the rules changes it, too: so they are part of the code, and no project brings its own.
"""
FIXED = {
    "evidence": {"document", "paragraph", "quote", "locator", "readings"},
    "retired": {"since", "reason", "replaced_by"},
    "former_names": {"zh", "en", "document"},
}
"""Shared definitions with fields that the program knows by name; a field with one of these roles refers to it."""
ROLES = {SHARED: "definitions", **dict.fromkeys(METADATA, "metadata")}
"""The definition in the dialect for a schema that is not one of a kind."""


def schema_path(name: str) -> str:
    """Return the path of a schema by its name."""
    return f"schemas/{name}.schema.json"


def parsed(raw: bytes) -> Schema:
    """Return the schema in a file; raises ValueError for what is not JSON, or not allowed in a record file either."""
    text = raw.decode("utf-8")
    if len(raw) > FILE_LIMIT or "\\u" in text or any(faults(text)):
        problems = documents.load("", raw).problems
        if problems:
            raise ValueError(problems[0].code)
    schema: Schema = json.loads(text, object_pairs_hook=_mapping, parse_float=_number, parse_constant=_number)
    if is_deeper(schema, DEPTH_LIMIT):
        raise ValueError("too-deep")
    return schema


def _number(text: str) -> float:
    """Return a number; raises ValueError for NaN and infinity, and for a number that is too large."""
    if not math.isfinite(number := float(text)):
        raise ValueError(f"not a number: {text}")
    return number


def _mapping(pairs: list[tuple[str, object]]) -> Schema:
    """Return a JSON object; raises ValueError for a key that occurs twice, one of which would be lost in silence."""
    mapping: Schema = dict(pairs)
    if len(mapping) < len(pairs):
        raise ValueError("duplicate key")
    return mapping


def rules_fingerprint(rules: object) -> str:
    """Return the SHA-256 of the content of a JSON file, whatever its layout."""
    return hashlib.sha256(json.dumps(rules, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


def foreign_rules(sources: Mapping[str, Schema]) -> Iterator[Problem]:
    """Yield that the rules for schemas in a project are not those of this program."""
    if rules_fingerprint(sources[DIALECT]) != RULES:
        yield Problem(schema_path(DIALECT), 1, 1, "dialect-differs", "", {"version": __version__})


def syntax_problems(name: str, raw: bytes) -> list[Problem]:
    """Return why a schema file cannot be read, as the reader of records says it."""
    problems = documents.load(schema_path(name), raw).problems
    return list(problems) or [Problem(schema_path(name), 1, 1, "schema-syntax", "", unread_json())]


def fault_at(name: str, raw: bytes, path: marks.Path, code: str, **values: str) -> Problem:
    """Return a problem at a path of a schema file; its lines and columns are looked up only here."""
    return documents.load(schema_path(name), raw).problem(code, path, **values)


def dialect_problems(sources: Mapping[str, Schema], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield each construct of a schema that the dialect does not have."""
    definitions = sources[DIALECT]["$defs"]
    rules = {name: {"$defs": definitions, "$ref": f"#/$defs/{name}"} for name in ("kind", *ROLES.values())}
    deciders = {name: decider(each) for name, each in rules.items()}
    for name, source in sources.items():
        rule = ROLES.get(name, "kind")
        if name == DIALECT:
            continue
        if not deciders[rule].is_valid(source):
            yield from _breaches(name, source, rules[rule], files[name])
        else:
            yield from _untranslated(name, source, files[name])
            yield from _unfit_patterns(name, source, files[name])
            yield from _unfit_texts(name, source, files[name])


def _breaches(name: str, source: Schema, dialect: Schema, raw: bytes) -> Iterator[Problem]:
    """Yield a problem for each place of a schema that breaks the rules, with the most specific reason."""
    from jsonschema.exceptions import best_match  # heavy, and only needed to word what is wrong

    errors = list(explainer(dialect).iter_errors(source))
    misshapen = [tuple(error.absolute_path) for error in errors if error.context]
    for path, error in {tuple(error.absolute_path): error for error in errors}.items():
        leaf = best_match([error]) or error
        if not any(
            path[: len(outer)] == outer != path for outer in misshapen
        ):  # reported already: it is not a field at all
            yield fault_at(name, raw, path, "schema-dialect", **breach(leaf))


def _untranslated(name: str, source: Schema, raw: bytes) -> Iterator[Problem]:
    """Yield each `title` or `description` that differs from the English of `x-title` or `x-description`."""
    for path, part in objects(source):
        for word in ("title", "description"):
            bilingual = part.get(f"x-{word}")
            if isinstance(bilingual, dict) and part.get(word) != bilingual.get("en"):
                yield fault_at(name, raw, (*path, word), "schema-title", word=word)


def _unfit_texts(name: str, source: Schema, raw: bytes) -> Iterator[Problem]:
    """Yield each text of a schema that is published and that not all forms of a release can hold."""
    for path, part in objects(source):
        for word in ("x-title", "x-description", "x-labels", "default"):
            for at, text in leaves(part.get(word)):
                for code, values in text_faults(text) if isinstance(text, str) else ():
                    yield fault_at(name, raw, (*path, word, *at), code, **values)
        labels = part.get("x-labels")
        if isinstance(labels, dict) and units(json.dumps(labels, ensure_ascii=False)) > CELL_LIMIT:
            yield fault_at(name, raw, (*path, "x-labels"), "text-too-long", limit=f"{CELL_LIMIT:,}")


def _unfit_patterns(name: str, source: Schema, raw: bytes) -> Iterator[Problem]:
    """Yield each pattern that the linear engine does not support, or that is not for the whole text."""
    for path, part in objects(source):
        pattern = part.get("pattern")
        if isinstance(pattern, str) and (fault := pattern_fault(pattern)):
            yield fault_at(name, raw, (*path, "pattern"), "schema-dialect", **words_of(fault, pattern=pattern))


def pattern_fault(pattern: str) -> str:
    """Return the words for what is wrong with a pattern of the forms that the dialect allows, or an empty text."""
    try:
        pattern_decider(pattern)
    except ValueError:
        return "engine"
    signs = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "", pattern)
    while "(" in signs:
        signs = re.sub(r"\([^()]*\)", "", signs)
    return "choice" if "|" in signs else ""


def objects(source: Schema, path: marks.Path = ()) -> Iterator[tuple[marks.Path, Schema]]:
    """Yield a schema and every object in it, each with its path."""
    yield path, source
    for key, value in source.items():
        for index, part in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(part, dict):
                yield from objects(part, (*path, key) if index is None else (*path, key, index))


def shared_problems(sources: Mapping[str, Schema], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield each `$ref` to a shared definition that does not exist, and each definition that refers to itself."""
    definitions = sources[SHARED]["$defs"]
    for name, source in sources.items():
        for path, part in objects(source) if name != DIALECT else ():
            if "$ref" in part and referred(part) not in definitions:
                yield fault_at(name, files[name], (*path, "$ref"), "schema-reference", found=referred(part))
    for name, wanted in FIXED.items():
        held = definitions.get(name, {})
        for field in sorted(wanted - held.get("items", held).get("properties", {}).keys()):
            yield fault_at(SHARED, files[SHARED], ("$defs", name), "schema-reference", found=f"{name}/{field}")
    for name, source in sources.items():
        for path, part in objects(source) if name != DIALECT else ():
            role = part.get("x-role")
            if role in FIXED and referred(part) != role and path != ("$defs", role):
                words = words_of("role of a definition", role=role)
                yield fault_at(name, files[name], (*path, "x-role"), "schema-dialect", **words)
    used = {name: {referred(part) for _, part in objects(source)} for name, source in definitions.items()}
    for name, direct in used.items():
        todo, seen = [*direct], set[str]()
        while todo:
            if (other := todo.pop()) not in seen:
                seen.add(other)
                todo += used.get(other, ())
        if name in seen:
            yield fault_at(SHARED, files[SHARED], ("$defs", name), "schema-reference", found=name)
