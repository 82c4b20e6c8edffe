"""The same record written in all the ways that YAML allows, with comments in known places."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from factpack.source import documents
from factpack.source.marks import Path

Place = tuple[Path, bool]
"""Where comments stand: before a key or item, or (True) at the end of the list or mapping at that path."""
Comments = Mapping[Place, list[str]]


def places(value: Any, path: Path = ()) -> Iterator[Place]:
    """Yield the places of a record in the order of its file; above an item's first key there is only its item's."""
    children = enumerate(value) if isinstance(value, list) else value.items()
    for number, (step, child) in enumerate(children):
        if number or not path or isinstance(path[-1], str) or isinstance(value, list):
            yield (*path, step), False
        if isinstance(child, (dict, list)) and child:
            yield from places(child, (*path, step))
    yield path, True


def some_comments(value: Any, random: Random) -> Comments:
    """Return comments and blank lines for a few places of a record, each line of its own wording."""
    found: dict[Place, list[str]] = {}
    for number, (path, end) in enumerate(places(value)):
        if random.random() < 0.25:
            name = "/".join(map(str, path)).replace("\n", " ")
            lines = [f"# {number} {'after' if end else 'before'} {name}: 'x', \"y\" {{}}"]
            lines += random.choice(([], [], ["#two"], ["#two", "# three #"], ["", "# three #"], [] if end else [""]))
            if number and random.random() < 0.3:
                lines.insert(0, "")
            found[path, end] = lines
    return found


def commented(raw: bytes, comments: Comments) -> bytes:
    """Return a file that is laid out already with comments put into it, each with the indentation of its place."""
    document = documents.load("x", raw)
    lines = raw.decode("utf-8").split("\n")[:-1]
    marks, line = document.marks, len(lines) + 1
    for path, end in reversed(list(places(document.data))):
        column = 0 if end and not path else marks.values[path][1] - 1
        if not end:
            line = marks.at_key(path)[0]
            column = len(lines[line - 1]) - len(lines[line - 1].lstrip())
        lines[line - 1 : line - 1] = [" " * column + each if each else "" for each in comments.get((path, end), ())]
    return "".join(f"{each}\n" for each in lines).encode("utf-8")


@dataclass(frozen=True)
class AnyStyle:
    """Writes a record with its fields in any order and each value in any style, as careless people do."""

    random: Random
    comments: Comments = field(default_factory=dict)
    free: frozenset[str] = frozenset()
    """Names of the lists that may stand in any order too."""
    shuffles: bool = True

    def write(self, record: dict[str, Any], head: str = "") -> bytes:
        """Return the file of a record; `head` is its first line, where it has one."""
        lines = [*([head] if head else []), *self.block(record, (), self.random.choice((0, 0, 0, 3)))]
        ending = self.random.choice(("\n", "\r\n"))
        return (ending.join(lines) + self.random.choice(("", ending, ending * 3))).encode("utf-8")

    def block(self, value: Any, path: Path, indent: int) -> Iterator[str]:
        """Yield the lines of a mapping or list in block style."""
        for step in self.steps(value, path):
            comments = list(self.comments.get(((*path, step), False), ()))
            sign = "-" if isinstance(value, list) else self.key(step) + ":"
            first, *more = self.value(value[step], (*path, step), indent)
            if comments and comments[-1] and may_hold_comment(first, value[step]) and self.random.random() < 0.5:
                first += " " + comments.pop()
            yield from indented(comments, indent)
            yield " " * indent + sign + first
            yield from more
        yield from indented(self.comments.get((path, True), ()), indent if path else 0)

    def steps(self, value: Any, path: Path) -> list[Any]:
        """Return the keys or indices of a mapping or list in the order to write them."""
        steps = list(range(len(value)) if isinstance(value, list) else value)
        if self.shuffles and (isinstance(value, dict) or path[-1] in self.free):
            first, *_ = steps
            self.random.shuffle(steps)
            if not path:  # comments above a file's first key, down to a blank line, are those of the whole file
                steps.sort(key=lambda step: ("" in self.comments.get(((step,), False), ()), step != first))
        return steps

    def key(self, text: str) -> str:
        ways = [] if "\n" in text else [quoted(text), *([text] if is_plain(text) else [])]
        return self.random.choice([*ways, double(text)])

    def value(self, value: Any, path: Path, indent: int) -> list[str]:
        """Return a value behind its key or dash: the rest of that line, and the lines that follow."""
        if isinstance(value, (dict, list)) and value:
            return self.collection(value, path, indent)
        if isinstance(value, str):
            return self.text(value, indent)
        return [self.random.choice(("", " null", " ~"))] if value is None else [" " + scalar(value)]

    def collection(self, value: Any, path: Path, indent: int) -> list[str]:
        inside = [place for place in self.comments if place[0][: len(path)] == path and place != (path, False)]
        if not inside and self.random.random() < 0.3:
            return [" " + self.flow(value)]
        is_item = isinstance(path[-1], int)
        flush = isinstance(value, list) and not is_item and not inside and self.random.random() < 0.3
        lines = list(self.block(value, path, indent + (0 if flush else self.random.choice((2, 4)))))
        if is_item and lines[0].strip()[:1] not in ("#", "") and self.random.random() < 0.8:
            return [lines[0][indent + 1 :], *lines[1:]]
        return ["", *lines]

    def flow(self, value: Any) -> str:
        if isinstance(value, list):
            return f"[{', '.join(map(self.flow, value))}]"
        if isinstance(value, dict):
            steps = self.steps(value, ("",)) if value else []
            return f"{{{', '.join(f'{self.flow(step)}: {self.flow(value[step])}' for step in steps)}}}"
        if isinstance(value, str):
            ways = [] if "\n" in value else [quoted(value), *([value] if is_plain(value, "- [{}]\n") else [])]
            return self.random.choice([*ways, double(value)])
        return scalar(value)

    def text(self, text: str, indent: int) -> list[str]:
        """Return a text in one of the styles that can hold it."""
        more = " " * (indent + 2)
        ways = [[" " + double(text)], ["", more + double(text)]]
        ways.append([" |-", *(more + line if line else "" for line in text.split("\n"))])
        if "\n" not in text:
            ways += [[" " + quoted(text)], [" >-", more + text]]
            ahead, _, rest = text.partition(" ")
            if rest.strip(" ") == rest != "":
                ways.append([" " + quoted(ahead)[:-1], more + quoted(rest)[1:]])
            if is_plain(text):
                ways += [[" " + text]] * 3
        return self.random.choice(ways)


def indented(lines: Iterable[str], indent: int) -> Iterator[str]:
    yield from (" " * indent + line if line else "" for line in lines)


def may_hold_comment(line: str, value: Any) -> bool:
    """Say whether a comment on the line where a value begins is one on it, not on its first part or in a text."""
    begin = line.strip()[:1]
    if isinstance(value, (dict, list)):
        return begin in ("", "[", "{")
    if isinstance(value, str):
        is_closed = line.count("'") % 2 == 0  # a quote inside is doubled; a text in double quotes stands on one line
        return begin in ("", "|", ">", '"') or (begin == "'" and is_closed)
    return True


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def double(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def scalar(value: Any) -> str:
    return "null" if value is None else str(value).lower()


def is_plain(text: str, around: str = "- {}\n") -> bool:
    """Say whether a text can stand without quotes."""
    document = documents.load("x", ("x:\n" + around.replace("{}", text)).encode("utf-8"))
    return document.data in ({"x": [text]}, {"x": [[text]]})
