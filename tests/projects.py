"""Real tiny projects in temporary folders: the good project `minimal`, overlays on it, and the frozen project `linxi`.

How an example folder becomes a project is told in `examples/README.md`.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from factpack.source import documents
from factpack.text import text_record

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "tests" / "examples"
MINIMAL = EXAMPLES / "good" / "minimal"
LINXI = ROOT / "tests" / "data" / "linxi"
LINXI_NEXT = ROOT / "tests" / "data" / "linxi-next"
"""What the documents of the year after add to `linxi`: an overlay."""
CONCEPT = re.compile(rb"^concept: ([a-z][a-z0-9-]*)$", re.MULTILINE)
NOT_COPIED = ("expected", "expected.txt", "overlay.yaml", "texts")
"""Entries of an example folder that are no files of its project."""
UNIT = """\
id: unt-x{n}
name:
  zh: 单位{n}
  en: Unit {n}
symbol:
  zh: 单位{n}
  en: unit {n}
quantity: count
printed:
  - 单位{n}
"""


def assemble(root: Path, *examples: Path) -> Path:
    """Make a project of the schemas and of example folders, each laid over the one before; return its root."""
    shutil.copytree(ROOT / "schemas", root / "schemas")
    published = {}
    for example in examples:
        for entry in sorted(example.iterdir()):
            if entry.is_dir() and entry.name not in NOT_COPIED:
                shutil.copytree(entry, root / entry.name, dirs_exist_ok=True)
        published |= {path.stem: path.read_text("utf-8") for path in sorted((example / "texts").glob("*.txt"))}
        if (example / "overlay.yaml").is_file():
            _overlay(root, yaml.safe_load((example / "overlay.yaml").read_text("utf-8")))
    for document, text in published.items():
        if not (root / "sources" / "texts" / f"{document}.json").exists():
            write_text_record(root, document, text)
    add_concepts(root)
    return root


def add_concepts(root: Path) -> None:
    """Add the concepts of the records of a project to its list, as who curates one does."""
    path = root / "schemas" / "indicator.schema.json"
    schema = json.loads(path.read_bytes())
    field = schema["properties"]["concept"]
    records = (each.read_bytes() for each in sorted((root / "sources").glob("indicators/*.yaml")) if each.is_file())
    used = {each.decode() for raw in records for each in CONCEPT.findall(raw)}
    for concept in sorted(used - set(field["enum"])):
        field["enum"].append(concept)
        field["x-labels"][concept] = {"zh": concept, "en": concept}
    path.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _overlay(root: Path, done: dict[str, Any]) -> None:
    """Do to a project what a file cannot say: see `examples/README.md`."""
    for path in done.get("remove", ()):
        (root / path).unlink()
    for path, changes in done.get("replace", {}).items():
        for old, new in changes.items():
            replace(root / path, old, new)
    for path, how in done.get("write", {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        text = how.get("before", "") + how["text"] * how.get("times", 1) + how.get("after", "")
        (root / path).write_bytes(text.encode(how.get("encoding", "utf-8")))
    for path in done.get("folders", ()):
        (root / path).mkdir(parents=True)
    for path, target in done.get("links", {}).items():
        (root / path).symlink_to(target)
    if done.get("tracked"):
        git(root, "init", "-q")
        git(root, "add", "--force", *done["tracked"])
    for name, value in done.get("settings", {}).items():
        git(root, "config", name, value)


def write_reference(root: Path) -> None:
    """Add `doc-manual` to a project, a document without a text: it is cited by locator."""
    documents_of = root / "sources" / "documents"
    text = (EXAMPLES / "good" / "transcribed" / "sources" / "documents" / "doc-accounts.yaml").read_text("utf-8")
    (documents_of / "doc-manual.yaml").write_text(text.replace("doc-accounts", "doc-manual"), "utf-8")


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


def replace(path: Path, old: str, new: str) -> None:
    """Change a text in a file, where it must stand exactly once."""
    text = path.read_bytes().decode("utf-8")
    assert text.count(old) == 1, f"{path} holds {text.count(old)} times: {old}"
    path.write_bytes(text.replace(old, new).encode("utf-8"))


def retire(path: Path, more: str = "") -> None:
    """Retire a record; `more` is what its retirement says besides since when and why."""
    gone = f"retired:\n  since: 0.1.0\n  reason:\n    zh: 有误。\n    en: Wrong.\n{more}"
    path.write_text(path.read_text("utf-8") + gone, "utf-8")


def write_units(sources: Path, count: int) -> None:
    """Add so many units to the sources of a project, `unt-x0` and on."""
    for number in range(count):
        (sources / "units" / f"unt-x{number}.yaml").write_text(UNIT.format(n=number), "utf-8")


def list_anew(folder: Path, path: str) -> None:
    """Let the descriptor of a package list a file as it is now; a table that it did not list is added."""
    descriptor, raw = folder / "datapackage.json", (folder / path).read_bytes()
    found = json.loads(descriptor.read_bytes())
    resource = next((each for each in found["resources"] if each["path"] == path), None)
    if resource is None:
        resource = {"name": Path(path).stem, "path": path}
        found["resources"].append(resource)
    resource |= {"bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}
    descriptor.write_text(json.dumps(found), "utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by path, those of `.factpack` left out."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in sorted(files.items()) if not name.startswith(".factpack/")}


def leftovers(folder: Path) -> list[str]:
    """Return what there is in `.factpack` besides the lock and the cache."""
    return sorted(path.name for path in (folder / ".factpack").glob("*") if path.name not in ("lock", "cache"))


def git(root: Path, *arguments: str) -> None:
    """Run git in a project, as somebody of no name."""
    command = ["git", "-C", str(root), "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    subprocess.run(command, check=True, capture_output=True)


def commit_all(root: Path) -> None:
    """Make a project a git repository with all its files committed, but not what runs keep."""
    git(root, "init", "-q")
    (root / ".git" / "info" / "exclude").write_text(".factpack/\n")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "first")


def moved_inside(root: Path, top: Path) -> Path:
    """Move a project below the root of a new repository, with all its files committed; return its folder."""
    top.mkdir()
    shutil.rmtree(root / ".git")
    inside = root.rename(top / "inside")
    commit_all(top)
    return inside
