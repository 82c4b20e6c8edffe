"""Git as it is asked: it runs nothing that a folder's own settings name, fetches nothing, and waits for nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from factpack.disk import git as asked
from projects import git


@pytest.fixture
def trap(published: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A repository that lacks the content of a file, and names a command that fetches it; the mark of that command."""
    made = tmp_path / "made"
    blob = (asked.git(published, "rev-parse", "HEAD:datapackage.json") or b"").decode().strip()
    (published / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    for name, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.url": str(tmp_path),
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": f"sh -c 'touch {made}; false'",
    }.items():
        git(published, "config", name, value)
    return published, made


def test_the_trap_works_where_git_is_asked_as_usual(trap: tuple[Path, Path]) -> None:
    root, made = trap
    command = ["git", "-C", str(root), "cat-file", "blob", "HEAD:./datapackage.json"]
    subprocess.run(command, check=False, capture_output=True, env=os.environ)
    assert made.exists()


def test_what_a_repository_lacks_is_not_fetched(trap: tuple[Path, Path]) -> None:
    root, made = trap
    assert asked.git(root, "cat-file", "blob", "HEAD:./datapackage.json") is None
    assert not made.exists()


def test_git_that_does_not_end_is_given_up(published: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(asked, "SECONDS", 0.2)
    assert asked.git(published, "tag") is None
