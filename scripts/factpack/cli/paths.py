"""Paths on the command line: each is relative to where it was given, and messages name what it leads to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from factpack.cli.mistakes import Misuse


class GivenPath(click.Path):
    """A path that was given. An empty one is a mistake: it mostly comes from a variable that is not set."""

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Any:
        """Return the path; raises UsageError."""
        if value == "":
            raise Misuse("empty path", name=param.get_error_hint(context) if param and context else "")
        return super().convert(value, param, context)


def given_or(path: str | None, usual: Path) -> Path:
    """Return the path that was given, or the usual one of the project."""
    return usual if path is None else Path(path)


def shown(path: Path) -> str:
    """Return how a path is named where the command was called: as one below, else whole."""
    whole, here = Path(os.path.abspath(path)), Path.cwd()  # noqa: PTH100 - without following links
    return str(whole.relative_to(here) if whole.is_relative_to(here) else whole)
