"""What to change in the files of a project so that it is in the format of this program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from factpack.disk.below import has_below, read_below
from factpack.disk.project import FILE_LIMIT, PACKAGE_PATH, Project
from factpack.edit.forms import renewable_forms
from factpack.edit.renewal import renewed_package, renewed_schemas
from factpack.edit.starter import schema_files
from factpack.problems import Problem
from factpack.run.reader import read_document
from factpack.schema import read
from factpack.schema.format import format_problems
from factpack.table.derived import DERIVATIONS

Changes = Mapping[str, tuple[bytes | None, bytes]]
"""The bytes of files by path, before (None where there is no file) and after."""


def renewal(project: Project) -> tuple[Changes, list[Problem]]:
    """Return the files to change, or the problems for which that cannot be told: of a newer project, or unreadable."""
    document = read_document(project, PACKAGE_PATH)
    other = list(format_problems(document))
    problems = [*document.problems, *(each for each in other if each.code == "newer-format")]
    if problems := project.unfit() or problems:
        return {}, problems
    before = dict(project.schemas())
    after = before | renewed_schemas(before, schema_files(), complete=bool(other))
    changes = {f"schemas/{name}.schema.json": (before.get(name), now) for name, now in after.items()}
    changes |= _forms(project.root, after)
    if other:
        changes[PACKAGE_PATH] = document.raw, renewed_package(document.raw)
    return {path: pair for path, pair in changes.items() if pair[0] != pair[1]}, []


def _forms(root: Path, files: Mapping[str, bytes]) -> Changes:
    """Return the issue forms of a project that its schemas change; none while these have problems."""
    schemas = read.read(files, DERIVATIONS.keys())
    made = renewable_forms(schemas) if not schemas.problems else {}
    return {path: (read_below(root, path, FILE_LIMIT), raw) for path, raw in made.items() if has_below(root, path)}
