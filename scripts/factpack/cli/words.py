"""What the command line says, in the language of the call."""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click
import yaml

from factpack.problems import Count

EXIT_PROBLEMS, EXIT_USAGE, EXIT_INTERNAL = 1, 2, 3
GROUPS = {
    "edit": ("new", "check", "fmt", "explain", "diff"),
    "read": ("show", "cite"),
    "publish": ("build", "release", "site"),
    "maintain": ("verify", "coverage"),
}
"""The commands as help lists them, by what a reader wants to do."""
COMMANDS = tuple(name for group in GROUPS.values() for name in group)
"""Each is the module of its name, imported when it is called."""


@cache
def words() -> Mapping[str, Any]:
    """Return the texts of commands by section, such as `commands`, `options`, `errors`, `said`."""
    text = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def locale_language() -> str:
    """Return the language of the locale: Chinese where it says so, else English."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or locale.getlocale()[0]
    return "zh" if (name or "").lower().startswith("zh") else "en"


def language_of(context: click.Context | None) -> str:
    """Return the language that was asked for with `--lang`, else that of the locale."""
    chosen = context.find_root().params.get("lang") if context else None
    return str(chosen or locale_language())


def say(context: click.Context, which: str, /, **values: object) -> str:
    """Return one of the sentences under `said`, filled, in the language of the call."""
    counted = {name: Count(value) if isinstance(value, int) else value for name, value in values.items()}
    return str(words()["said"][which][language_of(context)]).format_map(counted)


def term(context: click.Context | None, name: str) -> str:
    return str(words()["click"][name][language_of(context)])
