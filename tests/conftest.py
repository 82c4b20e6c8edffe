"""Real tiny projects in `tmp_path`: the good project `minimal`, overlays on it, and the command line on them.

How an example folder becomes a project is told in `examples/README.md`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings

from factpack.source import documents
from factpack.text import text_record

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "tests" / "examples"
MINIMAL = EXAMPLES / "good" / "minimal"
LINXI = ROOT / "tests" / "data" / "linxi"
"""The frozen project: see `data/README.md`."""
NOT_COPIED = ("expected.txt", "overlay.yaml", "texts")
"""Entries of an example folder that are no files of its project."""

settings.register_profile("untimed", deadline=None)  # no test depends on how fast a machine is
settings.load_profile("untimed")

Run = Callable[..., tuple[int, str, str]]


def assemble(root: Path, *examples: Path) -> Path:
    """Make a project of the schemas and of example folders, each laid over the one before; return its root."""
    shutil.copytree(ROOT / "schemas", root / "schemas")
    published = {}
    for example in examples:
        for entry in sorted(example.iterdir()):
            if entry.name not in NOT_COPIED:
                shutil.copytree(entry, root / entry.name, dirs_exist_ok=True)
        published |= {path.stem: path.read_text("utf-8") for path in sorted((example / "texts").glob("*.txt"))}
        if (example / "overlay.yaml").is_file():
            _overlay(root, yaml.safe_load((example / "overlay.yaml").read_text("utf-8")))
    for document, text in published.items():
        if not (root / "sources" / "texts" / f"{document}.json").exists():
            write_text_record(root, document, text)
    return root


def _overlay(root: Path, done: dict[str, Any]) -> None:
    """Do to a project what a file cannot say: see `examples/README.md`."""
    for path in done.get("remove", ()):
        (root / path).unlink()
    for path, changes in done.get("replace", {}).items():
        text = (root / path).read_text("utf-8")
        for old, new in changes.items():
            assert text.count(old) == 1, f"{path} holds {text.count(old)} times: {old}"
            text = text.replace(old, new)
        (root / path).write_bytes(text.encode("utf-8"))
    for path, how in done.get("write", {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        text = how.get("before", "") + how["text"] * how.get("times", 1) + how.get("after", "")
        (root / path).write_bytes(text.encode(how.get("encoding", "utf-8")))
    for path in done.get("folders", ()):
        (root / path).mkdir(parents=True)
    for path, target in done.get("links", {}).items():
        (root / path).symlink_to(target)


def write_text_record(root: Path, document: str, text: str) -> None:
    """Write `sources/texts/<document>.json` from a published text, with the quotes that the project's records give."""
    paragraphs = text_record.split(text)
    quotes: dict[int, list[str]] = {}
    for paragraph, quote in _quotes(root, document):
        quotes.setdefault(paragraph, []).append(quote)
    record = text_record.with_quotes(text_record.make(document, paragraphs, frozenset()), paragraphs, quotes)
    path = root / "sources" / "texts" / f"{document}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text_record.encode(record))


def _quotes(root: Path, document: str) -> Iterator[tuple[int, str]]:
    """Yield (paragraph, quote) of each piece of evidence in records that load, whatever their schemas say of them."""
    for path in sorted((root / "sources").glob("*/*.yaml")):
        todo: list[Any] = [documents.load(path.name, path.read_bytes()).data] if path.is_file() else []
        while todo:
            node = todo.pop()
            if isinstance(node, dict):
                if node.get("document") == document and isinstance(node.get("paragraph"), int) and "quote" in node:
                    yield node["paragraph"], str(node["quote"])
                todo += node.values()
            elif isinstance(node, list):
                todo += node


@pytest.fixture(scope="session")
def _minimal_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return assemble(tmp_path_factory.mktemp("minimal") / "project", MINIMAL)


@pytest.fixture
def minimal(_minimal_once: Path, tmp_path: Path) -> Path:
    """The root of a fresh copy of the good project `examples/good/minimal`."""
    return Path(shutil.copytree(_minimal_once, tmp_path / "minimal", symlinks=True))


@pytest.fixture(scope="session")
def run() -> Run:
    """Run `factpack --root ROOT --lang en ARGS` as a user does; returns exit code, stdout and stderr."""
    script = Path(sys.executable).parent / "factpack"

    def run(root: Path, *args: str) -> tuple[int, str, str]:
        command = [str(script), "--root", str(root), "--lang", "en", *args]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)
        return done.returncode, done.stdout, done.stderr

    return run


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-expected", action="store_true", help="write what tests expect: outputs, text records")
    parser.addoption("--pythons", action="store_true", help="build with every other Python that is found, too (slow)")
