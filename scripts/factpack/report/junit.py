"""Problems as JUnit XML: each file that was looked at is a test case, so that passes are counted too.

A case is a file and not a problem: its name stays the same from run to run, as histories need, and GitLab takes no
second case of a name and no second failure of a case. The attributes are those that the schema of Jenkins' xUnit plugin
(junit-10.xsd) knows. It has no `file`; the name is the path.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from factpack.problems import Problem, blocks, visible
from factpack.report.as_text import text


def junit(problems: Sequence[Problem], checked: Iterable[str], language: str, strict: bool = False) -> str:
    """Return a test suite for each folder, with a case for each path of `checked` and each other path with problems.

    Errors are failures. Warnings do not block, so their case passes and tells them as its output (`skipped` would say
    that the file was not looked at); with `strict` they are failures too, but for those that were declared beforehand.
    """
    found: dict[str, list[Problem]] = {path: [] for path in checked}
    for each in problems:
        found.setdefault(each.path, []).append(each)
    suites: dict[str, list[str]] = {}
    for path in found:
        suites.setdefault(path.rpartition("/")[0] or path, []).append(path)
    failed = {path for path, group in found.items() if any(blocks(each, strict) for each in group)}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="factpack"{_counts(found, failed)}>']
    for folder, paths in suites.items():
        lines.append(f' <testsuite name="{_xml(visible(folder))}"{_counts(paths, failed)}>')
        lines += [_case(folder, path, found[path], language, strict) for path in paths]
        lines.append(" </testsuite>")
    return "\n".join([*lines, "</testsuites>", ""])


def _counts(paths: Iterable[str], failed: set[str]) -> str:
    listed = list(paths)
    return f' tests="{len(listed)}" failures="{sum(path in failed for path in listed)}" errors="0"'


def _case(folder: str, path: str, problems: Sequence[Problem], language: str, strict: bool) -> str:
    """Return a test case; its class is the folder with points, which Jenkins shows as a package."""
    name = _xml(visible(folder)).replace("/", ".")
    start = f'  <testcase classname="{name}" name="{_xml(visible(path))}"'
    blocking = [each for each in problems if blocks(each, strict)]
    others = [each for each in problems if not blocks(each, strict)]
    inside = []
    if blocking:
        first = blocking[0]
        about = f'type="{first.code}" message="{_xml(first.message(language))}"'
        inside.append(f"   <failure {about}>{_xml(text(blocking, language))}</failure>")
    if others:
        inside.append(f"   <system-out>{_xml(text(others, language))}</system-out>")
    return "\n".join([start + ">", *inside, "  </testcase>"]) if inside else start + "/>"


def _xml(shown: str) -> str:
    """Return what is visible, and so is in XML 1.0, as text or attribute."""
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
