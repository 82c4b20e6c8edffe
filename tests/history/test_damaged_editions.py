"""What cannot be read of an earlier edition never counts as nothing: it is named, and the command fails."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Run
from factpack.history.damage import Damaged, parsed
from factpack.history.editions import latest, unknown
from factpack.history.editions import published as published_versions
from projects import git, list_anew, replace, write_units

PLACE = "sources/places/plc-linxi-lake-park.yaml"
DESCRIPTOR, IDS, PLACES = "datapackage.json", "build/csv/ids.csv", "build/json/places.json"
DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "conflict": (lambda raw: b"<<<<<<< HEAD\n" + raw, "merge conflict"),
    "conflict further down": (lambda raw: raw.replace(b"\n", b"\n=======\n", 2), "merge conflict"),
    "conflict mended in part": (lambda raw: raw.replace(b"\n", b"\n||||||| base\n", 2), "merge conflict"),
    "UTF-16": (lambda raw: raw.decode().encode("utf-16"), "in UTF-16 or UTF-32"),
    "UTF-16 without mark": (lambda raw: raw.decode().encode("utf-16-le"), "in UTF-16 or UTF-32"),
    "GBK": (lambda raw: "武昌".encode("gbk") + raw.decode().encode("gbk", "ignore"), "not in UTF-8"),
    "byte order mark": (lambda raw: b"\xef\xbb\xbf" + raw, "byte order mark"),
    "empty": (lambda _: b"", "it is empty"),
    "blank": (lambda _: b"\n\n", "it is empty"),
    "cut off": (lambda raw: raw[: len(raw) // 2 - 3], ""),
    "semicolons": (lambda raw: raw.replace(b",", b";"), ""),
}


def spoilt(root: Path, path: str, how: str) -> str:
    """Damage a file in a way; return what must be said of it."""
    change, told = DAMAGES[how]
    (root / path).write_bytes(change((root / path).read_bytes()))
    return told


def committed(root: Path, path: str, how: str) -> str:
    """Damage a file, commit that, and repair it in the working tree; return what must be said of it."""
    whole = (root / path).read_bytes()
    told = spoilt(root, path, how)
    git(root, "commit", "-qam", "damaged")
    (root / path).write_bytes(whole)
    return told


@pytest.mark.parametrize("how", DAMAGES)
def test_no_id_is_given_to_a_new_record_while_the_ids_of_then_are_not_known(
    published: Path, run: Run, how: str
) -> None:
    told, there = committed(published, IDS, how), sorted((published / "sources").rglob("*.yaml"))
    code, out, err = run(published, "new", "place", "--zh", "新桥", "--en", "New Bridge")
    assert (code, out, f"error[damaged-edition]: {IDS} of HEAD cannot be used: " in err, told in err) == (
        1,
        "",
        True,
        True,
    )
    assert sorted((published / "sources").rglob("*.yaml")) == there


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("path", [DESCRIPTOR, IDS])
def test_what_ids_and_columns_are_compared_with_is_named_where_it_is_damaged(
    published: Path, run: Run, path: str, how: str
) -> None:
    told = committed(published, path, how)
    for command in (("check",), ("build",), ("build", "--check"), ("check", "--against", "HEAD")):
        code, out, err = run(published, *command)
        assert (code, f"error[damaged-edition]: {path} of HEAD cannot be used: " in out) == (1, True), (command, out)
        assert told in out
        assert "vanished-id" not in out
    code, _, err = run(published, "diff")
    assert (code, f"error[damaged-edition]: {path} of HEAD" in err) == (1, True)
    assert "this asks for version" not in err
    assert run(published, "check", "--against", "HEAD~1")[:2] == (0, "")


@pytest.mark.parametrize("how", DAMAGES)
def test_records_that_cannot_be_read_are_not_taken_for_new(published: Path, run: Run, how: str) -> None:
    told = committed(published, PLACES, how)
    for form in ("text", "markdown", "json"):
        code, out, err = run(published, "diff", "--format", form)
        assert (code, f"error[damaged-edition]: {PLACES} of HEAD cannot be used: " in err) == (1, True)
        assert told in err
        assert "plc-" not in out
        assert "this asks for version" not in out + err
    version = json.loads(out)["summary"]["version"]
    assert version == {"from": "0.1.0", "to": "0.1.0", "level": None, "needed": None}
    assert run(published, "check")[:2] == (0, ""), "no id and no column is read from there"


@pytest.mark.parametrize("path", [DESCRIPTOR, IDS, PLACES])
def test_a_missing_file_is_damage_but_that_of_a_record_type_that_there_was_not(
    published: Path, run: Run, path: str
) -> None:
    git(published, "rm", "-q", "--cached", path)
    git(published, "commit", "-qm", "one file less")
    code, _, err = run(published, "diff")
    assert (code, f"{path} of HEAD cannot be used: it is missing" in err) == (1, True)
    assert run(published, "check")[0] == (0 if path == PLACES else 1)


def test_what_is_no_file_at_its_path_in_a_folder_is_named(published: Path, run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert run(published, "build", "--out", str(kept))[0] == 0
    for path in (IDS, PLACES):
        (kept / path).unlink()
        (kept / path).mkdir()
        code, _, err = run(published, "diff", str(kept))
        assert (code, f"[damaged-edition]: {path} of {str(kept)[:20]}" in err) == (1, True)


def test_a_published_version_whose_files_are_not_those_it_lists_is_damaged(published: Path, run: Run) -> None:
    table = published / IDS
    table.write_text("".join(table.read_text("utf-8").splitlines(keepends=True)[:-3]), "utf-8")
    git(published, "commit", "-qam", "rows are lost at the end of a line")
    git(published, "tag", "data-0.1.0")
    code, out, _ = run(published, "check")
    assert (code, f"{IDS} of data-0.1.0 cannot be used: it is not the file that" in out) == (1, True)


def test_lines_that_hold_no_id_are_no_published_ids_and_all_others_are(published: Path, run: Run) -> None:
    rows = (
        '"never closed\nLinxi Lake,place,current,,,,,,\nplc-linxi-pond,place,current,,,,,,\nplc-linxi-lake;place;;;\n'
    )
    text = (published / IDS).read_text("utf-8")
    (published / IDS).write_text(text + rows, "utf-8")
    git(published, "commit", "-qam", "rubbish at the end")
    (published / IDS).write_text(text, "utf-8")
    out = run(published, "check").stdout
    first = text.count("\n") + 1
    assert f"{IDS}:{first}:1: error[damaged-edition]: {IDS} of HEAD cannot be used: 3 lines with no ID\n" in out
    assert out.count("vanished-id") == out.count("'plc-linxi-pond' was published") == 1


@pytest.mark.parametrize("raw", [b"{", b'{"a": 1e999999}', b"[" * 99 + b"]" * 99, b"\xff", b"NUL\0", b""])
def test_json_that_cannot_be_read_is_damage(raw: bytes) -> None:
    with pytest.raises(Damaged):
        parsed("x.json", raw)


def test_a_release_is_not_made_of_changes_since_a_damaged_version(published: Path, run: Run) -> None:
    told = committed(published, PLACES, "conflict")
    git(published, "tag", "data-0.0.9")
    code, _, err = run(published, "release")
    assert (code, f"{PLACES} of data-0.0.9 cannot be used" in err, told in err) == (1, True, True)
    assert not (published / "dist").exists()


# ---- clones that cannot know what was published


def cloned(root: Path, *options: str) -> Path:
    """Return a clone of a project with a published version, in which a record and its rows were then deleted."""
    git(root, "tag", "data-0.1.0")
    (root / PLACE).unlink()
    rows = (root / IDS).read_text("utf-8").splitlines(keepends=True)
    (root / IDS).write_text("".join(each for each in rows if "plc-linxi-lake-park" not in each), "utf-8")
    list_anew(root, IDS)
    git(root, "commit", "-qam", "a record is deleted, and its rows with it")
    clone = root.parent / "clone"
    subprocess.run(["git", "clone", "-q", *options, root.as_uri(), str(clone)], check=True, capture_output=True)
    return clone


def test_a_whole_clone_tells_what_vanished(published: Path, run: Run) -> None:
    code, out, err = run(cloned(published), "check")
    assert (code, "'plc-linxi-lake-park' was published in data-0.1.0" in out) == (1, True)
    assert err.startswith("Compared with data-0.1.0.\n")


@pytest.mark.parametrize("option", ["--depth=1", "--no-tags"])
def test_a_clone_without_history_or_tags_says_that_it_cannot_know(published: Path, run: Run, option: str) -> None:
    clone = cloned(published, option)
    for command in (("check",), ("check", "--against", "HEAD"), ("check", "--pull-request")):
        code, out, _ = run(clone, *command)
        assert (code, "warning[editions-unknown]" in out) == (0, True), command
        assert run(clone, *command, "--strict")[0] == 1
    assert "warning[editions-unknown]" in run(clone, "build", "--check").stdout
    assert "warning[editions-unknown]" in run(clone, "diff").stderr


@pytest.mark.parametrize("option", ["--depth=1", "--no-tags"])
def test_no_release_is_called_the_first_where_earlier_ones_cannot_be_seen(
    published: Path, run: Run, option: str
) -> None:
    clone = cloned(published, option)
    assert run(clone, "build", "--allow-shrink")[0] == 0
    code, _, err = run(clone, "release")
    assert (code, "[editions-unknown]" in err) == (1, True)
    assert not (clone / "dist").exists()


def test_a_clone_that_has_fetched_the_tags_knows(published: Path, run: Run) -> None:
    clone = cloned(published, "--no-tags")
    git(clone, "fetch", "-q", "--tags")
    assert "vanished-id" in run(clone, "check").stdout
    shallow = published.parent / "shallow"
    shutil.rmtree(clone)
    git(published, "clone", "-q", "--depth=1", published.as_uri(), str(shallow))
    git(shallow, "fetch", "-q", "--unshallow", "--tags")
    assert "vanished-id" in run(shallow, "check").stdout


def test_a_repository_that_has_published_nothing_and_a_folder_of_none_know_that(
    published: Path, tmp_path: Path
) -> None:
    assert (unknown(published), unknown(tmp_path)) == ("", "")


def test_tags_that_are_no_versions_are_none_and_alone_they_are_told(published: Path, run: Run) -> None:
    git(published, "tag", "data-backup")
    assert latest(published).name == "HEAD"
    assert "none is called like data-1.2.3" in run(published, "check").stdout
    git(published, "tag", "data-v0.1.0")
    assert latest(published).name == "data-v0.1.0"
    assert run(published, "check", "--strict")[:2] == (0, "")


def test_versions_are_those_that_a_package_may_have(published: Path) -> None:
    for tag in ("data-0.01.0", "data-1000000.0.0", "data-1.0", "data-1.0.0-rc1", "data-0.2.0"):
        git(published, "tag", tag)
    assert [each.name for each in published_versions(published)] == ["data-0.2.0"]


# ---- another package


def renamed(root: Path) -> None:
    replace(root / "sources/package.yaml", "name: linxi-work-report", "name: xidong-work-report")
    (root / PLACE).unlink()


def test_another_name_is_a_new_beginning_and_said_to_be_one(published: Path, run: Run) -> None:
    git(published, "tag", "data-0.1.0")
    renamed(published)
    code, out, _ = run(published, "check")
    assert (code, "warning[other-package]" in out, "vanished-id" in out) == (0, True, False)
    assert run(published, "check", "--strict")[0] == 1
    assert run(published, "build")[0] == 0
    git(published, "commit", "-qam", "a package of our own")
    code, out, err = run(published, "check", "--strict")
    assert (code, out, err.startswith("Compared with HEAD (0.1.0).\n")) == (0, "", True)


def test_another_package_is_no_measure_of_rows_of_texts_and_of_new_ids(published: Path, run: Run) -> None:
    write_units(published / "sources", 9)
    assert run(published, "build")[0] == 0
    git(published, "add", "-A")
    git(published, "commit", "-qm", "more units")
    for path in (published / "sources/units").glob("unt-x*"):
        path.unlink()
    renamed(published)
    text = published / "sources/texts/doc-report.json"
    good = text.read_bytes()
    text.write_bytes(good.replace(b'"length":', b'"length": 1', 1))
    said = run(published, "check", "--against", "HEAD")[1]
    assert ("warning[other-package]" in said, "text-record-changed" in said) == (True, False)
    text.write_bytes(good)
    code, out, _ = run(published, "build")
    assert (code, "package-shrinks" in out) == (0, False)
    git(published, "checkout", "-q", "--", "build", "datapackage.json")
    assert run(published, "new", "place", "plc-linxi-lake-park", "--stdout")[0] == 0


def test_the_changes_of_another_package_ask_for_no_version(published: Path, run: Run) -> None:
    renamed(published)
    code, out, err = run(published, "diff")
    assert (code, "! plc-linxi-lake-park" in out) == (0, True)
    assert "'linxi-work-report' and 'xidong-work-report' are two data packages, so no version is asked for" in err


def test_what_is_compared_is_said(published: Path, run: Run) -> None:
    assert run(published, "check").stderr.startswith("Compared with HEAD (0.1.0).\n")
    assert run(published, "diff", "HEAD", "HEAD").stderr.startswith("HEAD (0.1.0) compared with HEAD (0.1.0).\n")
    git(published, "rm", "-rq", "--cached", "build", DESCRIPTOR)
    git(published, "commit", "-qm", "no package")
    said = "There is no published data in HEAD to compare with.\n"
    assert run(published, "check", "--against", "HEAD")[:2] == (0, "")
    assert run(published, "check", "--against", "HEAD").stderr.startswith(said)
    code, out, err = run(published, "diff", "HEAD")
    assert (code, out.count("+ "), "nothing was published before" in err) == (0, out.count("\n"), True)
