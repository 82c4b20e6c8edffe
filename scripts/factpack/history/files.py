"""Files that a branch changes besides records, and which of them decide what is checked and published."""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import NamedTuple

from factpack.disk.git import git
from factpack.disk.listed import DESCRIPTOR
from factpack.disk.project import PACKAGE_PATH
from factpack.history.editions import Edition

GENERATED = ("build/", DESCRIPTOR)
"""What a build makes again from the sources."""


class FileChange(NamedTuple):
    """A file that a branch added (`A`), removed (`D`) or changed (any other letter of git)."""

    decides: bool
    """Whether it may decide what is checked and published: all do but generated files and pages to read."""
    path: str
    """Below the root of the repository."""
    how: str


def changed_files(then: Edition, folders: Collection[str]) -> list[FileChange] | None:
    """Return what was committed since a branch left a revision, besides files of record folders.

    Those that decide come first. None where the edition is no revision, or git cannot tell.
    """
    if not then.revision:
        return None
    base = (git(then.folder, "merge-base", then.revision, "HEAD") or then.revision.encode()).decode().strip()
    listed = git(then.folder, "diff-tree", "-r", "-z", "--name-status", "--no-renames", base, "HEAD")
    prefix = git(then.folder, "rev-parse", "--show-prefix")
    if listed is None or prefix is None:
        return None
    words, inside = os.fsdecode(listed).split("\0"), os.fsdecode(prefix).rstrip("\n")
    pairs = list(zip(words[::2], words[1::2], strict=False))
    found = [FileChange(_decides(path.removeprefix(inside)), path, how) for how, path in pairs]
    return sorted(
        (each for each in found if not _is_record(each.path, inside, folders)),
        key=lambda each: (not each.decides, each.path),
    )


def _is_record(path: str, inside: str, folders: Collection[str]) -> bool:
    """Say whether a path is that of a file of a record folder of the project."""
    parts = path.removeprefix(inside).split("/")
    named = path.startswith(inside) and len(parts) == 3 and parts[0] == "sources" and parts[1] in folders
    return named and parts[2].endswith(".yaml")


def _decides(path: str) -> bool:
    """Say whether a file may decide what is checked and published. A name that nobody thought of does."""
    return not path.startswith(GENERATED) and not path.endswith(".md") and path != PACKAGE_PATH
