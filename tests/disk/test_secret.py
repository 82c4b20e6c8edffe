"""The secret of a user on a machine: made once, private, and never inside a project; without one nothing is kept."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from command_line import Run
from factpack.disk.cache import Cache, open_cache
from factpack.disk.project import Project
from factpack.disk.secret import SIZE, secret
from factpack.disk.stage import staged
from projects import leftovers


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for the state of programs, and one for temporary files beside it; both are new."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return tmp_path / "state"


def test_it_is_made_once_and_private_whatever_the_umask(state: Path, minimal: Path) -> None:
    before = os.umask(0)
    try:
        first = secret(minimal)
    finally:
        os.umask(before)
    assert first is not None
    assert (len(first), secret(minimal)) == (SIZE, first)
    assert [path.name for path in (state / "factpack").iterdir()] == ["secret"]
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (state / "factpack", state / "factpack" / "secret")]
    assert modes == [0o700, 0o600]


def test_processes_that_make_it_at_the_same_time_have_the_same(state: Path) -> None:
    program = "from pathlib import Path; from factpack.disk.secret import secret; print(secret(Path('/')/'none').hex())"
    started = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) for _ in range(6)]
    assert len({process.communicate()[0] for process in started}) == 1
    assert [path.name for path in (state / "factpack").iterdir()] == ["secret"]


def test_one_inside_the_project_is_not_taken(minimal: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(minimal / "state"))
    (minimal / "state" / "factpack").mkdir(parents=True, mode=0o700)
    (minimal / "state" / "factpack" / "secret").write_bytes(bytes(SIZE))
    (minimal / "state" / "factpack" / "secret").chmod(0o600)
    assert secret(minimal) not in (None, bytes(SIZE))
    assert not state.exists()


@pytest.mark.parametrize("how", ["a link", "too short", "readable by others", "a folder"])
def test_one_that_is_not_as_it_was_made_is_not_taken(state: Path, minimal: Path, how: str) -> None:
    found, path = secret(minimal), state / "factpack" / "secret"
    raw = path.read_bytes()
    match how:
        case "a link":
            path.replace(state / "elsewhere")
            path.symlink_to(state / "elsewhere")
        case "too short":
            path.write_bytes(raw[:-1])
        case "readable by others":
            path.chmod(0o644)
        case "a folder":
            path.unlink()
            path.mkdir()
    assert secret(minimal) not in (None, found), "the one among temporary files takes its place"


def test_one_in_a_folder_of_somebody_else_is_not_taken(
    state: Path, minimal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert secret(minimal)
    user = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert secret(minimal) is None


def test_without_one_nothing_is_kept_and_nothing_is_said(
    state: Path, minimal: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("state", "temporary"):
        (state.parent / name).rmdir() if name == "temporary" else None
        (state.parent / name).write_text("no folder")
    assert secret(minimal) is None
    assert open_cache(Project(minimal)) is None
    assert run(minimal, "build")[0] == 0
    code, out, err = run(minimal, "build", "--check")
    assert (code, out, err.count("\n")) == (0, "", 1)
    assert not (minimal / ".factpack" / "cache").exists()
    assert leftovers(minimal) == []


def test_a_result_is_read_in_its_slot_with_its_key_only(tmp_path: Path) -> None:
    Cache(tmp_path, b"one").write("chunk.a", b"result")
    assert Cache(tmp_path, b"one").read("chunk.a") == b"result"
    assert Cache(tmp_path, b"other").read("chunk.a") is None
    (tmp_path / "chunk.a").rename(tmp_path / "chunk.b")
    assert Cache(tmp_path, b"one").read("chunk.b") is None


def test_a_cache_does_not_tell_its_key() -> None:
    assert "key" not in repr(Cache(Path("x"), b"key"))


def test_only_what_looks_like_a_result_is_removed(tmp_path: Path) -> None:
    names = {"chunk.a", "chunk.b", "chunk.b.123", "coverage.doc-a", "names.a", "notes.txt", "chunks.md"}
    for name in names:
        (tmp_path / name).write_text("x")
    Cache(tmp_path, b"key").keep(["chunk.a"])
    assert {path.name for path in tmp_path.iterdir()} == {"chunk.a", "notes.txt", "chunks.md"}


def test_a_result_is_not_written_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"theirs")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / f"chunk.a.{os.getpid()}").symlink_to(tmp_path / "theirs")
    cache = Cache(tmp_path / "cache", b"key")
    cache.write("chunk.a", b"result")
    assert (cache.read("chunk.a"), (tmp_path / "theirs").read_bytes()) == (b"result", b"theirs")


def test_a_stage_is_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with staged(tmp_path) as stage:
            assert stat.S_IMODE(stage.stage.stat().st_mode) == 0o700
    finally:
        os.umask(before)
