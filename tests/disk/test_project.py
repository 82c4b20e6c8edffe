"""The project on disk: where it is and which files it has."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from command_line import Run
from factpack.disk.project import FILE_LIMIT, NotAProject, Project


def test_the_nearest_project_above_a_folder_is_found(minimal: Path) -> None:
    inner = minimal / "sources" / "places"
    assert Project.find(inner).root == minimal
    (inner / "sources").mkdir()
    (inner / "sources" / "package.yaml").touch()
    assert Project.find(inner).root == inner


def test_outside_a_project_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(NotAProject, match=r"sources/package\.yaml"):
        Project.find(tmp_path)


def test_ids_are_listed_in_the_order_of_ids_and_not_of_file_names(minimal: Path) -> None:
    for name in ("plc-a-b", "plc-a", "plc-a0"):
        (minimal / "sources" / "places" / f"{name}.yaml").write_text("", "utf-8")
    ids, problems = Project(minimal).listing("places", "plc")
    assert ids == sorted(ids)
    assert ids.index("plc-a") < ids.index("plc-a-b") < ids.index("plc-a0")
    assert problems == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (".DS_Store", "not-a-record"),
        ("plc-a.yaml~", "not-a-record"),
        ("plc-a.yml", "not-a-record"),
        ("PLC-a.yaml", "bad-file-name"),
        ("plc-A.yaml", "bad-file-name"),
        ("plc-湖.yaml", "bad-file-name"),
        ("plc--a.yaml", "bad-file-name"),
        ("ind-a.yaml", "bad-file-name"),
        (f"plc-{'a' * 77}.yaml", "bad-file-name"),
    ],
)
def test_each_file_of_a_record_folder_is_a_record_or_a_problem(minimal: Path, name: str, code: str) -> None:
    (minimal / "sources" / "places" / name).write_text("", "utf-8")
    _, problems = Project(minimal).listing("places", "plc")
    assert [(problem.path, problem.code) for problem in problems] == [(f"sources/places/{name}", code)]


def test_links_folders_and_pipes_are_no_records(minimal: Path) -> None:
    folder = minimal / "sources" / "places"
    (folder / "plc-link.yaml").symlink_to(folder / "plc-linxi.yaml")
    (folder / "plc-folder.yaml").mkdir()
    os.mkfifo(folder / "plc-pipe.yaml")
    _, problems = Project(minimal).listing("places", "plc")
    assert [problem.code for problem in problems] == ["not-a-record"] * 3


def test_an_id_of_80_characters_is_the_longest(minimal: Path) -> None:
    name = "plc-" + "a" * 76
    (minimal / "sources" / "places" / f"{name}.yaml").write_text("", "utf-8")
    assert name in Project(minimal).listing("places", "plc")[0]


def test_a_file_is_read_no_further_than_just_beyond_the_limit(minimal: Path) -> None:
    (minimal / "sources" / "places" / "plc-big.yaml").write_bytes(b"a" * (FILE_LIMIT + 100))
    assert len(Project(minimal).read("sources/places/plc-big.yaml")) == FILE_LIMIT + 1


@pytest.mark.parametrize("size", [0, 1, 4096, FILE_LIMIT, FILE_LIMIT + 1])
def test_a_file_is_read_whole_with_its_size_and_times(minimal: Path, size: int) -> None:
    path = minimal / "sources" / "places" / "plc-a.yaml"
    path.write_bytes(b"x" * size)
    project = Project(minimal)
    raw, stamp = project.read_stamped("sources/places/plc-a.yaml")
    assert raw == path.read_bytes() == project.read("sources/places/plc-a.yaml")
    assert stamp == project.stamp("sources/places/plc-a.yaml")


def test_a_record_exists_when_its_file_does(minimal: Path) -> None:
    project = Project(minimal)
    assert project.exists("places", "plc-linxi")
    assert not project.exists("places", "plc-nowhere")


def test_a_stranger_in_sources_is_a_problem(minimal: Path) -> None:
    (minimal / "sources" / "notes").mkdir()
    folders = ("documents", "indicators", "projects", "places", "glossary", "units")
    assert [problem.path for problem in Project(minimal).strangers(folders)] == ["sources/notes"]


def test_what_should_be_a_folder_and_is_a_file_is_a_problem(minimal: Path) -> None:
    (minimal / "sources" / "units2").write_text("", "utf-8")
    ids, problems = Project(minimal).listing("units2", "unt")
    assert ids == []
    assert [(problem.path, problem.code) for problem in problems] == [("sources/units2", "unreadable")]


def test_a_missing_record_folder_holds_no_records(minimal: Path) -> None:
    assert Project(minimal).listing("nowhere", "now") == ([], [])


def test_a_text_record_that_is_missing_or_a_folder_is_none(minimal: Path) -> None:
    project = Project(minimal)
    assert project.text_records() == ["doc-report.json"]
    assert project.read_text_record("doc-report") is not None
    assert project.read_text_record("doc-nothing") is None
    (minimal / "sources" / "texts" / "doc-folder.json").mkdir()
    assert project.read_text_record("doc-folder") is None


def test_schemas_are_the_files_that_are_called_so(minimal: Path) -> None:
    before = dict(Project(minimal).schemas())
    (minimal / "schemas" / "folder.schema.json").mkdir()
    (minimal / "schemas" / "notes.txt").write_text("", "utf-8")
    (minimal / "schemas" / "gone.schema.json").symlink_to("nowhere")
    assert Project(minimal).schemas() == before
    assert list(before) == sorted(before)


def test_a_file_name_that_is_not_utf_8_is_a_problem_and_no_traceback(minimal: Path, run: Run) -> None:
    (minimal / "sources" / "places" / os.fsdecode(b"plc-\xff.yaml")).touch()
    code, out, err = run(minimal, "check")
    assert code == 1
    assert out.startswith("sources/places/plc-\\udcff.yaml:1:1: error[bad-file-name]")
    assert "Traceback" not in err
