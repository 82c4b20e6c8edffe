"""What to change in the files of a project that the program brought, so that they are those of the program of today.

What a project added to a vocabulary stays, and so do record types of its own.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from factpack.schema.format import FORMAT

FORMAT_LINE = re.compile(rb"^format:.*\n?", re.MULTILINE)


def renewed_schemas(there: Mapping[str, bytes], brought: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the schemas that the program brings, by name, each with what the project added to its vocabularies."""
    return {name: _renewed(there.get(name, b""), raw) for name, raw in brought.items()}


def renewed_package(raw: bytes) -> bytes:
    """Return a package.yaml that names the format of today."""
    line = b"format: %d\n" % FORMAT
    text, count = FORMAT_LINE.subn(line, raw, count=1)
    return text if count else raw.rstrip(b"\n") + b"\n" + line


def difference(path: str, before: bytes | None, after: bytes) -> str:
    """Return what changes in a file, as `diff -u` writes it; nothing where nothing does."""
    old, new = ((each or b"").decode("utf-8", "replace").splitlines(keepends=True) for each in (before, after))
    return "".join(difflib.unified_diff(old, new, path if before is not None else "/dev/null", path))


def _renewed(before: bytes, brought: bytes) -> bytes:
    """Return a schema that is brought with what the one before added to its vocabularies."""
    new = json.loads(brought)
    try:
        added = [_extend(*each) for each in list(_vocabularies(json.loads(before), new))]
    except (ValueError, RecursionError):  # whatever it is, it is replaced
        return brought
    return json.dumps(new, ensure_ascii=False, indent=2).encode("utf-8") + b"\n" if any(added) else brought


def _vocabularies(old: Any, new: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each vocabulary that both schemas have at the same place."""
    if isinstance(old, dict) and isinstance(new, dict):
        if all(isinstance(each.get("enum"), list) and isinstance(each.get("x-labels"), dict) for each in (old, new)):
            yield old, new
        for key in old.keys() & new.keys():
            yield from _vocabularies(old[key], new[key])


def _extend(old: Any, new: Any) -> bool:
    """Add the values of a vocabulary to another one that lacks them; say whether there were any."""
    more = [each for each in old["enum"] if isinstance(each, str) and each not in new["enum"]]
    new["enum"] += more
    new["x-labels"] |= {each: old["x-labels"][each] for each in more if each in old["x-labels"]}
    return bool(more)
