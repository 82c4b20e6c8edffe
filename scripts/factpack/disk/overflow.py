"""The spool: bytes by key that are too many to hold; in a temporary file once they are more than a little."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from typing import IO

HELD = 1 << 20
"""Bytes that are held before they go to a file."""


class Spool:
    """Bytes by key, in the order in which they were added; workers forked from its process may read it too."""

    def __init__(self) -> None:
        self._places: dict[str, list[tuple[int, int]]] = {}
        """Where those of a key lie: first byte and length."""
        self._file: IO[bytes] = io.BytesIO()

    def add(self, key: str, data: bytes) -> None:
        """Add bytes to a key."""
        start = self._file.seek(0, os.SEEK_END)
        if isinstance(self._file, io.BytesIO) and start + len(data) > HELD:
            held = self._file.getvalue()
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it is read as long as the spool is there
            self._file.write(held)
        self._places.setdefault(key, []).append((start, len(data)))
        self._file.write(data)
        self._file.flush()

    def read(self, key: str) -> Iterator[bytes]:
        """Yield the bytes of a key."""
        for start, length in self._places.get(key, ()):
            if hasattr(os, "pread") and not isinstance(self._file, io.BytesIO):  # workers share the file's position
                yield os.pread(self._file.fileno(), length, start)
            else:
                self._file.seek(start)
                yield self._file.read(length)

    def __getstate__(self) -> list[tuple[str, bytes]]:
        """Return what another process needs, in which the file is not open."""
        return [(key, data) for key in self._places for data in self.read(key)]

    def __setstate__(self, state: list[tuple[str, bytes]]) -> None:
        self.__init__()  # type: ignore[misc]
        for key, data in state:
            self.add(key, data)
