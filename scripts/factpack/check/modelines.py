"""Checks the comments by which editors find a schema: an editor loads whatever address stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factpack.edit.layout import modeline
from factpack.problems import Problem

NAMED = re.compile(r"yaml-language-server|#\s*\$schema|\byaml\.schemas\b", re.IGNORECASE)
"""By what editors are told of a schema: the YAML language server (VS Code, Neovim, Zed, …), and JetBrains."""


def foreign_schema(path: str, raw: bytes, schema: str) -> Iterator[Problem]:
    """Yield each line that names to editors another schema than that of the file's record type, or tells them more."""
    own = modeline(path, schema)
    for number, line in enumerate(raw.decode("utf-8").splitlines(), 1):
        found = NAMED.search(line)
        if found and (number, line.rstrip()) != (1, own):
            yield Problem(path, number, found.start() + 1, "foreign-schema", "", {"found": line.strip()})
