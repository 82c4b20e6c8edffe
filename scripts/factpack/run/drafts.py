"""The folder of drafts of a document: what lies there, and what is wrong with what is no draft."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.disk.below import entries_below, read_below
from factpack.disk.project import FILE_LIMIT
from factpack.draft.folder import FOLDER, is_edited, key_at
from factpack.problems import Problem
from factpack.run.workspace import Workspace
from factpack.source import documents


def drafts_there(space: Workspace, document: str) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the drafts of a document by their paths, and a problem for each file of `drafts/` that is none.

    Of a draft that somebody has edited, what is no YAML is told, too. It is theirs all the same.
    """
    there, problems = dict[str, bytes](), list(_strangers(space))
    for path in _entries(space, f"{FOLDER}/{document}"):
        if key_at(path, document) is None:
            problems.append(_no_draft(path))
            continue
        try:
            there[path] = read_below(space.project.root, path, FILE_LIMIT)
        except OSError:
            problems.append(_no_draft(path))
            continue
        if is_edited(there[path]):
            problems += documents.load(path, there[path]).problems
    return there, sorted(problems)


def _strangers(space: Workspace) -> Iterator[Problem]:
    """Yield a problem for each file of `drafts/` that is in no folder of a document."""
    known = set(space.ids[space.schemas.documents.name])
    for path in _entries(space, FOLDER):
        _, _, rest = path.partition("/")
        folder, _, name = rest.partition("/")
        if not name or folder not in known:
            yield _no_draft(path)


def _entries(space: Workspace, folder: str) -> Iterator[str]:
    try:
        yield from entries_below(space.project.root, folder)
    except OSError:
        return


def _no_draft(path: str) -> Problem:
    folder, _, name = path.rpartition("/")
    return Problem(path, 1, 1, "not-a-draft", "", {"name": name, "folder": folder})
