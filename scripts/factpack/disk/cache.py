"""The cache in `.factpack/cache`: results of earlier runs, so that unchanged records need not be checked again.

It may be deleted at any time. Each combination of code, libraries, schemas and package has a folder of its own; the
others are removed. Whether a result still holds is decided by `run.dependencies`. A result bears a seal that only this
user's secret can make: one that a branch or an archive brings is not taken.
"""

from __future__ import annotations

import hmac
import os
import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from factpack.disk.code import code_digest, files_digest
from factpack.disk.files import has_file, private_folder, read_own, remove
from factpack.disk.project import PACKAGE_PATH, Project
from factpack.disk.secret import SIZE, hashed, seal, secret

LIMIT = 64 << 20
"""Bytes of a result that is kept."""
SLOT = re.compile(r"(?:chunk|coverage|names|reviews)\.[a-z0-9-]+(?:\.[0-9]+)?")
"""Names of the files with results, and of those that are being written."""
CODE = "code"
"""Name of the file with the digest of the code, beside the folders with results."""
WORLD = re.compile(r"[0-9a-f]{32}")


def digest(*pieces: bytes) -> str:
    """Return the BLAKE2b digest (32 hexadecimal digits) of byte strings in their order."""
    return hashed(*pieces, size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Cache:
    """Results by slot, one file each. A result that cannot be written is not kept, without a word."""

    folder: Path
    key: bytes = field(repr=False)
    """What seals its results."""

    def read(self, slot: str) -> bytes | None:
        """Return the result in a slot, or None where there is none or it was not sealed for this slot."""
        try:
            whole = read_own(self.folder / slot, SIZE + LIMIT)
        except OSError:
            return None
        result = whole[SIZE:]
        return result if hmac.compare_digest(whole[:SIZE], self._seal(slot, result)) else None

    def write(self, slot: str, result: bytes) -> None:
        """Replace the result of a slot, as a whole or not at all."""
        if len(result) > LIMIT:
            return
        path = self.folder / slot
        aside = path.with_name(f"{slot}.{os.getpid()}")
        try:
            aside.unlink(missing_ok=True)
            with aside.open("xb") as file:  # a new file, and not where a link leads
                file.writelines((self._seal(slot, result), result))
            aside.replace(path)
        except OSError:
            with suppress(OSError):
                aside.unlink()

    def keep(self, slots: Collection[str]) -> None:
        """Remove the results of all other slots."""
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in slots and SLOT.fullmatch(path.name) and has_file(path):
                    path.unlink(missing_ok=True)

    def _seal(self, slot: str, result: bytes) -> bytes:
        return seal(self.key, slot.encode(), result)


def open_cache(project: Project) -> Cache | None:
    """Return the cache of a project for this code, its schemas and its package; None where none can be kept."""
    root = project.root.resolve()
    folder, key = root / ".factpack" / "cache", secret(root)
    if key is None:
        return None
    try:
        for level in (folder.parent, folder):  # a link among them may lead anywhere
            private_folder(level)
        current = _world(_code_kept(Cache(folder, seal(key, b"code"))), project)
        private_folder(folder / current)
        for other in folder.iterdir():
            if other.name != current and WORLD.fullmatch(other.name):
                remove(other)
    except OSError:
        return None
    return Cache(folder / current, seal(key, b"cache", current.encode()))


def world(project: Project) -> str:
    """Return a digest of all that every result depends on: code, libraries, schemas and package."""
    return _world(code_digest(), project)


def _world(code: bytes, project: Project) -> str:
    return digest(code, *_texts(project))


def _code_kept(cache: Cache) -> bytes:
    """Return the digest of the code: the one that was kept while its files are as they were."""
    now = files_digest()
    kept = cache.read(CODE) if now else None
    if now and kept and kept.startswith(now):
        return kept[len(now) :]
    found = code_digest()
    if now:
        cache.write(CODE, now + found)
    return found


def _texts(project: Project) -> list[bytes]:
    """Return the names and bytes of a project's schemas, and the bytes of its package."""
    texts = []
    for name, raw in project.schemas().items():
        texts += [name.encode(), raw]
    with suppress(OSError):
        texts.append(project.read(PACKAGE_PATH))
    return texts
