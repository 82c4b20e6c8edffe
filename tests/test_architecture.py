"""The modules stand in one line: each imports only what stands before it, and each does one kind of thing."""

from __future__ import annotations

import ast
import re

import pytest

from conftest import ROOT

PACKAGE = ROOT / "scripts" / "factpack"
ORDER = (
    *("__init__", "problems", "project", "characters", "plain", "documents", "tokens", "periods", "texts", "patterns"),
    *("schemas", "comments", "layout", "validate", "guide", "drafts", "spool", "lookups", "ids", "views", "display"),
    *("targets", "derived", "tables", "rules", "subjects", "proof", "coverage", "encode", "descriptor", "shrinkage"),
    *("disk", "cache", "output", "editions", "history", "changes", "workspace", "basis", "accounts", "pieces"),
    *("workers", "cluster", "crew", "progress", "pipeline", "verify", "report"),
    *("step_summary", "sarif", "junit", "changelog"),
    *("package", "citation", "showing", "fit", "dictionary", "workbook", "database", "columnar", "for_excel"),
    *("csvw", "linked", "skos", "citation_file", "archive", "release"),
    *(f"site/{name}" for name in ("__init__", "templating", "catalogue", "charts", "records", "linked", "outline")),
    *(f"site/{name}" for name in ("frame", "documentation", "overviews", "notices", "entries", "machines", "card")),
    "site/making",
)
"""From what knows least to what knows all."""
COMMAND_LINE = sorted(path.stem for path in (PACKAGE / "cli").glob("*.py"))
"""Modules of the command line: they may import all others, and each other's `command`."""
DISK = {"project", "disk", "cache", "output", "editions", "package"}
"""Modules that touch the project's files; the command line reads the text that it is told to verify against."""
ALLOWED = {
    ("problems", "read_text"),
    ("site/templating", "open"),
}
TOUCHES = {
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "unlink",
    "rename",
    "mkdir",
    "rmtree",
    "iterdir",
    "scandir",
    "listdir",
    "is_file",
    "is_dir",
    "glob",
    "rglob",
    "stat",
    "exists",
}
HEAVY = {"distributed", "jsonschema", "frictionless", "hypothesis", "concurrent", "html", "multiprocessing", "ruamel"}
HEAVY |= {"pyarrow", "sqlite3", "xlsxwriter"}
HEAVY |= {"jinja2", "markupsafe", "PIL"}
ON_DEMAND = {"verify", "cluster", "workbook", "database", "columnar"}
"""Modules that import what is heavy and are themselves imported only when needed."""


def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{module}.py").read_text("utf-8"))


def imported(node: ast.AST) -> list[str]:
    """Return the modules that an import statement names, those of the package by their own name."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        if node.module == "factpack":
            return [f"factpack.{alias.name}" for alias in node.names]
        return [node.module or ""]
    return []


def test_the_line_names_every_module() -> None:
    found = [*PACKAGE.glob("*.py"), *(PACKAGE / "site").glob("*.py")]
    assert sorted(ORDER) == sorted(path.relative_to(PACKAGE).with_suffix("").as_posix() for path in found)


@pytest.mark.parametrize("module", ORDER)
def test_a_module_imports_only_modules_before_it(module: str) -> None:
    before = {f"factpack.{name.replace('/', '.')}" for name in ORDER[: ORDER.index(module)]} | {"factpack.__version__"}
    before |= {name.removesuffix(".__init__") for name in before}
    wanted = {name for node in ast.walk(tree(module)) for name in imported(node) if name.startswith("factpack.")}
    assert wanted <= before


@pytest.mark.parametrize("module", ORDER)
def test_no_module_imports_what_is_heavy_before_it_is_needed(module: str) -> None:
    top = {name.split(".")[0] for node in tree(module).body for name in imported(node)}
    assert not top & HEAVY or module in ON_DEMAND or module.startswith("site/")


@pytest.mark.parametrize("module", [name for name in ORDER if name not in DISK])
def test_only_project_and_output_touch_the_disk(module: str) -> None:
    touched = {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Attribute, ast.Name))
    }
    paths = {name for name in touched & TOUCHES if (module, name) not in ALLOWED}
    assert not paths - {"exists"}, "Library.exists asks a callable that project gives"


@pytest.mark.parametrize("module", ORDER)
def test_only_cli_prints_and_exits(module: str) -> None:
    source = (PACKAGE / f"{module}.py").read_text("utf-8")
    assert not re.search(r"\bprint\(", source)
    assert "sys.exit" not in source
    assert "sys.std" not in source


@pytest.mark.parametrize("module", COMMAND_LINE)
def test_a_command_is_wired_of_the_modules_and_not_of_other_commands(module: str) -> None:
    tree = ast.parse((PACKAGE / "cli" / f"{module}.py").read_text("utf-8"))
    wanted = {name for node in ast.walk(tree) for name in imported(node) if name.startswith("factpack.cli")}
    assert wanted <= {"factpack.cli.steps"}


def test_the_engine_knows_nothing_of_wuchang() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text("utf-8").lower()
        assert "wuchang" not in text, path.name
        assert "武昌" not in text or path.stem == "tokens", path.name


def test_every_module_says_what_it_is_for() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path.name
