"""A folder of published files, replaced as a whole; nothing else in it is touched.

A file that is in the folder already, byte by byte, is not written again: the new folder has a link to it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from factpack.disk.below import BUILT_LIMIT, FILE, FOLDER, LIST_LIMIT, everything_below, has_below, read_below
from factpack.disk.destination import for_files
from factpack.disk.files import OutputError, exchange, fingerprint, open_own, remove
from factpack.disk.interrupts import at_once
from factpack.disk.renewed import Renewed
from factpack.disk.stage import locked

SUMS = "SHA256SUMS"
"""The list of checksums in a published folder: what it does not name was not made by this program."""


class Published(NamedTuple):
    """What was published: the number of files, their bytes, and the SHA-256 of each but the list of these, by path."""

    files: int
    size: int
    sums: dict[str, str]


class Earlier:
    """The files of an earlier making in a folder, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[str, tuple[int, str]] = {}

    @cached_property
    def there(self) -> Mapping[str, str]:
        """What lies in the folder, by path; raises OSError."""
        return dict(everything_below(self.folder)) if os.path.lexists(self.folder) else {}

    def made(self, path: str) -> tuple[int, str]:
        """Return the size of a file in bytes and its SHA-256; 0 and nothing of none; raises OSError."""
        if path not in self._made and self.there.get(path) == FILE:
            with open_own(f"{self.folder}/{path}") as file:
                self._made[path] = fingerprint(file)
        return self._made.get(path, (0, ""))


def publish(
    root: Path,
    out: Path,
    files: Iterable[tuple[str, bytes | None]],
    earlier: Earlier | None = None,
    spare: str = "",
) -> Published:
    """Put files and the list of their checksums into a folder in place of an earlier making.

    A file without bytes is the one of the earlier making. Where `spare` names a folder of `.factpack`, the earlier
    making is kept there, to become the next one but for what changed. Raises OutputError where that cannot be done, or
    where the folder holds a file of anybody else.
    """
    out = for_files(root, out)
    before = earlier or Earlier(out)
    with locked(root):
        if os.path.lexists(out) and (strange := next(_strangers(out, before), None)):
            raise OutputError(f"{out}: {strange} was not made by this program; name another folder")
        made, aside = root / ".factpack" / (spare or "publish"), root / ".factpack" / "publish-before"
        done = False
        try:
            remove(aside)
            if not spare:
                remove(made)
            folder, sums, size = Renewed(made, before.folder), dict[str, str](), 0
            for path, raw in files:
                whole = before.made(path) if raw is None else (len(raw), hashlib.sha256(raw).hexdigest())
                if raw is None or before.made(path) == whole:
                    folder.take(path)
                else:
                    folder.write(path, raw)
                sums[path] = whole[1]
                size += whole[0]
            listed = "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items())).encode()
            folder.write(SUMS, listed)
            folder.clear()
            if hasattr(os, "sync"):  # thousands of files are written through at once sooner than one by one
                os.sync()
            out.parent.mkdir(parents=True, exist_ok=True)
            with at_once():
                exchange(made, out, aside)
                if aside.exists():  # the system could not exchange them in one step
                    aside.rename(made)
                done = True
            return Published(len(sums) + 1, size + len(listed), sums)
        finally:
            with at_once():
                for left in (aside, *(() if done and spare else (made,))):
                    remove(left)


def published(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder that was published, by path, without the list of sums and hidden ones.

    Raises OSError, or OutputError for a file that is not the one in the list.
    """
    found = {}
    for name, sha256 in _sums(folder).items():
        if not name.startswith("."):
            found[name] = read_below(folder, name, BUILT_LIMIT)
            if hashlib.sha256(found[name]).hexdigest() != sha256:
                raise OutputError(f"{folder / name}: is not the file that {SUMS} lists")
    return found


def _sums(folder: Path) -> dict[str, str]:
    """Return the checksums by path that a folder's list of them gives, in its order; raises OSError."""
    sums = read_below(folder, SUMS, LIST_LIMIT).decode("utf-8", errors="replace")
    return {name: sha256 for sha256, _, name in (line.partition("  ") for line in sums.splitlines())}


def _strangers(out: Path, before: Earlier) -> Iterator[str]:
    """Yield the paths in a folder that its list of checksums does not name."""
    if out.is_symlink() or not out.is_dir():
        yield out.name
        return
    known = {SUMS, *(_sums(out) if has_below(out, SUMS) else ())}
    yield from (path for path, kind in before.there.items() if kind != FOLDER and (kind != FILE or path not in known))
