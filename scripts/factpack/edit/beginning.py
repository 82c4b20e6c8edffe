"""The files of a new project, made of what its owner says of it. Nothing is invented: what is not said is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from factpack.edit.forms import FORMS, issue_forms
from factpack.edit.layout import lay_out
from factpack.edit.starter import schema_files, templates, unit_files
from factpack.edit.templates import Values, filled, in_yaml
from factpack.problems import Problem
from factpack.schema.format import FORMAT
from factpack.schema.model import METADATA, Schemas
from factpack.words import LANGUAGES, Both, carried

KNOWN_LATER = ("base_url", "repository", "contact")
"""What the owner of a project may not know yet."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the owner of a new project says of it."""

    name: str
    """The name for programs."""
    title: Both
    publisher: Both
    """Who publishes the data."""
    area: Both
    """The name of the default area."""
    area_id: str
    code: str
    """The code of the area in GB/T 2260; of the whole country, which has none there, 100000."""
    licence: str
    """One of `licences()`."""
    created: str
    """Date and time, as RFC 3339 writes them."""
    base_url: str = ""
    repository: str = ""
    contact: str = ""
    """A mailbox or page where readers report mistakes."""


def licences() -> Mapping[str, Mapping[str, str]]:
    """Return the licences that a project may have, with title and address (`path`), by identifier; the usual first."""
    found: Mapping[str, Mapping[str, str]] = carried("edit/project.yaml")["licences"]
    return found


def files_of(beginning: Beginning, schemas: Schemas, version: str) -> tuple[Mapping[str, bytes], list[Problem]]:
    """Return the files of a new project by path, and the problems of values that no file may contain.

    `schemas` are those that travel with the program, whose version is named in what workflows install.
    """
    values = _values(beginning, version)
    made = {f"schemas/{name}.schema.json": raw for name, raw in schema_files().items()}
    made |= {**unit_files(), **issue_forms(schemas)}
    problems: list[Problem] = []
    for path, template in templates().items():
        if path.startswith("sources/"):
            path = path.replace("area_id", beginning.area_id)
            raw = filled(template, in_yaml(values)).encode("utf-8")
            laid = lay_out(path, raw, _schema_of(path, schemas), schemas)
            made[path], problems = laid.raw, [*problems, *laid.problems]
        elif not path.startswith(FORMS):
            made[path] = filled(template, values).encode("utf-8")
    return dict(sorted(made.items())), problems


def _schema_of(path: str, schemas: Schemas) -> str:
    """Return the name of the schema of a source file."""
    inside = path.split("/")[1]
    names = {kind.folder: kind.name for kind in schemas.kinds.values()} | {f"{name}.yaml": name for name in METADATA}
    return names[inside]


def _values(beginning: Beginning, version: str) -> Values:
    """Return what templates are filled with."""
    of: Mapping[str, Any] = carried("edit/project.yaml")
    licence = {"name": beginning.licence, **of["licences"][beginning.licence]}
    kind = next(kind for end, kind in of["area_kinds"] if beginning.code.endswith(end))
    both = {"title": beginning.title, "publisher": beginning.publisher, "area": beginning.area}
    both["description"] = {each: of["description"][each].format(area=beginning.area[each]) for each in LANGUAGES}
    return {
        **{f"{name}_{language}": text[language] for name, text in both.items() for language in LANGUAGES},
        **{f"licence_{name}": text for name, text in licence.items()},
        **{name: [each] if each else [] for name in KNOWN_LATER for each in (getattr(beginning, name),)},
        "name": beginning.name,
        "area_id": beginning.area_id,
        "area_kind": kind,
        "code": [] if beginning.code == of["country"]["code"] else beginning.code,
        "locator": of["country"]["locator"] if beginning.code == of["country"]["code"] else beginning.code,
        "created": beginning.created,
        "format": [str(FORMAT)],
        "version": version,
    }
