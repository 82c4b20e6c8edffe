"""Help in both languages: the program and its commands, with texts from words.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import click

from factpack.cli.words import COMMANDS, GROUPS, language_of, locale_language
from factpack.disk.interrupts import at_once
from factpack.words import text_in, texts, texts_in

EXAMPLES = (
    "factpack check sources/indicators/ind-gdp.yaml",
    "factpack explain cut-token",
    "factpack --lang zh new project",
)
"""What the help of the program shows below its commands."""


class Command(click.Command):
    """One command."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Parse arguments; a mistake among them knows its command, which the parser of options forgets."""
        with click.core.augment_usage_errors(context):
            return super().parse_args(context, args)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first line of the help, which completion shows."""
        return summary(self.name, locale_language())

    def format_usage(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        write_usage(self, context, formatter)

    def format_help(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line, what the command does, and its options."""
        write_help(self, context, formatter)
        write_options(self, context, formatter)


class Commands(click.Group):
    """The commands of the program; each is imported when it is called."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Parse arguments, as in `Command`."""
        with click.core.augment_usage_errors(context):
            return super().parse_args(context, args)

    def format_usage(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        write_usage(self, context, formatter)

    def format_help(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line, what the program does, its commands by group, its options and some examples."""
        write_help(self, context, formatter)
        write_commands(language_of(context), formatter)
        write_options(self, context, formatter)
        write_examples(language_of(context), formatter)

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names of the commands in the order in which they are listed."""
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """Return a command, or None. An interrupt waits until its modules are loaded: orjson's would crash."""
        if name not in COMMANDS:
            return None
        with at_once():
            found: click.Command = import_module(f"factpack.cli.{name}").command
        return found

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return what is called; the mistake of a mistyped command names the nearest ones."""
        if args and args[0] not in COMMANDS and not context.resilient_parsing:
            raise click.exceptions.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=context)
        return super().resolve_command(context, args)


def write_usage(command: click.Command, context: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the usage line."""
    language, pieces = language_of(context), " ".join(command.collect_usage_pieces(context))
    for piece in texts("cli", "pieces").values():
        pieces = pieces.replace(piece["en"], piece[language])
    formatter.write_usage(context.command_path, pieces, prefix=text_in(language, "cli", "help", "usage"))


def write_help(command: click.Command, context: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the usage line, and what a command does; each line of its text is a paragraph."""
    write_usage(command, context, formatter)
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(_about(command.name, language_of(context)).replace("\n", "\n\n"))


def write_options(command: click.Command, context: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the options of a command, each with its text."""
    language, rows = language_of(context), []
    for param in command.get_params(context):
        if isinstance(param, click.Option) and not param.hidden:
            param.help = option_help(str(command.name), param, language)
            row = param.get_help_record(context)
            rows += [row] if row else []
    with _section(formatter, text_in(language, "cli", "help", "options"), language):
        formatter.write_dl(rows)


def write_commands(language: str, formatter: click.HelpFormatter) -> None:
    """Write the commands by group, each with the first line of its help."""
    width = max(map(len, COMMANDS))
    for group, names in GROUPS.items():
        with _section(formatter, text_in(language, "cli", "groups", group), language):
            formatter.write_dl([(name.ljust(width), summary(name, language)) for name in names])


def write_examples(language: str, formatter: click.HelpFormatter) -> None:
    """Write the examples, one on a line."""
    with _section(formatter, text_in(language, "cli", "groups", "examples"), language):
        for example in EXAMPLES:
            formatter.write(f"{'':{formatter.current_indent}}{example}\n")


@contextmanager
def _section(formatter: click.HelpFormatter, title: str, language: str) -> Iterator[None]:
    """Write a heading with the colon of its language; what is written within is indented."""
    formatter.write_paragraph()
    formatter.write(text_in(language, "cli", "help", "heading", title=title) + "\n")
    with formatter.indentation():
        yield


def summary(command: str | None, language: str) -> str:
    """Return the first line of the help of a command."""
    return _about(command, language).splitlines()[0]


def _about(command: str | None, language: str) -> str:
    return text_in(language, "cli", "commands", str(command)).strip()


def option_help(command: str, option: click.Option, language: str) -> str:
    """Return the help of an option: that of its command, else the common one of its name."""
    name, known = max(option.opts, key=len).lstrip("-"), texts_in(language, "cli", "options")
    return known.get(f"{command} {name}") or known[name]
