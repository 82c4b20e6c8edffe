"""Templates of files: `@name@` stands for a value. A line with a value that is a list is written once for each item."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Values: TypeAlias = Mapping[str, str | Sequence[str]]
"""Values by name; a list may be empty, and then its line goes."""
SLOT = re.compile(r"@([a-z_]+)@")
PLAIN = re.compile(r"\w[\w ,()（）、/-]*")
"""Texts that YAML reads as they are."""


def filled(template: str, values: Values) -> str:
    """Return a template with its values filled in; raises KeyError for one that is not there."""
    return "".join(line for each in template.splitlines(keepends=True) for line in _lines(each, values))


def listed(template: str) -> set[str]:
    """Return the names of the values of a template."""
    return set(SLOT.findall(template))


def in_yaml(values: Values) -> Values:
    """Return values as they are written in YAML: in quotation marks, but for plain items of lists."""
    return {
        name: _quoted(value)
        if isinstance(value, str)
        else [each if PLAIN.fullmatch(each) else _quoted(each) for each in value]
        for name, value in values.items()
    }


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _lines(line: str, values: Values) -> Iterator[str]:
    """Yield a line for each item of the list in it, or the line itself."""
    found = {name: values[name] for name in SLOT.findall(line)}
    items = next(((name, value) for name, value in found.items() if not isinstance(value, str)), None)
    for item in items[1] if items else ("",):
        here = found | ({items[0]: item} if items else {})
        yield SLOT.sub(lambda slot, here=here: str(here[slot[1]]), line)  # type: ignore[misc]
