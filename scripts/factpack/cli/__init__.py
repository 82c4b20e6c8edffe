"""The command line: it parses, wires, prints and exits; every decision is made elsewhere."""

from __future__ import annotations

import errno
import signal
import sys

import click

from factpack import __version__
from factpack.cli.help import Commands
from factpack.cli.mistakes import usage_text
from factpack.cli.words import EXIT_INTERNAL, EXIT_PROBLEMS, EXIT_USAGE
from factpack.disk.files import OutputError, discard_output
from factpack.words import LANGUAGES


@click.command("factpack", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--root", metavar="DIR")
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
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        sys.exit(cli.main(prog_name="factpack", standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(EXIT_USAGE)
    except click.UsageError as error:
        click.echo(usage_text(error), err=True)
        sys.exit(EXIT_USAGE)
    except OutputError as error:
        click.echo(f"factpack: {error}", err=True)
        sys.exit(EXIT_PROBLEMS)
    except BrokenPipeError:
        discard_output(sys.stdout)
        sys.exit(EXIT_PROBLEMS)
    except (click.Abort, KeyboardInterrupt) as error:
        number, word = (15, "terminated") if isinstance(error.__cause__ or error, Terminated) else (2, "interrupted")
        click.echo(f"factpack: {word}", err=True)
        sys.exit(128 + number)
    except MemoryError:
        click.echo("factpack: there is not enough memory", err=True)
        sys.exit(EXIT_PROBLEMS)
    except OSError as error:  # of a temporary file: a large project needs some
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS):
            raise
        click.echo(f"factpack: temporary files cannot be written: {error.strerror}", err=True)
        sys.exit(EXIT_PROBLEMS)
    except Exception:  # noqa: BLE001 - whatever a bug raises is printed whole
        import traceback  # only for a bug

        traceback.print_exc()
        click.echo("factpack: this is a bug in factpack; please report it with the lines above", err=True)
        sys.exit(EXIT_INTERNAL)
