"""Validates records and words what is wrong: jsonschema-rs decides, jsonschema says why and where (`engines`).

Every reference is rewritten to point into the schema itself.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING

from factpack.problems import LIST_LIMIT, MANY, Problem, labelled, listed
from factpack.schema.causes import Cause, causes
from factpack.schema.engines import decider, explainer, repeated
from factpack.schema.mend import mended
from factpack.schema.model import METADATA, SHARED, Schema, Schemas, resolve
from factpack.source.addresses import encoded
from factpack.source.documents import Document
from factpack.source.marks import Path
from factpack.source.syntax import quotes_meant, sign_meant
from factpack.words import LANGUAGES, Both, texts

if TYPE_CHECKING:
    import jsonschema_rs
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
    "x-written",
    "examples",
)
"""Keywords that do not decide whether a record is valid."""
NEAREST = 5
"""Values of a long list that may be shown for one that is not in it."""
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

    @cached_property
    def schema(self) -> Schema:
        """The schema with the shared definitions inside it."""
        return bundle(self.schemas.sources[self.name], self.schemas.sources)

    @cached_property
    def decides(self) -> jsonschema_rs.Draft202012Validator:
        """The validator that decides."""
        return decider(self.schema)

    @cached_property
    def _explainer(self) -> Explainer:
        return explainer(self.schema)

    def problems(self, document: Document) -> list[Problem]:
        """Return what is wrong with a document by its schema: nothing if it is valid.

        One problem for one cause, all causes at once, and what a record needs in any case before what a condition asks.
        Of a document with values that cannot be read, what does not rest on these.
        """
        data = document.readable if document.data is None else document.data
        if data is None or self.decides.is_valid(data):
            return []
        errors = list(islice(self.errors(data), ERROR_LIMIT))
        unknown = {_path(each): _unknown(each) for each in errors if _is_of_unknown_fields(each)}
        record = mended(data, document, unknown, self.schemas.sources[self.name], self.schemas)
        if unknown:
            errors = list(islice(self.errors(record.data), ERROR_LIMIT))
        if document.problems:
            errors = [each for each in errors if not _rests_on(each, record.in_file(_path(each)), document.faults)]
        found: dict[tuple[str, str, str | None], Problem] = {}
        for error in causes(errors, self.schema):
            if not record.is_added(error.absolute_path):
                for problem in _worded(error, record.in_file(error.absolute_path), document, self.schemas):
                    found.setdefault((problem.pointer, problem.code, problem.values.get("field")), problem)
        return [*record.problems, *found.values()]

    def errors(self, data: object) -> Iterator[ValidationError]:
        """Yield the errors that jsonschema finds."""
        yield from self._explainer.iter_errors(data)


def _is_of_unknown_fields(error: ValidationError) -> bool:
    return str(error.validator) == "additionalProperties"


def _path(error: ValidationError) -> Path:
    return tuple(error.absolute_path)


def _rests_on(error: ValidationError, path: Path, faults: Collection[Path]) -> bool:
    """Say whether an error may come of a value that cannot be read; that a field is missing in any case does not."""
    if any(path[: len(fault)] == fault for fault in faults):
        return True
    if str(error.validator) == "required" and not {"then", "else", "contains"} & {*error.absolute_schema_path}:
        return False
    return any(fault[: len(path)] == path for fault in faults)


def _unknown(error: ValidationError) -> list[str]:
    """Return the fields of an object that its schema does not have."""
    return [key for key in error.instance if key not in error.schema.get("properties", {})]


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


def _worded(error: Cause, path: Path, document: Document, schemas: Schemas) -> Iterator[Problem]:
    """Yield the problems of one schema error, with the names of fields; its path is that in the file.

    What it is about is described at its own path: in the file, its field may have another name or be elsewhere.
    """
    field = _name(path)
    described = partial(_described, document, error.absolute_path, schemas)
    wanted, value = error.validator_value, error.instance
    match error.validator:
        case "required" if error.otherwise:
            yield _missing_choice(error, document, path, schemas)
        case "required":
            yield from _missing(error, document, path, schemas)
        case "type":
            yield _wrong_type(document, path, field, str(wanted), value)
        case "pattern" | "enum" | "const" if sign := quotes_meant(value):
            yield document.problem("full-width-sign", path, **sign)
        case "enum" | "const":
            allowed = wanted if error.validator == "enum" else [wanted]
            yield _not_a_value(document, path, allowed, value, described().get("x-labels", {}))
        case "pattern" if (address := encoded(_text(value))) and re.search(str(wanted), address):
            yield document.problem("address-not-encoded", path, field=field, found=_text(value), encoded=address)
        case "pattern":
            form = _form(described(), schemas)
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
            needed = error.validator_value.get("required", ()) if error.validator == "contains" else ()
            words = texts("schema", "conditions")["entry" if needed else "other"]
            told = {f"condition_{each}": words[each].format(fields=", ".join(needed)) for each in LANGUAGES}
            yield document.problem("schema-condition", path, field=field, **told)


def _name(path: Path) -> str:
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "record")


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _not_a_value(
    document: Document, path: Path, wanted: Sequence[object], value: object, labels: Mapping[str, Both]
) -> Problem:
    """Return the problem of a value that is not in a vocabulary; in Chinese, choices are shown by their labels, too.

    Of a long list the nearest are shown, and that the value may be new.
    """
    allowed = [_text(each) for each in wanted]
    is_long = len(allowed) > MANY
    shown = difflib.get_close_matches(str(value), allowed, NEAREST if is_long else 1, 0.6) or allowed
    limit = LIST_LIMIT if is_long else 0
    choices = listed("allowed", {"en": shown, "zh": [labelled(each, labels, "zh") for each in shown]}, limit)
    more = texts("schema", "choices")["more"] if is_long else dict.fromkeys(LANGUAGES, "")
    choices |= {f"more_{each}": more[each].format(count=len(allowed)) for each in LANGUAGES}
    return document.problem("not-in-vocabulary", path, field=_name(path), found=_text(value), **choices)


def _form(field: Schema, schemas: Schemas) -> dict[str, str]:
    """Return how a text is written: a reference as the ids of its kind are, any other as its schema says it."""
    kind = schemas.kinds.get(field.get("x-ref", ""))
    if kind is None:
        return {f"form_{each}": str(field["x-written"][each]) for each in LANGUAGES}
    titles = {"en": kind.name.replace("_", " "), "zh": str(kind.shape.schema["x-title"]["zh"])}
    form = texts("schema", "forms")["reference"]
    return {f"form_{each}": form[each].format(kind=titles[each], prefix=kind.prefix) for each in LANGUAGES}


def _missing(error: Cause, document: Document, path: Path, schemas: Schemas) -> Iterator[Problem]:
    for key in error.validator_value:
        if key not in error.instance:
            what = _what(document, (*error.absolute_path, key), schemas)
            yield document.problem("missing-field", path, field=key, what_en=what["en"], what_zh=what["zh"])


def _missing_choice(error: Cause, document: Document, path: Path, schemas: Schemas) -> Problem:
    """Return the problem that an object has neither some fields nor what it needs without them."""
    words = texts("schema", "choice")
    sides = (error.otherwise, error.validator_value)
    sets = [
        {each: words["and"][each].join(map(words["name"][each].format, side)) for each in LANGUAGES} for side in sides
    ]
    choice = {f"choice_{each}": words["or"][each].join(side[each] for side in sets) for each in LANGUAGES}
    told = {key: _what(document, (*error.absolute_path, key), schemas) for side in sides for key in side}
    what = {each: [f"{key}{words['is'][each]}{text[each]}" for key, text in told.items()] for each in LANGUAGES}
    fields = {"field": ", ".join(error.otherwise), "others": ", ".join(error.validator_value)}
    shown = {f"what_{each}": " ".join(what[each]) for each in LANGUAGES}
    return document.problem("missing-choice", path, **fields, **choice, **shown)


def _what(document: Document, path: Path, schemas: Schemas) -> Both:
    """Return what a field is for."""
    text: Both = _described(document, path, schemas).get("x-description", {"zh": "", "en": ""})
    return text


def _described(document: Document, path: Path, schemas: Schemas) -> Schema:
    """Return the schema of what is at a path of a record, with its descriptions, labels and examples."""
    folder = document.path.split("/")[1] if "/" in document.path else ""
    name = folder.removesuffix(".yaml")
    single = schemas.sources.get(name, {}) if name in METADATA else {}
    node = next((source for source in schemas.sources.values() if source.get("x-folder") == folder), single)
    for step in path:
        node = resolve(node, schemas.sources)
        node = node.get("items", {}) if isinstance(step, int) else node.get("properties", {}).get(step, {})
    return resolve(node, schemas.sources)


def _wrong_type(document: Document, path: Path, field: str, wanted: str, value: object) -> Problem:
    if value is None:
        return document.problem("no-value", path, field=field)
    if isinstance(value, str) and (sign := sign_meant(value)):
        return document.problem("full-width-sign", path, **sign)
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
