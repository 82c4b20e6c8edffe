"""Whatever schemas allow as a name, nothing is written or read outside the project, and no archive leads out of it.

Every pattern and length of every schema is taken away, and one name after the other is a hostile one. A command may
refuse such a project, at whatever step.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from laws.test_replaced_paths import PUBLISHING
from laws.watched import SECRET, run_all, secrets_in, surroundings
from projects import MINIMAL, assemble, replace

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are forked")
NAMES = (
    *("../../evil", "../../../../../evil", "{outside}/evil", "a/../../../../evil", "..", ".", "", "a/b", "./a", "a//b"),
    *("..\\..\\evil", "C:evil", "C:\\evil", "evil\n", "-rf", "~", "x" * 300, "con.", "\u202egpj", "a\0b", "武昌"),
)
PLACES = {"x-table": "places", "x-folder": "places", "x-prefix": "plc", "x-label": "name"}
"""What a schema of records names, each with what places have there."""
COMMANDS = (
    *(("check",), ("build",), *PUBLISHING, ("build", "--out", "made")),
    *(
        ("fmt",),
        ("new", "place", "--zh", "溪东桥", "--en", "Xidong Bridge"),
        ("show", "plc-linxi"),
        ("outcomes",),
        ("cite",),
    ),
)


def loosened(node: Any) -> Any:
    """Return a schema without what limits a text."""
    if isinstance(node, list):
        return [loosened(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: loosened(value)
        for key, value in node.items()
        if not (key == "pattern" and isinstance(value, str)) and key not in ("minLength", "maxLength", "not")
    }


def loosen(schemas: Path) -> None:
    """Take every pattern and length out of the schemas, and all that says what schemas may be."""
    for path in schemas.iterdir():
        schema = loosened(json.loads(path.read_text("utf-8")))
        if path.name == "dialect.schema.json":
            schema["$defs"] |= {"kind": {}, "definitions": {}, "metadata": {}}
        path.write_text(json.dumps(schema, ensure_ascii=False), "utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with loosened schemas, deep enough that names lead to folders beside it."""
    root = assemble(tmp_path / "deep" / "deeper" / "project", MINIMAL)
    loosen(root / "schemas")
    for name in ("outside/file", "outside/evil.csv", "deep/evil.csv", "deep/deeper/evil/plc-x.yaml", "evil.zip"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(SECRET)
    return root


def cases() -> Iterator[tuple[str, str]]:
    for name in NAMES:
        yield "package", name
        yield "x-table", name
    for what in ("x-folder", "x-prefix", "x-label"):
        yield from ((what, name) for name in NAMES[:3])


@pytest.mark.parametrize(("what", "name"), [*cases()])
def test_a_hostile_name_leads_nowhere(project: Path, tmp_path: Path, what: str, name: str) -> None:
    name = name.format(outside=tmp_path / "outside")
    if what == "package":
        replace(project / "sources" / "package.yaml", "name: linxi-work-report", f"name: {json.dumps(name)}")
    else:
        schema = json.loads((project / "schemas" / "place.schema.json").read_text("utf-8"))
        assert schema[what] == PLACES[what]
        (project / "schemas" / "place.schema.json").write_text(json.dumps({**schema, what: name}), "utf-8")
    before = surroundings(tmp_path, project)
    run_all(project, COMMANDS)
    assert surroundings(tmp_path, project) == before
    assert secrets_in(project) == []
    for path in project.rglob("*.zip"):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
            assert [each for each in packed.namelist() if each.startswith("/") or ".." in each.split("/")] == []
