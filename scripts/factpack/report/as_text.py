"""Problems as people and programs read them: text, JSON, and GitHub annotations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import Formatter

from factpack.problems import Problem, by_code, by_severity, codes, first, visible
from factpack.words import Count, texts_in

Names = Mapping[str, Mapping[str, str]]
"""What is counted, by folder: in English the name of one, in Chinese the title."""
MANY = 10
"""Problems that a screen still shows with their hints; of more, the last lines tell the totals by code."""


def text(problems: Sequence[Problem], language: str) -> str:
    """Return problems as lines `path:line:col: severity[code]: message`, each with its hint below."""
    words = texts_in(language, "report", "problems")
    lines = []
    for each in problems:
        place = f"{visible(each.path)}:{each.line}:{each.column}"
        lines.append(f"{place}: {words[each.severity]}[{each.code}]: {each.message(language)}")
        lines.append(f"  {words['hint']}: {each.hint(language)}")
    return "".join(line + "\n" for line in lines)


def markdown(text: str) -> str:
    """Return a line of text as Markdown in which nothing is markup."""
    return re.sub(r"([\\`*_\[\]<>&|~#])", r"\\\1", text)


def summary(problems: Sequence[Problem], counts: Mapping[str, int]) -> dict[str, object]:
    """Return how many errors, warnings, problems of each code and checked records there are."""
    errors = sum(each.severity == "error" for each in problems)
    codes = {code: len(group) for code, group in by_code(problems).items()}
    return {"errors": errors, "warnings": len(problems) - errors, "codes": codes, "checked": dict(counts)}


def closing(
    problems: Sequence[Problem],
    counts: Mapping[str, int],
    language: str,
    names: Names,
    limit: int = 0,
) -> str:
    """Return a line that says what was looked at and what was found, and lines for what a screen does not show.

    `names` are those of what is counted; `limit` is that of the problems shown (0: all are).
    """
    words = texts_in(language, "report", "problems")
    found = {f"{name}s": Count(len(group)) for name, group in by_severity(problems).items()}
    lines = [f"{looked(counts, language, names)}{words['found'].format_map(found)}"]
    left_out = len(problems) - len(first(problems, limit))
    if left_out or len(problems) > MANY:
        listed = (f"{code} {len(group)}" for code, group in by_code(problems).items())
        lines.append(words["codes"] + words["comma"].join(listed))
    if left_out:
        lines.append(words["left out"].format(all=len(problems), shown=limit))
    return "".join(line + "\n" for line in lines)


def looked(counts: Mapping[str, int], language: str, names: Names) -> str:
    """Return how much was looked at, in words; `names` are those of what is counted."""
    words = texts_in(language, "report", "problems")
    listed = [_counted(name, Count(number), names.get(name), words, language) for name, number in counts.items()]
    return words["checked"] + words["comma"].join(map(visible, listed))


def _counted(name: str, count: Count, told: Mapping[str, str] | None, words: Mapping[str, str], language: str) -> str:
    if name in words:
        return words[name].format(count=count)
    if told:
        return words["kind"].format(count=count, name=told[language])
    return f"{name} {count}" if language == "zh" else f"{count} {name}"


def explanation(code: str, language: str) -> str:
    """Return a code's message and hint, without values, and why it exists; raises KeyError for an unknown one."""
    found = codes()[code]
    words = texts_in(language, "report", "problems")
    head = words["code"].format(code=code, severity=words[found.severity])
    message, hint = (without_values(each[language]) for each in (found.message, found.hint))
    return f"{head}\n\n{message}\n  {words['hint']}: {hint}\n\n{found.why[language].strip()}\n"


def without_values(template: str) -> str:
    """Return a message or hint with an ellipsis in place of each value."""
    return "".join(text + ("" if name is None else "…") for text, name, _, _ in Formatter().parse(template))
