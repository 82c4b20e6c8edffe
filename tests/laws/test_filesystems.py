"""Odd disks and odd things on them: full, read-only or other file systems, links, and what a power cut may leave."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from command_line import Run
from factpack.disk.files import OutputError
from factpack.disk.secret import write_seals
from factpack.disk.stage import recover, staged
from laws.killed_builds import TwoVersions, two_versions
from projects import leftovers, tree
from tiny_packages import unprivileged, whole, write

PAGE = 4096


@pytest.fixture
def mount() -> Iterator[Callable[[Path, str], None]]:
    """Mount a small file system in memory at a folder; called again, mount it anew with other options."""
    mounted: list[Path] = []

    def mount(folder: Path, options: str) -> None:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if os.name == "nt" or os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("needs to be allowed to mount")
        if folder not in mounted:
            mounted.append(folder)

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def project(tmp_path: Path, mount: Callable[[Path, str], None]) -> TwoVersions:
    """A project on a file system of 8 MiB, its first version built and its second in the sources."""
    mount(tmp_path, "size=8m")
    project = two_versions(tmp_path)
    project.take("two")
    return project


def fill(folder: Path, spare: int) -> None:
    """Fill a file system but for so many pages."""
    path = folder / "filler"
    path.unlink(missing_ok=True)
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    with path.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free - spare * PAGE)


def test_a_full_disk_leaves_the_old_package_and_is_named(project: TwoVersions, run: Run) -> None:
    codes = []
    for spare in (0, 1, 4, 16, 32, 1_000):
        fill(project.root.parent, spare)
        code, out, err = run(project.root, "build")
        codes.append(code)
        if code:
            assert (code, out, project.version(), project.left()) == (1, "", "one", []), spare
            assert err.splitlines()[-1].endswith(": No space left on device")
            assert "Traceback" not in err
    assert codes == [1, 1, 1, 1, 1, 0]
    assert (project.version(), project.left()) == ("two", [])


def test_on_a_read_only_disk_a_build_is_refused_and_a_check_works(
    project: TwoVersions, mount: Callable[[Path, str], None], run: Run
) -> None:
    (project.root / ".factpack" / "stage").mkdir()
    mount(project.root.parent, "remount,ro")
    code, out, err = run(project.root, "build")
    assert (code, out, project.version()) == (1, "", "one")
    assert err == f"factpack: {project.root}/.factpack/lock: Read-only file system\n"
    assert run(project.root, "check")[:2] == (0, "")


def test_out_may_lie_on_another_file_system(
    minimal: Path, tmp_path: Path, mount: Callable[[Path, str], None], run: Run
) -> None:
    (tmp_path / "out").mkdir()
    mount(tmp_path / "out", "size=8m")
    assert run(minimal, "build", "--out", str(tmp_path / "out"))[0] == 0
    assert run(minimal, "build")[0] == 0
    made = {name: data for name, data in tree(minimal).items() if name.startswith(("build/", "datapackage"))}
    assert tree(tmp_path / "out") == made
    assert run(minimal, "build", "--out", str(tmp_path / "out"), "--check")[:2] == (0, "")


def test_a_build_folder_that_is_another_file_system_is_left_as_it_was(
    minimal: Path, mount: Callable[[Path, str], None], run: Run
) -> None:
    assert run(minimal, "build")[0] == 0
    (minimal / "build").rename(minimal / "away")
    (minimal / "build").mkdir()
    mount(minimal / "build", "size=8m")
    shutil.copytree(minimal / "away", minimal / "build", dirs_exist_ok=True)
    (minimal / "build" / "csv" / "ids.csv").write_text("id\n")
    before = tree(minimal)
    for _ in range(2):
        code, out, err = run(minimal, "build")
        told = out.splitlines()
        assert (code, len(told)) == (1, 2)  # what is there is told, as a warning with its hint, and stops nothing
        assert told[0].startswith("build/csv/ids.csv:1:1: warning[damaged-edition]: ")
        assert err.splitlines()[-1] == f"factpack: {minimal}/build: Device or resource busy"
        assert (tree(minimal), leftovers(minimal)) == (before, [])


def test_a_package_in_an_image_of_a_container_is_replaced(
    tmp_path: Path, mount: Callable[[Path, str], None], run: Run
) -> None:
    """Where a folder comes from a lower layer, the system copies it at best and renames it never."""
    layers, merged = tmp_path / "layers", tmp_path / "layers" / "merged"
    layers.mkdir()
    mount(layers, "size=8m")
    image = two_versions(layers / "image")
    image.take("two")
    for name in ("upper", "work", "merged"):
        (layers / name).mkdir()
    options = f"lowerdir={layers / 'image'},upperdir={layers / 'upper'},workdir={layers / 'work'}"
    if subprocess.run(["mount", "-t", "overlay", "-o", options, "overlay", merged], check=False).returncode:
        pytest.skip("needs overlays")
    try:
        project = TwoVersions(merged / "project", image.packages)
        assert run(project.root, "build")[0] == 0
        assert (project.version(), project.left()) == ("two", [])
        assert image.version() == "one"
    finally:
        subprocess.run(["umount", "--lazy", merged], check=True)


# ---- links, and files where folders are expected


def somebodys(folder: Path) -> Path:
    """Return a folder beside the package, with a file of somebody's."""
    (folder.parent / "somebody" / "stage").mkdir(parents=True)
    (folder.parent / "somebody" / "file").write_text("mine")
    (folder.parent / "somebody" / "stage" / "file").write_text("mine")
    return folder.parent / "somebody"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder with an old package."""
    folder = tmp_path / "package"
    folder.mkdir()
    write(folder, 1)
    return folder


@pytest.mark.parametrize("name", ["stage", "next", "old", "lock"])
@pytest.mark.parametrize("target", ["", "file", "nothing"])
def test_a_link_among_its_own_files_is_not_followed_by_a_build(package: Path, name: str, target: str) -> None:
    theirs = somebodys(package)
    (package / ".factpack" / "lock").unlink()
    (package / ".factpack" / name).symlink_to(theirs / target)
    before = tree(theirs)
    if name == "lock":
        with pytest.raises(OutputError, match=r"/lock: "):
            write(package, 2)
    else:
        write(package, 2)
    assert (whole(package), leftovers(package), tree(theirs)) == (1 if name == "lock" else 2, [], before)


def test_a_next_that_is_a_link_to_another_package_is_not_moved_into_place(package: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    write(tmp_path / "theirs", 2)
    (package / ".factpack" / "next").symlink_to(tmp_path / "theirs")
    recover(package)
    assert (whole(package), whole(tmp_path / "theirs"), leftovers(package)) == (1, 2, [])


def test_a_factpack_folder_that_is_a_link_is_refused(package: Path) -> None:
    theirs = somebodys(package)
    shutil.rmtree(package / ".factpack")
    (package / ".factpack").symlink_to(theirs)
    before = tree(theirs)
    with pytest.raises(OutputError, match=r"\.factpack: is a link"):
        write(package, 2)
    assert (whole(package), tree(theirs)) == (1, before)


def test_a_file_in_the_place_of_a_folder_of_its_own_is_removed(package: Path) -> None:
    for name in ("stage", "next", "old"):
        (package / ".factpack" / name).write_text("x")
    write(package, 2)
    assert (whole(package), leftovers(package)) == (2, [])


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("build", lambda path, theirs: path.write_text("mine")),
        ("build", lambda path, theirs: path.symlink_to(theirs)),
        ("build", lambda path, theirs: path.symlink_to(theirs / "nothing")),
        ("datapackage.json", lambda path, theirs: path.mkdir()),
        ("datapackage.json", lambda path, theirs: path.symlink_to(theirs / "file")),
        ("datapackage.json", lambda path, theirs: path.symlink_to(theirs / "nothing")),
    ],
    ids=["file", "link", "dead link", "folder", "link to a file", "dead link to a file"],
)
def test_what_no_build_has_written_is_not_replaced(
    package: Path, name: str, make: Callable[[Path, Path], object]
) -> None:
    theirs = somebodys(package)
    shutil.rmtree(package / "build")
    (package / "datapackage.json").unlink()
    make(package / name, theirs)
    before = (tree(package), tree(theirs), (package / name).is_symlink())
    with pytest.raises(OutputError, match=f"{name}: is a link, or not what a build writes"):
        write(package, 2)
    assert (tree(package), tree(theirs), (package / name).is_symlink()) == before
    assert leftovers(package) == []


def test_a_lock_that_is_a_folder_and_a_factpack_that_is_a_file_are_errors_with_their_path(package: Path) -> None:
    (package / ".factpack" / "lock").unlink()
    (package / ".factpack" / "lock").mkdir()
    with pytest.raises(OutputError, match=r"/\.factpack/lock: Is a directory$"):
        write(package, 2)
    shutil.rmtree(package / ".factpack")
    (package / ".factpack").write_text("x")
    with pytest.raises(OutputError, match=r"/\.factpack: File exists$"):
        write(package, 2)
    (package / ".factpack").unlink()
    assert whole(package) == 1


def test_a_lock_of_somebody_else_is_an_error_and_one_left_behind_is_none() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        write(folder, 1)
        (folder / ".factpack" / "lock").write_text("4711\n")
        write(folder, 2)
        folder.chmod(0o777)
        (folder / ".factpack").chmod(0o777)
        (folder / ".factpack" / "lock").chmod(0o400)
        with unprivileged(), pytest.raises(OutputError, match="lock: Permission denied"), staged(folder):
            pass
        assert whole(folder) == 2
    finally:
        shutil.rmtree(folder)


# ---- what a power cut may leave of a commit


def committed(folder: Path) -> Path:
    """Leave a new package in `.factpack/next`, as if the power had failed; return where it lies."""
    following = folder / ".factpack" / "next"
    spare = folder.parent / "spare"
    spare.mkdir()
    write(spare, 2)
    shutil.rmtree(spare / ".factpack")
    spare.rename(following)
    write_seals(folder, following, "datapackage.json")
    return following


def test_a_committed_package_that_is_whole_is_moved_into_place(package: Path) -> None:
    committed(package)
    recover(package)
    assert (whole(package), leftovers(package)) == (2, [])


@pytest.mark.parametrize("name", ["build/csv/a.csv", "datapackage.json"])
@pytest.mark.parametrize("found", [None, b"", b"\0" * 100, b"[]", b'{"resources": [{"path": 1}]}'])
@pytest.mark.parametrize("aside", [False, True], ids=["", "the old one set aside"])
def test_a_committed_package_that_is_not_whole_is_discarded_and_the_old_one_stays(
    package: Path, name: str, found: bytes | None, aside: bool
) -> None:
    path = committed(package) / name
    path.unlink()
    if found is not None:
        path.write_bytes(found)
    if aside:
        (package / "build").rename(package / ".factpack" / "old")
    recover(package)
    assert (whole(package), leftovers(package)) == (1, [])


def test_a_clock_that_goes_backwards_does_not_matter(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    for path in (*(minimal / "build").rglob("*"), minimal / "datapackage.json", minimal / ".factpack" / "lock"):
        os.utime(path, (4e9, 4e9))
    assert run(minimal, "build", "--check")[:2] == (0, "")
    record = minimal / "sources" / "places" / "plc-linxi.yaml"
    record.write_text(record.read_text("utf-8").replace("Linxi District", "Linxi district"), "utf-8")
    os.utime(record, (0, 0))
    assert run(minimal, "build")[0] == 0
    assert "Linxi district" in (minimal / "build" / "csv" / "places.csv").read_text("utf-8")
