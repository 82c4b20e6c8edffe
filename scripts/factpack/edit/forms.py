"""The issue forms of a project: the record types, themes and stages that they offer are those of its schemas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from factpack.edit.starter import templates
from factpack.edit.templates import filled, in_yaml, listed
from factpack.schema.model import SHARED, Schemas
from factpack.words import LANGUAGES

FORMS = ".github/ISSUE_TEMPLATE/"
KINDS = "kinds"
"""The name of the list of record types in a form; all other lists are vocabularies of the shared definitions."""


def issue_forms(schemas: Schemas) -> Mapping[str, bytes]:
    """Return the issue forms by path."""
    forms = {path: text for path, text in templates().items() if path.startswith(FORMS)}
    return {path: filled(text, in_yaml(_lists(text, schemas))).encode("utf-8") for path, text in forms.items()}


def renewable_forms(schemas: Schemas) -> Mapping[str, bytes]:
    """Return those issue forms that change with the schemas."""
    found = issue_forms(schemas)
    return {path: raw for path, raw in found.items() if listed(templates()[path])}


def _lists(template: str, schemas: Schemas) -> Mapping[str, Sequence[str]]:
    """Return the lists that a form offers, each by its name and language, such as `theme_zh`."""
    named = (name.rpartition("_") for name in listed(template))
    return {
        f"{name}_{language}": _titles(name, language, schemas) for name, _, language in named if language in LANGUAGES
    }


def _titles(name: str, language: str, schemas: Schemas) -> Sequence[str]:
    """Return what people call the record types, or the values of a vocabulary."""
    if name == KINDS:
        return [str(kind.shape.schema["x-title"][language]) for kind in schemas.kinds.values()]
    labels = schemas.sources[SHARED]["$defs"][name]["x-labels"]
    return [str(label[language]) for label in labels.values()]
