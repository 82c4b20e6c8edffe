"""Law: whatever becomes of a file, a check or build with the cache gives the problems and bytes of one without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from factpack.disk.cache import open_cache
from factpack.disk.project import PACKAGE_PATH, Project
from factpack.disk.stage import staged
from factpack.problems import Problem
from factpack.run import chunk, coverage, dependencies
from factpack.run.pipeline import build_project, check_project
from factpack.run.workspace import open_workspace
from projects import LINXI, assemble

SOURCES = sorted(path.relative_to(LINXI).as_posix() for path in (LINXI / "sources").rglob("*.*"))
RECORDS = [path for path in SOURCES if path.endswith(".yaml") and path != PACKAGE_PATH]
Result = tuple[list[Problem], dict[str, str]]
"""Problems, and a digest of each file of the package by path."""


PUMP_AND_HOSPITAL = """id: plc-pump-and-hospital
name:
  zh: 望湖泵站和区中医院
  en: Wanghu pumping station and district hospital
kind: hospital
evidence:
  - document: doc-linxi-codes
    locator: '1'
"""
"""A name that is all of a quote for another record, which is then in no quote by itself."""


@dataclass(frozen=True)
class Built:
    """A project whose cache is filled, and what a build of it gives."""

    root: Path
    before: Result

    def changes(self) -> bool:
        """Say whether a build gives something else than before; demand that the cache makes no difference to it.

        Nor may it make one to a check, which takes what a build kept; the build then takes what the check found.
        """
        assert problems(self.root, cached=True) == problems(self.root, cached=False)
        warm = result(self.root, cached=True)
        assert warm == result(self.root, cached=False)
        return warm != self.before

    @contextmanager
    def put_back(self, path: Path) -> Iterator[None]:
        """Put a file back, or away, afterwards; a build with the cache must then give what it did before."""
        raw = path.read_bytes() if path.exists() else None
        yield
        if raw is None:
            path.unlink()
        else:
            path.write_bytes(raw)
        assert problems(self.root, cached=True) == []
        assert result(self.root, cached=True) == self.before


@pytest.fixture(scope="module")
def built_linxi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The frozen project in many small chunks, its files old enough for their times to tell."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunk, "CHUNK_SIZE", 4)
        patch.setattr(coverage, "BATCH", 1)
        patch.setattr(dependencies, "MTIME_GRACE_NS", -(10**18))
        root = assemble(tmp_path_factory.mktemp("linxi") / "project", LINXI)
        before = result(root, cached=True)
        assert before[0] == []
        yield Built(root, before)


def problems(root: Path, *, cached: bool) -> list[Problem]:
    """Return the problems that a check finds."""
    project = Project(root)
    return check_project(open_workspace(project, open_cache(project) if cached else None)).problems


def result(root: Path, *, cached: bool) -> Result:
    """Return what a build gives: its problems and, where it has none, the package."""
    project = Project(root)
    out = root.with_name("out")
    with staged(out) as stage:
        outcome = build_project(open_workspace(project, open_cache(project) if cached else None), stage)
        if outcome.problems:
            return outcome.problems, {}
        stage.commit()
    files = (out / "datapackage.json", *(out / "build").rglob("*.*"))
    return [], {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def changes_of(raw: bytes) -> Iterator[bytes]:
    """Yield a file with other contents: other texts in English, another name in Chinese, other values in JSON."""
    if raw.startswith(b"{"):
        yield raw.replace(b'"', b'"1', 3)
    else:
        yield re.sub(rb"(?m)^( +en: )(?=[^'\"|>])", rb"\1A", raw)
        yield re.sub(rb"(?m)^(  zh: )(?=[^'\"|>])", rb"\1A", raw, count=1)


@pytest.mark.parametrize("source", SOURCES)
def test_a_file_that_is_changed_or_deleted_is_noticed(built_linxi: Built, source: str) -> None:
    path = built_linxi.root / source
    raw = path.read_bytes()
    with built_linxi.put_back(path):
        for other in changes_of(raw):
            path.write_bytes(other)
            assert built_linxi.changes() or b"\nretired:" in raw, "only of what is retired no name is published"
        if source != PACKAGE_PATH:
            path.unlink()
            assert built_linxi.changes()


@pytest.mark.parametrize("source", RECORDS[::5])
def test_a_record_that_is_added_is_noticed(built_linxi: Built, source: str) -> None:
    path = built_linxi.root / source
    copy = path.with_stem(f"{path.stem}-too")
    with built_linxi.put_back(copy):
        copy.write_text(path.read_text("utf-8").replace(path.stem, copy.stem), "utf-8")
        assert built_linxi.changes()


def test_a_name_that_holds_what_others_quote_is_noticed(built_linxi: Built) -> None:
    path = built_linxi.root / "sources/places/plc-pump-and-hospital.yaml"
    with built_linxi.put_back(path):
        path.write_text(PUMP_AND_HOSPITAL, "utf-8")
        assert built_linxi.changes()
        assert "name-within-longer" in {problem.code for problem in result(built_linxi.root, cached=True)[0]}
