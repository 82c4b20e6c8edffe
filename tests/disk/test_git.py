"""Git as it is asked: it runs nothing that a folder's own settings name, fetches nothing, and waits for nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from command_line import Run
from factpack.disk import git as asked
from factpack.history.editions import published as published_versions
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
    with pytest.raises(asked.GitFailed, match=r"^git cat-file: "):
        asked.blob(root, "HEAD", "datapackage.json")
    assert not made.exists()


def test_git_that_does_not_end_is_given_up(published: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(asked, "SECONDS", 0.2)
    with pytest.raises(asked.GitFailed, match="git tag has not ended after"):
        asked.git(published, "tag")


def test_what_a_revision_does_not_have_is_told_from_what_cannot_be_read(published: Path) -> None:
    assert (asked.blob(published, "HEAD", "datapackage.json") or b"").startswith(b"{")
    assert asked.blob(published, "HEAD", "no/such.json") is None
    assert asked.resolved(published, "refs/tags/data-9.9.9") is None
    with pytest.raises(asked.GitFailed, match=r"^git cat-file: "):
        asked.blob(published, "HEAD", "build")


def test_a_repository_without_a_commit_has_no_earlier_version(minimal: Path, run: Run) -> None:
    git(minimal, "init", "-q")
    assert (asked.blob(minimal, "HEAD", "datapackage.json"), list(published_versions(minimal))) == (None, [])
    assert run(minimal, "check")[0] == 0


def test_a_folder_of_no_repository_needs_no_git(minimal: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setenv("PATH", "")
    assert run(minimal, "check")[0] == 0


@pytest.mark.parametrize("why", ["another owner", "no git", "a broken repository", "a missing file"])
@pytest.mark.parametrize("command", [("check",), ("check", "--pull-request"), ("build", "--check"), ("diff", "HEAD")])
def test_where_git_cannot_tell_the_command_says_why_and_fails(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    run: Run,
    why: str,
    command: tuple[str, ...],
) -> None:
    root: Path = request.getfixturevalue("trap")[0] if why == "a missing file" else request.getfixturevalue("published")
    match why:
        case "another owner":
            monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
            monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        case "no git":
            monkeypatch.setenv("PATH", "")
        case "a broken repository":
            (root / ".git" / "HEAD").write_text("nonsense")
    code, _, err = run(root, *command)
    told = {
        "another owner": "detected dubious ownership",
        "no git": "git does not run: No such file or directory",
        "a broken repository": "not a git repository",
        "a missing file": "git cat-file: ",
    }
    assert (code, told[why] in err, "Traceback" in err) == (1, True, False), err


@pytest.mark.parametrize("name", [".factpack", ".FactPack"])
def test_what_git_tracks_in_the_folder_for_one_machine_is_an_error_and_not_used(
    published: Path, run: Run, name: str
) -> None:
    (published / name / "cache").mkdir(parents=True)
    (published / name / "cache" / "x").write_text("x")
    git(published, "add", "-f", name)
    for command in (("check",), ("check", str(published / "sources")), ("build",), ("build", "--check"), ("release",)):
        code, out, _ = run(published, *command)
        assert (code, f"{name}/cache/x:1:1: error[tracked-results]: " in out) == (1, True), command
    git(published, "rm", "-r", "-q", "--cached", name)
    assert run(published, "check")[0] == 0


def test_a_file_that_memory_could_not_hold_is_refused(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "BLOB_LIMIT", 10)
    with pytest.raises(asked.GitFailed, match=r"^datapackage\.json at HEAD has [0-9]+ bytes, more than 10$"):
        asked.blob(published, "HEAD", "datapackage.json")
