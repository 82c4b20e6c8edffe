"""The rooms of the house: which may import which, what only some may do, and how large a file may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from projects import ROOT

PACKAGE = ROOT / "scripts" / "factpack"
FLOORS = (
    ("cli",),
    ("site/making",),
    ("site/pages",),
    ("site/records",),
    ("site/charts",),
    ("site",),
    ("release", "report"),
    ("package", "run"),
    ("history", "draft"),
    ("table", "check"),
    ("record", "edit"),
    ("schema", "text"),
    ("source",),
    ("disk",),
    ("problems",),
    ("words",),
)
"""A room imports rooms of lower floors (further down here), never one of its own floor or above."""
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(path.relative_to(PACKAGE).with_suffix("").as_posix() for path in PACKAGE.rglob("*.py"))
LINES = 300
"""Lines that a file may have."""
LARGER: dict[str, str] = {}
"""Larger files, each with its reason."""

TOUCHES = frozenset(
    (
        *(
            "open",
            "fdopen",
            "read_text",
            "read_bytes",
            "write_text",
            "write_bytes",
            "unlink",
            "rename",
            "replace",
            "remove",
        ),
        *("mkdir", "makedirs", "rmdir", "rmtree", "iterdir", "scandir", "listdir", "walk", "glob", "rglob", "access"),
        *(
            "is_file",
            "is_dir",
            "is_symlink",
            "exists",
            "isfile",
            "isdir",
            "islink",
            "lexists",
            "stat",
            "lstat",
            "fstat",
        ),
        *("touch", "chmod", "utime", "truncate", "fsync", "link", "symlink", "symlink_to", "hardlink_to", "readlink"),
        *("resolve", "realpath", "samefile", "run", "Popen", "system"),
    )
)
"""Calls that touch files or start programs, by their last name."""
MODULES_OF_FILES = frozenset(("tempfile", "shutil", "subprocess", "glob", "fcntl", "mmap"))
"""To import one of them is to touch files."""
OWNERS = frozenset(("os", "os.path", "Path", "io", *MODULES_OF_FILES))
"""Modules and classes whose calls count whatever else bears such a name."""
ELSEWHERE = frozenset(("run", "remove", "resolve", "exists", "walk", "access", "link", "stat", "replace"))
"""Names that values of our own bear too: they count only where one of `OWNERS` or a path made on the spot is asked."""
NOT_FILES = frozenset(("formatter.write_text",))
"""Calls of libraries that write no file: help is laid out by click."""
ALLOWED = {
    "edit/starter": "looks where the files are that travel with the program",
    "words": "reads the YAML files that travel with the program, and keeps them as Python keeps its code",
}
"""Modules outside `disk/` that read data of their own, each with its reason."""

HEAVY = {"distributed", "jsonschema", "frictionless", "hypothesis", "concurrent", "html", "multiprocessing", "ruamel"}
HEAVY |= {"pyarrow", "sqlite3", "xlsxwriter", "jinja2", "markupsafe", "PIL"}
ON_DEMAND = {"text/markup", "run/verify", "run/cluster", "release/xlsx", "release/sqlite", "release/parquet"}
"""Modules that import what is heavy and are themselves imported only when needed; so is the room `site`."""


def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{module}.py").read_text("utf-8"))


def room(module: str) -> str:
    """Return the room that a module is in: the folder in a room that is a room of its own, or the room."""
    folder, _, name = module.rpartition("/")
    return folder or name


def imported(node: ast.AST) -> list[str]:
    """Return the modules that an import statement names, those of the package by their own name."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        if node.module == "factpack":
            return [f"factpack.{alias.name}" for alias in node.names]
        return [node.module or ""]
    return []


def rooms_imported(code: ast.Module) -> set[str]:
    """Return the rooms that a module imports from."""
    nodes = list(ast.walk(code))
    names = {name for node in nodes for name in imported(node)}
    names |= {
        f"{node.module}.{alias.name}" for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    paths = [name.split(".")[1:3] for name in names if name.startswith("factpack.")]
    return {inner if (inner := "/".join(path)) in FLOOR else path[0] for path in paths} - {"__version__"}


def wrongly_imported(module: str, code: ast.Module) -> set[str]:
    """Return the rooms that a module imports from and may not."""
    own = room(module)
    others = rooms_imported(code) - {own}
    return {other for other in others if FLOOR.get(other, -1) <= FLOOR.get(own, -1)}


def touches(code: ast.Module) -> Iterator[str]:
    """Yield the calls that touch files, and the imports of modules that do."""
    for node in ast.walk(code):
        yield from (name for name in imported(node) if name.partition(".")[0] in MODULES_OF_FILES)
        if isinstance(node, ast.ImportFrom) and node.module in OWNERS:
            yield from (alias.name for alias in node.names if alias.name in TOUCHES)
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        owner, _, last = name.rpartition(".")
        ours = last in ELSEWHERE and owner not in OWNERS and not owner.startswith("Path(")
        if last in TOUCHES and not ours and name not in NOT_FILES:
            yield name


def test_every_module_is_in_a_room() -> None:
    flat = {module for module in MODULES if "/" not in module}
    assert flat == {"__init__", "problems", "words"}
    assert {room(module) for module in MODULES} - flat == FLOOR.keys() - {"problems", "words"}


@pytest.mark.parametrize("module", [name for name in MODULES if name != "__init__"])
def test_imports_go_down(module: str) -> None:
    assert wrongly_imported(module, tree(module)) == set()


@pytest.mark.parametrize(
    "line",
    [
        "from factpack.site.pages.lists import listing",
        "from factpack.site.pages import lists",
        "from factpack.site import pages",
    ],
)
def test_an_import_that_goes_up_in_the_site_is_seen(line: str) -> None:
    for module in ("site/records/life", "site/charts/values", "site/page"):
        assert wrongly_imported(module, ast.parse(line)) == {"site/pages"}
    assert wrongly_imported("site/making/build", ast.parse(line)) == set()


@pytest.mark.parametrize(
    "line",
    [
        "from factpack.check.rules import check",
        "from factpack.check import rules",
        "def f():\n    from factpack.run.pipeline import build_project",
        "from factpack.edit import blank",
        "import factpack.site.page",
    ],
)
def test_an_import_that_goes_up_or_aside_is_seen(line: str) -> None:
    assert wrongly_imported("record/library", ast.parse(line))


def test_modules_form_no_circle() -> None:
    """Within a room, too: whoever imports first needs nothing that is only half there."""
    names = {module.removesuffix("/__init__").replace("/", ".") for module in MODULES}
    arrows: dict[str, set[str]] = {}
    for module in MODULES:
        code, own = tree(module), module.removesuffix("/__init__").replace("/", ".")
        found = set()
        for node in ast.walk(code):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("factpack"):
                base = (node.module or "").removeprefix("factpack").removeprefix(".")
                inner = {f"{base}.{alias.name}".lstrip(".") for alias in node.names} & names
                found |= inner or {base}
        arrows[own] = found - {own, ""}
    done: set[str] = set()
    while ready := {name for name, found in arrows.items() if name not in done and not found & arrows.keys() - done}:
        done |= ready
    assert arrows.keys() - done == set()


@pytest.mark.parametrize("module", [name for name in MODULES if room(name) != "disk"])
def test_only_the_room_disk_touches_files(module: str) -> None:
    assert module in ALLOWED or list(touches(tree(module))) == []


def test_no_exception_for_touching_files_is_idle() -> None:
    assert [module for module in ALLOWED if not list(touches(tree(module)))] == []


@pytest.mark.parametrize(
    "line",
    [
        "open('a')",
        "import tempfile",
        "from tempfile import TemporaryFile",
        "path.read_text()",
        "os.open('a', 0)",
        "os.lstat('a')",
        "import subprocess",
        "os.path.exists('a')",
        "Path('a').resolve()",
        "path.mkdir()",
        "os.remove('a')",
        "os.replace('a', 'b')",
        "from os import replace",
    ],
)
def test_every_way_of_touching_files_is_seen(line: str) -> None:
    assert list(touches(ast.parse(line)))


@pytest.mark.parametrize("module", MODULES)
def test_no_module_imports_what_is_heavy_before_it_is_needed(module: str) -> None:
    top = {name.split(".")[0] for node in tree(module).body for name in imported(node)}
    assert not top & HEAVY or module in ON_DEMAND or room(module).startswith("site")


@pytest.mark.parametrize("module", [name for name in MODULES if room(name) != "cli"])
def test_only_the_command_line_prints_and_exits(module: str) -> None:
    code = tree(module)
    called = {ast.unparse(node.func) for node in ast.walk(code) if isinstance(node, ast.Call)}
    asked = {ast.unparse(node) for node in ast.walk(code) if isinstance(node, ast.Attribute)}
    assert not called & {"print", "sys.exit", "exit", "quit"}
    assert not asked & {"sys.stdout", "sys.stderr", "sys.stdin"}


def test_a_command_is_wired_of_the_rooms_and_not_of_other_commands() -> None:
    from factpack.cli.words import COMMANDS

    for command in COMMANDS:
        names = {name for node in ast.walk(tree(f"cli/{command}")) for name in imported(node)}
        assert not names & {f"factpack.cli.{other}" for other in COMMANDS}, command


def test_the_engine_knows_nothing_of_wuchang() -> None:
    for module in MODULES:
        text = (PACKAGE / f"{module}.py").read_text("utf-8").lower()
        assert "wuchang" not in text, module
        assert "武昌" not in text, module


def test_every_module_says_what_it_is_for() -> None:
    assert [module for module in MODULES if not ast.get_docstring(tree(module))] == []


def test_a_room_says_what_it_takes_and_gives_and_exports_nothing_again() -> None:
    for name in FLOOR.keys() - {"problems", "words", "cli"}:
        code = tree(f"{name}/__init__")
        assert len(code.body) == 1, name
        assert "May import" in (ast.get_docstring(code) or ""), name


def test_files_are_short_enough_to_be_read_in_one_sitting() -> None:
    def lines(path: Path) -> int:
        return len(path.read_text("utf-8").splitlines())

    long = {module for module in MODULES if lines(PACKAGE / f"{module}.py") > LINES}
    assert long == LARGER.keys()
