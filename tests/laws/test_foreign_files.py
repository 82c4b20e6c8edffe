"""What a branch from a stranger may bring beside records: links, devices and pipes where the program reads or writes.

Nothing outside the project is read into what is published, nothing there is changed, and nothing is waited for.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from command_line import Run
from factpack.disk.cache import world
from factpack.disk.project import Project

COMMANDS = (
    ("check",),
    ("check", "--no-cache"),
    ("build",),
    ("build", "--check"),
    ("show", "plc-linxi"),
    ("outcomes",),
    ("cite",),
    ("diff",),
    ("coverage",),
    ("release",),
)
pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder with somebody's files, two of them, beside the project."""
    folder = tmp_path / "outside"
    folder.mkdir()
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text("somebody's\n")
    return folder


def untouched(folder: Path) -> bool:
    """Say whether somebody's files are as they were, and no others beside them."""
    return {path.name: path.read_text() for path in folder.iterdir()} == dict.fromkeys(
        ("one.txt", "two.txt"), "somebody's\n"
    )


@pytest.mark.parametrize("level", [".factpack", ".factpack/cache", ".factpack/cache/{world}", ".factpack/stage"])
def test_a_link_among_what_is_kept_touches_nothing_outside(
    published: Path, outside: Path, run_process: Run, level: str
) -> None:
    link = published / level.format(world=world(Project(published)))
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside)
    for command in COMMANDS:
        code, _, err = run_process(published, *command)
        assert code in (0, 1), (command, err)
        assert "Traceback" not in err, command
        assert untouched(outside), command


@pytest.mark.parametrize("kind", ["device", "pipe", "link", "folder"])
@pytest.mark.parametrize(
    "path", ["build/csv/places.csv", "build/csv/ids.csv", "build/json/places.json", "datapackage.json"]
)
def test_what_stands_in_place_of_a_built_file_is_neither_followed_nor_waited_for(
    published: Path, outside: Path, run_process: Run, path: str, kind: str
) -> None:
    place = published / path
    place.unlink()
    match kind:
        case "device":
            place.symlink_to("/dev/zero")
        case "pipe":
            os.mkfifo(place)
        case "link":
            place.symlink_to(outside / "one.txt")
        case "folder":
            place.mkdir()
    for command in COMMANDS:
        code, _, err = run_process(published, *command)
        assert code in (0, 1, 2), (command, err)
        assert "Traceback" not in err, command
        assert untouched(outside), command


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "CHANGELOG.md"])
def test_a_release_publishes_nothing_that_a_link_leads_to(
    published: Path, outside: Path, run_process: Run, name: str
) -> None:
    (published / name).unlink(missing_ok=True)
    (published / name).symlink_to(outside / "one.txt")
    code, _, err = run_process(published, "release")
    assert (code, f"{name}: not a regular file" in err) == (1, True)
    assert not (published / "dist").exists()


@pytest.mark.parametrize(
    "path", ["/dev/zero", "../outside/one.txt", "build/csv/../../sources/package.yaml", "README.md"]
)
def test_a_package_lists_only_what_a_build_makes(published: Path, outside: Path, run_process: Run, path: str) -> None:
    descriptor = json.loads((published / "datapackage.json").read_bytes())
    descriptor["resources"][0]["path"] = path
    (published / "datapackage.json").write_text(json.dumps(descriptor))
    for command in (("cite",), ("show", "plc-linxi"), ("outcomes",)):
        code, _, err = run_process(published, *command)
        assert (code, "Traceback" in err) == (2, False)
        assert path in err


def test_what_is_kept_is_private_whatever_the_umask(minimal: Path, run_process: Run) -> None:
    before = os.umask(0)
    try:
        assert run_process(minimal, "build")[0] == 0
    finally:
        os.umask(before)
    kept = minimal / ".factpack"
    folders = [kept, *(each for each in kept.rglob("*") if each.is_dir())]
    assert [stat.S_IMODE(each.stat().st_mode) for each in folders] == [0o700] * 3


def test_folders_that_others_may_write_are_made_private(minimal: Path, run_process: Run) -> None:
    (minimal / ".factpack" / "cache").mkdir(parents=True)
    (minimal / ".factpack" / "cache").chmod(0o777)
    assert run_process(minimal, "build")[0] == 0
    assert stat.S_IMODE((minimal / ".factpack" / "cache").stat().st_mode) == 0o700
    shutil.rmtree(minimal / ".factpack")
