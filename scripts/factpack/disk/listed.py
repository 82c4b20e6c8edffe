"""What the descriptor of a package lists: the files that a build made, with their sizes and checksums."""

from __future__ import annotations

import json
import re
from pathlib import Path

from factpack.disk.below import LIST_LIMIT, TooLarge, read_below
from factpack.disk.files import NotRegular

DESCRIPTOR = "datapackage.json"
BUILT = re.compile(r"build/(?:csv/[a-z0-9_-]+\.csv|json/[a-z0-9_-]+\.json)")
"""Paths of the files that a build makes: no others are opened or replaced, whatever a descriptor lists."""


def files_listed(folder: Path, descriptor: str) -> dict[str, tuple[int, str]]:
    """Return what a descriptor lists, as `listed` does; nothing where none is there that a build wrote."""
    try:
        return listed(read_below(folder, descriptor, LIST_LIMIT))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, NotRegular, TooLarge, ValueError):
        return {}


def listed(descriptor: bytes) -> dict[str, tuple[int, str]]:
    """Return the size and SHA-256 of each file of a package by path; raises ValueError where no build wrote that."""
    try:
        resources = json.loads(descriptor)["resources"]
        found = {each["path"]: (each["bytes"], each["hash"].removeprefix("sha256:")) for each in resources}
        if not found or not all(BUILT.fullmatch(path) for path in found):
            raise ValueError("lists what no build makes")
    except (LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("is not a descriptor") from error
    return found
