"""Problems as SARIF 2.1.0, the exchange format of static analysis, which code scanning and editors read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from urllib.parse import quote

from factpack import __version__
from factpack.problems import Code, Problem, codes, visible
from factpack.report.as_json import json_lines
from factpack.report.as_text import markdown, without_values
from factpack.words import text_in

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
"""What paths are relative to, under the name that readers know; where it lies on a disk is nobody's business."""

_MEANS = re.compile(r"\\(?=[\\\[\]])|\](?=\()")
"""What a reader takes for an escape, and the bracket that makes an embedded link of two (SARIF 2.1.0, 3.11.6)."""

Json = dict[str, object]


def sarif(problems: Sequence[Problem], counts: Mapping[str, int], language: str) -> str:
    """Return a log of one run: every problem code as a rule, every problem as a result."""
    rules = {name: at for at, name in enumerate(codes())}
    driver = {"name": "factpack", "version": __version__, "language": language}
    run = {
        "tool": {"driver": {**driver, "rules": [_rule(each, language) for each in codes().values()]}},
        "invocations": [{"executionSuccessful": True}],
        "language": language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": text_in(language, "report", "problems", "root")}}},
        "results": _results(problems, rules, language),
        "properties": {"checked": {visible(name): number for name, number in counts.items()}},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_lines(log)


def _rule(code: Code, language: str) -> Json:
    """Return a code as a rule: its message without values, why it exists, and what to do."""
    message, hint = (without_values(each[language]) for each in (code.message, code.hint))
    why, to_do = code.reason(language), text_in(language, "report", "problems", "hint")
    return {
        "id": code.name,
        "shortDescription": {"text": _text(message)},
        "fullDescription": {"text": _text(why)},
        "help": {
            "text": _text(f"{why}\n{to_do}: {hint}"),
            "markdown": _text(f"{markdown(why)}\n\n**{to_do}**: {markdown(hint)}"),
        },
        "defaultConfiguration": {"level": code.severity},
    }


def _results(problems: Sequence[Problem], rules: Mapping[str, int], language: str) -> list[Json]:
    seen: Counter[str] = Counter()
    listed = []
    for each in problems:
        place = f"{visible(each.path)}\n{each.code}\n{each.pointer}"
        seen[place] += 1
        listed.append(_result(each, rules[each.code], language, _fingerprint(place, seen[place])))
    return listed


def _fingerprint(place: str, nth: int) -> str:
    """Return what tells a problem from others while lines move: its place, and which it is of several there."""
    return f"{sha256(place.encode('utf-8', 'backslashreplace')).hexdigest()[:32]}:{nth}"


def _result(problem: Problem, rule: int, language: str, fingerprint: str) -> Json:
    location: Json = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(problem.path, errors="surrogateescape"), "uriBaseId": ROOT},
            "region": {"startLine": problem.line, "startColumn": problem.column},
        }
    }
    if problem.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": visible(problem.pointer)}]
    hint = f"{text_in(language, 'report', 'problems', 'hint')}: {problem.hint(language)}"
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": f"{_text(problem.message(language))}\n{_text(hint)}"},
        "locations": [location],
        "partialFingerprints": {"recordPlace/v1": fingerprint},
    }


def _text(text: str) -> str:
    """Return a text as SARIF writes it: braces doubled, as single ones hold placeholders, and links made harmless.

    Brackets and backslashes are escaped with a backslash, only where they would be read as something else.
    """
    return _MEANS.sub(r"\\\g<0>", text.replace("{", "{{").replace("}", "}}"))
