"""A file of a release."""

from __future__ import annotations

from typing import NamedTuple

from factpack.words import Both


class ReleasedFile(NamedTuple):
    """A file of a release, as descriptions tell of it: its size in bytes and its SHA-256 in hex."""

    path: str
    media_type: str
    size: int
    sha256: str
    title: Both
