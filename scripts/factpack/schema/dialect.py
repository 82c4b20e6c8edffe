"""The schemas: what kinds of record there are, and for each the fields, roles, tables and columns it has.

Everything the engine knows of the data it learns here. A schema that leaves the dialect
(`schemas/dialect.schema.json`) is a problem at a line of its file.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import jsonschema_rs

from factpack.disk.project import FILE_LIMIT
from factpack.problems import Problem
from factpack.schema import patterns
from factpack.source import documents, marks
from factpack.source.characters import forbidden

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema as read: the one place, besides YAML, where types are not known beforehand."""

SHARED = "defs"
DIALECT = "dialect"
PACKAGE = "package"
ROLES = {SHARED: "definitions", PACKAGE: "metadata"}
"""The definition of the dialect that a schema keeps to, where it is not that of a kind."""
SHARED_TABLES = ("aliases", "evidence", "ids", "numbers")
"""Tables over all kinds that the engine fills."""
PACKAGE_FIELDS = ("name", "title", "description", "version", "created", "keywords", "licenses", "contributors")
"""Fields of the package that the descriptor is made of."""
BILINGUAL = ("component", "name", "statement", "symbol")
"""Roles that only a text in both languages can play."""
EVIDENCE_COLUMNS = ("document", "paragraph", "quote")
"""Roles of the first piece of evidence that stand in the row of what it proves."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `source` and `sub` say which value of the row's item it shows."""

    name: str
    schema: Schema
    source: str
    sub: str = ""
    derived: str = ""
    target: str = ""
    """What a reference points at: a kind, `kind/field` for its parts, `*` for any id, else empty."""


@dataclass(frozen=True, eq=False)
class Table:
    """A published table: its texts, its columns in order, and which of the items it shows."""

    name: str
    schema: Schema
    columns: tuple[Column, ...]
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Shape:
    """The fields of one object of a schema, resolved, with the tables that publish it."""

    name: str
    schema: Schema
    fields: Mapping[str, Schema]
    roles: Mapping[str, str]
    parts: Mapping[str, Shape]
    tables: tuple[Table, ...]
    links: Mapping[str, Table]

    @cached_property
    def role(self) -> Callable[[str], str | None]:
        """The function that returns the field which plays a role, or None; it is asked for most of all."""
        return self.roles.get

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Fields that make a part's permanent id; empty for positional parts."""
        return tuple(self.schema.get("x-key", ()))

    @cached_property
    def letter(self) -> str:
        """Letter of a positional part's id."""
        return str(self.schema.get("x-letter", ""))


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of record: one schema, one folder, one prefix."""

    name: str
    folder: str
    prefix: str
    shape: Shape

    def path(self, record: str) -> str:
        """Return the path of a record's file."""
        return f"sources/{self.folder}/{record}.yaml"

    @cached_property
    def label(self) -> str:
        """The field by which a record is called."""
        return str(self.shape.schema["x-label"])

    @cached_property
    def lookup(self) -> bool:
        """Whether its records are read first because rows of others need them."""
        return bool(self.shape.schema.get("x-lookup"))

    @cached_property
    def named(self) -> bool:
        """Whether its names are known to the proof of other records."""
        return bool(self.shape.schema.get("x-names"))

    @cached_property
    def unique(self) -> tuple[tuple[str, ...], ...]:
        """Paths whose values together belong to one record only."""
        return tuple(tuple(paths) for paths in self.shape.schema.get("x-unique", ()))


@dataclass(frozen=True)
class Schemas:
    """All schemas of a project. `problems` is empty where they can be used."""

    sources: Mapping[str, Schema]
    kinds: Mapping[str, Kind]
    shared: Mapping[str, Table]
    problems: tuple[Problem, ...] = ()

    @cached_property
    def prefixes(self) -> Mapping[str, Kind]:
        """Kinds by the prefix of their ids, in order."""
        return {kind.prefix: kind for kind in sorted(self.kinds.values(), key=lambda kind: kind.prefix)}

    @cached_property
    def documents(self) -> Kind:
        """The kind of record that evidence cites."""
        evidence = self.sources[SHARED]["$defs"]["evidence"]["items"]["properties"]
        return self.kinds[next(each["x-ref"] for each in evidence.values() if each.get("x-role") == "document")]

    def kind_of(self, record: str) -> Kind | None:
        """Return the kind that an id belongs to by its prefix, or None."""
        return self.prefixes.get(record[:3])

    def vocabulary(self, name: str) -> Schema:
        """Return a shared definition, such as a vocabulary with its labels."""
        found: Schema = self.sources[SHARED]["$defs"][name]
        return found


def read(files: Mapping[str, bytes], derivations: Collection[str]) -> Schemas:
    """Return the schemas in the bytes of `schemas/<name>.schema.json`, with every breach of the dialect.

    `derivations` are the names that `x-from: "@name"` may call.
    """
    sources: dict[str, Schema] = {}
    problems: list[Problem] = []
    for name, raw in files.items():
        try:
            sources[name] = _parsed(raw)
        except json.JSONDecodeError as error:
            stop = _stop(error)
            values = {"found": stop.msg}
            problems.append(Problem(_path(name), stop.lineno, stop.colno, "schema-syntax", "", values))
        except (ValueError, RecursionError):
            problems.extend(_documents_problems(name, raw))
    missing = [name for name in (DIALECT, SHARED, PACKAGE) if name not in files]
    problems.extend(Problem(_path(name), 1, 1, "schema-missing", "", {"name": name}) for name in missing)
    if not problems:
        problems.extend(_dialect_problems(sources, files))
    if not problems:
        problems.extend(_dangling(sources, files))
    if problems:
        return Schemas(sources, {}, {}, tuple(sorted(problems)))
    kinds = {name: _kind(name, source, sources) for name, source in sources.items() if "x-folder" in source}
    definitions = sources[SHARED]["$defs"]
    shapes = [each for each in definitions.values() if "x-table" in each]
    shapes += [each["items"] for each in definitions.values() if "x-table" in each.get("items", {})]
    shared = {each["x-table"]: _shape("", each, sources, "").tables[0] for each in shapes}
    schemas = Schemas(sources, kinds, shared)
    return Schemas(sources, kinds, shared, tuple(_reference_problems(schemas, files, derivations)))


def _stop(error: json.JSONDecodeError) -> json.JSONDecodeError:
    """Return a syntax error as Python 3.13 tells it: older ones tell what follows a comma too many, not the comma."""
    before = error.doc[: error.pos].rstrip()
    end = {"}": "object", "]": "array"}.get(error.doc[error.pos : error.pos + 1])
    if end is None or not before.endswith(","):
        return error
    return json.JSONDecodeError(f"Illegal trailing comma before end of {end}", error.doc, len(before) - 1)


def _path(name: str) -> str:
    return f"schemas/{name}.schema.json"


def _parsed(raw: bytes) -> Schema:
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


def _documents_problems(name: str, raw: bytes) -> list[Problem]:
    """Return why a schema file cannot be read, from the same loader that reads records."""
    found = documents.load(_path(name), raw).problems
    return list(found) or [Problem(_path(name), 1, 1, "schema-syntax", "", {"found": "-"})]


def _at(name: str, raw: bytes, path: marks.Path, code: str, **values: str) -> Problem:
    """Return a problem at a path of a schema file; its marks are read only now that they are needed."""
    return documents.load(_path(name), raw).problem(code, path, **values)


def _dialect_problems(sources: Mapping[str, Schema], files: Mapping[str, bytes]) -> Iterator[Problem]:
    definitions = sources[DIALECT].get("$defs") if isinstance(sources[DIALECT], dict) else None
    for name, source in sources.items():
        if name == DIALECT:
            continue
        dialect = {"$defs": definitions, "$ref": f"#/$defs/{ROLES.get(name, 'kind')}"}
        try:
            valid = jsonschema_rs.Draft202012Validator(dialect, retriever=refuse).is_valid(source)
        except (ValueError, TypeError):
            yield Problem(_path(DIALECT), 1, 1, "schema-dialect", "", {"found": "the dialect is no JSON Schema"})
            return
        if not valid:
            yield from _breaches(name, source, dialect, files[name])
        else:
            yield from _untranslated(name, source, files[name])
            yield from _unfit_patterns(name, source, files[name])


def refuse(address: str) -> Any:
    """Refuse to fetch what a schema refers to: a schema needs no other than its own."""
    raise ValueError(f"not fetched: {address}")


def _breaches(name: str, source: Schema, dialect: Schema, raw: bytes) -> Iterator[Problem]:
    import jsonschema  # heavy, and only needed to word what is wrong
    from referencing import Registry

    validator = jsonschema.Draft202012Validator(dialect, registry=Registry())
    errors = list(validator.iter_errors(source))
    shapeless = [tuple(error.absolute_path) for error in errors if error.context]
    for path, error in {tuple(error.absolute_path): error for error in errors}.items():
        leaf = jsonschema.exceptions.best_match([error]) or error
        if not any(path[: len(outer)] == outer != path for outer in shapeless):  # told already: it is no field at all
            yield _at(name, raw, path, "schema-dialect", found=leaf.message)


def _untranslated(name: str, source: Schema, raw: bytes) -> Iterator[Problem]:
    """Yield each English title or description that differs from the `x-` text beside it."""
    for path, each in _objects(source):
        for word in ("title", "description"):
            bilingual = each.get(f"x-{word}")
            if isinstance(bilingual, dict) and each.get(word) != bilingual.get("en"):
                yield _at(name, raw, (*path, word), "schema-title", word=word)


def _unfit_patterns(name: str, source: Schema, raw: bytes) -> Iterator[Problem]:
    """Yield each pattern that engines read differently, or that could take for ever."""
    for path, each in _objects(source):
        pattern = each.get("pattern")
        if isinstance(pattern, str) and (found := patterns.fault(pattern)):
            yield _at(name, raw, (*path, "pattern"), "schema-dialect", found=found)


def _objects(source: Schema, path: marks.Path = ()) -> Iterator[tuple[marks.Path, Schema]]:
    """Yield a schema and every object in it, each with its path."""
    yield path, source
    for key, value in source.items():
        for index, each in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(each, dict):
                yield from _objects(each, (*path, key) if index is None else (*path, key, index))


def _dangling(sources: Mapping[str, Schema], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield each `$ref` to a shared definition that is not there, and each definition that leads back to itself."""
    definitions = sources[SHARED]["$defs"]
    for name, source in sources.items():
        for path, each in _objects(source) if name != DIALECT else ():
            if "$ref" in each and _referred(each) not in definitions:
                yield _at(name, files[name], (*path, "$ref"), "schema-reference", found=_referred(each))
    leads = {name: {_referred(each) for _, each in _objects(source)} for name, source in definitions.items()}
    for name, found in leads.items():
        todo, seen = [*found], set[str]()
        while todo:
            if (at := todo.pop()) not in seen:
                seen.add(at)
                todo += leads.get(at, ())
        if name in seen:
            yield _at(SHARED, files[SHARED], ("$defs", name), "schema-reference", found=name)


def _referred(source: Schema) -> str:
    """Return the name of the shared definition that a field's `$ref` names, or an empty text."""
    return str(source.get("$ref", "")).rpartition("/")[2]


def resolve(source: Schema, sources: Mapping[str, Schema]) -> Schema:
    """Return a field's schema with its `$ref` to a shared definition merged in; its own words win."""
    if "$ref" not in source:
        return source
    base = sources[SHARED]["$defs"][_referred(source)]
    return {**resolve(base, sources), **{key: value for key, value in source.items() if key != "$ref"}}


def is_text(source: Schema) -> bool:
    """Say whether a resolved schema is a text in both languages."""
    return set(source.get("properties", ())) == {"zh", "en"}


def _kind(name: str, source: Schema, sources: Mapping[str, Schema]) -> Kind:
    return Kind(name, source["x-folder"], source["x-prefix"], _shape(name, source, sources, ""))


def _shape(name: str, source: Schema, sources: Mapping[str, Schema], parent: str) -> Shape:
    """Return an object's shape; `parent` is the column that names what it is a part of."""
    fields = {key: resolve(each, sources) for key, each in source.get("properties", {}).items()}
    roles = {each["x-role"]: key for key, each in fields.items() if "x-role" in each}
    parts: dict[str, Shape] = {}
    links: dict[str, Table] = {}
    for key, each in fields.items():
        items = each.get("items", {})
        if "x-table" in items and not items.get("x-shared"):
            parts[key] = _shape(name, items, sources, items.get("x-parent", f"{name}_id"))
        elif each.get("type") == "array" and each.get("x-role") not in ("evidence", "aliases"):
            links[key] = _link_table(name, source["x-table"], key, each, sources)
    derived = {key: resolve(each, sources) for key, each in source.get("x-derived", {}).items()}
    tables = [_table(source, _columns(source, fields, derived, parent, name))]
    for view in source.get("x-views", ()):
        more = {key: resolve(each, sources) for key, each in view.get("x-derived", {}).items()}
        tables.append(_table(view, _columns(source, fields, more, parent, name)))
    return Shape(name, source, fields, roles, parts, tuple(tables), links)


def _table(source: Schema, columns: Mapping[str, Column]) -> Table:
    order = source.get("x-columns") or list(columns)
    where = {key: tuple(values) for key, values in source.get("x-where", {}).items()}
    return Table(source["x-table"], source, tuple(columns[name] for name in order if name in columns), where)


def _columns(
    source: Schema, fields: Mapping[str, Schema], derived: Mapping[str, Schema], parent: str, kind: str
) -> dict[str, Column]:
    """Return all columns that an object could show, by name, in their natural order."""
    found: list[Column] = []
    if not source.get("x-shared"):
        found.append(_plain_column("id", "Id", "编号", "The id.", "编号。"))
        if parent:
            found.append(_plain_column(parent, "Of", "所属", "The record it is a part of.", "所属记录。", kind))
            if "x-letter" in source:
                found.append(_plain_column("position", "Position", "序号", "Its place, from 1.", "次序，从 1 起。"))
    for key, each in {**fields, **derived}.items():
        if key != "id" or source.get("x-shared"):
            found.extend(_field_columns(key, each))
    return {column.name: column for column in found}


def _plain_column(name: str, en: str, zh: str, description: str, description_zh: str, target: str = "") -> Column:
    texts = {"x-title": {"zh": zh, "en": en}, "x-description": {"zh": description_zh, "en": description}}
    kind = "integer" if name == "position" else "string"
    return Column(name, {"type": kind, **texts}, f"#{'parent' if target else name}", target=target)


def _field_columns(key: str, each: Schema) -> Iterator[Column]:
    """Yield the columns of one field: none for lists, two for texts, three for evidence, else one."""
    path = each.get("x-from", "")
    base = each.get("x-column", key)
    if is_text(each):
        for language in ("zh", "en"):
            yield Column(f"{base}_{language}", each, key, language, path)
    elif each.get("x-role") == "evidence":
        for sub, inner in each["items"]["properties"].items():
            if sub in EVIDENCE_COLUMNS:
                target = inner.get("x-ref", "")
                yield Column(f"{sub}_id" if target else sub, inner, key, sub, path, target)
    elif each.get("type") not in ("array", "object"):
        target = each.get("x-ref", "")
        name = each.get("x-column") or (f"{key}_id" if target else key)
        yield Column(name, each, key, "", path, target)


def _link_table(kind: str, table: str, key: str, each: Schema, sources: Mapping[str, Schema]) -> Table:
    """Return the table of a list of references or of plain values: one row an item."""
    item = {
        **resolve(each["items"], sources),
        "x-title": each["x-title"],
        "x-description": each["x-description"],
    }
    target = item.get("x-ref", "")
    columns = [_plain_column(f"{kind}_id", "Of", "所属", "The record it belongs to.", "所属记录。", kind)]
    if not target:
        columns.append(_plain_column("position", "Position", "序号", "Its place, from 1.", "次序，从 1 起。"))
    columns.append(Column(f"{target}_id" if target else key, item, "#item", target=target))
    return Table(f"{table}_{key}", each, tuple(columns))


def _reference_problems(
    schemas: Schemas, files: Mapping[str, bytes], derivations: Collection[str]
) -> Iterator[Problem]:
    """Yield each name in a schema that means nothing, and each that is missed."""
    yield from _missed(schemas, files)
    for name, raw in files.items():
        yield from _unlabelled(name, schemas.sources, raw)
    for name, kind in schemas.kinds.items():
        for path, shape in _shapes(kind.shape):
            yield from _shape_problems(schemas, name, files[name], path, shape, derivations)
        if kind.label not in kind.shape.schema["required"]:
            yield _at(name, files[name], ("x-label",), "schema-reference", found=kind.label)
    yield from _clashes(schemas, files)


def _unlabelled(name: str, sources: Mapping[str, Schema], raw: bytes) -> Iterator[Problem]:
    """Yield each value without label of a vocabulary that has labels."""
    for path, each in _objects(sources[name]) if name != DIALECT else ():
        if isinstance(each.get("enum"), list):
            labels = resolve(each, sources).get("x-labels", {})
            for index, value in enumerate(each["enum"]):
                if labels and value not in labels:
                    yield _at(name, raw, (*path, "enum", index), "schema-label", found=str(value))
        elif "x-labels" in each and "enum" not in resolve(each, sources):
            yield _at(name, raw, (*path, "x-labels"), "schema-reference", found="x-labels")


def _missed(schemas: Schemas, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield what the engine itself needs of the shared definitions and of the package."""
    evidence = schemas.sources[SHARED]["$defs"].get("evidence", {}).get("items", {}).get("properties", {})
    cited = [each.get("x-ref") for each in evidence.values() if each.get("x-role") == "document"]
    missed = [name for name in SHARED_TABLES if name not in schemas.shared]
    missed += ["document"] if not missed and not any(each in schemas.kinds for each in cited) else []
    for name in missed:
        yield _at(SHARED, files[SHARED], ("$defs",), "schema-reference", found=name)
    for path, each in _objects(schemas.sources[SHARED]):
        if not _target_exists(schemas, each.get("x-ref", "*")):
            yield _at(SHARED, files[SHARED], (*path, "x-ref"), "schema-reference", found=each["x-ref"])
    package = schemas.sources[PACKAGE]
    named = {
        name: each.get("x-ref") or each.get("items", {}).get("x-ref") for name, each in package["properties"].items()
    }
    missed = [name for name in PACKAGE_FIELDS if name not in package.get("required", ())]
    missed += [name for name, kind in named.items() if kind and kind not in schemas.kinds]
    for name in missed:
        yield _at(PACKAGE, files[PACKAGE], ("required",), "schema-reference", found=name)


def _shapes(shape: Shape, path: marks.Path = ()) -> Iterator[tuple[marks.Path, Shape]]:
    yield path, shape
    for key, part in shape.parts.items():
        yield from _shapes(part, (*path, "properties", key, "items"))


def _shape_problems(
    schemas: Schemas, name: str, raw: bytes, path: marks.Path, shape: Shape, derivations: Collection[str]
) -> Iterator[Problem]:
    def wrong(step: marks.Path, found: str) -> Problem:
        return _at(name, raw, (*path, *step), "schema-reference", found=found)

    for key, each in shape.schema["properties"].items():
        target = each.get("x-ref") or each.get("items", {}).get("x-ref", "*")
        if not _target_exists(schemas, target):
            yield wrong(("properties", key), target)
        role, at = each.get("x-role", ""), (*path, "properties", key, "x-role")
        if shape.role(role) not in (None, key):
            yield _at(name, raw, at, "schema-dialect", found=f"two fields play the role '{role}'")
        elif role in BILINGUAL and not is_text(shape.fields[key]):
            yield _at(name, raw, at, "schema-dialect", found=f"the role '{role}' is that of a text in both languages")
    holders: list[tuple[marks.Path, Schema, Table]] = [((), shape.schema, shape.tables[0])]
    holders += [(("x-views", i), view, shape.tables[i + 1]) for i, view in enumerate(shape.schema.get("x-views", ()))]
    for step, holder, table in holders:
        for key, each in holder.get("x-derived", {}).items():
            origin = each["x-from"]
            if not _leads_somewhere(schemas, name, shape, origin, derivations):
                yield wrong((*step, "x-derived", key, "x-from"), origin)
            if not _target_exists(schemas, each.get("x-ref", "*")):
                yield wrong((*step, "x-derived", key, "x-ref"), each["x-ref"])
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


def _leads_somewhere(schemas: Schemas, name: str, shape: Shape, origin: str, derivations: Collection[str]) -> bool:
    """Say whether an `x-from` path has something to lead to; of a derivation only the name is known."""
    head, *steps = origin.split("/")
    if head.startswith("@"):
        return head[1:] in derivations
    fields = shape.fields
    if head == "..":
        fields, (head, *steps) = schemas.kinds[name].shape.fields, steps
    found = fields.get(head)
    for step in steps:
        target = (found or {}).get("x-ref", "").partition("/")[0]
        inner = schemas.kinds[target].shape.fields if target in schemas.kinds else (found or {}).get("properties", {})
        found = inner.get(step)
    return found is not None


def _target_exists(schemas: Schemas, target: str) -> bool:
    kind, _, part = target.partition("/")
    if kind == "*":
        return True
    return kind in schemas.kinds and (not part or part in schemas.kinds[kind].shape.parts)


def _clashes(schemas: Schemas, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield folders, prefixes and tables that two kinds claim."""
    seen: set[tuple[str, str]] = {("x-table", name) for name in schemas.shared}
    for name, kind in schemas.kinds.items():
        claims = [("x-folder", kind.folder), ("x-prefix", kind.prefix)]
        claims += [("x-table", table.name) for _, shape in _shapes(kind.shape) for table in shape.tables]
        for claim in claims:
            if claim in seen:
                yield _at(name, files[name], (claim[0],), "schema-clash", found=claim[1])
            seen.add(claim)
