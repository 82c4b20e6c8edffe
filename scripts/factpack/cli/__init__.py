"""The command line: it parses, wires, prints and exits; every decision is made elsewhere."""

from __future__ import annotations

import errno
import gc
import signal
import sys

import click

from factpack import __version__
from factpack.cli.help import Commands
from factpack.cli.mistakes import usage_text
from factpack.cli.paths import GivenPath
from factpack.cli.streams import NotWritten, standard_streams
from factpack.cli.words import EXIT_INTERNAL, EXIT_PROBLEMS, EXIT_USAGE
from factpack.disk.files import OutputError
from factpack.words import LANGUAGES

OBJECTS_BETWEEN = 200_000
"""New objects after which Python looks for circles among them. Records make none, and looking after every 700, as it
does by itself, is 10 % of a build of some hundred records."""


@click.command("factpack", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--root", metavar="DIR", type=GivenPath())
@click.option("--lang", type=click.Choice(LANGUAGES), is_eager=True)
@click.version_option(__version__, prog_name="factpack")
def cli(root: str | None, lang: str | None) -> None:
    """Validate hand-curated facts, prove them against their document, and compile them to a data package."""


class Terminated(KeyboardInterrupt):
    """The process was asked to end."""


def _terminate(*_: object) -> None:
    raise Terminated


def main() -> None:
    """Run the command line; a bug ends with status 3 and its traceback, never with half an output.

    An interrupt (SIGINT) or a request to end (SIGTERM) undoes what was begun; the status is 128 and its number.
    """
    signal.signal(signal.SIGTERM, _terminate)
    gc.set_threshold(OBJECTS_BETWEEN)
    with standard_streams():
        status = _status()
    gc.freeze()  # else Python looks for circles once more before it ends, a tenth of a check that finds all as it was
    sys.exit(status)


def _status() -> int:
    """Return how the command line that was given ended; what went wrong is said."""
    try:
        return _called()
    except NotWritten as error:
        return error.end()
    except click.exceptions.NoArgsIsHelpError as error:
        return _failed(error.format_message(), EXIT_USAGE)
    except click.UsageError as error:
        return _failed(usage_text(error), EXIT_USAGE)
    except OutputError as error:
        return _failed(f"factpack: {error}")
    except (click.Abort, KeyboardInterrupt) as error:
        number, word = (15, "terminated") if isinstance(error.__cause__ or error, Terminated) else (2, "interrupted")
        return _failed(f"factpack: {word}", 128 + number)
    except MemoryError:
        return _failed("factpack: there is not enough memory")
    except OSError as error:  # of a temporary file: a large project needs some
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS):
            return _failed(f"factpack: temporary files cannot be written: {error.strerror}")
        return _bug()
    except Exception:  # noqa: BLE001 - whatever a bug raises is printed whole
        return _bug()


def _called() -> int:
    """Run the command that was given, and return its status."""
    try:
        return int(cli.main(prog_name="factpack", standalone_mode=False) or 0)
    except SystemExit as end:
        return int(end.code or 0)


def _failed(said: str, status: int = EXIT_PROBLEMS) -> int:
    click.echo(said, err=True)
    return status


def _bug() -> int:
    import traceback  # only for a bug

    traceback.print_exc()
    return _failed("factpack: this is a bug in factpack; please report it with the lines above", EXIT_INTERNAL)
