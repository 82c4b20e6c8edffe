"""A release is whole, the same from every clone, and takes nobody's files away."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the libraries of the extra release are not installed")
pytest.importorskip("xlsxwriter", reason="the libraries of the extra release are not installed")

from markdown_it import MarkdownIt

from command_line import Run, called, called_in_a_process
from factpack.disk.publish import SUMS
from factpack.package.package import NoPackage, Package, open_package
from factpack.release.archive import archive
from projects import commit_all, git

STEM = "linxi-work-report-0.2.0"
BESIDE = ("README.md", "README.zh-CN.md", "LICENSE", "CHANGELOG.md")
"""Files of a repository that go into the archive beside the package."""


@pytest.fixture(scope="module")
def clones(tmp_path_factory: pytest.TempPathFactory, linxi: Path) -> list[Path]:
    """Two copies of the frozen project, made into repositories at different places."""
    made = []
    for name in ("one", "another place"):
        root = tmp_path_factory.mktemp("clone") / name
        shutil.copytree(linxi, root, ignore=shutil.ignore_patterns(".factpack"))
        for each in BESIDE:
            (root / each).write_text(f"# {each}\n", "utf-8")
        commit_all(root)
        made.append(root)
    return made


@pytest.fixture(scope="module")
def files(clones: list[Path]) -> dict[str, bytes]:
    """The files of a release, by path."""
    return released(clones[0], PYTHONHASHSEED="1", TZ="Asia/Shanghai", LC_ALL="C")


def released(root: Path, **env: str) -> dict[str, bytes]:
    """Release a project, in a process of its own where something surrounds it; return the files."""
    args = ("--lang", "en", "--root", root, "release")
    ended = called_in_a_process(*args, env={**os.environ, **env}) if env else called(*args)
    assert ended[:2] == (0, ""), ended.stderr
    assert ended.stderr.startswith(f"The release is in {root}/dist/release: 57 files, ")
    return files_in(root / "dist" / "release")


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_clones_give_the_same_release(clones: list[Path], files: dict[str, bytes]) -> None:
    assert released(clones[1], PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="C.UTF-8") == files
    assert {path.partition("/")[0] for path in files} == {
        *("RELEASE-NOTES.md", SUMS, "csv-excel", "parquet", "CITATION.cff", ".zenodo.json"),
        *("dcat.jsonld", "glossary.ttl", "datasette-en.json", "datasette-zh.json"),
        *(f"{STEM}.{each}" for each in ("zip", "xlsx", "sqlite")),
    }


def test_the_sums_are_those_of_the_files_and_name_all(files: dict[str, bytes]) -> None:
    listed = dict(line.split("  ")[::-1] for line in files[SUMS].decode().splitlines())
    assert listed == {path: hashlib.sha256(raw).hexdigest() for path, raw in files.items() if path != SUMS}


def test_the_archive_holds_a_whole_package_with_its_schemas_and_licence(
    clones: list[Path], files: dict[str, bytes], package: Package, tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(files[f"{STEM}.zip"])) as packed:
        assert packed.testzip() is None
        assert {entry.date_time for entry in packed.infolist()} == {(2026, 2, 1, 0, 0, 0)}
        packed.extractall(tmp_path)
    assert open_package(tmp_path / STEM).files == package.files
    for path in (*BESIDE, "schemas/indicator.schema.json"):
        assert (tmp_path / STEM / path).read_bytes() == (clones[0] / path).read_bytes()
    assert (tmp_path / STEM / "CITATION.cff").read_bytes() == files["CITATION.cff"]


def test_every_file_that_a_description_names_lies_beside_it(files: dict[str, bytes], tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(files[f"{STEM}.zip"])) as packed:
        packed.extractall(tmp_path)
    root = tmp_path / STEM
    tables = json.loads((root / "csv-metadata.json").read_bytes())["tables"]
    distribution = json.loads((root / "dataset.jsonld").read_bytes())["distribution"]
    graph = json.loads((root / "ro-crate-metadata.json").read_bytes())["@graph"]
    named = [each["url"] for each in tables] + [each["contentUrl"] for each in distribution]
    named += [each["@id"] for each in graph if each["@type"] == "File"]
    assert len(named) > 60
    assert [path for path in named if not (root / path).is_file()] == []
    told = json.loads(files["dcat.jsonld"])["dcat:distribution"]
    assert [each["dcat:downloadURL"]["@id"] for each in told if each["dcat:downloadURL"]["@id"] not in files] == []


def test_notes_tell_what_changed_since_the_last_published_version(clones: list[Path], run: Run, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(clones[0], root)
    assert "The first version." in released(root)["RELEASE-NOTES.md"].decode()
    git(root, "tag", "data-0.2.0")
    assert "The first version." in released(root)["RELEASE-NOTES.md"].decode(), "a version is not compared with itself"
    git(root, "tag", "data-0.1.0")
    place = min((root / "sources" / "places").iterdir())
    place.write_text(place.read_text("utf-8").replace("\n  en: ", "\n  en: The ", 1), "utf-8")
    assert run(root, "build").exit_code == 0
    notes = released(root)["RELEASE-NOTES.md"].decode()
    assert place.stem in notes
    assert "# 临溪区政府工作报告数据 0.2.0" in notes


def test_the_title_of_the_notes_is_no_markup(clones: list[Path], run: Run, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(clones[0], root)
    package = root / "sources" / "package.yaml"
    title = next(line for line in package.read_text("utf-8").splitlines() if line.startswith("  en: "))
    odd = "  en: '<img src=x> [a](http://evil.example) @everyone www.evil.example'"
    package.write_text(package.read_text("utf-8").replace(title, odd, 1), "utf-8")
    assert run(root, "build").exit_code == 0
    parsed = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(released(root)["RELEASE-NOTES.md"].decode())
    heading = parsed[1].children or []
    assert {each.type for each in heading} <= {"text", "text_special"}
    assert "".join(each.content for each in heading).startswith(odd.split("'")[1])
    assert "@everyone" not in released(root)["RELEASE-NOTES.md"].decode()


def test_a_release_replaces_the_one_before_and_nothing_else(clones: list[Path], run: Run) -> None:
    root = clones[0]
    released(root)
    (root / "dist" / "release" / "letter.txt").write_text("mine")
    code, out, err = run(root, "release")
    assert (code, out) == (1, "")
    assert err == f"factpack: {root}/dist/release: letter.txt was not made by this program; name another folder\n"
    assert (root / "dist" / "release" / "letter.txt").read_text() == "mine"
    (root / "dist" / "release" / "letter.txt").unlink()
    before = files_in(root / "dist" / "release")
    (root / "dist" / "release" / f"{STEM}.zip").write_bytes(b"x")
    assert released(root) == before
    assert sorted(path.name for path in (root / ".factpack").iterdir() if path.name not in ("lock", "cache")) == []


@pytest.mark.parametrize("out", ["file", "link"])
def test_what_is_no_folder_is_not_replaced(clones: list[Path], run: Run, tmp_path: Path, out: str) -> None:
    there = tmp_path / out
    if out == "file":
        there.write_text("mine")
    else:
        (tmp_path / "theirs").mkdir()
        there.symlink_to(tmp_path / "theirs")
    code, _, err = run(clones[0], "release", "--out", str(there))
    assert code == {"file": 2, "link": 1}[out], err
    assert there.is_symlink() or there.read_text() == "mine"


def test_a_package_that_is_missing_damaged_or_stale_is_not_released(minimal: Path, run: Run) -> None:
    assert run(minimal, "release")[0] == 2
    assert run(minimal, "build")[0] == 0
    table = minimal / "build" / "csv" / "places.csv"
    whole = table.read_bytes()
    table.write_bytes(whole + b"x\n")
    assert "build first" in run(minimal, "release")[2]
    table.write_bytes(whole)
    place = minimal / "sources" / "places" / "plc-linxi-lake.yaml"
    place.write_text(place.read_text("utf-8").replace("\n  en: ", "\n  en: The ", 1), "utf-8")
    code, _, err = run(minimal, "release")
    assert (code, "does not match sources/" in err) == (2, True)
    assert not (minimal / "dist").exists()


def test_archives_are_dated_and_ordered_by_the_package_alone(package: Package) -> None:
    assert archive(package, "a", {"b": b"1", "a": b"2"}) == archive(package, "a", {"a": b"2", "b": b"1"})


def test_a_folder_without_a_package_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoPackage, match="datapackage"):
        open_package(tmp_path)
