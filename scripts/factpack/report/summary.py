"""The summary of a step on GitHub: totals and the whole list of problems, of which annotations show a few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from factpack.problems import Problem, by_code, by_severity, codes
from factpack.report.as_text import Names, looked, markdown, text
from factpack.report.coverage import covered
from factpack.report.limit import LIMIT, fitting, size
from factpack.words import Count, text_in, texts_in


def summary_markdown(
    problems: Sequence[Problem],
    counts: Mapping[str, int],
    totals: Mapping[str, int],
    language: str,
    names: Names,
    files: str = "",
) -> str:
    """Return a step's summary: totals by code, then the problems of each code; all, or as many as GitHub takes.

    `counts` and `names` are as in `report.closing`; `totals` are those of `coverage.totals`, empty where coverage
    was not looked at; `files` is a section on the files that changed. What contributors wrote stands in code only,
    where nothing is markup.
    """
    words = texts_in(language, "report", "summary")
    numbers = {severity: Count(len(group)) for severity, group in by_severity(problems).items()}
    title = words["title"].format_map(numbers) if problems else words["none"]
    seen = looked(counts, language, names) + "\n" + (covered(totals, language) + "\n" if totals else "")
    parts = [f"## {title}\n", _fenced(seen), *([files] if files else [])]
    found = by_code(problems)
    if found:
        parts.append(_table(found, language))
    heads = {code: f"### `{code}`\n\n{markdown(codes()[code].reason(language))}\n" for code in found}
    lists = _lists(found, language, LIMIT - size(*parts, *heads.values()))
    return "\n".join([*parts, *(part for code in found for part in (heads[code], lists[code]))])


def _table(found: Mapping[str, Sequence[Problem]], language: str) -> str:
    rows = [text_in(language, "report", "summary", "head"), "|---|---:|---:|"]
    for code, group in found.items():
        errors, warnings = (len(each) for each in by_severity(group).values())
        rows.append(f"| `{code}` | {errors} | {warnings} |")
    return "".join(row + "\n" for row in rows)


def _lists(found: Mapping[str, Sequence[Problem]], language: str, room: int) -> dict[str, str]:
    """Return the list of each code. The shortest are made first; the room that they leave falls to the others."""
    made: dict[str, str] = {}
    for code in sorted(found, key=lambda code: len(found[code])):
        made[code] = _listed(code, found[code], language, room // (len(found) - len(made)))
        room -= size(made[code])
    return made


def _listed(code: str, problems: Sequence[Problem], language: str, room: int) -> str:
    """Return the problems of a code that find room (bytes), and how many do not."""
    lines = fitting((text([each], language) for each in problems), room)
    more = len(problems) - len(lines)
    block = _fenced("".join(lines)) if lines else ""
    if more:
        block += f"\n{text_in(language, 'report', 'summary', 'more', code=code, more=more)}\n"
    return block


def _fenced(lines: str) -> str:
    """Return lines as a code block; none of ours can end it, since each begins with a place or a word of ours."""
    return f"```text\n{lines}```\n"
