"""Output goes where it does no harm: not among what a project is made of, and over nothing but earlier output."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from command_line import Run
from factpack.disk.destination import for_files, for_package
from factpack.disk.files import OutputError
from factpack.edit.starter import client_bundle
from projects import tree
from tiny_packages import whole, write

OWN = ("sources", "schemas", ".git", ".factpack", "build")


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A folder for a package."""
    folder = tmp_path / "other"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("command", ["build", "release", "site"])
@pytest.mark.parametrize("out", [*OWN, "sources/new", ".git/hooks", "Sources/new", "dist/../sources", "link/new"])
def test_no_output_goes_among_what_a_project_is_made_of(published: Path, run: Run, command: str, out: str) -> None:
    if command == "release":
        pytest.importorskip("pyarrow", reason="the libraries of the extra release are not installed")
        pytest.importorskip("xlsxwriter", reason="the libraries of the extra release are not installed")
    if command == "site" and not client_bundle().is_dir():
        pytest.skip("what the pages load is not bundled: make site")
    (published.parent / "link").symlink_to(published / "sources")
    place = f"{published.parent}/{out}" if out.startswith("link") else f"{published}/{out}"
    before = tree(published)
    with pytest.raises(OutputError, match="name another folder"):
        for_package(published, Path(place), replaces=True) if command == "build" else for_files(published, Path(place))
    code, said, err = run(published, command, "--out", place)
    assert (code, said, "name another folder" in err) == (1, "", True)
    assert tree(published) == before
    assert not (published / "sources" / ".factpack").exists()
    assert not (published / "sources" / "new").exists()


@pytest.mark.parametrize("out", [".", "..", "../.."])
def test_a_folder_that_holds_the_project_is_not_replaced_as_a_whole(published: Path, out: str) -> None:
    with pytest.raises(OutputError, match="the project is in it"):
        for_files(published, published / out)


def test_a_link_in_the_project_leads_no_output_elsewhere_and_one_that_the_user_has_does(
    published: Path, run: Run, other: Path, tmp_path: Path
) -> None:
    (published / "dist").symlink_to(other)
    for out in ("dist", "dist/release"):
        with pytest.raises(OutputError, match="dist: is a link in the project"):
            for_files(published, published / out)
        assert run(published, "build", "--out", str(published / out))[0] == 1
    assert list(other.iterdir()) == []
    (tmp_path / "mine").symlink_to(other)
    assert run(published, "build", "--out", str(tmp_path / "mine"))[0] == 0
    assert (other / "datapackage.json").is_file()
    assert run(tmp_path / "mine", "build")[0] == 2


def test_the_project_itself_is_the_place_where_it_is_built_anyway(published: Path, run: Run) -> None:
    (published / "build" / "stray").touch()
    assert run(published, "build", "--out", str(published))[0] == 0
    assert not (published / "build" / "stray").exists()


def test_build_replaces_only_what_an_earlier_build_lists(minimal: Path, run: Run, other: Path) -> None:
    (other / "notes.txt").write_text("mine")
    for _ in range(2):
        assert run(minimal, "build", "--out", str(other))[0] == 0
    shutil.rmtree(other / ".factpack")
    (other / "build" / "deep").mkdir()
    (other / "build" / "deep" / "thesis.txt").write_text("mine")
    before = tree(other)
    code, out, err = run(minimal, "build", "--out", str(other))
    said = f"factpack: {other}: build/deep/thesis.txt was not made by this program; name another folder\n"
    assert (code, out, err, tree(other)) == (1, "", said, before)
    assert not (other / ".factpack").exists()
    assert run(minimal, "build", "--check", "--out", str(other))[:2] == (1, "build/deep/thesis.txt: extra\n")


@pytest.mark.parametrize(
    "descriptor",
    [
        "{}",
        "[]",
        "x",
        "[" * 100_000,
        '{"resources": []}',
        json.dumps({"resources": [{"path": "data/a.csv", "bytes": 1, "hash": "sha256:a"}]}),
        json.dumps({"resources": [{"path": "build/../../a.csv", "bytes": 1, "hash": "sha256:a"}]}),
    ],
    ids=["object", "list", "text", "deep", "empty", "of others", "outside"],
)
def test_a_descriptor_that_no_build_wrote_is_not_replaced(
    minimal: Path, run: Run, other: Path, descriptor: str
) -> None:
    (other / "datapackage.json").write_text(descriptor)
    code, out, err = run(minimal, "build", "--out", str(other))
    said = f"factpack: {other}: datapackage.json was not made by this program; name another folder\n"
    assert (code, out, err) == (1, "", said)
    assert tree(other) == {"datapackage.json": descriptor.encode()}
    assert not (other / ".factpack").exists()


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("/dev/zero"), os.mkfifo])
@pytest.mark.parametrize("name", ["datapackage.json", "build"])
def test_what_is_no_file_or_folder_is_not_replaced(
    minimal: Path, run: Run, other: Path, name: str, make: object
) -> None:
    if (name, make) == ("build", Path.mkdir):
        pytest.skip("an empty folder is nobody's")
    make(other / name)  # type: ignore[operator]
    code, _, err = run(minimal, "build", "--out", str(other))
    assert (code, f"{name} was not made by this program" in err) == (1, True)
    assert [path.name for path in other.iterdir()] == [name]


def test_a_build_that_was_broken_off_there_is_finished_or_replaced(other: Path, minimal: Path) -> None:
    write(other, 1)
    shutil.copytree(other / "build", other / ".factpack" / "next" / "build")
    shutil.copy(other / "datapackage.json", other / ".factpack" / "next")
    (other / "datapackage.json").unlink()
    assert for_package(minimal, other, replaces=True) == other
    write(other, 2)
    assert whole(other) == 2


def test_a_list_of_checksums_does_not_give_away_links_and_pipes(published: Path, other: Path) -> None:
    from factpack.disk.publish import publish

    publish(published, other / "out", [("a.txt", b"x")])
    (other / "out" / "a.txt").unlink()
    os.mkfifo(other / "out" / "a.txt")
    with pytest.raises(OutputError, match=r"a\.txt was not made by this program"):
        publish(published, other / "out", [("a.txt", b"x")])
