"""What lies in `build/` is output: whatever it holds, a build replaces it and is not stopped by it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Run
from projects import commit_all, retire, tree

IDS, PLACES = "build/csv/ids.csv", "build/csv/places.csv"


def write(path: str, how: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    """Return what changes the bytes of a file, which is made where it is missing."""

    def change(root: Path) -> None:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(how(file.read_bytes() if file.is_file() else b""))

    return change


def instead(path: str, put: Callable[[Path], object]) -> Callable[[Path], object]:
    """Return what puts something else in place of a file or folder."""

    def change(root: Path) -> None:
        at = root / path
        shutil.rmtree(at) if at.is_dir() else at.unlink()
        put(at)

    return change


def folder(at: Path) -> None:
    at.mkdir()
    (at / "x.csv").write_text("a\n" * 99)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a merge that doubled a table": write(PLACES, lambda raw: raw * 3),
    "a table of other lines": write(PLACES, lambda _: b"x\n" * 9999),
    "a table in UTF-16": write(PLACES, lambda raw: raw.decode().encode("utf-16")),
    "a table in GBK": write(PLACES, lambda raw: raw.decode().encode("gbk", "ignore")),
    "a quotation mark never closed": write(PLACES, lambda raw: raw + b'"'),
    "an empty table": write(PLACES, lambda _: b""),
    "rubbish in the table of ids": write(IDS, lambda _: b"rubbish\n\0\n"),
    "a conflict in the table of ids": write(IDS, lambda raw: b"<<<<<<< HEAD\n" + raw),
    "the table of ids in UTF-16": write(IDS, lambda raw: raw.decode().encode("utf-16")),
    "the table of ids with semicolons": write(IDS, lambda raw: raw.replace(b",", b";")),
    "a table of ids of one line": write(IDS, lambda _: b"x" * 3_000_000),
    "an empty table of ids": write(IDS, lambda _: b""),
    "a foreign descriptor": write("datapackage.json", lambda _: b'{"name": "other", "resources": []}'),
    "a damaged descriptor": write("datapackage.json", lambda raw: b"<<<<<<<\n" + raw),
    "a descriptor without anything": write("datapackage.json", lambda _: b"{}"),
    "a foreign table": write("build/csv/old.csv", lambda _: b"a\n" * 500),
    "a name that no build gives": write("build/csv/Größe x.csv", lambda _: b"a\n" * 500),
    "a folder of others": write("build/lib/x.csv", lambda _: b"a\n" * 500),
    "a folder in place of a table": instead(PLACES, folder),
    "a folder in place of the table of ids": instead(IDS, folder),
    "a file in place of a folder": instead("build/csv", lambda at: at.write_text("x")),
    "a link in place of a folder": instead("build/csv", lambda at: at.symlink_to("/")),
    "a link in place of the table of ids": instead(IDS, lambda at: at.symlink_to("/etc/passwd")),
    "a pipe in place of a table": instead(PLACES, os.mkfifo),
    "no tables": lambda root: shutil.rmtree(root / "build"),
}


@pytest.mark.parametrize("git", [False, True], ids=["without git", "with git"])
@pytest.mark.parametrize("how", DAMAGES)
def test_a_build_replaces_what_is_damaged(minimal: Path, run: Run, how: str, git: bool) -> None:
    assert run(minimal, "build")[0] == 0
    if git:
        commit_all(minimal)
    whole = tree(minimal)
    DAMAGES[how](minimal)
    code, out, _ = run(minimal, "check")
    assert (code, "error[" in out) == (0, False)
    code, out, _ = run(minimal, "build")
    assert (code, "error[" in out) == (0, False)
    damaged = [line.partition(":")[0] for line in out.splitlines() if "[damaged-edition]" in line]
    assert {*damaged} == {"datapackage.json"} or len(damaged) == len({*damaged}), "one damaged file is told once"
    assert tree(minimal) == whole
    assert run(minimal, "build", "--check")[:2] == (0, "")


def test_without_git_the_damage_of_what_is_compared_is_told(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    DAMAGES["a conflict in the table of ids"](minimal)
    said = f"{IDS}:1:1: warning[damaged-edition]: {IDS} of the last build cannot be used: it contains the marker"
    assert run(minimal, "check").stdout.startswith(said)
    assert run(minimal, "check", "--strict")[0] == 1


def test_a_damaged_table_does_not_hide_that_a_build_would_shrink(published: Path, run: Run) -> None:
    retire(published / "sources/places/plc-linxi-lake-park.yaml")
    DAMAGES["a table in UTF-16"](published)
    out = run(published, "build").stdout
    assert f"{PLACES}:1:1: error[package-shrinks]: this table had 3 rows and would have 2" in out


def test_a_table_of_which_nobody_knows_the_rows_is_told(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    DAMAGES["a table in GBK"](minimal)
    said = f"{PLACES}:1:1: warning[damaged-edition]: {PLACES} of the last build cannot be used: it is not the file that"
    assert run(minimal, "build").stdout.startswith(said)
