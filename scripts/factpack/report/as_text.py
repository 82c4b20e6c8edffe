"""Problems as people and programs read them: text, JSON, and GitHub annotations."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from factpack.check.coverage import Number, totals
from factpack.problems import Problem, by_code, by_severity, codes, echo, first, visible
from factpack.text.text_record import Text

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
ANNOTATIONS = 10
"""Annotations of each severity that GitHub shows of a step; it drops the others without a word."""

COVERAGE = {
    "en": {
        "used": "used",
        "waived": "waived",
        "unclaimed": "unclaimed",
        "words": "Chinese numerals outside the grammar, which need no waiver",
        "total": "numbers",
        "all": "{total} numbers: {used} used, {waived} waived, {unclaimed} unclaimed",
    },
    "zh": {
        "used": "已用",
        "waived": "豁免",
        "unclaimed": "未认领",
        "words": "语法之外的中文数字（无需豁免）",
        "total": "数字",
        "all": "数字 {total}：已用 {used}，豁免 {waived}，未认领 {unclaimed}",
    },
}


def text(problems: Sequence[Problem], language: str) -> str:
    """Return problems as lines `path:line:col: severity[code]: message`, each with its hint below."""
    words = WORDS[language]
    lines = []
    for each in problems:
        place = f"{visible(each.path)}:{each.line}:{each.column}"
        lines.append(f"{place}: {each.severity}[{each.code}]: {each.message(language)}")
        lines.append(f"  {words['hint']}: {each.hint(language)}")
    return "".join(line + "\n" for line in lines)


def as_json(problems: Sequence[Problem], counts: Mapping[str, int], language: str, limit: int = 0) -> str:
    """Return `{"problems": […], "summary": {…}}`; the summary counts all problems, whatever the limit leaves out."""
    shown = first(problems, limit)
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
        for each in shown
    ]
    total = {**summary(problems, counts), "left_out": len(problems) - len(shown)}
    return json_lines({"problems": listed, "summary": total})


def json_lines(found: object) -> str:
    """Return a value as JSON in which nothing drives a terminal or a runner."""
    return "".join(printable(line) + "\n" for line in json.dumps(found, ensure_ascii=False, indent=2).split("\n"))


def printable(line: str) -> str:
    """Return a line of JSON with what would drive whatever shows it as escapes of JSON."""
    shown = line if line.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)
    return shown.replace("##[", "##\\u005b")  # to GitHub's runner a command, wherever it stands in a line


def github(problems: Sequence[Problem], language: str) -> str:
    """Return workflow commands that annotate the lines of problems, errors first, as many as GitHub shows of a step.

    Where that is not all, a notice says how many more there are, and where.
    """
    groups = by_severity(problems)
    lines = [_annotation(each, language) for group in groups.values() for each in group[:ANNOTATIONS]]
    more = {severity: max(0, len(group) - ANNOTATIONS) for severity, group in groups.items()}
    if any(more.values()):
        said = WORDS[language]["not annotated"].format(limit=ANNOTATIONS, **more)
        lines.append(f"::notice title=factpack::{_data(said)}")
    return "".join(line + "\n" for line in lines)


def _annotation(each: Problem, language: str) -> str:
    place = f"file={_property(visible(each.path))},line={each.line},col={each.column},title={_property(each.code)}"
    return f"::{each.severity} {place}::{_data(each.message(language) + ' ' + each.hint(language))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


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


def coverage_json(numbers: Sequence[Number], texts: Mapping[str, Text | None]) -> str:
    """Return every number with its use, the totals, and the Chinese numerals that lie outside the grammar."""
    found = {
        "numbers": [number.row() for number in numbers],
        "totals": totals(numbers),
        "words": [
            {"document": name, "paragraph": at, "start": start, "word": word}
            for name, text in texts.items()
            for at, paragraph in enumerate(text.paragraphs if text else (), 1)
            for start, _, word in paragraph.words
        ],
    }
    return json_lines(found)


def coverage_text(numbers: Sequence[Number], texts: Mapping[str, Text | None], language: str) -> str:
    """Return a line for each paragraph with numbers, the unclaimed ones by wording, and the totals."""
    names = COVERAGE[language]
    lines = []
    for (document, paragraph), group in groupby(numbers, key=lambda each: (each.document, each.paragraph)):
        uses: dict[int, str] = {}
        for each in group:
            uses[each.token.start] = {"unclaimed": "unclaimed", "waived": "waived"}.get(each.use, "used")
            if each.use == "unclaimed":
                lines.append(f"{document}:{paragraph}: {names['unclaimed']}: {echo(each.token.text)}")
        counted = ", ".join(f"{names[use]} {list(uses.values()).count(use)}" for use in ("used", "waived", "unclaimed"))
        lines.append(f"{document}:{paragraph}: {counted}")
    for name, text in texts.items():
        words = Counter(word for paragraph in (text.paragraphs if text else ()) for _, _, word in paragraph.words)
        if words:
            listed = ", ".join(f"{echo(word)}×{n}" if n > 1 else echo(word) for word, n in sorted(words.items()))
            lines.append(f"{name}: {names['words']} ({sum(words.values())}): {listed}")
    counts = totals(numbers)
    lines.append(f"{names['total']}: {sum(counts.values())} ({', '.join(f'{use} {n}' for use, n in counts.items())})")
    lines.append(f"{names['unclaimed']}: {counts.get('unclaimed', 0)}")
    return "".join(line + "\n" for line in lines)


def coverage_markdown(numbers: Sequence[Number], language: str) -> str:
    """Return the totals, and what is unclaimed, for the summary of a step; no word of the text is markup in it."""
    counts = totals(numbers)
    unclaimed = [f"{n.document}:{n.paragraph}: {echo(n.token.text)}\n" for n in numbers if n.use == "unclaimed"]
    listed = f"\n```text\n{''.join(unclaimed)}```\n" if unclaimed else ""
    return f"## factpack coverage\n\n{covered(counts, language)}\n{listed}"


def covered(counts: Mapping[str, int], language: str) -> str:
    """Return the totals of `coverage.totals` in a line: how many numbers are used, waived and unclaimed."""
    waived = sum(number for use, number in counts.items() if use.startswith("waived"))
    unclaimed = counts.get("unclaimed", 0)
    used = sum(counts.values()) - waived - unclaimed
    return COVERAGE[language]["all"].format(total=sum(counts.values()), used=used, waived=waived, unclaimed=unclaimed)


def explanation(code: str, language: str) -> str:
    """Return why a problem code exists and what to do; raises KeyError for an unknown one."""
    found = codes()[code]
    words = WORDS[language]
    return f"{code} ({words[found.severity]})\n\n{found.why[language].strip()}\n"
