"""The commands, the exit statuses, and what the command line says in the language of the call."""

from __future__ import annotations

import locale
import os

import click

from factpack.words import Count, text_in

EXIT_PROBLEMS, EXIT_USAGE, EXIT_INTERNAL, EXIT_OUTPUT = 1, 2, 3, 4
EXIT_UNREAD = 128 + 13
"""Where a reader of stdout has gone: what shells say of a program that SIGPIPE ended."""
GROUPS = {
    "begin": ("init",),
    "edit": ("text", "draft", "new", "add", "next", "check", "fmt", "explain", "diff"),
    "read": ("show", "outcomes", "cite"),
    "publish": ("build", "release", "site"),
    "maintain": ("verify", "coverage"),
}
"""The commands as help lists them, by what a reader wants to do."""
COMMANDS = tuple(name for group in GROUPS.values() for name in group)
"""Each is the module of its name, imported when it is called."""


def locale_language() -> str:
    """Return the language of the locale: Chinese where it says so, else English."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or locale.getlocale()[0]
    return "zh" if (name or "").lower().startswith("zh") else "en"


def language_of(context: click.Context | None) -> str:
    """Return the language that was asked for with `--lang`, else that of the locale."""
    asked = context.find_root().params.get("lang") if context else None
    return str(asked or locale_language())


def message(context: click.Context, key: str, /, **values: object) -> str:
    """Return one of the sentences under `said`, with its values filled in, in the language of the call."""
    counted = {name: Count(value) if isinstance(value, int) else value for name, value in values.items()}
    return text_in(language_of(context), "cli", "said", key, **counted)
