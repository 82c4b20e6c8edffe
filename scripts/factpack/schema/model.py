"""What schemas say, as values: record types, their shapes, tables and columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from factpack.problems import Problem

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema as read: the one place, besides YAML, where types are not known beforehand."""
SHARED = "defs"
DIALECT = "dialect"
PACKAGE = "package"


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


def referred(source: Schema) -> str:
    """Return the name of the shared definition that a field's `$ref` names, or an empty text."""
    return str(source.get("$ref", "")).rpartition("/")[2]


def resolve(source: Schema, sources: Mapping[str, Schema]) -> Schema:
    """Return a field's schema with its `$ref` to a shared definition merged in; its own words win."""
    if "$ref" not in source:
        return source
    base = sources[SHARED]["$defs"][referred(source)]
    return {**resolve(base, sources), **{key: value for key, value in source.items() if key != "$ref"}}


def is_text(source: Schema) -> bool:
    """Say whether a resolved schema is a text in both languages."""
    return set(source.get("properties", ())) == {"zh", "en"}
