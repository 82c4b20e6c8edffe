"""The content of the schemas as values: record types, the shapes of their objects, tables and columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, TypeAlias, TypeVar

from factpack.problems import Problem

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema as read, a place where types are not known beforehand."""
SHARED = "defs"
DIALECT = "dialect"
PACKAGE = "package"
SEARCH = "search"
METADATA = (PACKAGE, SEARCH)
"""Schemas of single files of `sources`; a project may have no words for its search."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `source` and `sub` say which value of an object it contains."""

    name: str
    schema: Schema
    source: str
    sub: str = ""
    derived: str = ""
    target: str = ""
    """What the column refers to: a kind, `kind/field` for its parts, `*` for any id; else empty."""


@dataclass(frozen=True, eq=False)
class Table:
    """A published table: its texts, its columns in order, and the values by field of the objects that are in it."""

    name: str
    schema: Schema
    columns: tuple[Column, ...]
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Shape:
    """An object of a schema: its fields, resolved, by name; the field of each role; its parts and tables by field."""

    name: str
    schema: Schema
    fields: Mapping[str, Schema]
    roles: Mapping[str, str]
    parts: Mapping[str, Shape]
    tables: tuple[Table, ...]
    links: Mapping[str, Table]

    @cached_property
    def role(self) -> Callable[[str], str | None]:
        """The function that returns the field of a role, or None; nothing is called more often."""
        return self.roles.get

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The fields that the permanent id of a part is made of; empty for parts with a position."""
        return tuple(self.schema.get("x-key", ()))

    @cached_property
    def letter(self) -> str:
        """The letter before the position in the id of a part."""
        return str(self.schema.get("x-letter", ""))


@dataclass(frozen=True, eq=False)
class Kind:
    """A type of record, with one schema, one folder and one prefix."""

    name: str
    folder: str
    prefix: str
    shape: Shape

    def path(self, record: str) -> str:
        """Return the path of a record's file."""
        return f"sources/{self.folder}/{record}.yaml"

    @cached_property
    def label(self) -> str:
        """The field with the name of a record."""
        return str(self.shape.schema["x-label"])

    @cached_property
    def named(self) -> bool:
        """Whether its names matter when other records are checked."""
        return bool(self.shape.schema.get("x-names"))

    @cached_property
    def unique(self) -> tuple[tuple[str, ...], ...]:
        """Groups of paths whose values together may be those of one record only."""
        return tuple(tuple(paths) for paths in self.shape.schema.get("x-unique", ()))


Owner = TypeVar("Owner")
Result = TypeVar("Result")


def kept(make: Callable[[Owner], Result]) -> Callable[[Owner], Result]:
    """Return a function of a shape, table or record under test that is worked out once.

    Like a cached property, what it returns goes with its owner.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def result(owner: Owner) -> Result:
        values = owner.__dict__
        if name not in values:
            values[name] = make(owner)
        value: Result = values[name]
        return value

    return result


@dataclass(frozen=True)
class Schemas:
    """All schemas of a project; they can be used if `problems` is empty."""

    sources: Mapping[str, Schema]
    kinds: Mapping[str, Kind]
    shared: Mapping[str, Table]
    problems: tuple[Problem, ...] = ()

    @cached_property
    def prefixes(self) -> Mapping[str, Kind]:
        """Kinds by the prefix of their ids, in alphabetical order."""
        return {kind.prefix: kind for kind in sorted(self.kinds.values(), key=lambda kind: kind.prefix)}

    @cached_property
    def documents(self) -> Kind:
        """The kind of the source documents that evidence cites."""
        evidence = self.sources[SHARED]["$defs"]["evidence"]["items"]["properties"]
        return self.kinds[next(field["x-ref"] for field in evidence.values() if field.get("x-role") == "document")]

    def kind_of(self, record: str) -> Kind | None:
        """Return the kind of a record by the prefix of its id, or None."""
        return self.prefixes.get(record[:3])

    def vocabulary(self, name: str) -> Schema:
        """Return a shared definition, such as a vocabulary with its labels."""
        definition: Schema = self.sources[SHARED]["$defs"][name]
        return definition


def referred(source: Schema) -> str:
    """Return the name of the shared definition that a field's `$ref` names, or an empty text."""
    return str(source.get("$ref", "")).rpartition("/")[2]


def resolve(source: Schema, sources: Mapping[str, Schema]) -> Schema:
    """Return a field's schema with the shared definition of its `$ref` merged in; its own keywords win."""
    if "$ref" not in source:
        return source
    base = sources[SHARED]["$defs"][referred(source)]
    return {**resolve(base, sources), **{key: value for key, value in source.items() if key != "$ref"}}


def is_text(source: Schema) -> bool:
    """Say whether a resolved schema is that of a text in both languages."""
    return set(source.get("properties", ())) == {"zh", "en"}
