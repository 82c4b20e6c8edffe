"""The comment with which each file begins: editors find the schema of the file by it."""

from __future__ import annotations

MODELINE = "# yaml-language-server: $schema="


def modeline(path: str, name: str) -> str:
    """Return the first line of a file at a path of the project; `name` is that of its schema."""
    return f"{MODELINE}{'../' * path.count('/')}schemas/{name}.schema.json"
