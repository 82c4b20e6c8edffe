"""`new` and `fmt` as a contributor meets them."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

from command_line import FACTPACK, Run, called, called_in_a_process
from projects import tree

LAKE = "sources/places/plc-linxi-lake.yaml"
GIVEN = ("--zh", "溪东桥", "--en", "Xidong Bridge", "--document", "doc-report", "--paragraph", "3", "--quote", "溪东")


# ---- new


def test_a_draft_lies_where_its_record_belongs_and_check_names_what_is_missing(minimal: Path, run: Run) -> None:
    code, out, err = run(minimal, "new", "place", *GIVEN)
    assert (code, out) == (0, "sources/places/plc-xidong-bridge.yaml\n")
    path = minimal / "sources" / "places" / "plc-xidong-bridge.yaml"
    assert err.endswith(f"factpack --root {minimal} check {path}\n")
    code, out, _ = run(minimal, "check", str(minimal / "sources/places/plc-xidong-bridge.yaml"))
    assert code == 1
    assert [line.split(": ")[1:3] for line in out.splitlines()[::2]] == [
        ["error[no-value]", "the field 'kind' has no value"]
    ]


def test_a_draft_with_everything_given_is_a_record(minimal: Path, run: Run) -> None:
    quote = ("--document", "doc-report", "--paragraph", "3", "--quote", "溪东小学")
    given = ("--zh", "溪东小学", "--en", "Linxi shore", *quote, "--set", "kind=lake")
    assert run(minimal, "new", "place", *given)[0] == 0
    assert run(minimal, "check")[:2] == (0, "")
    assert run(minimal, "fmt", "--check", str(minimal / "sources/places/plc-linxi-shore.yaml"))[0] == 0


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("bridge", "brg-x"), "there is no record type 'bridge'; choose one of: document, indicator, "),
        (("place",), "give an ID (plc-…), or the English name"),
        (("place", "plc-linxi-lake"), "the id plc-linxi-lake is taken"),
        (("place", "plc-Linxi"), "files in places are called plc-<words>.yaml"),
        (("place", "plc-x", "--set", "kind"), "--set needs PATH=VALUE, not 'kind'"),
        (("place", "plc-x", "--set", "colour=red"), "there is no value at colour"),
    ],
)
def test_what_no_draft_can_be_made_of_is_told_and_nothing_is_written(
    minimal: Path, run: Run, args: tuple[str, ...], told: str
) -> None:
    before = sorted((minimal / "sources").rglob("*"))
    code, out, err = run(minimal, "new", *args)
    assert (code, out) == (2, "")
    assert told in err
    assert sorted((minimal / "sources").rglob("*")) == before


def test_an_id_that_was_ever_published_is_taken(published: Path, run: Run) -> None:
    (published / LAKE).unlink()
    assert "is taken" in run(published, "new", "place", "plc-linxi-lake")[2]


def test_stdout_shows_the_draft_and_writes_nothing_and_plain_leaves_the_help_out(minimal: Path, run: Run) -> None:
    code, out, _ = run(minimal, "new", "unit", "unt-mile", "--stdout", "--plain")
    assert code == 0
    assert out.startswith("# yaml-language-server: $schema=../../schemas/unit.schema.json\nid: unt-mile\nname:\n")
    assert out.count("#") == 1
    assert not (minimal / "sources/units/unt-mile.yaml").exists()


def test_on_a_terminal_what_is_missing_is_asked_for(minimal: Path) -> None:
    main, side = pty.openpty()
    command = [FACTPACK, "--root", minimal, "--lang", "en", "new", "place", "--en", "Xidong Bridge"]
    child = subprocess.Popen(command, stdin=side, stdout=side, stderr=side)
    os.close(side)
    os.write(main, "\n溪东桥\nbuilding\ndoc-report\n3\n\n".encode())
    said = b""
    while True:
        try:
            said += os.read(main, 4096)
        except OSError:  # the other end is closed
            break
    assert child.wait(10) == 0, said.decode()
    assert "heritage  Heritage site" in said.decode()
    made = (minimal / "sources/places/plc-xidong-bridge.yaml").read_text("utf-8")
    assert "zh: 溪东桥\n" in made
    assert "kind: building\n" in made
    assert "quote:\n" in made


def test_a_value_is_read_as_utf_8_in_a_locale_of_other_characters(minimal: Path) -> None:
    env = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    args = ["--root", minimal, "--lang", "zh", "new", "place", "--zh", "溪东桥", "--en", "Xidong Bridge"]
    code, out, err = called_in_a_process(*args, env={**os.environ, **env})
    assert (code, out) == (0, "sources/places/plc-xidong-bridge.yaml\n"), err
    assert err.startswith("草稿已生成；")
    assert "  zh: 溪东桥\n" in (minimal / out.strip()).read_text("utf-8")


@pytest.mark.parametrize("args", [["--zh", "溪\udcff"], ["--set", "name.zh=溪\udcff"]])
def test_a_value_of_other_bytes_is_a_mistake(minimal: Path, args: list[str]) -> None:
    before = tree(minimal)
    code, out, err = called("--root", minimal, "--lang", "en", "new", "place", "plc-xidong-bridge", *args)
    assert (code, out, tree(minimal)) == (2, "", before)
    assert "\\udcff' is not a text in UTF-8" in err


# ---- fmt


def untidy(root: Path) -> bytes:
    """Put a record into another layout; return how it was."""
    path = root / LAKE
    tidy = path.read_bytes()
    head, _, rest = tidy.decode("utf-8").partition("name:\n")
    rest = rest.replace("kind: lake\n", "")
    path.write_bytes(f"{head}kind:  'lake'\nname:\n{rest}".encode())
    return tidy


def test_fmt_lays_a_record_out_again_and_says_which(minimal: Path, run: Run) -> None:
    assert run(minimal, "fmt")[0] == 0
    tidy = untidy(minimal)
    assert run(minimal, "fmt", "--check") == (1, f"{LAKE}\n", "1 file would change; 0 errors\n")
    assert (minimal / LAKE).read_bytes() != tidy
    assert run(minimal, "fmt", str(minimal / "sources/projects"))[:2] == (0, "")
    assert run(minimal, "fmt") == (0, f"{LAKE}\n", "1 file formatted; 0 errors\n")
    assert (minimal / LAKE).read_bytes() == tidy
    assert run(minimal, "fmt", "--check") == (0, "", "No file needs changes; 0 errors\n")


def test_fmt_leaves_a_file_that_it_cannot_read_and_tells_its_problems(minimal: Path, run: Run) -> None:
    assert run(minimal, "fmt")[0] == 0
    (minimal / LAKE).write_text("id: a\n\tname: b\n")
    code, out, err = run(minimal, "fmt")
    assert code == 1
    assert f"{LAKE}:2:1: error[tab]" in out
    assert err == "No file needs changes; 1 error\n"
    assert (minimal / LAKE).read_text() == "id: a\n\tname: b\n"
