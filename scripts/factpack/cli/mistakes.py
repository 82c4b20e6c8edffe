"""Mistakes of use, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

import click

from factpack.cli.words import language_of, words


class Misuse(click.UsageError):
    """A mistake of use that this program found itself; its text is under `errors`."""

    def __init__(self, which: str, /, **values: object) -> None:
        super().__init__(str(words()["errors"][which]["en"]).format_map(values))
        self.which, self.values = which, values

    def in_language(self, language: str) -> str:
        """Return the mistake in a language."""
        return str(words()["errors"][self.which][language]).format_map(self.values)


def mistake(error: click.UsageError, language: str) -> str:
    """Return what a mistake of use is, in a language."""
    if isinstance(error, Misuse):
        return error.in_language(language)
    if language == "en":
        return error.format_message()
    known = words()["click"]
    match error:
        case click.MissingParameter():
            return str(known["missing"]["zh"]).format(name=_named(error))
        case click.BadParameter():
            return str(known["bad"]["zh"]).format(name=_named(error), why=_why(error))
        case click.BadOptionUsage():
            return str(known["no value"]["zh"]).format(name=error.option_name)
        case click.NoSuchOption():
            return str(known["no option"]["zh"]).format(name=error.option_name) + _near(error.possibilities)
        case click.exceptions.NoSuchCommand():
            return str(known["no command"]["zh"]).format(name=error.command_name) + _near(error.possibilities)
    return error.format_message()


def _named(error: click.BadParameter) -> str:
    param = error.param
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name if param else ""


def _why(error: click.BadParameter) -> str:
    kind, known = getattr(error.param, "type", None), words()["click"]
    if isinstance(kind, click.Choice):
        return str(known["choose"]["zh"]).format(choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        return str(known["range"]["zh"]).format(low=kind.min, high=kind.max or "")
    if isinstance(kind, click.Path):
        return str(known["path"]["zh"])
    return error.message


def _near(possibilities: Sequence[str] | None) -> str:
    return str(words()["click"]["near"]["zh"]).format(names="、".join(possibilities)) if possibilities else ""


def usage_text(error: click.UsageError) -> str:
    """Return what to print for a mistake of use: usage line, where help is, and the mistake."""
    context = error.ctx
    language, lines = language_of(context), []
    if context is not None:
        hint = str(words()["click"]["try"][language]).format(command=context.command_path)
        lines = [context.get_usage(), hint, ""]
    return "\n".join([*lines, words()["click"]["error"][language] + mistake(error, language)])
