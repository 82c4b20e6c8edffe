"""What lies below a folder is read and written there and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factpack.disk import below
from factpack.disk.below import (
    TooLarge,
    entries_below,
    has_below,
    is_as_made,
    make_below,
    open_below,
    plain,
    read_below,
    remove_below,
    write_below,
)
from factpack.disk.files import NotRegular, OutputError
from factpack.disk.stage import staged
from factpack.package.package import Package
from factpack.release.archive import archive
from projects import tree

STRANGE = (
    *("", ".", "..", "../a", "a/../b", "./a", "a/./b", "a/..", "a//b", "/a", "a/", "a\\b", "C:a", "C:/a", "a:b"),
    *("a\0b", "a\n", " ", "a b", "a.", "a./b", "...", "武", "\u202ea", "x" * 161, "a/" * 8 + "a"),
)
LEADS_OUT = ("", ".", "..", "../a", "a/../b", "./a", "a/./b", "a/..", "a//b", "/a", "a/", "a\\b", "C:a", "a\0b")


@pytest.mark.parametrize("path", STRANGE)
def test_no_function_writes_a_path_of_another_form(tmp_path: Path, package: Package, path: str) -> None:
    root = tmp_path / "in"
    root.mkdir()
    calls: tuple[Callable[[], Any], ...] = (
        lambda: plain(path),
        lambda: write_below(root, path, b"x"),
        lambda: make_below(root, path, set()),
        lambda: archive(package, "a", {path: b""}),
        lambda: archive(package, path, {"a": b""}),
    )
    for call in calls:
        with pytest.raises(OutputError, match="is not a path that this program writes"):
            call()
    with pytest.raises(OutputError, match="is not a path that this program writes"), staged(root) as stage:
        stage.append(path, b"x")
    assert tree(root) == {}
    assert [each.name for each in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize("path", ["a", ".zenodo.json", "build/csv/ids.csv", "en/id/plc-a/index.html", "x" * 160])
def test_what_the_program_makes_has_the_form(path: str) -> None:
    assert plain(path) == path


@pytest.mark.parametrize("path", LEADS_OUT)
def test_nothing_is_read_by_a_path_that_leads_elsewhere(tmp_path: Path, path: str) -> None:
    (tmp_path / "a").write_text("x")
    (tmp_path / "in" / "a").mkdir(parents=True)
    with pytest.raises(NotRegular):
        open_below(tmp_path / "in", path, 10)
    assert not has_below(tmp_path / "in", path)


@pytest.mark.parametrize("level", ["a", "a/b", "a/b/c"])
def test_no_level_below_the_folder_may_be_a_link_and_the_folder_itself_may(tmp_path: Path, level: str) -> None:
    (tmp_path / "real").mkdir()
    write_below(tmp_path / "real", "a/b/c", b"x")
    (tmp_path / "link").symlink_to("real")
    assert read_below(tmp_path / "link", "a/b/c", 1) == b"x"
    place = tmp_path / "real" / level
    place.rename(tmp_path / "moved")
    place.symlink_to(tmp_path / "moved")
    before = tree(tmp_path / "moved") if (tmp_path / "moved").is_dir() else {}
    with pytest.raises(NotRegular):
        read_below(tmp_path / "link", "a/b/c", 1)
    assert not has_below(tmp_path / "link", "a/b/c")
    assert not is_as_made(tmp_path / "link", "a/b/c", 1, "")
    if level != "a/b/c":
        with pytest.raises(OutputError, match="is a link"):
            write_below(tmp_path / "link", "a/b/c", b"y")
        with pytest.raises(NotRegular):
            make_below(tmp_path / "link", "a/b/d", set())
        assert tree(tmp_path / "moved") == before
    else:
        write_below(tmp_path / "link", "a/b/c", b"y")
        assert ((tmp_path / "moved").read_bytes(), place.is_symlink()) == (b"x", False)


def test_what_is_larger_than_its_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "holes").open("wb") as file:
        file.truncate(5 * 10**9)
    with pytest.raises(TooLarge, match="is larger than 4294967296 bytes"):
        read_below(tmp_path, "holes", below.BUILT_LIMIT)
    assert not is_as_made(tmp_path, "holes", 10, "")
    (tmp_path / "small").write_bytes(b"12")
    assert read_below(tmp_path, "small", 2) == b"12"
    with pytest.raises(TooLarge):
        read_below(tmp_path, "small", 1)


def test_entries_are_all_that_is_no_folder_and_links_are_not_followed(tmp_path: Path) -> None:
    write_below(tmp_path, "a/b/c", b"")
    (tmp_path / "a" / "link").symlink_to(tmp_path)
    (tmp_path / "a" / "x:y").touch()
    os.mkfifo(tmp_path / "a" / "pipe")
    assert list(entries_below(tmp_path, "a")) == ["a/b/c", "a/link", "a/pipe", "a/x:y"]
    assert list(entries_below(tmp_path, "a/link")) == ["a/link"]
    assert list(entries_below(tmp_path, "nothing")) == []


def test_no_file_of_a_package_is_made_that_could_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factpack.disk.stage.BUILT_LIMIT", 3)
    with staged(tmp_path) as stage:
        stage.append("build/csv/a.csv", b"id")
        with pytest.raises(OutputError, match=r"build/csv/a\.csv: is larger than 3 bytes"):
            stage.append("build/csv/a.csv", b"\n1")


def test_one_file_is_deleted_and_nothing_beside_it(tmp_path: Path) -> None:
    write_below(tmp_path, "drafts/a.yaml", b"a")
    write_below(tmp_path, "drafts/b.yaml", b"b")
    remove_below(tmp_path, "drafts/a.yaml")
    assert [each.name for each in (tmp_path / "drafts").iterdir()] == ["b.yaml"]
    with pytest.raises(OutputError):
        remove_below(tmp_path, "drafts/a.yaml")


def test_nothing_is_deleted_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    kept = tmp_path / "elsewhere" / "a.yaml"
    kept.write_bytes(b"a")
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "drafts").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError):
        remove_below(tmp_path / "project", "drafts/a.yaml")
    assert kept.exists()
