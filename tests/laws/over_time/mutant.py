"""Small changes of the program, and whether what holds a rule notices them.

`python -m laws.over_time.mutant [NUMBER …]`, from the folder `tests`, tries those of these numbers, or all, each in a
process of its own, and prints a line of JSON for each: its number, how its process ended, and what was noticed.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from sheets import sheet

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = ROOT / "scripts" / "factpack"
NOTICED, UNNOTICED, BROKEN = "noticed", "unnoticed", "broken"
"""How a mutant ends; a broken one is no program."""
PRELOADED = ("click", "jsonschema", "markupsafe", "orjson", "pytest", "yaml")
"""Libraries that each process needs."""


class Mutant(NamedTuple):
    """A change of one place of a file of the program or of a schema, that breaks a rule."""

    rule: str
    file: str
    old: str
    new: str
    by: str
    """What holds the rule: the name of a holder, and of one of its cases where it has many."""

    @property
    def path(self) -> Path:
        """The file that is changed."""
        return (ROOT if self.file.startswith("schemas/") else PROGRAM) / self.file

    def changed(self) -> str:
        """Return the changed file; raises ValueError where the place is not there exactly once."""
        text = self.path.read_text("utf-8")
        if text.count(self.old) != 1 or self.old == self.new:
            raise ValueError(f"{self.file} holds {text.count(self.old)} times: {self.old}")
        return text.replace(self.old, self.new)


@cache
def listed() -> Sequence[Mutant]:
    """Return all mutants, in the order of the rules."""
    return [
        Mutant(rule["rule"], each["file"], each["old"], each["new"], each.get("by", rule.get("by", "outcomes")))
        for rule in sheet(Path(__file__).parent / "rules.yaml")["rules"]
        for each in rule["mutants"]
    ]


class _Changed(MetaPathFinder, InspectLoader):
    """Imports one module of the program with another text."""

    def __init__(self, module: str, text: str) -> None:
        self.module, self.text = module, text

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.module:
            return None
        found = PathFinder.find_spec(fullname, path, target)
        return spec_from_loader(fullname, self, origin=found.origin if found else None)

    def get_source(self, fullname: str) -> str:
        return self.text


def install(mutant: Mutant, folder: Path) -> None:
    """Let this process, which has imported nothing of the program, import and read what a mutant changes."""
    assert not any(name.partition(".")[0] == "factpack" for name in sys.modules)
    if mutant.path.is_relative_to(PROGRAM):
        module = ".".join(("factpack", *Path(mutant.file).with_suffix("").parts))
        sys.meta_path.insert(0, _Changed(module, mutant.changed()))
        return
    schemas = folder / "schemas"
    schemas.mkdir()
    for path in (ROOT / "schemas").iterdir():
        (schemas / path.name).write_bytes(path.read_bytes())
    (folder / mutant.file).write_text(mutant.changed(), "utf-8")
    import_module("projects").ROOT = folder


def tried(mutant: Mutant | None, by: str) -> tuple[str, str]:
    """Return how a mutant ends, in this process, and what was noticed; of none, the program as it is."""
    with tempfile.TemporaryDirectory() as name:
        if mutant:
            install(mutant, Path(name))
        try:
            differs: str | None = import_module("laws.over_time.holders").differs(by, Path(name) / "projects")
        except Exception:  # noqa: BLE001 - whatever a change breaks
            return BROKEN, traceback.format_exc()
    return UNNOTICED if differs is None else NOTICED, differs or ""


def forked(mutant: Mutant | None, by: str) -> tuple[str, str]:
    """Return the same of a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(writing, json.dumps(tried(mutant, by))[:60_000].encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        said = answer.read()
    os.waitpid(child, 0)
    ended, noticed = json.loads(said) if said else (BROKEN, "")
    return ended, noticed


def main(numbers: Sequence[int]) -> None:
    """Print how mutants end."""
    for each in PRELOADED:
        import_module(each)
    for name in ("rules.yaml", "held.yaml", "../../table/outcomes.yaml"):
        sheet((Path(__file__).parent / name).resolve())
    for number in numbers or range(len(listed())):
        mutant = listed()[number]
        print(json.dumps((number, *forked(mutant, mutant.by))), flush=True)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]])
