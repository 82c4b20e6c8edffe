"""Validates records and words what is wrong: jsonschema-rs decides, jsonschema says why and where (`engines`).

Every reference is rewritten to point into the schema itself.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from factpack.problems import Problem, labelled, listed
from factpack.schema.engines import decider, explainer, repeated
from factpack.schema.model import PACKAGE, SHARED, Schema, Schemas, resolve
from factpack.source.documents import Document
from factpack.source.marks import Path
from factpack.words import LANGUAGES, Both, texts

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator as Explainer

PUBLISHED_ONLY = (
    "$schema",
    "$id",
    "x-derived",
    "x-views",
    "x-columns",
    "x-title",
    "x-description",
    "x-labels",
    "examples",
)
"""Keywords that do not decide whether a record is valid."""
ERROR_LIMIT = 1_000
"""Errors after which no more of a record are worded: it is probably not a record at all."""

_TYPE_NAMES = {
    str: "string",
    bool: "boolean",
    int: "integer",
    Decimal: "number",
    dict: "object",
    list: "array",
}


def type_words(name: str) -> Both:
    """Return what a JSON type is called, such as `integer`: a whole number."""
    return texts("schema", "types")[name]


class Validator:
    """Validates documents by one schema."""

    def __init__(self, name: str, schemas: Schemas) -> None:
        self.name = name
        self.schemas = schemas
        self.schema = bundle(schemas.sources[name], schemas.sources)
        self.decides = decider(self.schema)

    @cached_property
    def _explainer(self) -> Explainer:
        return explainer(self.schema)

    def problems(self, document: Document) -> list[Problem]:
        """Return what is wrong with a document by its schema: nothing if it is valid."""
        if document.data is None or self.decides.is_valid(document.data):
            return []
        by_place: dict[tuple[str, str, str | None], Problem] = {}
        for error in _causes(list(islice(self.errors(document.data), ERROR_LIMIT))):
            for problem in _worded(error, document, self.schemas):
                by_place.setdefault((problem.pointer, problem.code, problem.values.get("field")), problem)
        misspelt = {
            (problem.pointer.rpartition("/")[0], problem.values.get("known_en")) for problem in by_place.values()
        }
        return [
            problem
            for problem in by_place.values()
            if problem.code != "missing-field" or (problem.pointer, problem.values["field"]) not in misspelt
        ]

    def errors(self, data: object) -> Iterator[ValidationError]:
        """Yield the errors that jsonschema finds."""
        yield from self._explainer.iter_errors(data)


def _causes(errors: list[ValidationError]) -> list[ValidationError]:
    """Return the errors without those that follow from another: one problem for one cause.

    A value of the wrong type is not in the vocabulary either. An unknown field may be a misspelt one that a condition
    requires. If a condition does not allow a field, it is not also reported which one it requires instead.
    """
    mistyped = {tuple(error.absolute_path) for error in errors if error.validator == "type"}
    open_objects = {tuple(error.absolute_path) for error in errors if error.validator == "additionalProperties"}
    refused = {_branch(error) for error in errors if _is_refusal(error)}
    return [
        error
        for error in errors
        if (error.validator == "type" or tuple(error.absolute_path) not in mistyped)
        and not (_branch(error) and _holder(error) in open_objects)
        and not (error.validator == "required" and _branch(error) in refused)
    ]


def _is_refusal(error: ValidationError) -> bool:
    """Say whether an error is about a field that a condition does not allow."""
    return error.validator == "not" and not error.validator_value


def _branch(error: ValidationError) -> tuple[object, ...]:
    """Return the path of the condition that an error comes from, with its object's; empty if there is no condition."""
    steps = tuple(error.absolute_schema_path)
    last = max((at for at, step in enumerate(steps) if step in ("then", "else")), default=-1)
    return (*steps[: last + 1], _holder(error)) if last >= 0 else ()


def _holder(error: ValidationError) -> Path:
    """Return the path of the object that has the field of an error."""
    path = tuple(error.absolute_path)
    return path[:-1] if _is_refusal(error) else path


def bundle(source: Schema, sources: Mapping[str, Schema]) -> Schema:
    """Return a schema with the shared definitions inside it, without keywords that do not decide."""
    shared = {name: _local(each) for name, each in sources[SHARED]["$defs"].items() if "x-shared" not in each}
    return {**_local(source), "$defs": shared}


def _local(source: Schema) -> Schema:
    """Return a schema whose references point into itself, without keywords that do not decide."""
    kept: Schema = {key: _local_value(value) for key, value in source.items() if key not in PUBLISHED_ONLY}
    if "properties" in kept:  # jsonschema loses the path of a field whose schema is false
        kept["properties"] = {k: {"not": {}} if each is False else each for k, each in kept["properties"].items()}
    if isinstance(kept.get("$ref"), str):
        kept["$ref"] = "#" + kept["$ref"].partition("#")[2]
    return kept


def _local_value(value: object) -> object:
    if isinstance(value, dict):
        return _local(value)
    return [_local_value(each) for each in value] if isinstance(value, list) else value


def _worded(error: ValidationError, document: Document, schemas: Schemas) -> Iterator[Problem]:
    """Yield the problems of one schema error, with the names of fields."""
    path: Path = tuple(error.absolute_path)
    field = _name(path)
    wanted, value = error.validator_value, error.instance
    match error.validator:
        case "additionalProperties":
            yield from _unknown(error, document, path)
        case "required":
            yield from _missing(error, document, path, schemas)
        case "type":
            yield _wrong_type(document, path, field, str(wanted), value)
        case "enum" | "const":
            yield _not_a_value(document, path, wanted if error.validator == "enum" else [wanted], value, schemas)
        case "pattern":
            form = _form(_described(document, path, schemas), str(wanted), schemas)
            yield document.problem("wrong-form", path, field=field, found=_text(value), **form)
        case "minLength" | "maxLength" | "minItems" | "maxItems" | "minimum" | "maximum":
            code = "wrong-size" if error.validator[3:] in ("Length", "Items") else "out-of-range"
            size = len(value) if code == "wrong-size" else value
            word, zh = ("least", "至少") if error.validator.startswith("min") else ("most", "至多")
            limits = {"limit": str(wanted), "word": word, "word_zh": zh}
            yield document.problem(code, path, field=field, found=str(size), **limits)
        case "uniqueItems":
            yield document.problem("repeated-item", path, field=field, found=_text(repeated(value)[0]))
        case "not" if not wanted:
            yield document.key_problem("field-not-allowed", path, field=field)
        case _:
            yield document.problem("schema-condition", path, field=field, condition=str(error.validator))


def _name(path: Path) -> str:
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "record")


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _not_a_value(document: Document, path: Path, wanted: Sequence[object], value: object, schemas: Schemas) -> Problem:
    """Return the problem of a value that is not in a vocabulary; in Chinese, choices are shown by their labels, too."""
    allowed = [_text(each) for each in wanted]
    shown = difflib.get_close_matches(str(value), allowed, 1, 0.6) or allowed
    labels = _described(document, path, schemas).get("x-labels", {})
    choices = listed("allowed", {"en": shown, "zh": [labelled(each, labels, "zh") for each in shown]})
    return document.problem("not-in-vocabulary", path, field=_name(path), found=_text(value), **choices)


def _form(field: Schema, pattern: str, schemas: Schemas) -> dict[str, str]:
    """Return how a text is written: by an example, without one by its pattern."""
    kind = schemas.kinds.get(field.get("x-ref", ""))
    example = f"{kind.prefix}-…" if kind else next(iter(field.get("examples", ())), None)
    if example is None:
        return {"form_en": f"that matches {pattern}", "form_zh": f"符合 {pattern}"}
    return {"form_en": f"such as '{example}'", "form_zh": f"如“{example}”"}


def _unknown(error: ValidationError, document: Document, path: Path) -> Iterator[Problem]:
    known = list(error.schema.get("properties", {}))
    for key in error.instance:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1, 0.6)
            shown = listed("known", dict.fromkeys(LANGUAGES, near or known))
            yield document.key_problem("unknown-field", (*path, key), field=key, **shown)


def _missing(error: ValidationError, document: Document, path: Path, schemas: Schemas) -> Iterator[Problem]:
    for key in error.validator_value:
        if key not in error.instance:
            texts = _described(document, (*path, key), schemas).get("x-description", {"zh": "", "en": ""})
            yield document.problem("missing-field", path, field=key, what_en=texts["en"], what_zh=texts["zh"])


def _described(document: Document, path: Path, schemas: Schemas) -> Schema:
    """Return the schema of what is at a path of a record, with its descriptions, labels and examples."""
    folder = document.path.split("/")[1] if "/" in document.path else ""
    package = schemas.sources.get(PACKAGE, {}) if folder == f"{PACKAGE}.yaml" else {}
    node = next((source for source in schemas.sources.values() if source.get("x-folder") == folder), package)
    for step in path:
        node = resolve(node, schemas.sources)
        node = node.get("items", {}) if isinstance(step, int) else node.get("properties", {}).get(step, {})
    return resolve(node, schemas.sources)


def _wrong_type(document: Document, path: Path, field: str, wanted: str, value: object) -> Problem:
    if value is None:
        return document.problem("no-value", path, field=field)
    required, given = type_words(wanted), type_words(_TYPE_NAMES[type(value)])
    return document.problem(
        "wrong-type",
        path,
        field=field,
        wanted=required["en"],
        wanted_zh=required["zh"],
        found=given["en"],
        found_zh=given["zh"],
        value=_text(value) if not isinstance(value, (dict, list)) else "…",
    )
