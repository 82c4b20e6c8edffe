"""What to change in the files of a project that the program brought, so that they are those of the program of today.

What a project changed in a vocabulary stays, and so do record types of its own. Values that a vocabulary lacks are
brought with a newer format only: in the same one a project has removed them.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from factpack.schema.format import FORMAT

FORMAT_LINE = re.compile(rb"^format:.*\n?", re.MULTILINE)


WORDS = ("x-words", "x-quantities")
"""What says something of the values of a vocabulary, in lists."""


def renewed_schemas(
    there: Mapping[str, bytes], brought: Mapping[str, bytes], *, complete: bool = False
) -> dict[str, bytes]:
    """Return the schemas that the program brings, by name, each with the vocabularies of the project.

    `complete` gives these the values that they lack, too.
    """
    return {name: _renewed(there.get(name, b""), raw, complete=complete) for name, raw in brought.items()}


def renewed_package(raw: bytes) -> bytes:
    """Return a package.yaml that names the format of today."""
    line = b"format: %d\n" % FORMAT
    text, count = FORMAT_LINE.subn(line, raw, count=1)
    return text if count else raw.rstrip(b"\n") + b"\n" + line


def difference(path: str, before: bytes | None, after: bytes) -> str:
    """Return what changes in a file, as `diff -u` writes it; nothing where nothing does."""
    old, new = ((each or b"").decode("utf-8", "replace").splitlines(keepends=True) for each in (before, after))
    return "".join(difflib.unified_diff(old, new, path if before is not None else "/dev/null", path))


def _renewed(before: bytes, brought: bytes, *, complete: bool) -> bytes:
    """Return a schema that is brought, with the vocabularies of the one before; that one where nothing else differs."""
    new = json.loads(brought)
    try:
        old = json.loads(before)
        for each in list(_vocabularies(old, new)):
            _keep(*each, complete=complete)
    except (ValueError, TypeError, RecursionError):  # whatever it is, it is replaced
        return brought
    made = json.dumps(new)
    unchanged = (raw for raw, data in ((brought, json.loads(brought)), (before, old)) if json.dumps(data) == made)
    return next(unchanged, json.dumps(new, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")


def _vocabularies(old: Any, new: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each vocabulary that both schemas have at the same place."""
    if isinstance(old, dict) and isinstance(new, dict):
        if all(isinstance(each.get("enum"), list) and isinstance(each.get("x-labels"), dict) for each in (old, new)):
            yield old, new
        for key in old.keys() & new.keys():
            yield from _vocabularies(old[key], new[key])


def _keep(old: Any, new: Any, *, complete: bool) -> None:
    """Give a vocabulary the values, order, labels and words of an earlier one; what that lacks only to complete it."""
    values = list(old["enum"])
    if not values or not all(isinstance(each, str) for each in values):
        return
    labels = {each: label for each, label in old["x-labels"].items() if each in values and isinstance(label, dict)}
    lacking = [each for each in new["enum"] if each not in values] if complete else []
    for each in lacking:
        place = new["enum"].index(each)
        values.insert(values.index(new["enum"][place - 1]) + 1 if place else 0, each)
    order = values if lacking else [*labels, *(each for each in values if each not in labels)]
    known = new["x-labels"] | labels
    new |= {"enum": values, "x-labels": {each: known[each] for each in order if each in known}}
    for key in WORDS:
        if key in new and _are_lists(old.get(key)):
            new[key] = _joined(old[key], new[key]) if complete else old[key]


def _are_lists(found: Any) -> bool:
    return isinstance(found, dict) and all(isinstance(each, list) for each in found.values())


def _joined(old: dict[str, list[str]], new: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return lists by value, each with what either has."""
    return {each: list(dict.fromkeys([*old.get(each, ()), *new.get(each, ())])) for each in old | new}
