"""The format of a project: which one this program reads, and that a project is in an older or a newer one."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.problems import Problem
from factpack.source.documents import Document

FORMAT = 1
"""Rises whenever schemas or sources of before no longer do."""


def format_problems(package: Document) -> Iterator[Problem]:
    """Yield that the format of a project, as its package.yaml says it, is not the one of this program.

    A package.yaml that says none is older than all; one that cannot be read, or says no number, is told elsewhere.
    """
    if package.data is None:
        return
    found = package.data.get("format", 0)
    if type(found) is int and found != FORMAT:
        code = "older-format" if found < FORMAT else "newer-format"
        yield package.problem(code, ("format",) if found else (), found=str(found), wanted=str(FORMAT))
