"""Problems: what is wrong with the data, as values that write their sentence when they are printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from factpack.words import LANGUAGES, carried

MARKS = {"en": ", ", "zh": "、"}
"""What stands between the items of a list."""
ECHO_LIMIT = 60
"""Characters after which an echoed value is cut."""
LIST_LIMIT = 240
"""Characters after which no further item of a list of echoed values is shown."""
MANY = 60
"""Values of a vocabulary that are still named one by one, where a user chooses from it."""
_WHOLE = (
    "allowed",
    "choice",
    "condition",
    "fields",
    "form",
    "known",
    "more",
    "tokens",
    "wanted",
    "what",
    "where",
    "words",
)
WHOLE = {f"{name}_{each}" for name in _WHOLE for each in LANGUAGES}
WHOLE |= {"encoded", "longer", "quotes"}
"""Values that are shown whole: a choice that is cut cannot be chosen, and lists are cut between their items."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, at a place in a file.

    `path` is relative to the root with forward slashes; `line` and `column` count from 1; `pointer` is a JSON
    Pointer (RFC 6901) into the record; `values` fill the code's message and hint.
    """

    path: str
    line: int
    column: int
    code: str
    pointer: str = ""
    values: Mapping[str, str] = field(default_factory=dict, compare=False)
    severity: str = field(default="", compare=False)
    """`error` blocks a build, `warning` does not; that of the code where none is given."""

    def __post_init__(self) -> None:
        if self.code not in codes():
            raise KeyError(f"no such problem code: {self.code}")
        if not self.severity:
            object.__setattr__(self, "severity", codes()[self.code].severity)

    def as_warning(self) -> Problem:
        """Return the problem as one that does not block a build."""
        return replace(self, severity="warning")

    def __lt__(self, other: Problem) -> bool:
        """Say whether it stands before another: by place, then by code; numbers in pointers count as numbers."""
        here, there = (self.path, self.line, self.column, self.code), (other.path, other.line, other.column, other.code)
        return here < there if here != there else natural(self.pointer) < natural(other.pointer)

    def message(self, language: str = "en") -> str:
        """Return what is required and what was found, in one sentence."""
        return _fill(codes()[self.code].message[language], self.values)

    def hint(self, language: str = "en") -> str:
        """Return what to do about it."""
        return _fill(codes()[self.code].hint[language], self.values)


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of problem: its texts by language (`en`, `zh`), `{name}` standing for a value of the problem."""

    name: str
    severity: str
    message: Mapping[str, str]
    hint: Mapping[str, str]
    why: Mapping[str, str]

    def reason(self, language: str) -> str:
        """Return why the rule exists, on one line."""
        return (" " if language == "en" else "").join(self.why[language].split("\n")).strip()


@cache
def codes() -> Mapping[str, Code]:
    """Return every problem code by name; `codes.yaml` is the only home of their texts."""
    return {name: Code(name, **{"severity": "error", **entry}) for name, entry in carried("codes.yaml").items()}


def first(problems: Sequence[Problem], limit: int) -> list[Problem]:
    """Return `limit` problems at most (0: all), in their order; a warning never takes the place of an error."""
    kept = sorted(range(len(problems)), key=lambda at: problems[at].severity != "error")[: limit or None]
    return [problems[at] for at in sorted(kept)]


def by_code(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    """Return problems by code, each in their order; codes with errors come first, then the most frequent."""
    found: dict[str, list[Problem]] = {}
    for each in problems:
        found.setdefault(each.code, []).append(each)
    blocking = {each.code for each in problems if each.severity == "error"}
    return dict(sorted(found.items(), key=lambda item: (item[0] not in blocking, -len(item[1]), item[0])))


DECLARED = frozenset(("uncovered-number", "locator-with-text", "unverified-quote"))
"""Errors that are warnings where somebody says so beforehand: of a document, that it is recorded in part so far
(`coverage: partial`); of a check, that it is of a pull request (`--pull-request`)."""


def blocks(problem: Problem, strict: bool = False) -> bool:
    """Say whether a problem blocks: an error does, and where warnings do not pass, one that nobody has declared."""
    return problem.severity == "error" or (strict and problem.code not in DECLARED)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that block a build."""
    return [each for each in problems if each.severity == "error"]


def by_severity(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    """Return the errors and the warnings, each in their order."""
    return {severity: [each for each in problems if each.severity == severity] for severity in ("error", "warning")}


def natural(text: str) -> list[str | int]:
    """Return what to sort a text by in which numbers count as numbers: 9 before 10."""
    return [int(part) if at % 2 else part for at, part in enumerate(re.split("([0-9]+)", text))]


def pointer(path: tuple[str | int, ...]) -> str:
    """Return the JSON Pointer (RFC 6901) of a path of keys and indices."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def echo(value: object) -> str:
    """Return a value as it may be shown: control and invisible characters escaped, cut at `ECHO_LIMIT`."""
    text = value if isinstance(value, str) else "" if value is None else _written(value)
    shown = visible(text[: ECHO_LIMIT + 1])
    return shown if len(shown) <= ECHO_LIMIT else shown[: ECHO_LIMIT - 1] + "…"


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: …" for key in list(value)[:5]) + "}"
    if isinstance(value, list):
        return f"[… {len(value)}]"
    return str(value)


def visible(text: str) -> str:
    """Return a text on one line, with what hides in it or drives whatever shows it escaped."""
    shown = text if text.isprintable() else "".join(map(_visible, text))
    return shown.replace("##[", "##\\u005b")  # to GitHub's runner a command, wherever it stands in a line


def _visible(character: str) -> str:
    if unicodedata.category(character)[0] == "C" or character in "\u2028\u2029":
        return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"
    return character


def _fill(template: str, values: Mapping[str, str]) -> str:
    return template.format_map(
        {name: visible(value) if name in WHOLE else echo(value) for name, value in values.items()}
    )


# ---- lists and labels


def listed(name: str, items: Mapping[str, Sequence[str]], limit: int = 0) -> dict[str, str]:
    """Return a list as values of a problem, `name_en` and `name_zh`, cut between items at a limit (0: whole)."""
    return {f"{name}_{language}": joined(items[language], MARKS[language], limit) for language in LANGUAGES}


def joined(items: Sequence[str], mark: str, limit: int) -> str:
    """Return items with marks between them; those that do not fit give way to an ellipsis. The first is never cut."""
    shown, length = list[str](), 0
    for each in items:
        length += len(each) + len(mark)
        if limit and shown and length > limit:
            return mark.join([*shown, "…"])
        shown.append(each)
    return mark.join(shown) or "-"


def labelled(value: str, labels: Mapping[str, Mapping[str, str]], language: str) -> str:
    """Return a value of a vocabulary as a reader knows it: its label, with the code behind it where the two differ."""
    label = labels.get(value, {}).get(language, "")
    if language == "zh":
        return f"{label}（{value}）" if label else value
    plain = value.replace("_", " ")
    return f"{label[0].lower()}{label[1:]} ({value})" if label and label.casefold() != plain else plain


def named(name: str, value: str, labels: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return a value of a vocabulary as values of a problem, `name_en` and `name_zh`, with its labels."""
    return {f"{name}_{language}": labelled(value, labels, language) for language in LANGUAGES}
