"""What an edition from a stranger says drives nothing that shows it, and whatever it holds, no command breaks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command_line import Run
from factpack.cli.cite import STYLES
from factpack.problems import visible

EVIL = "\x1b[31mred\n::error file=README.md::forged\n##[error]x\u202e\x9b"
ODD = [
    "",
    "x",
    "1",
    "1.2",
    "1.2.3.4",
    "1.x.0",
    "-1.0.0",
    "９.0.0",
    "1.0.0\x00",
    "9" * 5000,
    None,
    5,
    [],
    {},
    EVIL,
    "\ud800",
]


@pytest.fixture
def foreign(published: Path) -> Path:
    """A folder with a copy of the package, to be forged."""
    folder = published.parent / "foreign"
    for path in [published / "datapackage.json", *(published / "build").rglob("*.*")]:
        copy = folder / path.relative_to(published)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    return folder


def change(path: Path, how: Any) -> None:
    found = json.loads(path.read_bytes())
    path.write_text(json.dumps(how(found) or found))


def runs(run: Run, root: Path, foreign: Path) -> Iterator[str]:
    """Yield what each command prints that reads an edition; demand that it ends in an orderly way."""
    for command in (
        ("diff", str(foreign)),
        ("diff", str(foreign), "--format", "markdown"),
        ("diff", str(foreign), "--format", "json"),
        ("diff", "HEAD", str(foreign)),
        ("diff", "HEAD", str(foreign), "--format", "markdown"),
        ("check", "--against", str(foreign)),
        ("check", "--against", str(foreign), "--format", "github"),
        ("release", "--since", str(foreign)),
    ):
        code, out, err = run(root, *command)
        assert (code in (0, 1, 2), "Traceback" in err) == (True, False), (command, err)
        yield out + err


def drives(text: str) -> bool:
    """Say whether a text drives a terminal or GitHub's runner."""
    lines = text.split("\n")
    return any(visible(line) != line or line.lstrip().startswith("::error file=README") for line in lines)


def forge(foreign: Path) -> None:
    """Put what drives a terminal into ids, field paths, values, columns and retirements."""
    change(
        foreign / "build" / "json" / "places.json",
        lambda listed: (
            [{**each, f"more{EVIL}": EVIL, "parts": {EVIL: [{"id": EVIL, EVIL: 1}]}} for each in listed]
            + [{"id": f"plc-{EVIL}", "name": {"zh": EVIL, "en": EVIL}}]
        ),
    )
    with (foreign / "build" / "csv" / "ids.csv").open("a", newline="") as file:
        quoted = EVIL.replace('"', '""')
        file.write(f'"plc-{quoted}",place,retired,"{quoted}","{quoted}"\n')

    def columns(descriptor: dict[str, Any]) -> None:
        for each in descriptor["resources"][:3]:
            each["name"] += EVIL
        descriptor["resources"][4]["schema"]["fields"].append({"name": EVIL})

    change(foreign / "datapackage.json", columns)


def test_what_it_says_is_shown_escaped_in_every_form(published: Path, foreign: Path, run: Run) -> None:
    forge(foreign)
    said = list(runs(run, published, foreign))
    assert any("forged" in each for each in said)
    assert [each for each in said if drives(each)] == []


def test_a_retirement_in_it_is_escaped_in_markdown(published: Path, foreign: Path, run: Run) -> None:
    change(foreign / "build" / "json" / "places.json", lambda listed: listed[1:])
    ids = foreign / "build" / "csv" / "ids.csv"
    first = json.loads((published / "build" / "json" / "places.json").read_bytes())[0]["id"]
    lines = [line for line in ids.read_text("utf-8").splitlines() if not line.startswith(f"{first},")]
    header = lines[0].split(",")
    row = {"id": first, "kind": "place", "state": "retired", "since": "<img src=x>", "replaced_by_id": "@you"}
    ids.write_text("\n".join([*lines, ",".join(row.get(name, "") for name in header)]) + "\n")
    out = run(published, "diff", "HEAD", str(foreign), "--format", "markdown").stdout
    assert "### Retired" in out
    assert "<img" not in out
    assert "@you" not in out


@pytest.mark.parametrize("version", ODD, ids=range(len(ODD)))
def test_an_odd_version_is_no_bug(published: Path, foreign: Path, run: Run, version: object) -> None:
    change(foreign / "datapackage.json", lambda found: {**found, "version": version})
    assert not any(drives(each) for each in runs(run, published, foreign))


SHAPES: tuple[Any, ...] = (
    None,
    5,
    "x",
    [],
    {},
    [None],
    [5],
    [[]],
    [{}],
    {"a": 1},
    [{"name": []}],
    [{"id": []}],
    [{"id": 5}],
)


@pytest.mark.parametrize("shape", SHAPES, ids=repr)
def test_an_odd_shape_is_no_bug(published: Path, foreign: Path, run: Run, shape: object) -> None:
    change(foreign / "build" / "json" / "places.json", lambda _: shape)
    change(foreign / "build" / "json" / "units.json", lambda listed: [{**each, "name": shape} for each in listed])
    change(foreign / "datapackage.json", lambda found: {**found, "resources": shape})
    list(runs(run, published, foreign))
    for schema in ({"fields": shape}, shape):
        change(foreign / "datapackage.json", lambda _: {"version": "0.1.0", "resources": [{"schema": schema}]})  # noqa: B023
        list(runs(run, published, foreign))


@pytest.mark.parametrize("raw", ["1e999999999", "-1e-999999999", "1" * 6000, "NaN", "[" * 300 + "]" * 300, "[" * 9**5])
def test_a_number_or_a_nest_without_end_is_no_bug(published: Path, foreign: Path, run: Run, raw: str) -> None:
    (foreign / "build" / "json" / "places.json").write_text(f'[{{"id": "plc-x", "more": {raw}}}]')
    list(runs(run, published, foreign))


def test_a_table_of_ids_that_is_none_is_told(published: Path, foreign: Path, run_process: Run) -> None:
    (foreign / "build" / "csv" / "ids.csv").write_text(f'id,kind\n"{"x" * 200_000}"\n')
    code, _, err = run_process(published, "diff", str(foreign))  # libraries that other tests load widen csv's limit
    assert (code, "error[damaged-edition]: build/csv/ids.csv of " in err) == (1, True)


@pytest.mark.parametrize("style", STYLES)
def test_a_citation_has_no_more_lines_than_its_style_whatever_a_title_holds(
    published: Path, run: Run, style: str
) -> None:
    before = run(published, "cite", "--style", style).stdout

    def forged(found: dict[str, Any]) -> None:
        for key in ("x-title", "x-description"):
            found[key] = {language: f"{text}\n{EVIL}\r\u2028x" for language, text in found[key].items()}
        for each in found["contributors"]:
            each["title"] += EVIL
        found["homepage"] = f"https://example.org/{EVIL}"

    change(published / "datapackage.json", forged)
    out = run(published, "cite", "--style", style).stdout
    assert "forged" in out
    assert not drives(out)
    assert len(out.splitlines()) - len(before.splitlines()) in (0, 1), "one more where there was no address"
    assert style not in ("gbt7714", "apa") or out.count("\n") == 1
