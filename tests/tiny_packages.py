"""Packages of a file or two in two versions, written as a build writes them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factpack.disk.stage import staged
from projects import tree

FILES = {1: {"csv/a.csv": "id\n1\n", "csv/gone.csv": "id\n", "json/a.json": "[]\n"}, 2: {"csv/a.csv": "id\n2\n"}}
"""Files of `build/` in an old and a new package; the new one lacks two."""


def write(folder: Path, version: int) -> None:
    """Make a package as a build does."""
    with staged(folder, finishing=True) as stage:
        for path, text in FILES[version].items():
            stage.append(f"build/{path}", text[:2].encode())
            stage.append(f"build/{path}", text[2:].encode())
        made = [
            {"path": each.path, "bytes": each.size, "hash": f"sha256:{each.sha256}"} for each in stage.made().values()
        ]
        stage.append("datapackage.json", json.dumps({"version": version, "resources": made}).encode())
        stage.close()
        stage.commit()


def whole(folder: Path) -> int | None:
    """Return the version of the package that is there as a whole, 0 where there is none, None where it is torn."""
    found = tree(folder)
    if not found:
        return 0
    if "datapackage.json" not in found:
        return None
    descriptor = json.loads(found.pop("datapackage.json"))
    wanted = {each["path"]: (each["bytes"], each["hash"]) for each in descriptor["resources"]}
    there = {path: (len(data), "sha256:" + hashlib.sha256(data).hexdigest()) for path, data in found.items()}
    return int(descriptor["version"]) if there == wanted else None


def version(folder: Path) -> int:
    """Return the version that `datapackage.json` says, 0 where there is none."""
    path = folder / "datapackage.json"
    return int(json.loads(path.read_bytes())["version"]) if path.exists() else 0


@contextmanager
def unprivileged() -> Iterator[None]:
    """Be somebody whom read-only folders stop."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
