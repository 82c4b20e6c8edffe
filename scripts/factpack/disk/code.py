"""The program as a digest: its own files and the libraries that it calls, on which every kept result rests.

It is worked out once in a process: one that goes on works with the files that it has loaded, whatever they have become
since.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from factpack.disk.secret import hashed

LIBRARIES = ("jsonschema_rs", "orjson", "yaml")
MTIME_GRACE_NS = 2_000_000_000
"""Nanoseconds within which a file may change without new times, on the coarsest of file systems."""


@cache
def code_digest() -> bytes:
    """Return a digest of what this package's files hold and of the versions of what they call."""
    import jsonschema_rs  # only their versions are wanted
    import orjson
    import yaml

    versions = (sys.version, orjson.__version__, yaml.__version__, getattr(jsonschema_rs, "__version__", ""))
    return _digest(*(Path(path).read_bytes() for path in _files()), *(version.encode() for version in versions))


@cache
def files_digest() -> bytes:
    """Return a digest of the sizes and times of the same files; nothing where one is too young for them to tell."""
    states, youngest = [sys.version], 0
    for path in (*_files(), *_installed()):
        found = os.stat(path)  # noqa: PTH116 - a path of text, as most are
        states.append(f"{path} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}")
        youngest = max(youngest, found.st_mtime_ns, found.st_ctime_ns)
    settled = time.time_ns() - youngest > MTIME_GRACE_NS
    return _digest("\n".join(states).encode()) if settled else b""


def _digest(*pieces: bytes) -> bytes:
    return hashed(*pieces, size=16).hexdigest().encode()


def _files() -> list[str]:
    """Return this package's files; the client of the site has none of them, and thousands while it is made."""
    found = []
    for folder, inner, names in os.walk(Path(__file__).parent.parent):
        inner[:] = [each for each in inner if each not in ("client", "__pycache__")]
        found += [f"{folder}/{name}" for name in names if name.endswith((".py", ".yaml"))]
    return sorted(found)


def _installed() -> Iterator[str]:
    """Yield the files by which libraries are found, which are new where another version is installed."""
    for name in LIBRARIES:
        spec = find_spec(name)
        if spec and spec.origin:
            yield spec.origin
