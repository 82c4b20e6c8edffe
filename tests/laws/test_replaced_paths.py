"""Whatever stands in the place of a file or folder of a project, no command follows it, waits for it, or breaks down.

Each path is replaced in turn by a link to something outside, by a link to what was there, and by a device, a pipe, a
folder or 5 GB of holes; then the commands run that read or write it. All top-level paths are tried, and all that the
program keeps and makes; of the folders in `sources` and the files in a folder one or two: the others are opened alike.
"""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from command_line import in_process
from factpack.disk.cache import world
from factpack.disk.project import Project
from factpack.edit.starter import client_bundle
from laws.watched import SECRET, run_all, secrets_in, surroundings
from projects import MINIMAL, assemble, commit_all

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are forked")
TEXT = ("verify", "doc-report", "../doc-report.txt")
NEW = ("new", "place", "--zh", "溪东桥", "--en", "Xidong Bridge")
RELEASE = (("release",),) if find_spec("pyarrow") and find_spec("xlsxwriter") else ()
SITE = (("site", "--workers", "1"),) if find_spec("jinja2") and client_bundle().is_dir() else ()
"""Commands that the libraries and the bundle allow here."""
PUBLISHING = (*RELEASE, *SITE)
LOOKING = (("check",), ("check", "--no-cache"), ("build", "--check"), ("diff",), ("explain", "not-a-record"))
OF_SOURCES = (*LOOKING, ("coverage",), ("fmt", "--check"), (*TEXT, "--check"), ("build",), TEXT, ("fmt",), NEW)
READING = (("check", "--against", "."), ("show", "plc-linxi"), ("outcomes",), ("cite",))
OF_OUTPUT = (*LOOKING, *READING, *PUBLISHING, ("build",), TEXT, NEW)

BESIDE = ("README.md", "CHANGELOG.md", "README.zh-CN.md", "LICENSE", ".gitignore")
FOLDERS = ("sources", "sources/places", "sources/texts", "schemas", "build", "build/csv", "build/json")
FILES = (
    *BESIDE[:2],
    *("sources/package.yaml", "sources/places/plc-linxi.yaml", "sources/texts/doc-report.json"),
    *("schemas/dialect.schema.json", "schemas/place.schema.json"),
    *("datapackage.json", "build/csv/ids.csv", "build/csv/places.csv", "build/json/places.json"),
)
KEPT = (".factpack", *(f".factpack/{name}" for name in ("cache", "cache/{world}", "stage", "next", "old", "publish")))
MADE = (*KEPT, ".factpack/publish-before", "dist", "dist/release", "dist/site")
MADE_FILES = (
    ".factpack/lock",
    ".factpack/next/datapackage.json",
    ".factpack/cache/{world}/chunk.plc-linxi.check",
    "dist/release/SHA256SUMS",
)
CASES = [
    *((path, True, kind) for path in FOLDERS for kind in ("outside", "own", "holes")),
    *((path, False, kind) for path in FILES for kind in ("outside", "own", "device", "pipe", "folder", "holes")),
    *((path, True, kind) for path in MADE for kind in ("outside", "pipe")),
    *((path, False, kind) for path in (*BESIDE[2:], *MADE_FILES) for kind in ("outside", "device", "pipe")),
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in a repository with everything that the commands make."""
    root = assemble(tmp_path_factory.mktemp("whole") / "project", MINIMAL)
    for name in BESIDE:
        (root / name).write_text("/.factpack/\n/dist/\n")
    for command in (("build",), ("check",), *PUBLISHING):
        assert in_process(root, *command).exit_code == 0
    commit_all(root)
    return root


@pytest.fixture
def project(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, with somebody's files and a text beside it."""
    root = Path(shutil.copytree(whole, tmp_path / "project", symlinks=True))
    shutil.copy(MINIMAL / "texts" / "doc-report.txt", tmp_path)
    for name in ("file", "folder/file", "folder/csv/ids.csv", "folder/stage/file", "folder/build/csv/ids.csv"):
        (tmp_path / "outside" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "outside" / name).write_bytes(SECRET)
    return root


def replace(place: Path, is_folder: bool, kind: str) -> None:
    """Put something else in the place of a file or folder."""
    outside = next(each for each in place.parents if (each / "outside").is_dir()) / "outside"
    place.parent.mkdir(parents=True, exist_ok=True)
    if kind == "own":
        place.rename(outside / "own") if place.exists() else (outside / "own").mkdir()
    elif place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
    match kind:
        case "outside":
            place.symlink_to(outside / ("folder" if is_folder else "file"))
        case "own":
            place.symlink_to(outside / "own")
        case "device":
            place.symlink_to("/dev/zero")
        case "pipe":
            os.mkfifo(place)
        case "folder":
            place.mkdir()
        case "holes":
            with place.open("wb") as file:
                file.truncate(5 * 10**9)


def commands(path: str, kind: str) -> tuple[tuple[str, ...], ...]:
    """Return the commands that read or write a path, or what lies there."""
    if path.startswith(("sources", "schemas")):
        return OF_SOURCES
    if path in BESIDE:
        return (*LOOKING, *RELEASE, ("build",), TEXT, NEW)
    return (*OF_OUTPUT, *(PUBLISHING if kind == "outside" else ()))


@pytest.mark.parametrize(("path", "is_folder", "kind"), CASES, ids=lambda each: str(each))
def test_what_stands_in_the_place_of_a_path_leads_nowhere(project: Path, path: str, is_folder: bool, kind: str) -> None:
    replace(project / path.format(world=world(Project(project))), is_folder, kind)
    before = surroundings(project.parent, project)
    ran = run_all(project, commands(path, kind))
    assert surroundings(project.parent, project) == before
    assert secrets_in(project) == []
    if kind == "own" and not (path in BESIDE and not RELEASE):
        assert [each.command for each in ran if each.code and each.command[0] in ("check", "build", "release")]
