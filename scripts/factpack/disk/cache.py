"""The cache: results of earlier work, in `.factpack/cache`, each with the state of the files that it was made from.

It may be deleted at any time. A result is used only while every file that it was made from is what it was; results made
by other code, by other schemas or for another package lie in another folder and are removed.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from factpack.disk.files import remove
from factpack.disk.project import Project


def digest(*pieces: bytes) -> str:
    """Return a digest of bytes in their order, in hex."""
    found = blake2b(digest_size=16)
    for each in pieces:
        found.update(len(each).to_bytes(8, "big") + each)
    return found.hexdigest()


@dataclass(frozen=True, slots=True)
class Cache:
    """Results by slot: a new one takes the place of the old one of its slot. What cannot be kept is not."""

    folder: Path

    def read(self, slot: str) -> bytes | None:
        """Return the result in a slot, or None where there is none or the disk has damaged it."""
        try:
            whole = (self.folder / slot).read_bytes()
        except OSError:
            return None
        sound = whole[:4] == zlib.crc32(memoryview(whole)[4:]).to_bytes(4, "big")
        return whole[4:] if sound else None

    def write(self, slot: str, result: bytes) -> None:
        """Put a result into a slot, whole or not at all."""
        there = self.folder / slot
        aside = there.with_name(f"{slot}.{os.getpid()}")
        try:
            aside.write_bytes(zlib.crc32(result).to_bytes(4, "big") + result)
            aside.replace(there)
        except OSError:
            with suppress(OSError):
                aside.unlink()

    def keep(self, slots: Collection[str]) -> None:
        """Remove all results but those in some slots."""
        with suppress(OSError):
            for name in {each.name for each in self.folder.iterdir()} - set(slots):
                (self.folder / name).unlink(missing_ok=True)


def open_cache(project: Project) -> Cache | None:
    """Return the cache of a project for this code, its schemas and its package; None where none can be kept."""
    own, current = project.root / ".factpack" / "cache", world(project)
    if own.is_symlink() or own.parent.is_symlink():  # it may lead anywhere
        return None
    try:
        (own / current).mkdir(parents=True, exist_ok=True)
        for other in own.iterdir():
            if other.name != current:
                remove(other)
    except OSError:
        return None
    return Cache(own / current)


def world(project: Project) -> str:
    """Return a digest of what holds for all records: this code, its libraries, a project's schemas and its package."""
    return digest(_code(), *_texts(project))


def _code() -> bytes:
    """Return a digest of this package's files and of the versions of what they call."""
    import jsonschema_rs  # only their versions are wanted
    import orjson
    import yaml

    own = Path(__file__).parent.parent
    files = sorted(path for path in own.rglob("*") if path.suffix in (".py", ".yaml"))
    versions = (sys.version, orjson.__version__, yaml.__version__, getattr(jsonschema_rs, "__version__", ""))
    return digest(*(path.read_bytes() for path in files), *(each.encode() for each in versions)).encode()


def _texts(project: Project) -> list[bytes]:
    """Return what a project says for all records: its schemas by name, and its package."""
    found = []
    for name, raw in project.schemas().items():
        found += [name.encode(), raw]
    with suppress(OSError):
        found.append(project.read("sources/package.yaml"))
    return found
