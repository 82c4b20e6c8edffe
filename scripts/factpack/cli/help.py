"""Help in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import click

from factpack.cli.words import COMMANDS, GROUPS, language_of, locale_language, term, words


class Told:
    """A command whose help is in `words.yaml`, in both languages."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Parse arguments; a mistake among them knows its command, which the parser of options forgets."""
        with click.core.augment_usage_errors(context):
            rest: list[str] = super().parse_args(context, args)  # type: ignore[misc]
            return rest

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of what the command does, in English (completion shows it too)."""
        return _about(self.name or "", locale_language()).splitlines()[0]  # type: ignore[attr-defined]

    def format_usage(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(context))  # type: ignore[attr-defined]
        for english, chinese in words()["pieces"].items() if language_of(context) == "zh" else ():
            pieces = pieces.replace(english, chinese)
        formatter.write_usage(context.command_path, pieces, prefix=term(context, "usage"))

    def format_help_text(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does; a blank line parts paragraphs."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_about(self.name or "", language_of(context)).replace("\n", "\n\n"))  # type: ignore[attr-defined]

    def format_arguments(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write nothing: the usage line and the text say what the arguments are."""

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, each with its text; those of the program stand between its commands and examples."""
        if isinstance(self, click.Group):
            _write_commands(language_of(context), formatter)
        listed = []
        for param in self.get_params(context):  # type: ignore[attr-defined]
            if isinstance(param, click.Option) and not param.hidden:
                param.help = option_help(self.name or "", param, language_of(context))  # type: ignore[attr-defined]
                record = param.get_help_record(context)
                listed += [record] if record else []
        with _section(formatter, term(context, "options"), language_of(context)):
            formatter.write_dl(listed)
        if isinstance(self, click.Group):
            _write_examples(language_of(context), formatter)


@contextmanager
def _section(formatter: click.HelpFormatter, heading: str, language: str) -> Iterator[None]:
    """Write a heading with the colon of its language; what is written within is indented."""
    formatter.write_paragraph()
    formatter.write(f"{heading}{'：' if language == 'zh' else ':'}\n")
    with formatter.indentation():
        yield


def _write_commands(language: str, formatter: click.HelpFormatter) -> None:
    width = max(map(len, COMMANDS))
    for group, names in GROUPS.items():
        with _section(formatter, words()["groups"][group][language], language):
            formatter.write_dl([(name.ljust(width), _about(name, language).splitlines()[0]) for name in names])


def _write_examples(language: str, formatter: click.HelpFormatter) -> None:
    with _section(formatter, words()["groups"]["examples"][language], language):
        for each in words()["examples"]:
            formatter.write(f"{'':{formatter.current_indent}}{each}\n")


def _about(command: str, language: str) -> str:
    return str(words()["commands"][command][language]).strip()


def option_help(command: str, option: click.Option, language: str) -> str:
    """Return the help of an option: its command's own, else the common one of its name."""
    name = max(option.opts, key=len).lstrip("-")
    texts = words()["options"]
    found = texts.get(f"{command} {name}") or texts[name]
    return str(found[language])


class Command(Told, click.Command):
    """One command."""


class Commands(Told, click.Group):
    """The commands of the program; each is imported when it is called."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names of the commands in the order in which they are listed."""
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """Return a command, or None."""
        if name not in COMMANDS:
            return None
        found: click.Command = import_module(f"factpack.cli.{name}").command
        return found

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return what is called; a mistyped command is told with the nearest ones."""
        if args and args[0] not in COMMANDS and not context.resilient_parsing:
            raise click.exceptions.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=context)
        return super().resolve_command(context, args)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write nothing: the commands are listed before the options."""
