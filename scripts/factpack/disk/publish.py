"""A folder of published files, replaced as a whole; nothing else in it is touched."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from factpack.disk.files import OutputError, exchange, remove
from factpack.disk.stage import locked

SUMS = "SHA256SUMS"
"""The list of checksums in a published folder: what it does not name was not made by this program."""


def publish(root: Path, out: Path, files: Iterable[tuple[str, bytes]]) -> tuple[int, int]:
    """Put files and the list of their checksums into a folder in place of an earlier making; return (files, bytes).

    Raises OutputError where that cannot be done, or where the folder holds a file of anybody else.
    """
    with locked(root):
        if out.exists() and (strange := next(_strangers(out), None)):
            raise OutputError(f"{out}: {strange} was not made by this program; name another folder")
        made, before = root / ".factpack" / "publish", root / ".factpack" / "publish-before"
        try:
            for left in (made, before):
                remove(left)
            made.mkdir(parents=True)
            sums, size, folders = dict[str, str](), 0, {""}
            for path, raw in files:
                folder = path.rpartition("/")[0]
                if folder not in folders:
                    (made / folder).mkdir(parents=True, exist_ok=True)
                    folders.add(folder)
                with open(f"{made}/{path}", "xb", 0) as file:  # noqa: PTH123 - thousands of them
                    file.write(raw)
                sums[path] = hashlib.sha256(raw).hexdigest()
                size += len(raw)
            listed = "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items())).encode()
            (made / SUMS).write_bytes(listed)
            if hasattr(os, "sync"):  # thousands of files are written through at once sooner than one by one
                os.sync()
            out.parent.mkdir(parents=True, exist_ok=True)
            exchange(made, out, before)
            return len(sums) + 1, size + len(listed)
        finally:
            for left in (made, before):
                remove(left)


def published(folder: Path) -> dict[str, bytes]:
    """Return the files at the top of a folder that was published, by name, without the list of sums; raises OSError."""
    names = _named(folder / SUMS)
    return {name: (folder / name).read_bytes() for name in names if "/" not in name and not name.startswith(".")}


def _named(sums: Path) -> list[str]:
    """Return the paths that a list of checksums names, in its order; raises OSError."""
    return [line.partition("  ")[2] for line in sums.read_text("utf-8", errors="replace").splitlines()]


def _strangers(out: Path) -> Iterator[str]:
    """Yield the paths in a folder that its list of checksums does not name."""
    if out.is_symlink() or not out.is_dir():
        yield out.name
        return
    sums = out / SUMS
    known = {SUMS, *(_named(sums) if sums.is_file() else ())}
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(f"{out}/{folder}") as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
        for entry in entries:
            path = f"{folder}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                folders.append(f"{path}/")
            elif entry.is_symlink() or path not in known:
                yield path
