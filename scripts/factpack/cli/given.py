"""Values of fields as they are given on the command line."""

from __future__ import annotations

from factpack.cli.mistakes import Misuse


def pair(text: str) -> tuple[str, str]:
    """Return path and value of PATH=VALUE; raises Misuse."""
    path, sign, value = text.partition("=")
    if not sign or not path:
        raise Misuse("no pair", text=text)
    return path, value
