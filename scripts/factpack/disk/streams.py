"""The three standard streams of a process: whatever its caller closed is opened, and a failure is told to its owner."""

from __future__ import annotations

import io
import os
import select
from collections.abc import Callable
from typing import Any, TextIO

FORM: dict[str, Any] = {"encoding": "utf-8", "errors": "backslashreplace"}
"""How all streams are read and written, whatever the locale says."""


class _Written(io.BufferedIOBase):
    """What a stream writes to, whole and at once. Its first failure is told, and then nothing more is written."""

    def __init__(self, below: Any, failed: Callable[[OSError], None]) -> None:
        self._below, self._failed, self._lost = below, failed, False

    def writable(self) -> bool:
        """Say that it is written to."""
        return True

    def fileno(self) -> int:
        """Return the number of its file."""
        return int(self._below.fileno())

    def isatty(self) -> bool:
        """Say whether it is a terminal."""
        return bool(self._below.isatty())

    def write(self, data: Any) -> int:
        """Write bytes, and return how many there are; a pipe that is full and does not wait is waited for."""
        left = memoryview(data)
        try:
            while left and not self._lost:
                count = self._below.write(left)
                if count is None:
                    select.select((), (self.fileno(),), ())
                left = left[count or 0 :]
        except OSError as error:
            self._lost = True
            self._failed(error)
        return len(data)


def opened_for_reading(stream: TextIO | None) -> TextIO:
    """Return standard input, one without content where the caller closed it."""
    return stream if stream is not None else io.TextIOWrapper(io.FileIO(_in_place_of(0)), **FORM)


def opened_for_writing(number: int, stream: TextIO | None, failed: Callable[[OSError], None]) -> TextIO:
    """Return a standard stream that tells `failed` what goes wrong; one that the caller closed cannot be written to."""
    below: Any = io.FileIO(_in_place_of(number), "w") if stream is None else getattr(stream, "buffer", stream)
    written: Any = _Written(getattr(below, "raw", below), failed)
    return io.TextIOWrapper(written, write_through=True, **FORM)


def _in_place_of(number: int) -> int:
    """Open nothing, for reading only, under the number of a closed stream: no other file may come to bear it."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    if nothing != number:
        os.dup2(nothing, number)
        os.close(nothing)
    os.set_inheritable(number, True)
    return number
