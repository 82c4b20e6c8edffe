"""The records of `sources/` that are in use, as people wrote them, and the texts in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import yaml

from factpack.words import LANGUAGES
from projects import ROOT


@cache
def records(folder: str) -> tuple[Mapping[str, Any], ...]:
    """Return the records of a folder that are in use."""
    paths = sorted((ROOT / "sources" / folder).glob("*.yaml"))
    found = (yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in paths)
    return tuple(each for each in found if "retired" not in each)


def texts(node: Any, at: str) -> Iterator[tuple[str, str, str]]:
    """Yield the texts in both languages that are anywhere in a record."""
    if isinstance(node, dict):
        if set(node) >= set(LANGUAGES) and all(isinstance(node[each], str) for each in LANGUAGES):
            yield at, node["zh"], node["en"]
        for key, each in node.items():
            yield from texts(each, f"{at} {key}")
    elif isinstance(node, list):
        for each in node:
            yield from texts(each, at)
