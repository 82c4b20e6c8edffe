"""The frozen project `data/linxi`, and what is made of it: once in a process, to be read and never to be written to."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from command_line import in_process
from factpack.package.package import Package, open_package
from projects import LINXI, LINXI_NEXT, assemble

REPORT = "doc-linxi-gwr-2025"
"""The document that most of its records are proven by."""
RETIRED = "plc-lake-east-park"
"""A record that is retired and has a successor."""


@cache
def root() -> Path:
    """Return the root of the project, built."""
    return _built(LINXI)


@cache
def year_after() -> Path:
    """Return the root of the project with the documents of the year after, built."""
    return _built(LINXI, LINXI_NEXT)


def _built(*parts: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="linxi-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = assemble(folder / "project", *parts)
    ended = in_process(made, "build")
    assert ended.exit_code == 0, ended.stdout + ended.stderr
    return made


@cache
def package() -> Package:
    """Return its package."""
    return open_package(root())


def published(document: str = REPORT) -> str:
    """Return the published text of one of its documents."""
    return (LINXI / "texts" / f"{document}.txt").read_text("utf-8")
