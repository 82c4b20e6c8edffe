"""Files that a branch changes besides records, for the summary of a step: what a reviewer must look at first."""

from __future__ import annotations

from collections.abc import Sequence

from factpack.history.files import FileChange
from factpack.problems import visible
from factpack.report.markup import code
from factpack.words import Count, text_in

FILES, LENGTH = 200, 200
"""Files of each group that are listed, and characters of a path that are shown."""
HOW = {"A": "added", "D": "removed"}


def files_markdown(files: Sequence[FileChange] | None, language: str) -> str:
    """Return a section that lists files in two groups, those that decide first; `None` cannot be told."""
    parts = [f"### {_say(language, 'title')}\n"]
    if not files:
        return "\n".join([*parts, _say(language, "unknown" if files is None else "none") + "\n"])
    for decides, head in ((True, "decide"), (False, "others")):
        group = [each for each in files if each.decides is decides]
        if group:
            parts += [f"{_say(language, head, count=Count(len(group)))}\n", _listed(group, language)]
    return "\n".join(parts)


def _listed(files: Sequence[FileChange], language: str) -> str:
    lines = [f"- {_say(language, HOW.get(each.how, 'changed'))} {_path(each.path)}\n" for each in files[:FILES]]
    more = len(files) - FILES
    return "".join(lines) + (f"- {_say(language, 'more', more=Count(more))}\n" if more > 0 else "")


def _path(path: str) -> str:
    shown = visible(path)
    return code(shown if len(shown) <= LENGTH else f"{shown[:LENGTH]}…")


def _say(language: str, key: str, **values: object) -> str:
    return text_in(language, "report", "files", key, **values)
