"""A folder of published files, replaced as a whole; nothing else in it is touched."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from factpack.disk.below import BUILT_LIMIT, LIST_LIMIT, entries_below, has_below, make_below, read_below
from factpack.disk.destination import for_files
from factpack.disk.files import OutputError, exchange, remove
from factpack.disk.interrupts import at_once
from factpack.disk.stage import locked

SUMS = "SHA256SUMS"
"""The list of checksums in a published folder: what it does not name was not made by this program."""


def publish(root: Path, out: Path, files: Iterable[tuple[str, bytes]]) -> tuple[int, int]:
    """Put files and the list of their checksums into a folder in place of an earlier making; return (files, bytes).

    Raises OutputError where that cannot be done, or where the folder holds a file of anybody else.
    """
    out = for_files(root, out)
    with locked(root):
        if os.path.lexists(out) and (strange := next(_strangers(out), None)):
            raise OutputError(f"{out}: {strange} was not made by this program; name another folder")
        made, before = root / ".factpack" / "publish", root / ".factpack" / "publish-before"
        try:
            for left in (made, before):
                remove(left)
            made.mkdir(parents=True)
            sums, size, folders = dict[str, str](), 0, set[str]()
            for path, raw in files:
                with make_below(made, path, folders) as file:
                    file.write(raw)
                sums[path] = hashlib.sha256(raw).hexdigest()
                size += len(raw)
            listed = "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items())).encode()
            with make_below(made, SUMS, folders) as file:
                file.write(listed)
            if hasattr(os, "sync"):  # thousands of files are written through at once sooner than one by one
                os.sync()
            out.parent.mkdir(parents=True, exist_ok=True)
            with at_once():
                exchange(made, out, before)
            return len(sums) + 1, size + len(listed)
        finally:
            with at_once():
                for left in (made, before):
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


def _strangers(out: Path) -> Iterator[str]:
    """Yield the paths in a folder that its list of checksums does not name."""
    if out.is_symlink() or not out.is_dir():
        yield out.name
        return
    known = {SUMS, *(_sums(out) if has_below(out, SUMS) else ())}
    for name in sorted(entry.name for entry in out.iterdir()):
        for path in entries_below(out, name):
            if path not in known or not has_below(out, path):
                yield path
