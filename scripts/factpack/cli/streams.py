"""Standard streams, as commands use them: what stdout must take or the command fails, and what stderr may lose."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from factpack.cli.words import EXIT_OUTPUT, EXIT_UNREAD, language_of
from factpack.disk.streams import opened_for_reading, opened_for_writing
from factpack.words import text_in

KNOWN = {errno.ENOSPC: "full", errno.EBADF: "closed"}
"""What the program itself says of a failure, in place of the system's words."""


class NotWritten(Exception):
    """Standard output takes nothing more. No OSError: whoever writes files takes those for failures of theirs."""

    def __init__(self, error: OSError) -> None:
        self.unread = error.errno == errno.EPIPE
        language = language_of(click.get_current_context(silent=True))
        why = text_in(language, "cli", "streams", KNOWN.get(error.errno or 0, "other"), reason=error.strerror)
        super().__init__(text_in(language, "cli", "streams", "not written", why=why))

    def end(self) -> int:
        """Say why, unless a reader has only read enough, and return the exit status."""
        if self.unread:
            return EXIT_UNREAD
        click.echo(f"factpack: {self}", err=True)
        return EXIT_OUTPUT


@contextmanager
def standard_streams() -> Iterator[None]:
    """Give the process all three streams, in UTF-8. Writing to stdout may raise NotWritten, to stderr nothing."""
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = opened_for_reading(sys.stdin)
    sys.stdout = opened_for_writing(1, sys.stdout, _raise)
    sys.stderr = opened_for_writing(2, sys.stderr, lambda _: None)
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = before


def _raise(error: OSError) -> None:
    raise NotWritten(error) from error
