"""What descriptions in JSON share: how they write texts in both languages, and their bytes."""

from __future__ import annotations

from typing import Any

from factpack.table.encode import json_bytes
from factpack.words import LANGUAGES, Both


def json_file(content: dict[str, Any]) -> bytes:
    """Return a description as a file."""
    return json_bytes(content) + b"\n"


def tagged(text: Both) -> list[dict[str, str]]:
    """Return a text as values with their language, as JSON-LD has them."""
    return [{"@value": text[language], "@language": language} for language in LANGUAGES]


def joined(text: Both) -> str:
    """Return a text in one line, for properties that have no language."""
    return f"{text['en']} / {text['zh']}"
