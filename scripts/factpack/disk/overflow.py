"""Byte strings by key, kept in memory up to 1 MiB and in a temporary file beyond: memory stays flat for any corpus."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from typing import IO

MEMORY_BYTES = 1 << 20
"""Bytes kept in memory before all move to a file."""


class Spool:
    """Byte strings by key, in the order in which they were added. Workers forked from this process may read it, too."""

    def __init__(self) -> None:
        self._spans: dict[str, list[tuple[int, int]]] = {}
        """First byte and length of each string of a key."""
        self._file: IO[bytes] = io.BytesIO()

    def add(self, key: str, data: bytes) -> None:
        """Add a string to a key."""
        start = self._file.seek(0, os.SEEK_END)
        if isinstance(self._file, io.BytesIO) and start + len(data) > MEMORY_BYTES:
            so_far = self._file.getvalue()
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the spool is in use
            self._file.write(so_far)
        self._spans.setdefault(key, []).append((start, len(data)))
        self._file.write(data)
        self._file.flush()

    def read(self, key: str) -> Iterator[bytes]:
        """Yield the strings of a key."""
        for start, length in self._spans.get(key, ()):
            if hasattr(os, "pread") and not isinstance(self._file, io.BytesIO):  # workers share the file's position
                yield os.pread(self._file.fileno(), length, start)
            else:
                self._file.seek(start)
                yield self._file.read(length)

    def __getstate__(self) -> list[tuple[str, bytes]]:
        """Return the strings themselves: another process cannot use the open file."""
        return [(key, data) for key in self._spans for data in self.read(key)]

    def __setstate__(self, state: list[tuple[str, bytes]]) -> None:
        self.__init__()  # type: ignore[misc]
        for key, data in state:
            self.add(key, data)
