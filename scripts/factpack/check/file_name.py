"""Checks that a record is in the file of its name, by which it is found."""

from __future__ import annotations

from factpack.problems import Problem
from factpack.schema.model import Kind
from factpack.source.documents import Document


def misnamed(kind: Kind, document: Document) -> list[Problem]:
    """Return a problem where a record's id is not its file's name: the file system is the index of ids."""
    stem = document.path.rpartition("/")[2].removesuffix(".yaml")
    found = (document.data or {}).get(kind.shape.role("id") or "id")
    if not isinstance(found, str) or found == stem:
        return []
    return [document.problem("id-not-file-name", ("id",), found=found, name=stem)]
