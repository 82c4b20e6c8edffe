"""Byte strings by key, kept in memory up to 1 MiB and in a temporary file beyond: memory stays flat for any corpus."""

from __future__ import annotations

import io
import os
import struct
import tempfile
from array import array
from collections.abc import Iterator
from typing import IO
from zlib import crc32

MEMORY_BYTES = 1 << 20
"""Bytes kept in memory before all move to a file."""
CHAINS = 1 << 16
"""Chains among which the keys are shared out. Where each ends takes half a MiB of memory, however many keys there are;
of 100,000 keys a chain has two."""
HEAD = struct.Struct("<QIQ")
"""What stands before a string: where the one before it in its chain is, and how many bytes its key and itself have."""


class Spool:
    """Byte strings by key, in the order in which they were added. Workers forked from this process may read it, too.

    Each string lies behind its key and leads to the one before it in its chain, so that memory holds ends of chains
    and not keys: a corpus has a key for every second record.
    """

    def __init__(self) -> None:
        self._ends = array("Q", bytes(8 * CHAINS))
        """One more than where the last string of each chain begins; 0 of a chain without any."""
        self._file: IO[bytes] = io.BytesIO()

    def add(self, key: str, data: bytes) -> None:
        """Add a string to a key."""
        start, name = self._file.seek(0, os.SEEK_END), key.encode()
        whole = b"".join((HEAD.pack(self._ends[_chain(name)], len(name), len(data)), name, data))
        if isinstance(self._file, io.BytesIO) and start + len(whole) > MEMORY_BYTES:
            so_far = self._file.getvalue()
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the spool is in use
            self._file.write(so_far)
        self._ends[_chain(name)] = start + 1
        self._file.write(whole)
        self._file.flush()

    def read(self, key: str) -> Iterator[bytes]:
        """Yield the strings of a key."""
        name = key.encode()
        spans, end = list[tuple[int, int]](), self._ends[_chain(name)]
        while end:
            start = end - 1 + HEAD.size
            head = self._at(end - 1, HEAD.size + len(name))
            end, named, length = HEAD.unpack_from(head)
            if named == len(name) and head[HEAD.size :] == name:
                spans.append((start + named, length))
        for start, length in reversed(spans):
            yield self._at(start, length)

    def _at(self, start: int, length: int) -> bytes:
        """Return so many bytes from a place in the file."""
        if hasattr(os, "pread") and not isinstance(self._file, io.BytesIO):  # workers share the file's position
            return os.pread(self._file.fileno(), length, start)
        self._file.seek(start)
        return self._file.read(length)

    def __getstate__(self) -> list[tuple[str, bytes]]:
        """Return the strings themselves: another process cannot use the open file."""
        strings, start, size = list[tuple[str, bytes]](), 0, self._file.seek(0, os.SEEK_END)
        while start < size:
            _, named, length = HEAD.unpack(self._at(start, HEAD.size))
            start += HEAD.size
            strings.append((self._at(start, named).decode(), self._at(start + named, length)))
            start += named + length
        return strings

    def __setstate__(self, state: list[tuple[str, bytes]]) -> None:
        self.__init__()  # type: ignore[misc]
        for key, data in state:
            self.add(key, data)


def _chain(name: bytes) -> int:
    return crc32(name) % CHAINS
