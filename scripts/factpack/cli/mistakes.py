"""Mistakes of use, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

import click

from factpack.cli.words import language_of
from factpack.problems import MARKS
from factpack.words import text_in, texts


class Misuse(click.UsageError):
    """A mistake of use that this program found itself; its text is under `errors`, a list among its values in words."""

    def __init__(self, which: str, /, **values: object) -> None:
        self.which, self.values = which, values
        super().__init__(self.in_language("en"))

    def in_language(self, language: str) -> str:
        """Return the mistake in a language."""
        told = {
            name: (MARKS[language].join(value) or "-") if isinstance(value, list) else value
            for name, value in self.values.items()
        }
        return text_in(language, "cli", "errors", self.which, **told)


def mistake(error: click.UsageError, language: str) -> str:
    """Return what a mistake of use is, in a language."""
    if isinstance(error, Misuse):
        return error.in_language(language)
    if language == "en":
        return error.format_message()
    match error:
        case click.MissingParameter():
            return _chinese("missing", name=_named(error))
        case click.BadParameter():
            return _chinese("bad", name=_named(error), why=_why(error))
        case click.BadOptionUsage():
            return _chinese("no value", name=error.option_name)
        case click.NoSuchOption():
            return _chinese("no option", name=error.option_name) + _near(error.possibilities)
        case click.exceptions.NoSuchCommand():
            return _chinese("no command", name=error.command_name) + _near(error.possibilities)
        case click.UsageError(message="Missing command."):
            return _chinese("which command")
    return error.format_message()


def _chinese(key: str, **values: object) -> str:
    """Return what click says in English, in Chinese."""
    return texts("cli", "click")[key]["zh"].format_map(values)


def _named(error: click.BadParameter) -> str:
    param = error.param
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name if param else ""


def _why(error: click.BadParameter) -> str:
    kind = getattr(error.param, "type", None)
    if isinstance(kind, click.Choice):
        return _chinese("choose", choices=MARKS["zh"].join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        return _chinese("range", low=kind.min, high=kind.max or "")
    if isinstance(kind, click.Path):
        return _chinese("path")
    return error.message


def _near(possibilities: Sequence[str] | None) -> str:
    return _chinese("near", names="、".join(possibilities)) if possibilities else ""


def usage_text(error: click.UsageError) -> str:
    """Return what to print for a mistake of use: usage line, where help is, and the mistake."""
    context = error.ctx
    language, lines = language_of(context), []
    if context is not None:
        hint = text_in(language, "cli", "help", "try", command=context.command_path)
        lines = [context.get_usage(), hint, ""]
    return "\n".join([*lines, text_in(language, "cli", "help", "error") + mistake(error, language)])
