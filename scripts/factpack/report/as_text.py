"""Problems as people and programs read them: text, JSON, and GitHub annotations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from factpack.problems import Problem, by_code, codes, first, visible

WORDS = {
    "en": {
        "error": "error",
        "warning": "warning",
        "hint": "hint",
        "checked": "checked ",
        "found": "; {errors} errors, {warnings} warnings",
        "codes": "by code: ",
        "comma": ", ",
        "left out": "{shown} of {all} problems are shown, errors first; --max-problems 0 shows all",
        "not annotated": "not annotated: errors {error}, warnings {warning} (GitHub shows {limit} of each). "
        "The complete list is in the summary of this step; `factpack check` gives it too",
    },
    "zh": {
        "error": "错误",
        "warning": "警告",
        "hint": "提示",
        "checked": "已检查：",
        "found": "；错误 {errors}，警告 {warnings}",
        "codes": "按代码统计：",
        "comma": "，",
        "left out": "共 {all} 个问题，列出 {shown} 个，错误优先；--max-problems 0 可列出全部",
        "not annotated": "另有错误 {error} 个、警告 {warning} 个未标注（GitHub 每类只显示 {limit} 个）。"
        "完整列表见本步骤的摘要，也可运行 `factpack check` 查看",
    },
}
MANY = 10
"""Problems that a screen still shows with their hints; of more, the last lines tell the totals by code."""


def text(problems: Sequence[Problem], language: str) -> str:
    """Return problems as lines `path:line:col: severity[code]: message`, each with its hint below."""
    words = WORDS[language]
    lines = []
    for each in problems:
        place = f"{visible(each.path)}:{each.line}:{each.column}"
        lines.append(f"{place}: {each.severity}[{each.code}]: {each.message(language)}")
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
    chinese: Mapping[str, str],
    limit: int = 0,
) -> str:
    """Return a line that says what was looked at and what was found, and lines for what a screen does not show.

    `chinese` names what is counted; `limit` is that of the problems shown (0: all are).
    """
    words = WORDS[language]
    total = summary(problems, counts)
    lines = [f"{looked(counts, language, chinese)}{words['found'].format_map(total)}"]
    left_out = len(problems) - len(first(problems, limit))
    if left_out or len(problems) > MANY:
        listed = (f"{code} {len(group)}" for code, group in by_code(problems).items())
        lines.append(words["codes"] + words["comma"].join(listed))
    if left_out:
        lines.append(words["left out"].format(all=len(problems), shown=limit))
    return "".join(line + "\n" for line in lines)


def looked(counts: Mapping[str, int], language: str, chinese: Mapping[str, str]) -> str:
    """Return how much was looked at, in words; `chinese` names what is counted."""
    if language == "zh":
        proven = {"values proven": "已核对数值", "numbers accounted for": "已核算数字"}
        listed = (f"{proven.get(name) or chinese.get(name, name)} {n}" for name, n in counts.items())
    else:
        listed = (f"{number} {name}" for name, number in counts.items())
    return WORDS[language]["checked"] + WORDS[language]["comma"].join(map(visible, listed))


def explanation(code: str, language: str) -> str:
    """Return why a problem code exists and what to do; raises KeyError for an unknown one."""
    found = codes()[code]
    words = WORDS[language]
    return f"{code} ({words[found.severity]})\n\n{found.why[language].strip()}\n"
