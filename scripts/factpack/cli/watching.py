"""Commands that go on: they answer again after each change of the project, until they are interrupted."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from factpack.cli.mistakes import Misuse, mistake
from factpack.cli.words import EXIT_PROBLEMS, EXIT_USAGE, language_of, message
from factpack.disk.files import OutputError
from factpack.disk.project import NotAProject


def refuse_with_watch(**given: bool) -> None:
    """Raise Misuse for an option that was given, by its name: `--watch` prints text for people, in one process."""
    for name in (name for name, is_given in given.items() if is_given):
        raise Misuse("not with watch", name=f"--{name}")


def answer_again(
    context: click.Context, root: Path, answer: Callable[[], None], watched: str = "watching", **values: object
) -> NoReturn:
    """Call `answer` now and after each change of the project; end with its last status at an interrupt.

    `watched` names what is said while nothing changes. What ends the command at the first answer, such as a wrong
    option, does so here; later it is only said, for the next change may mend it.
    """
    try:
        from factpack.run.watch import watch  # heavy, and from an optional extra
    except ModuleNotFoundError as error:
        if error.name != "watchdog":
            raise
        raise Misuse("no watchdog") from error
    answered = False

    def status() -> int:
        nonlocal answered
        again, answered = answered, True
        if not again:
            return _status(answer)
        click.echo(err=True)
        try:
            return _status(answer)
        except NotAProject:
            return _told(context, Misuse("no project", folder=root))
        except click.UsageError as error:
            return _told(context, error)
        except (OutputError, OSError) as error:  # a file may go while it is read: then the next answer is on its way
            click.echo(f"factpack: {error}", err=True)
            return EXIT_PROBLEMS

    def waiting() -> None:
        click.echo(message(context, watched, time=time.strftime("%H:%M:%S"), **values), err=True)

    sys.exit(watch(root, status, waiting))


def _status(answer: Callable[[], None]) -> int:
    try:
        answer()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _told(context: click.Context, error: click.UsageError) -> int:
    click.echo(f"factpack: {mistake(error, language_of(context))}", err=True)
    return EXIT_USAGE
