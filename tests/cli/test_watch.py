"""`check --watch` in processes of its own: whatever is saved, and however, it is answered as a new check answers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Run
from projects import ROOT, git, replace
from watching import Watching, checked

pytest.importorskip("watchdog", reason="the library of the extra watch is not installed")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")

GROWTH = Path("sources/indicators/ind-gdp-growth.yaml")
SCHOOL = Path("sources/projects/prj-xidong-primary-school.yaml")


def in_place(path: Path, text: str) -> None:
    """Save as `nano` does."""
    path.write_text(text, "utf-8")


def by_renaming(path: Path, text: str) -> None:
    """Save as VS Code may do: a new file takes the place of the old one."""
    aside = path.parent.parent / f".{path.name}.tmp"
    aside.write_text(text, "utf-8")
    aside.replace(path)


def with_backup(path: Path, text: str) -> None:
    """Save as Vim does: the old file becomes the backup, which goes when the new one is written."""
    backup = path.with_name(f"{path.name}~")
    (path.parent / "4913").touch()
    (path.parent / "4913").unlink()
    path.rename(backup)
    path.write_text(text, "utf-8")
    backup.unlink()


def in_pieces(path: Path, text: str) -> None:
    """Save with a write for each line, so that a check may find half a file."""
    with path.open("w", encoding="utf-8") as file:
        for line in text.splitlines(keepends=True):
            file.write(line)
            file.flush()
            os.fsync(file.fileno())


@pytest.mark.parametrize("save", [in_place, by_renaming, with_backup, in_pieces])
def test_a_saved_file_is_checked_however_editors_save_it(minimal: Path, save: Callable[[Path, str], None]) -> None:
    right = (minimal / GROWTH).read_text("utf-8")
    with Watching(minimal, "check", "--watch") as watching:
        good = watching.answer()
        assert good == checked(minimal)
        save(minimal / GROWTH, right.replace("value: 5.5", "value: 5.4"))
        bad = checked(minimal)
        assert " error[" in bad
        watching.until(bad)
        save(minimal / GROWTH, right)
        watching.until(good)


def more(root: Path) -> None:
    shutil.copy(root / "sources/units/unt-percent.yaml", root / "sources/units/unt-copy.yaml")


def renamed(root: Path) -> None:
    (root / SCHOOL).rename((root / SCHOOL).with_name("prj-renamed.yaml"))


def moved_out(root: Path) -> None:
    (root / SCHOOL).rename(root / "moved.yaml")


def folder_gone(root: Path) -> None:
    shutil.rmtree(root / "sources/units")


def folder_put_back(root: Path) -> None:
    shutil.move(root / "sources/places", root / "places")
    shutil.move(root / "places", root / "sources/places")
    with next((root / "sources/places").iterdir()).open("a") as file:
        file.write("more: 1\n")


def all_replaced(root: Path) -> None:
    shutil.copytree(root / "sources", root / "sources-new")
    shutil.rmtree(root / "sources")
    (root / "sources-new").rename(root / "sources")
    (root / GROWTH).unlink()


def another_folder(root: Path) -> None:
    (root / "sources/more").mkdir()
    (root / "sources/more/notes.txt").write_text("x")


def schema(root: Path) -> None:
    replace(root / "schemas/unit.schema.json", '"quantity": {', '"quantities": {')


def schema_broken(root: Path) -> None:
    (root / "schemas/unit.schema.json").write_text("{")


def package(root: Path) -> None:
    replace(root / "sources/package.yaml", "\nversion: ", "\nversions: ")


def text(root: Path) -> None:
    for path in (root / "sources/texts").iterdir():
        path.write_text("{}")


def unreadable(root: Path) -> None:
    (root / GROWTH).unlink()
    (root / GROWTH).symlink_to(root / SCHOOL)


@pytest.mark.parametrize(
    "change",
    [
        *(more, renamed, moved_out, folder_gone, folder_put_back, all_replaced, another_folder),
        *(schema, schema_broken, package, text, unreadable),
    ],
)
def test_whatever_changes_is_answered_as_by_a_new_check_and_so_is_its_end(
    published: Path, change: Callable[[Path], None]
) -> None:
    """Nothing that was kept is taken for what it no longer is, and no folder is lost from sight."""
    with Watching(published, "check", "--watch") as watching:
        good = watching.answer()
        change(published)
        bad = checked(published)
        assert bad != good
        watching.until(bad)
        git(published, "clean", "--quiet", "--force", "-d", "sources", "schemas")
        git(published, "checkout", "--quiet", "--", "sources", "schemas")
        assert checked(published) == good
        watching.until(good)
        replace(published / GROWTH, "value: 5.5", "value: 5.4")
        watching.until(checked(published))


def test_a_project_that_goes_and_comes_back_is_waited_for(minimal: Path) -> None:
    with Watching(minimal, "check", "--watch") as watching:
        good = watching.answer()
        (minimal / "sources").rename(minimal / "away")
        watching.until(f"factpack: no sources/package.yaml in {minimal}\n")
        (minimal / "away").rename(minimal / "sources")
        watching.until(good)


def test_what_is_saved_during_a_check_is_checked_too(minimal: Path) -> None:
    right, done = (minimal / GROWTH).read_text("utf-8"), threading.Event()

    def hammer() -> None:
        while not done.is_set():
            for value in ("5.4", "5.3"):
                by_renaming(minimal / GROWTH, right.replace("value: 5.5", f"value: {value}"))
            (minimal / GROWTH).unlink()

    with Watching(minimal, "check", "--watch") as watching:
        good = watching.answer()
        thread = threading.Thread(target=hammer)
        thread.start()
        for _ in range(5):
            assert "Traceback" not in watching.answer()
        done.set()
        thread.join()
        in_place(minimal / GROWTH, right)
        watching.until(good)


def test_files_that_are_only_read_or_lie_elsewhere_start_no_check(minimal: Path) -> None:
    with Watching(minimal, "check", "--watch") as watching:
        watching.answer()
        assert checked(minimal)
        (minimal / "README.md").write_text("x")
        (minimal / "build").mkdir()
        (minimal / "build/sources").touch()
        replace(minimal / GROWTH, "value: 5.5", "value: 5.4")
        bad = checked(minimal)
        assert watching.answer() == bad
        assert watching.end() == (1, "")


def test_paths_and_limits_are_those_of_a_check(minimal: Path) -> None:
    args = (str(minimal / GROWTH), "--max-problems", "1")
    with Watching(minimal, "check", *args, "--watch") as watching:
        watching.answer()
        (minimal / SCHOOL).write_text("id: [\n")
        (minimal / GROWTH).write_text("id: x\n")
        bad = checked(minimal, *args)
        assert SCHOOL.name not in bad
        watching.until(bad)


@pytest.mark.parametrize(
    ("value", "args", "status"), [("5.5", (), 0), ("5.4", (), 1), ("5.5", ("--strict",), 0)], ids=str
)
def test_ctrl_c_ends_with_the_status_of_the_last_check(
    minimal: Path, value: str, args: tuple[str, ...], status: int
) -> None:
    replace(minimal / GROWTH, "value: 5.5", "value: 5.6")
    with Watching(minimal, "check", "--watch", *args) as watching:
        watching.answer()
        replace(minimal / GROWTH, "value: 5.6", f"value: {value}")
        watching.until(checked(minimal))
        assert watching.end() == (status, "")


def test_a_request_to_end_ends_it_as_any_command(minimal: Path) -> None:
    with Watching(minimal, "check", "--watch") as watching:
        watching.answer()
        status, rest = watching.end(signal.SIGTERM)
        assert (status, rest.strip()) == (128 + 15, "factpack: terminated")


@pytest.mark.parametrize(
    ("args", "name"),
    [
        (("check", "--format", "json"), "--format"),
        (("check", "--summary", "summary.md"), "--summary"),
        (("check", "--workers", "2"), "--workers"),
        (("check", "--executor", "dask", "--scheduler", "tcp://127.0.0.1:1"), "--executor"),
        (("site", "--release", "dist/release"), "--release"),
    ],
)
def test_an_option_for_one_answer_is_refused(minimal: Path, run: Run, args: tuple[str, ...], name: str) -> None:
    code, out, err = run(minimal, *args, "--watch")
    assert (code, out) == (2, "")
    assert err.endswith(f"Error: {name} cannot be used with --watch\n")


def test_a_mistake_of_use_ends_it_at_once(minimal: Path, run: Run) -> None:
    code, _, err = run(minimal, "check", "--watch", "--against", "gone")
    assert code == 2
    assert "gone" in err


def test_the_extra_is_named_where_it_is_missing(minimal: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("factpack.disk.watch", "factpack.run.watch"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "watchdog", None)
    code, _, err = run(minimal, "check", "--watch")
    assert code == 2
    assert "make .venv/with-watch" in err


def test_a_check_alone_loads_nothing_that_watches() -> None:
    program = "import sys, factpack.cli.check; print('watchdog' in sys.modules or 'factpack.run.watch' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=ROOT, check=True).stdout == b"False\n"
    )
