"""No surprise from a file: what is wrong is told where it stands, and what is good gives no problem."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from command_line import Run
from factpack.disk.project import TEXT_RECORD_LIMIT, Project
from factpack.report import as_json, as_text, github
from factpack.source.documents import load
from factpack.words import LANGUAGES
from laws import hostile_files as hostile
from laws.hostile_files import Case
from projects import MINIMAL, assemble, write_reference

BAD = hostile.bad()
GOOD = hostile.good()
Told = Mapping[str, list[str]]


def project_of(root: Path, cases: list[Case]) -> Path:
    """Return a project with the files of the cases among those of the good project `minimal`."""
    assemble(root, MINIMAL)
    write_reference(root)
    for case in cases:
        (root / case.path).write_bytes(case.raw)
    return root


@pytest.fixture(scope="module")
def told(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What one run of the real command says of all wrong files, by path."""
    root = project_of(tmp_path_factory.mktemp("bad") / "project", BAD)
    code, out, err = run(root, "check", "--format", "json")
    assert (code, err) == (1, "")
    found: dict[str, list[str]] = {}
    for each in json.loads(out)["problems"]:
        found.setdefault(each["path"], []).append(f"{each['line']}:{each['column']} {each['code']}")
    return found


@pytest.fixture(scope="module")
def good(run: Run, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What one run of the real command prints of all good files."""
    root = project_of(tmp_path_factory.mktemp("good") / "project", GOOD)
    code, out, err = run(root, "check")
    assert "Traceback" not in err
    assert code == (1 if out else 0)
    return out


def test_the_tables_are_large_and_no_case_hides_another() -> None:
    assert len(BAD) >= 250
    assert len(GOOD) + len(hostile.LOADED) >= 60
    assert len({case.path for case in BAD}) == len(BAD)
    assert len({case.path for case in GOOD}) == len(GOOD)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.id)
def test_a_wrong_file_gives_exactly_its_problems(case: Case, told: Told) -> None:
    assert sorted(told.get(case.path, [])) == sorted(case.expected)


def test_no_problem_of_a_wrong_file_is_told_of_another(told: Told) -> None:
    assert set(told) == {case.path for case in BAD}


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.id)
def test_a_good_file_gives_no_problem(case: Case, good: str) -> None:
    assert case.path not in good


def test_good_files_give_no_problem_anywhere(good: str) -> None:
    assert good == ""


def test_what_is_written_is_the_text_that_is_read() -> None:
    assert len(GOOD) >= len(hostile.FINE) > 0
    for case, text in zip(GOOD, hostile.FINE.values(), strict=False):
        data = load(case.path, case.raw).data
        assert data is not None
        assert data["evidence"] == [{"document": "doc-manual", "locator": text}], case.id


@pytest.mark.parametrize("name", hostile.LOADED)
def test_a_limit_may_be_reached(name: str) -> None:
    document = load("sources/places/plc-x.yaml", hostile.LOADED[name].encode("utf-8"))
    assert (document.problems, document.data is None) == ((), False)


@pytest.mark.timeout(120)
def test_every_file_is_read_to_an_end() -> None:
    for case in (*BAD, *GOOD):
        document = load(case.path, case.raw)
        assert document.problems or document.data is not None, case.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_value_gets_out_of_its_line_in_any_format(language: str) -> None:
    problems = sorted({each for case in BAD for each in load(case.path, case.raw).problems})
    tens = [problems[start : start + github.ANNOTATIONS] for start in range(0, len(problems), github.ANNOTATIONS)]
    text, commands = as_text.text(problems, language), "".join(github.github(ten, language) for ten in tens)
    told = as_json.as_json(problems, {}, language)
    assert len(text.split("\n")) == 2 * len(problems) + 1
    assert all(line.startswith(("sources/", "  ")) for line in text.split("\n") if line)
    assert len(commands.split("\n")) == len(problems) + 1
    assert all(line.startswith("::error file=sources/") for line in commands.split("\n") if line)
    assert len(json.loads(told)["problems"]) == len(problems)
    for line in (text + commands + told).split("\n"):
        assert line.replace("\u3000", "").replace("\u00a0", "").isprintable(), ascii(line)
        assert "##[" not in line


NAMES: dict[str, str] = {
    **dict.fromkeys(
        (
            *(".DS_Store", "._plc-a.yaml~", "Thumbs.db", "desktop.ini", ".gitkeep", "README.md", "plc-a", "nul", "aux"),
            *("plc-a.yaml~", "plc-a.yaml.bak", "plc-a.yaml.orig", "plc-a.yaml.rej", ".plc-a.yaml.swp", "#plc-a.yaml#"),
            *("plc-a.yml", "plc-a.YAML", "plc-a.Yaml", "plc-a.json", "plc-a.yaml ", "plc-a.yaml.", "plc-a.yaml\n", "-"),
        ),
        "not-a-record",
    ),
    **dict.fromkeys(
        (
            *("plc-A.yaml", "PLC-a.yaml", "Plc-linxi.yaml", "plc-LINXI.yaml", "plc-linxi.yaml.yaml", ".yaml"),
            *("plc-caf\u00e9.yaml", "plc-cafe\u0301.yaml", "plc-\ufb01.yaml", "plc-\uff41.yaml", "plc-\u0430.yaml"),
            *("plc-a\n.yaml", "plc-a\r.yaml", "plc-a\t.yaml", "plc-a\x1b[31m.yaml", "plc-a\u202e.yaml"),
            *("plc-.yaml", "plc-a-.yaml", "plc--a.yaml", "plc-a--b.yaml", "plc-a_b.yaml", "plc-a.b.yaml", "con.yaml"),
            *(" plc-a.yaml", "plc-a .yaml", "plc-a (1).yaml", "plc-a - 副本.yaml", "._plc-a.yaml", "plc-\u2028.yaml"),
            *("--help.yaml", "$(id).yaml", "`id`.yaml", "';x.yaml", "*.yaml", "\\plc-a.yaml", "C:plc-a.yaml"),
            *("::error::x.yaml", "##[error]x.yaml", "%0A::error::x.yaml", "a,line=1::x.yaml", "ind-a.yaml", "plc.yaml"),
            *(f"plc-{'a' * 77}.yaml", "Copy of plc-a.yaml"),
            *(os.fsdecode(b"plc-\xff.yaml"), os.fsdecode(b"plc-\xed\xa0\x80.yaml"), os.fsdecode(b"\xc4\xe3.yaml")),
        ),
        "bad-file-name",
    ),
}
"""Names of files in a folder of places, each with the problem it gives."""


def test_each_file_name_is_a_record_or_a_problem_in_every_format(minimal: Path, run: Run) -> None:
    for name in NAMES:
        (minimal / "sources" / "places" / name).write_bytes(b"")
    found = json.loads(run(minimal, "check", "--format", "json")[1])["problems"]
    told = {each["path"].removeprefix("sources/places/"): each["code"] for each in found}
    assert {name.encode("utf-8", "surrogatepass"): code for name, code in told.items()} == {
        name.encode("utf-8", "surrogatepass"): code for name, code in NAMES.items()
    }
    for form, lines in (("text", 2 * len(NAMES)), ("github", github.ANNOTATIONS + 1)):  # and how many more there are
        code, out, err = run(minimal, "check", "--format", form)
        assert (code, "Traceback" in err) == (1, False)
        assert len(out.splitlines()) == lines
        assert all(line.isprintable() and "##[" not in line for line in out.split("\n"))


def link(root: Path, path: Path) -> None:
    """Put a link to a place outside, with what is there moved to it, or a good record where there is nothing."""
    outside = root.with_name("outside")
    if path.exists():
        shutil.move(path, outside)
    else:
        shutil.copy(root / "sources" / "places" / "plc-linxi.yaml", outside)
    path.symlink_to(outside)


def link_to(target: str) -> Callable[[Path, Path], None]:
    """Return what puts a link to a target in the place of a file."""

    def link_to_target(_: Path, path: Path) -> None:
        path.unlink(missing_ok=True)
        path.symlink_to(target)

    return link_to_target


def fifo(_: Path, path: Path) -> None:
    """Put a pipe in the place of a file or folder."""
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    os.mkfifo(path)


def folder(_: Path, path: Path) -> None:
    """Put a folder in the place of a file."""
    path.unlink(missing_ok=True)
    path.mkdir()


def file(_: Path, path: Path) -> None:
    """Put a file in the place of a folder."""
    shutil.rmtree(path)
    path.write_text("id: x\n", "utf-8")


def endless(_: Path, path: Path) -> None:
    """Put a file that is larger than any may be."""
    path.write_bytes(b" " * (TEXT_RECORD_LIMIT + 1))


THINGS: tuple[tuple[Callable[[Path, Path], None], str, str], ...] = (
    (link, "sources/places/plc-x.yaml", "not-a-record"),
    (link_to("/dev/zero"), "sources/places/plc-x.yaml", "not-a-record"),
    (link_to("plc-x.yaml"), "sources/places/plc-x.yaml", "not-a-record"),
    (link_to("nowhere"), "sources/places/plc-x.yaml", "not-a-record"),
    (fifo, "sources/places/plc-x.yaml", "not-a-record"),
    (folder, "sources/places/plc-x.yaml", "not-a-record"),
    (link, "sources/glossary", "not-regular"),
    (fifo, "sources/glossary", "not-regular"),
    (file, "sources/glossary", "unreadable"),
    (link, "sources/Glossary", "not-a-record"),
    (fifo, "sources/x", "not-a-record"),
    (link, "sources/texts", "not-regular"),
    (file, "sources/texts", "unreadable"),
    (link, "sources/texts/doc-report.json", "bad-text-record"),
    (link_to("/dev/zero"), "sources/texts/doc-report.json", "bad-text-record"),
    (fifo, "sources/texts/doc-report.json", "bad-text-record"),
    (folder, "sources/texts/doc-report.json", "bad-text-record"),
    (endless, "sources/texts/doc-report.json", "bad-text-record"),
    (fifo, "sources/texts/x.json", "not-a-record"),
    (link, "sources/package.yaml", "not-regular"),
    (endless, "sources/package.yaml", "file-too-large"),
    (link, "sources", "not-regular"),
    (link, "schemas", "not-regular"),
    (file, "schemas", "unreadable"),
    (fifo, "schemas", "not-regular"),
    (link, "schemas/place.schema.json", "not-regular"),
    (link_to("/dev/zero"), "schemas/defs.schema.json", "not-regular"),
    (link_to("nowhere"), "schemas/x.schema.json", "not-regular"),
    (fifo, "schemas/place.schema.json", "not-regular"),
    (fifo, "schemas/x.schema.json", "not-regular"),
    (folder, "schemas/place.schema.json", "unreadable"),
    (endless, "schemas/place.schema.json", "file-too-large"),
)
"""What may stand where a file or folder should, and the problem it gives there."""


@pytest.mark.parametrize(("make", "path", "code"), THINGS, ids=lambda each: getattr(each, "__name__", each))
def test_what_is_no_plain_file_is_told_and_neither_followed_nor_waited_for(
    make: Callable[[Path, Path], None], path: str, code: str, minimal: Path, run: Run
) -> None:
    make(minimal, minimal / path)
    exit_code, out, err = run(minimal, "check", "--format", "json")
    problems = json.loads(out)["problems"]
    assert (exit_code, err) == (1, "")
    assert [each["code"] for each in problems if each["path"] == path] == [code]
    assert not [each for each in problems if each["path"] != path and each["code"] not in FOLLOWING]


FOLLOWING = {"unverified-quote", "uncovered-number"}
"""What is told too where a text or the records that use its numbers cannot be read."""


def test_a_record_behind_a_linked_folder_does_not_exist(minimal: Path) -> None:
    link(minimal, minimal / "sources" / "places")
    assert not Project(minimal).exists("places", "plc-linxi")
    assert Project(minimal).listing("places", "plc")[0] == []


def test_no_name_of_a_record_leads_out_of_its_folder(minimal: Path) -> None:
    names = ("../units/unt-rank", "plc-linxi.yaml/..", "plc-linxi\0", "plc-linxi ", "./plc-linxi", "PLC-LINXI")
    assert not [name for name in names if Project(minimal).exists("places", name)]


def test_a_schema_reads_no_other_file(minimal: Path, run: Run) -> None:
    fifo(minimal, minimal / "pipe")  # whoever opens it waits for ever
    for name, old in (("defs", '"pattern": "^['), ("dialect", '"$ref": "#/$defs/kind"'), ("place", '"$ref": "defs')):
        path = minimal / "schemas" / f"{name}.schema.json"
        before = path.read_text("utf-8")
        path.write_text(before.replace(old, f'"$ref": "file://{minimal}/pipe", "x-old": "', 1), "utf-8")
        code, out, err = run(minimal, "check", "--format", "json")
        path.write_text(before, "utf-8")
        assert (code, err) == (1, "")
        assert {each["path"] for each in json.loads(out)["problems"]} <= {f"schemas/{name}.schema.json"}
