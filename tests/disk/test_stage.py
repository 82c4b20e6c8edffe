"""A package on disk is the old one or the new one, whatever fails and wherever a build is killed."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from command_line import FACTPACK, Run
from factpack.disk.below import write_below
from factpack.disk.files import OutputError
from factpack.disk.secret import write_seals
from factpack.disk.stage import locked, recover, staged
from failing_calls import break_off, faults
from projects import leftovers, tree
from tiny_packages import unprivileged, whole, write


def test_everything_is_written_through_to_the_disk_before_the_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_fsync, real_rename = os.fsync, os.rename
    done: list[int | str] = []

    def fsync(handle: int) -> None:
        real_fsync(handle)
        done.append(os.fstat(handle).st_ino)

    def rename(one: Path, other: Path) -> None:
        real_rename(one, other)
        done.append(Path(other).name)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "rename", rename)
    write(tmp_path, 2)
    made = [tmp_path / "datapackage.json", tmp_path / "build", *(tmp_path / "build").rglob("*")]
    before, after = done[: done.index("next")], done[done.index("next") + 1 :]
    assert {path.stat().st_ino for path in made} <= set(before)
    own, top = ((path.stat().st_ino) for path in (tmp_path / ".factpack", tmp_path))
    assert after == [own, "build", top, top]


OTHERS = (("check",), ("build", "--check"), ("show", "plc-linxi"), ("cite",), ("diff",), ("release",), ("site",))
"""Commands that put nothing in place."""


def kill_after_commit(root: Path) -> dict[str, bytes]:
    """Leave a project as a build does that is killed after its commit; return the files of the finished one."""
    following = root / ".factpack" / "next"
    shutil.copytree(root / "build", following / "build")
    shutil.copy(root / "datapackage.json", following)
    write_seals(root, following, "datapackage.json")
    built = tree(root)
    (root / "build" / "csv" / "ids.csv").write_text("old\n")
    (root / "datapackage.json").write_text("{}\n")
    return built


def test_a_build_killed_after_its_commit_is_finished_by_the_next_build_even_of_wrong_data(
    minimal: Path, run: Run
) -> None:
    assert run(minimal, "build")[0] == 0
    built = kill_after_commit(minimal)
    (minimal / "sources" / "places" / "plc-wrong.yaml").write_text("id: plc-wrong\n")
    assert run(minimal, "build")[0] == 1
    (minimal / "sources" / "places" / "plc-wrong.yaml").unlink()
    assert tree(minimal) == built
    assert leftovers(minimal) == []


def test_no_other_command_puts_anything_in_place_and_each_says_that_a_build_broke_off(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    kill_after_commit(minimal)
    before = {**tree(minimal), **tree(minimal / ".factpack" / "next")}
    for command in OTHERS:
        assert "was interrupted" in run(minimal, *command).stderr, command
        assert {**tree(minimal), **tree(minimal / ".factpack" / "next")} == before, command


def test_a_package_that_this_machine_has_not_made_is_not_put_in_place(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    kill_after_commit(minimal)
    for name in ("seal", "datapackage.json"):
        raw = (minimal / ".factpack" / "next" / name).read_bytes()
        (minimal / ".factpack" / "next" / name).write_bytes(bytes([raw[0] ^ 1]) + raw[1:])
        before = tree(minimal)
        recover(minimal)
        assert (tree(minimal), leftovers(minimal)) == (before, [])
        shutil.copytree(minimal / "build", minimal / ".factpack" / "next" / "build")
        shutil.copy(minimal / "datapackage.json", minimal / ".factpack" / "next")
        write_seals(minimal, minimal / ".factpack" / "next", "datapackage.json")


def test_what_a_branch_brings_as_set_aside_is_not_put_in_place(minimal: Path) -> None:
    (minimal / ".factpack" / "old" / "csv").mkdir(parents=True)
    (minimal / ".factpack" / "old" / "csv" / "ids.csv").write_text("id\n")
    recover(minimal)
    assert (leftovers(minimal), (minimal / "build").exists()) == ([], False)


def test_a_stage_left_by_a_killed_build_is_discarded(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    built = tree(minimal)
    (minimal / ".factpack" / "stage" / "build").mkdir(parents=True)
    (minimal / ".factpack" / "stage" / "datapackage.json").write_text("{}\n")
    assert run(minimal, "check")[0] == 0
    assert leftovers(minimal) == ["stage"]
    assert run(minimal, "build")[0] == 0
    assert leftovers(minimal) == []
    assert tree(minimal) == built


def test_a_package_changed_by_hand_after_a_killed_build_is_not_mixed_with_the_old_one(tmp_path: Path) -> None:
    """Killed between the exchange and the descriptor, `next` holds the old `build/`: it must not come back."""
    write(tmp_path, 1)
    old = tree(tmp_path)
    write(tmp_path, 2)
    following = tmp_path / ".factpack" / "next"
    following.mkdir()
    shutil.copy(tmp_path / "datapackage.json", following)
    for path, data in old.items():
        if path.startswith("build/"):
            (following / path).parent.mkdir(parents=True, exist_ok=True)
            (following / path).write_bytes(data)
    write_seals(tmp_path, following, "datapackage.json")
    (tmp_path / "build" / "csv" / "a.csv").write_text("by hand\n")
    recover(tmp_path)
    assert leftovers(tmp_path) == []
    assert (tmp_path / "build" / "csv" / "a.csv").read_text() == "by hand\n"


def test_a_folder_set_aside_by_a_killed_build_does_not_stop_the_next_one(tmp_path: Path) -> None:
    write(tmp_path, 1)
    (tmp_path / ".factpack" / "old" / "csv").mkdir(parents=True)
    with faults(0, break_off, "without the call"):
        write(tmp_path, 2)
    assert whole(tmp_path) == 2
    assert leftovers(tmp_path) == []


# ---- full disks, read-only folders, other builds


@pytest.mark.parametrize("limit", [0, 100, 1_000, 10_000])
def test_a_disk_that_is_full_leaves_the_old_package_and_says_so(minimal: Path, run: Run, limit: int) -> None:
    assert run(minimal, "build")[0] == 0
    built = tree(minimal)
    path = minimal / "sources" / "projects" / "prj-xidong-primary-school.yaml"
    path.write_text(path.read_text("utf-8").replace("en: Xidong", "en: The Xidong"), "utf-8")
    done = subprocess.run(
        [FACTPACK, "--root", minimal, "build"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "File too large" in done.stderr
    assert leftovers(minimal) == []
    record = {path.relative_to(minimal).as_posix(): path.read_bytes()}
    assert tree(minimal) == {**built, **record}


def test_a_folder_that_may_not_be_written_is_named_with_the_reason() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o555)
        with unprivileged(), pytest.raises(OutputError, match="Permission denied") as caught, staged(folder):
            pass
        assert str(folder) in str(caught.value)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_target_that_cannot_be_made_is_an_error_without_traceback(minimal: Path, run: Run) -> None:
    (minimal / "file").write_text("x")
    code, out, err = run(minimal, "build", "--out", str(minimal / "file" / "inside"))
    assert (code, out) == (1, "")
    assert err.strip().splitlines()[-1] == f"factpack: {minimal}/file/inside/.factpack: Not a directory"


def test_a_second_build_of_the_same_folder_is_refused_and_one_of_another_folder_is_not(
    minimal: Path, run_process: Run, tmp_path: Path
) -> None:
    with locked(minimal):
        code, out, err = run_process(minimal, "build")
        assert (code, out, err) == (1, "", "factpack: another build of this folder is running\n")
        assert run_process(minimal, "build", "--out", str(tmp_path / "other"))[0] == 0
    assert run_process(minimal, "build")[0] == 0


def test_a_check_beside_a_running_build_does_not_disturb_it(minimal: Path, run_process: Run) -> None:
    with staged(minimal) as stage:
        stage.append("build/csv/a.csv", b"id\n")
        stage.append("datapackage.json", b'{"version": 1, "resources": []}')
        assert run_process(minimal, "check")[0] == 0
        stage.close()
    assert leftovers(minimal) == []


# ---- what a build writes, and what --check compares


def test_out_gets_the_same_package_as_the_root(minimal: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    assert run(minimal, "build", "--out", str(out))[0] == 0
    assert not (minimal / "build").exists()
    assert run(minimal, "build")[0] == 0
    assert tree(out) == {
        name: data for name, data in tree(minimal).items() if name.startswith(("build/", "datapackage"))
    }


def test_a_build_removes_files_that_are_no_longer_made(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    built = tree(minimal)
    (minimal / "build" / "csv" / "stray.csv").write_text("id\n")
    (minimal / "build" / "old").mkdir()
    (minimal / "build" / "old" / "stray.txt").write_text("x")
    assert run(minimal, "build")[0] == 0
    assert tree(minimal) == built


def test_build_check_names_what_is_changed_missing_and_extra_and_writes_nothing(minimal: Path, run: Run) -> None:
    code, out, _ = run(minimal, "build", "--check")
    assert code == 1
    assert "datapackage.json: missing\n" in out
    assert "build/csv/ids.csv: missing\n" in out
    assert run(minimal, "build")[0] == 0
    assert run(minimal, "build", "--check")[:2] == (0, "")
    (minimal / "build" / "csv" / "ids.csv").write_text("id\n")
    (minimal / "build" / "json" / "places.json").unlink()
    (minimal / "build" / "csv" / "notes.txt").write_text("x")
    before = tree(minimal)
    code, out, _ = run(minimal, "build", "--check")
    said, _, *differences = out.splitlines()
    assert said.startswith("build/csv/ids.csv:1:1: warning[damaged-edition]: build/csv/ids.csv of the last build")
    assert (code, differences) == (
        1,
        ["build/csv/ids.csv: changed", "build/csv/notes.txt: extra", "build/json/places.json: missing"],
    )
    assert tree(minimal) == before
    assert leftovers(minimal) == []


def test_build_check_finds_a_change_that_keeps_the_size(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    path = minimal / "build" / "csv" / "ids.csv"
    path.write_bytes(path.read_bytes().replace(b"current", b"Current"))
    code, out, _ = run(minimal, "build", "--check")
    assert (code, out.splitlines()[-1]) == (1, "build/csv/ids.csv: changed")


def test_a_build_of_wrong_data_leaves_the_old_package(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    built = tree(minimal)
    record = "sources/places/plc-linxi.yaml"
    (minimal / record).write_text("id: plc-linxi\n")
    code, out, _ = run(minimal, "build")
    assert code == 1
    assert out.startswith(f"{record}:1:1: error[missing-field]: ")
    assert {**tree(minimal), record: built[record]} == built
    assert leftovers(minimal) == []


def test_a_file_that_does_not_read_back_as_written_is_not_committed(tmp_path: Path) -> None:
    write(tmp_path, 1)
    with staged(tmp_path) as stage:
        stage.append("build/a.csv", b"id\n")
        (tmp_path / ".factpack" / "stage" / "build" / "a.csv").unlink()
        (tmp_path / ".factpack" / "stage" / "build" / "a.csv").write_bytes(b"xx\n")
        with pytest.raises(OutputError, match=r"build/a\.csv does not read back"):
            stage.close()
    assert whole(tmp_path) == 1
    assert leftovers(tmp_path) == []


# ---- single files


def test_a_single_file_is_written_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "text.json"
    path.write_bytes(b"old")
    for at in range(1, 20):
        try:
            with faults(at, break_off, "in one step"):
                write_below(tmp_path, "text.json", b"new")
        except OutputError:
            pass
        assert path.read_bytes() in (b"old", b"new")
        assert [each.name for each in tmp_path.iterdir()] == ["text.json"], f"call {at}"
    assert path.read_bytes() == b"new"


def test_a_single_file_is_not_written_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"theirs")
    for name in (".text.json.part", "text.json"):
        (tmp_path / name).symlink_to("theirs")
    write_below(tmp_path, "text.json", b"new")
    assert tree(tmp_path) == {"text.json": b"new", "theirs": b"theirs"}
