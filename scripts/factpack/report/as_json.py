"""Problems as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from factpack.problems import Problem, first
from factpack.report.as_text import summary


def as_json(problems: Sequence[Problem], counts: Mapping[str, int], language: str, limit: int = 0) -> str:
    """Return `{"problems": […], "summary": {…}}`; the summary counts all problems, whatever the limit leaves out."""
    shown = first(problems, limit)
    total = {**summary(problems, counts), "left_out": len(problems) - len(shown)}
    return json_lines({"problems": listed(shown, language), "summary": total})


def listed(problems: Sequence[Problem], language: str) -> list[dict[str, str | int]]:
    """Return problems as objects of JSON."""
    return [
        {
            "code": each.code,
            "severity": each.severity,
            "path": each.path,
            "line": each.line,
            "column": each.column,
            "pointer": each.pointer,
            "message": each.message(language),
            "hint": each.hint(language),
        }
        for each in problems
    ]


def json_lines(found: object) -> str:
    """Return a value as JSON in which nothing drives a terminal or a runner."""
    return "".join(printable(line) + "\n" for line in json.dumps(found, ensure_ascii=False, indent=2).split("\n"))


def printable(line: str) -> str:
    """Return a line of JSON with what would drive whatever shows it as escapes of JSON."""
    shown = line if line.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)
    return shown.replace("##[", "##\\u005b")  # to GitHub's runner a command, wherever it stands in a line
