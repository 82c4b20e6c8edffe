"""Checks the comments by which editors find a schema: an editor loads whatever address stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factpack.edit.modeline import modeline
from factpack.problems import Problem

NAMED = re.compile(r"yaml-language-server|#\s*\$schema|\byaml\.schemas\b", re.IGNORECASE)
"""By what editors are told of a schema: the YAML language server (VS Code, Neovim, Zed, …), and JetBrains."""
_HINTS = (b"yaml", b"chema")
"""Whatever `NAMED` finds has one of these: without the letters that, in upper or lower case, have a double."""


def foreign_schema(path: str, raw: bytes, schema: str) -> Iterator[Problem]:
    """Yield each line that names to editors another schema than that of the file's record type, or tells them more."""
    own = modeline(path, schema)
    first, _, rest = raw.partition(b"\n")
    rest = rest.lower()
    if first == own.encode() and not any(hint in rest for hint in _HINTS):
        return
    for number, line in enumerate(raw.decode("utf-8").splitlines(), 1):
        found = NAMED.search(line)
        if found and (number, line.rstrip()) != (1, own):
            yield Problem(path, number, found.start() + 1, "foreign-schema", "", {"found": line.strip()})
