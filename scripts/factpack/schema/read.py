"""Reads all schemas of a project."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace

from factpack.problems import Problem
from factpack.schema.breaches import unread_json
from factpack.schema.columns import modelled
from factpack.schema.dialect import (
    dialect_problems,
    foreign_rules,
    parsed,
    schema_path,
    shared_problems,
    syntax_problems,
)
from factpack.schema.model import DIALECT, PACKAGE, SHARED, Schema, Schemas
from factpack.schema.names import name_problems
from factpack.schema.references import reference_problems


def read(files: Mapping[str, bytes], derivations: Collection[str]) -> Schemas:
    """Return the schemas in the bytes of `schemas/<name>.schema.json`, by name, with all their problems.

    `derivations` are the names of functions that `x-from: "@name"` may call.
    """
    sources: dict[str, Schema] = {}
    problems: list[Problem] = []
    for name, raw in files.items():
        try:
            sources[name] = parsed(raw)
        except json.JSONDecodeError as error:
            values = unread_json(error.msg)
            problems.append(Problem(schema_path(name), error.lineno, error.colno, "schema-syntax", "", values))
        except (ValueError, RecursionError):
            problems.extend(syntax_problems(name, raw))
    missing = [name for name in (DIALECT, SHARED, PACKAGE) if name not in files]
    problems.extend(Problem(schema_path(name), 1, 1, "schema-missing", "", {"name": name}) for name in missing)
    if not problems:
        problems.extend(foreign_rules(sources))
    if not problems:
        problems.extend(dialect_problems(sources, files))
    if not problems:
        problems.extend(shared_problems(sources, files))
    if problems:
        return Schemas(sources, {}, {}, tuple(sorted(problems)))
    schemas = modelled(sources)
    problems = [*reference_problems(schemas, files, derivations), *name_problems(schemas, files)]
    return replace(schemas, problems=tuple(sorted(problems)))
