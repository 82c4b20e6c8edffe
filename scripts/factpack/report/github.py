"""Problems as workflow commands: GitHub shows each at its line."""

from __future__ import annotations

from collections.abc import Sequence

from factpack.problems import Problem, by_severity, visible
from factpack.words import Count, text_in

ANNOTATIONS = 10
"""Annotations of each severity that GitHub shows of a step; it drops the others without a word."""


def github(problems: Sequence[Problem], language: str) -> str:
    """Return workflow commands that annotate the lines of problems, errors first, as many as GitHub shows of a step.

    Where that is not all, a notice says how many more there are, and where.
    """
    groups = by_severity(problems)
    lines = [_annotation(each, language) for group in groups.values() for each in group[:ANNOTATIONS]]
    more = {severity: Count(max(0, len(group) - ANNOTATIONS)) for severity, group in groups.items()}
    if any(more.values()):
        notice = text_in(language, "report", "problems", "not annotated", limit=ANNOTATIONS, **more)
        lines.append(f"::notice title=factpack::{_data(notice)}")
    return "".join(line + "\n" for line in lines)


def _annotation(each: Problem, language: str) -> str:
    place = f"file={_property(visible(each.path))},line={each.line},col={each.column},title={_property(each.code)}"
    return f"::{each.severity} {place}::{_data(each.message(language) + ' ' + each.hint(language))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
