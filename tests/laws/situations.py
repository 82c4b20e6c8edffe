"""What may be the matter with the repository around a project, and with what it has of earlier editions."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from projects import git, replace

IDS, PLACES, DESCRIPTOR = "build/csv/ids.csv", "build/json/places.json", "datapackage.json"


def without_repository(root: Path) -> Path:
    """Take the repository away."""
    shutil.rmtree(root / ".git")
    return root


def shallow(root: Path) -> Path:
    """Make the project a clone without its history and tags."""
    git(root, "tag", "data-0.1.0")
    git(root, "commit", "-q", "--allow-empty", "-m", "second")
    whole = root.rename(root.parent / "whole")
    subprocess.run(["git", "clone", "-q", "--depth", "1", whole.as_uri(), root], check=True, capture_output=True)
    return root


def damaged(path: str) -> Callable[[Path], Path]:
    """Return a function that gives a project a published version in which a file has the mark of a conflict."""

    def damage(root: Path) -> Path:
        descriptor, right = (root / DESCRIPTOR).read_bytes(), (root / path).read_bytes()
        (root / DESCRIPTOR).write_bytes(descriptor.replace(b'"version": "0.1.0"', b'"version": "0.0.9"', 1))
        (root / path).write_bytes(b"<<<<<<< HEAD\n" + right)
        git(root, "commit", "-qam", "damaged")
        git(root, "tag", "data-0.0.9")
        (root / DESCRIPTOR).write_bytes(descriptor)
        (root / path).write_bytes(right)
        git(root, "commit", "-qam", "right again")
        return root

    return damage


def foreign(root: Path) -> Path:
    """Give the package another name than the one under which it was published, as one begins who copies a project."""
    replace(root / "sources" / "package.yaml", "name: linxi-work-report", "name: hedong-work-report")
    return root


NOBODYS = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
"""Surroundings in which git takes every folder for somebody else's, and nobody has said that it may be trusted."""
SITUATIONS: Mapping[str, tuple[Callable[[Path], Path], Mapping[str, str]]] = {
    "there is no Git repository": (without_repository, {}),
    "the clone is shallow": (shallow, {}),
    "the folder belongs to another user": (lambda root: root, NOBODYS),
    "`ids.csv` of the earlier version is damaged": (damaged(IDS), {}),
    "a JSON file of the earlier version is damaged": (damaged(PLACES), {}),
    "the earlier version is of another package": (foreign, {}),
}
"""How each situation of the table is made of a project that is built and committed, and its environment."""
