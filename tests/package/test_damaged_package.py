"""A package that is not whole is named by the file that is wrong, and nothing is read out of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from command_line import Run
from factpack.disk.files import OutputError
from factpack.disk.publish import publish
from factpack.disk.publish import published as files_of
from projects import git

DESCRIPTOR, PLACES = "datapackage.json", "build/csv/places.csv"
READERS = (
    ("outcomes",),
    ("cite",),
    ("cite", "plc-linxi"),
    ("show", "plc-linxi"),
    ("show", "plc-linxi", "--format", "json"),
)
ODD = (None, "x", [])
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "GBK": lambda raw: raw.decode().encode("gbk", "ignore"),
    "UTF-16": lambda raw: raw.decode().encode("utf-16"),
    "byte order mark": lambda raw: b"\xef\xbb\xbf" + raw,
    "semicolons": lambda raw: raw.replace(b",", b";"),
    "conflict": lambda raw: b"<<<<<<< HEAD\n" + raw,
    "cut off": lambda raw: raw[:-9],
    "empty": lambda _: b"",
}


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("path", [DESCRIPTOR, PLACES, "build/json/places.json"])
def test_a_damaged_file_is_named(published: Path, run: Run, path: str, how: str) -> None:
    file = published / path
    file.write_bytes(DAMAGES[how](file.read_bytes()))
    for command in READERS:
        code, out, err = run(published, *command)
        assert (code, out, f"missing or incomplete ({path})" in err) == (2, "", True), command


def test_a_missing_file_is_named(published: Path, run: Run) -> None:
    (published / PLACES).unlink()
    assert f"missing or incomplete ({PLACES})" in run(published, "cite").stderr


def changes(descriptor: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """Return the objects of a descriptor, each with a key in it, of which a reader may ask."""
    places = next(each for each in descriptor["resources"] if each["path"] == PLACES)
    return [(holder, key) for holder in (descriptor, places, places["schema"]) for key in holder]


def test_no_descriptor_whatever_it_says_is_a_bug(published: Path, run: Run) -> None:
    file = published / DESCRIPTOR
    whole = file.read_text("utf-8")
    for at in range(len(changes(json.loads(whole)))):
        for odd in ODD:
            found = json.loads(whole)
            holder, key = changes(found)[at]
            holder[key] = odd
            file.write_text(json.dumps(found), "utf-8")
            for command in READERS[2:3]:
                code, _, err = run(published, *command)
                assert (code in (0, 1, 2), "Traceback" in err) == (True, False), (key, odd, err)


def test_a_release_with_a_damaged_file_is_not_offered(tmp_path: Path) -> None:
    publish(tmp_path, tmp_path / "release", [("a.zip", b"whole"), ("b/c.csv", b"x"), (".nojekyll", b"")])
    assert files_of(tmp_path / "release") == {"a.zip": b"whole", "b/c.csv": b"x"}
    (tmp_path / "release" / "a.zip").write_bytes(b"hole")
    with pytest.raises(OutputError, match=r"a\.zip: is not the file that SHA256SUMS lists"):
        files_of(tmp_path / "release")


# ---- what `coverage` reads


def test_numbers_of_a_text_that_cannot_be_read_are_not_taken_for_none(published: Path, run: Run) -> None:
    assert run(published, "coverage")[0] == 0
    (published / "sources/texts/doc-report.json").write_text("<<<<<<< HEAD\n")
    code, _, err = run(published, "coverage")
    assert (code, "run factpack check" in err) == (1, True)


def test_coverage_tells_that_results_came_with_the_branch(published: Path, run: Run) -> None:
    (published / ".factpack").mkdir(exist_ok=True)
    (published / ".factpack" / "x").write_text("x")
    git(published, "add", "-f", ".factpack")
    code, out, _ = run(published, "coverage")
    assert (code, "error[tracked-results]" in out) == (1, True)
