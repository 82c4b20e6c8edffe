"""Checks the references in schemas: fields, tables and columns that must exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from factpack.problems import Problem
from factpack.schema.breaches import words_of
from factpack.schema.dialect import fault_at, objects
from factpack.schema.model import DIALECT, PACKAGE, SEARCH, SHARED, Schema, Schemas, Shape, Table, is_text, resolve
from factpack.source import marks

SHARED_TABLES = ("aliases", "evidence", "ids", "numbers")
"""Tables of all kinds together, whose rows the program makes."""
PACKAGE_FIELDS = {
    **dict.fromkeys(("name", "version", "created"), "string"),
    **dict.fromkeys(("title", "description"), "object"),
    **dict.fromkeys(("keywords", "licenses", "contributors"), "array"),
}
"""Fields of the package that the descriptor needs, with their types; objects are texts in both languages."""
LISTED_FIELDS = {"licenses": ("name", "path", "title"), "contributors": ("title", "roles")}
"""Lists of the package, with fields that each item needs."""
PART_ROLES = {
    "sections": ("first", "last"),
    "waivers": ("paragraph", "quote", "occurrence", "reason"),
    "given_again": ("document",),
}
"""Roles of lists of parts, with roles that the fields of each part need."""
TYPES = {
    **dict.fromkeys(("first", "last", "paragraph", "occurrence", "claim_periods"), ("integer",)),
    **dict.fromkeys(("value", "factor"), ("integer", "number")),
}
"""Types of the fields of a role, where code computes with them."""
EVERYDAY = ("words", "means")
"""Lists of texts that each item of the everyday words needs."""
BILINGUAL = ("component", "name", "statement", "symbol")
"""Roles that only a text in both languages can have."""


def reference_problems(schemas: Schemas, files: Mapping[str, bytes], derivations: Collection[str]) -> Iterator[Problem]:
    """Yield each name in a schema that does not exist or clashes, and each that is missing."""
    yield from _missing(schemas, files)
    if SEARCH in files and not _says_everyday(schemas.sources[SEARCH]):
        yield fault_at(SEARCH, files[SEARCH], ("properties",), "schema-reference", found="everyday")
    for name, raw in files.items():
        yield from _unlabelled(name, schemas.sources, raw)
    for name, kind in schemas.kinds.items():
        for path, shape in shapes(kind.shape):
            yield from _shape_problems(schemas, name, files[name], path, shape, derivations)
        if kind.label not in kind.shape.schema["required"]:
            yield fault_at(name, files[name], ("x-label",), "schema-reference", found=kind.label)


def _unlabelled(name: str, sources: Mapping[str, Schema], raw: bytes) -> Iterator[Problem]:
    """Yield each value of a vocabulary that has no label though others have."""
    for path, part in objects(sources[name]) if name != DIALECT else ():
        if isinstance(part.get("enum"), list):
            labels = resolve(part, sources).get("x-labels", {})
            for index, value in enumerate(part["enum"]):
                if labels and value not in labels:
                    yield fault_at(name, raw, (*path, "enum", index), "schema-label", found=str(value))
        elif "x-labels" in part and "enum" not in resolve(part, sources):
            yield fault_at(name, raw, (*path, "x-labels"), "schema-reference", found="x-labels")


def _missing(schemas: Schemas, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield what the program needs and the shared definitions or the package do not have."""
    evidence = schemas.sources[SHARED]["$defs"].get("evidence", {}).get("items", {}).get("properties", {})
    cited = [each.get("x-ref") for each in evidence.values() if each.get("x-role") == "document"]
    missing = [name for name in SHARED_TABLES if name not in schemas.shared]
    missing += ["document"] if not missing and not any(each in schemas.kinds for each in cited) else []
    for name in missing:
        yield fault_at(SHARED, files[SHARED], ("$defs",), "schema-reference", found=name)
    for path, each in objects(schemas.sources[SHARED]):
        if not _target_exists(schemas, each.get("x-ref", "*")):
            yield fault_at(SHARED, files[SHARED], (*path, "x-ref"), "schema-reference", found=each["x-ref"])
    package = schemas.sources[PACKAGE]
    named = {
        name: each.get("x-ref") or each.get("items", {}).get("x-ref") for name, each in package["properties"].items()
    }
    missing = [name for name in PACKAGE_FIELDS if name not in package.get("required", ())]
    missing += [name for name, kind in named.items() if kind and kind not in schemas.kinds]
    for name in missing:
        yield fault_at(PACKAGE, files[PACKAGE], ("required",), "schema-reference", found=name)
    for name in PACKAGE_FIELDS.keys() - missing:
        if not _is_as_needed(name, resolve(package["properties"].get(name, {}), schemas.sources)):
            words = words_of("metadata", name=name)
            yield fault_at(PACKAGE, files[PACKAGE], ("properties", name), "schema-dialect", **words)


def _is_as_needed(name: str, field: Schema) -> bool:
    """Say whether a field of the package has the type that the descriptor needs, and its items their fields."""
    wanted = PACKAGE_FIELDS[name]
    if wanted == "object":
        return is_text(field) and {"zh", "en"} <= {*field.get("required", ())}
    if field.get("type") != wanted:
        return False
    return name not in LISTED_FIELDS or {*LISTED_FIELDS[name]} <= {*field["items"].get("required", ())}


def _says_everyday(search: Schema) -> bool:
    """Say whether the schema of the search has the list of everyday words, whose items have their lists of texts."""
    items = search["properties"].get("everyday", {}).get("items", {})
    fields = items.get("properties", {})
    texts = [fields.get(name, {}).get("items", {}).get("type") for name in EVERYDAY]
    needed = {*search.get("required", ()), *items.get("required", ())}
    return set(texts) == {"string"} and {"everyday", *EVERYDAY} <= needed


def shapes(shape: Shape, path: marks.Path = ()) -> Iterator[tuple[marks.Path, Shape]]:
    """Yield the shape of an object and those of the parts in it, each with its path in the schema."""
    yield path, shape
    for key, part in shape.parts.items():
        yield from shapes(part, (*path, "properties", key, "items"))


def _shape_problems(
    schemas: Schemas, name: str, raw: bytes, path: marks.Path, shape: Shape, derivations: Collection[str]
) -> Iterator[Problem]:
    def wrong(step: marks.Path, found: str) -> Problem:
        return fault_at(name, raw, (*path, *step), "schema-reference", found=found)

    for key, field in shape.schema["properties"].items():
        target = field.get("x-ref") or field.get("items", {}).get("x-ref", "*")
        if not _target_exists(schemas, target):
            yield wrong(("properties", key), target)
        role, at = field.get("x-role", ""), (*path, "properties", key, "x-role")
        if shape.role(role) not in (None, key):
            yield fault_at(name, raw, at, "schema-dialect", **words_of("role twice", role=role))
        elif role in BILINGUAL and not is_text(shape.fields[key]):
            yield fault_at(name, raw, at, "schema-dialect", **words_of("role of a text", role=role))
        elif shape.fields[key].get("type") not in TYPES.get(role, (shape.fields[key].get("type"),)) or (
            role == "period" and shape.fields[key].get("x-format") != "period"
        ):
            yield fault_at(name, raw, at, "schema-dialect", **words_of("role of a type", role=role))
        for needed in PART_ROLES.get(role, ()):
            if key not in shape.parts or not shape.parts[key].role(needed):
                yield fault_at(name, raw, at, "schema-reference", found=needed)
    holders: list[tuple[marks.Path, Schema, Table]] = [((), shape.schema, shape.tables[0])]
    holders += [(("x-views", i), view, shape.tables[i + 1]) for i, view in enumerate(shape.schema.get("x-views", ()))]
    for step, holder, table in holders:
        for key, field in holder.get("x-derived", {}).items():
            origin = field["x-from"]
            if not _path_exists(schemas, name, shape, origin, derivations):
                yield wrong((*step, "x-derived", key, "x-from"), origin)
            if not _target_exists(schemas, field.get("x-ref", "*")):
                yield wrong((*step, "x-derived", key, "x-ref"), field["x-ref"])
        known = {column.name for column in table.columns}
        for index, column in enumerate(holder.get("x-columns", ())):
            if column not in known:
                yield wrong((*step, "x-columns", index), column)
    for index, key in enumerate(shape.key):
        if key not in shape.fields:
            yield wrong(("x-key", index), key)
    for index, key in enumerate(shape.schema.get("required", ())):
        if key not in shape.fields:
            yield wrong(("required", index), key)


def _path_exists(schemas: Schemas, name: str, shape: Shape, origin: str, derivations: Collection[str]) -> bool:
    """Say whether the fields of an `x-from` path exist; of a function only the name is checked."""
    head, *steps = origin.split("/")
    if head.startswith("@"):
        return head[1:] in derivations
    fields = shape.fields
    if head == "..":
        fields, (head, *steps) = schemas.kinds[name].shape.fields, steps
    field = fields.get(head)
    for step in steps:
        target = (field or {}).get("x-ref", "").partition("/")[0]
        inner = schemas.kinds[target].shape.fields if target in schemas.kinds else (field or {}).get("properties", {})
        field = inner.get(step)
    return field is not None


def _target_exists(schemas: Schemas, target: str) -> bool:
    kind, _, part = target.partition("/")
    if kind == "*":
        return True
    return kind in schemas.kinds and (not part or part in schemas.kinds[kind].shape.parts)
