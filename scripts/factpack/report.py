"""Problems as people and programs read them: text, JSON, and GitHub annotations."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from factpack.coverage import Number, totals
from factpack.problems import Problem, codes, echo, visible
from factpack.texts import Text

WORDS = {
    "en": {"error": "error", "warning": "warning", "hint": "hint", "none": "no problems", "join": ": "},
    "zh": {"error": "错误", "warning": "警告", "hint": "提示", "none": "没有问题", "join": "："},
}


COVERAGE = {
    "en": {
        "used": "used",
        "waived": "waived",
        "unclaimed": "unclaimed",
        "words": "Chinese numerals outside the grammar, which need no waiver",
        "total": "numbers",
    },
    "zh": {
        "used": "已用",
        "waived": "豁免",
        "unclaimed": "未认领",
        "words": "语法之外的中文数字（无需豁免）",
        "total": "数字",
    },
}


def text(problems: Sequence[Problem], language: str) -> str:
    """Return problems as lines `path:line:col: severity[code]: message`, each with its hint below."""
    words = WORDS[language]
    lines = []
    for each in problems:
        place = f"{_visible(each.path)}:{each.line}:{each.column}"
        lines.append(f"{place}: {each.severity}[{each.code}]: {each.message(language)}")
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
    found = {"problems": listed, "summary": summary(problems, counts)}
    return _json(found)


def _json(found: object) -> str:
    lines = json.dumps(found, ensure_ascii=False, indent=2).split("\n")
    return "".join(_visible(line) + "\n" for line in lines)


def _visible(text: str) -> str:
    """Return a text with what would drive whatever shows it or end a line as JSON escapes; file names hold anything."""
    shown = text if text.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
    return shown.replace("##[", "##\\u005b")  # to GitHub's runner a command, wherever it stands in a line


def github(problems: Sequence[Problem], language: str) -> str:
    """Return GitHub workflow commands, which show each problem on its line of a pull request."""
    lines = []
    for each in problems:
        place = f"file={_property(_visible(each.path))},line={each.line},col={each.column},title={_property(each.code)}"
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


def closing(problems: Sequence[Problem], counts: Mapping[str, int], language: str, chinese: Mapping[str, str]) -> str:
    """Return one line that says what was looked at and what was found; `chinese` names what is counted."""
    looked = ", ".join(f"{number} {name}" for name, number in counts.items())
    total = summary(problems, counts)
    if language == "zh":
        proven = {"values proven": "已核对数值", "numbers accounted for": "已核算数字"}
        looked = "，".join(f"{proven.get(name) or visible(chinese.get(name, name))} {n}" for name, n in counts.items())
        return f"已检查：{looked}；错误 {total['errors']}，警告 {total['warnings']}\n"
    return f"checked {looked}; {total['errors']} errors, {total['warnings']} warnings\n"


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
    return _json(found)


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


def explanation(code: str, language: str) -> str:
    """Return why a problem code exists and what to do; raises KeyError for an unknown one."""
    found = codes()[code]
    words = WORDS[language]
    return f"{code} ({words[found.severity]})\n\n{found.why[language].strip()}\n"
