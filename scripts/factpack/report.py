"""Problems as people and programs read them: text, JSON, and GitHub annotations."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence

from factpack.problems import Problem, codes

WORDS = {
    "en": {"error": "error", "warning": "warning", "hint": "hint", "none": "no problems", "join": ": "},
    "zh": {"error": "错误", "warning": "警告", "hint": "提示", "none": "没有问题", "join": "："},
}


def text(problems: Sequence[Problem], language: str) -> str:
    """Return problems as lines `path:line:col: severity[code]: message`, each with its hint below."""
    words = WORDS[language]
    lines = []
    for each in problems:
        lines.append(f"{each.path}:{each.line}:{each.column}: {each.severity}[{each.code}]: {each.message(language)}")
        lines.append(f"  {words['hint']}: {each.hint(language)}")
    return "".join(line + "\n" for line in lines)


def as_json(problems: Sequence[Problem], counts: Mapping[str, int], language: str) -> str:
    """Return `{"problems": […], "summary": {…}}`."""
    listed = [
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
    return json.dumps({"problems": listed, "summary": summary(problems, counts)}, ensure_ascii=False, indent=2) + "\n"


def github(problems: Sequence[Problem], language: str) -> str:
    """Return GitHub workflow commands, which show each problem on its line of a pull request."""
    lines = []
    for each in problems:
        place = f"file={_property(each.path)},line={each.line},col={each.column},title={_property(each.code)}"
        lines.append(f"::{each.severity} {place}::{_data(each.message(language) + ' ' + each.hint(language))}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(problems: Sequence[Problem], counts: Mapping[str, int]) -> dict[str, object]:
    """Return how many errors, warnings and checked records there are."""
    errors = sum(each.severity == "error" for each in problems)
    return {"errors": errors, "warnings": len(problems) - errors, "checked": dict(counts)}


def closing(problems: Sequence[Problem], counts: Mapping[str, int], language: str) -> str:
    """Return one line that says what was looked at and what was found."""
    looked = ", ".join(f"{number} {name}" for name, number in counts.items())
    total = summary(problems, counts)
    if language == "zh":
        return f"已检查：{looked}；错误 {total['errors']}，警告 {total['warnings']}\n"
    return f"checked {looked}; {total['errors']} errors, {total['warnings']} warnings\n"


def explanation(code: str, language: str) -> str:
    """Return why a problem code exists and what to do; raises KeyError for an unknown one."""
    found = codes()[code]
    words = WORDS[language]
    return f"{code} ({words[found.severity]})\n\n{found.why[language].strip()}\n"


def progress(message: str) -> None:
    """Show progress on a terminal's stderr, and nowhere else."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{message}")
        sys.stderr.flush()
