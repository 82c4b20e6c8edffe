"""What was drafted of a text, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from factpack.draft.file import Found, doubts
from factpack.draft.folder import Plan
from factpack.problems import Problem, echo
from factpack.report import as_text
from factpack.report.as_json import json_lines, listed
from factpack.words import text_in


class Told(NamedTuple):
    """What is told of the drafts of a document: each by its path, what became of them, and what is wrong."""

    found: Mapping[str, Found]
    plan: Plan
    problems: Sequence[Problem]
    unread: int = 0
    """How many records could not be read."""


def drafts_text(told: Told, language: str) -> str:
    """Return a line for each draft that was written, deleted or left to the person who edited it, then the problems."""
    lines = [f"{line}\n" for line in _lines(told, language)]
    return "".join(lines) + as_text.text(told.problems, language)


def _lines(told: Told, language: str) -> Iterator[str]:
    plan = told.plan
    for path in plan.write:
        yield f"{path}: {_said(told.found[path], language)}"
    for state, paths in (("edited", plan.edited), ("claimed", plan.claimed), ("gone", plan.gone)):
        yield from (text_in(language, "report", "drafts", state, path=path) for path in paths)


def _said(found: Found, language: str) -> str:
    draft = found.draft
    match = draft.match
    grade = text_in(language, "draft", "grades", match.grade) if match else ""
    key = "known" if match else "new" if draft.subject else "nothing"
    values = {"printed": echo(draft.printed), "subject": echo(draft.subject), "id": match.known.id if match else ""}
    return text_in(language, "report", "drafts", key, **values, grade=grade)


def drafts_json(told: Told, language: str) -> str:
    """Return all drafts as JSON."""
    return json_lines(drafts_data(told, language))


def drafts_data(told: Told, language: str) -> dict[str, Any]:
    """Return all drafts as values of JSON, with what was read, whose they may be, and what a person should look at."""
    plan = told.plan
    states = dict.fromkeys(plan.write, "written") | dict.fromkeys(plan.same, "same")
    states |= dict.fromkeys(plan.edited, "edited")
    drafts = [{"path": path, "state": states[path], **_fields(each)} for path, each in sorted(told.found.items())]
    return {
        "drafts": drafts,
        "deleted": list(plan.gone),
        "claimed": list(plan.claimed),
        "problems": listed(told.problems, language),
    }


def _fields(found: Found) -> dict[str, Any]:
    draft = found.draft
    read = ("unit", "bound", "status", "measure", "timing", "period", "basis", "compared_to", "subject")
    return {
        "paragraph": draft.paragraph,
        "offset": draft.offset,
        "printed": draft.printed,
        "value": f"{draft.value:f}",
        "value_high": None if draft.value_high is None else f"{draft.value_high:f}",
        "member": draft.member or None,
        **{name: getattr(draft, name) or None for name in read},
        "quote": found.quote or None,
        "matches": [{"id": each.known.id, "score": each.score, "grade": each.grade} for each in draft.matches],
        "doubts": doubts(found),
    }
