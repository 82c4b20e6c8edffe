"""The strict reader: builds values with marks from the events of the YAML parser, and refuses what is not allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import yaml
from yaml import events as ev

from factpack.problems import Problem, pointer
from factpack.source.characters import fault_values, faults
from factpack.source.decoding import PROBLEM_LIMIT, position
from factpack.source.layout import Fault, Layout
from factpack.source.marks import Mark, Marks, Path, Value
from factpack.source.scalars import resolve
from factpack.source.syntax import shown_sign, syntax_problems

DEPTH_LIMIT = 32
NODE_LIMIT = 20_000
TEXT_LIMIT = 65_536
DIGIT_LIMIT = 15
OF_ONE_VALUE = frozenset(
    (
        *("ambiguous-scalar", "too-many-digits", "text-too-long", "empty-text", "edge-space", "comment-after-text"),
        *("forbidden-character", "lookalike-character", "stacked-marks", "not-nfc", "mixed-alphabets"),
    )
)
"""Problems of a value that leave all others as they are."""
_DIRECTIVE = re.compile(r"(?: *(?:#[^\n]*)?\r?\n)*(?=%)")
_DECORATION = {"an anchor": "yaml-anchor", "an alias": "yaml-anchor", "a tag": "yaml-tag"}
"""The code of a broken anchor, alias or tag, by what the parser was scanning."""


class _Stop(Exception):
    """Nothing after this point can be read."""


@dataclass(slots=True)
class _Open:
    """A collection that is not complete: its value, its path, and the key whose value comes next."""

    value: dict[str, Value] | list[Value]
    path: Path
    flow: bool
    indent: int
    """Column that lines of its values must begin behind: that of the innermost collection in block style."""
    line: int
    key: str | None = None
    key_mark: yaml.Mark | None = None
    key_end: int = -1


class Builder:
    """Builds a value and its marks from the events of PyYAML's C parser."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.layout = Layout(text)
        self.last = text.count("\n")
        self.root: Value = None
        self.marks = Marks()
        self.problems: list[Problem] = []
        self.told: dict[Mark, tuple[str, dict[str, str]]] = {}
        self.open: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def run(self) -> None:
        if directive := _DIRECTIVE.match(self.text):
            self.problems.append(Problem(self.path, *position(self.text, directive.end()), "yaml-directive"))
            return
        try:
            for event in yaml.parse(self.text, Loader=yaml.CSafeLoader):
                self._take(event)
        except _Stop:
            pass
        except yaml.MarkedYAMLError as error:
            self._unparsed(error)
        except (yaml.YAMLError, ValueError, KeyError, AttributeError, IndexError, RecursionError) as error:
            self.problems += syntax_problems(self.path, self.text, (1, 1), type(error).__name__)

    def readable(self) -> dict[str, Value] | None:
        """Return the mapping that was read to its end, if what is wrong is wrong in single values only."""
        places = {pointer(path): mark for path, mark in self.marks.values.items()}
        of_values = all(
            problem.code in OF_ONE_VALUE and places.get(problem.pointer) == (problem.line, problem.column)
            for problem in self.problems
        )
        return self.root if of_values and isinstance(self.root, dict) and not self.open else None

    def _unparsed(self, error: yaml.MarkedYAMLError) -> None:
        """Add the problem of where and why the parser stopped."""
        code, mark, reason = "yaml-syntax", error.problem_mark or error.context_mark, error.problem or ""
        found, context = "", (error.context or "").removeprefix("while scanning ")
        if context in ("a quoted scalar", "a simple key"):  # the mark is at the end of the file, or of the next line
            mark = error.context_mark
        elif context in _DECORATION or reason == "found undefined tag handle":
            code, mark = _DECORATION.get(context, "yaml-tag"), error.context_mark or mark
            found = self.text[mark.index :].split(maxsplit=1)[0]
        open_pointers = {pointer(collection.path) for collection in self.open}  # in these the fault may not be a comma
        self.problems = [
            problem
            for problem in self.problems
            if problem.code != "comma-in-braces" or problem.pointer.rpartition("/")[0] not in open_pointers
        ]
        place = self._place_of(mark)
        if code == "yaml-syntax":
            self.problems += syntax_problems(self.path, self.text, place, reason)
        else:
            self.problems.append(Problem(self.path, *place, code, "", {"found": found}))

    def _place_of(self, mark: yaml.Mark | None) -> Mark:
        """Return line and column of a parser's mark; after a last line without a newline it is a line too low."""
        if mark and mark.line > self.last:
            return position(self.text, len(self.text))
        return (mark.line + 1, mark.column + 1) if mark else (1, 1)

    def _report(self, code: str, mark: yaml.Mark | None, at: Path, **values: str) -> None:
        self._tell([(code, self._place_of(mark), values)], at)

    def _tell(self, faults: Iterable[Fault], at: Path) -> None:
        for code, place, values in faults:
            if self.told.get(place) != (code, values):  # a line in quotes may be one in brackets, too
                self.told[place] = code, values
                self.problems.append(Problem(self.path, *place, code, pointer(at), values))
            if len(self.problems) == PROBLEM_LIMIT:
                raise _Stop

    def _give_up(self, code: str, mark: yaml.Mark, **values: str) -> None:
        self._report(code, mark, (), **values)
        raise _Stop

    def _take(self, event: yaml.Event) -> None:
        kind = type(event)
        self._tell(self.layout.before(event), ())
        if kind is ev.ScalarEvent:
            self._refuse_decoration(event)
            self._scalar(event)
        elif kind in (ev.MappingStartEvent, ev.SequenceStartEvent):
            self._refuse_decoration(event)
            self._start(event, {} if kind is ev.MappingStartEvent else [])
        elif kind in (ev.MappingEndEvent, ev.SequenceEndEvent):
            self._end(self.open.pop(), event.end_mark)
        elif kind is ev.AliasEvent:
            self._give_up("yaml-anchor", event.start_mark, found=f"*{event.anchor}")
        elif kind is ev.DocumentStartEvent:
            self._document(event)
        elif kind is ev.DocumentEndEvent:
            self._tell(self.layout.after(event), ())

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if event.version or event.tags:
            self._give_up("yaml-directive", event.start_mark)
        if self.documents > 1:
            self._give_up("yaml-documents", event.start_mark)

    def _refuse_decoration(self, event: yaml.NodeEvent) -> None:
        self.nodes += 1
        if self.nodes > NODE_LIMIT:
            self._give_up("too-many-nodes", event.start_mark, limit=str(NODE_LIMIT))
        if event.anchor is not None:
            self._give_up("yaml-anchor", event.start_mark, found=f"&{event.anchor}")
        if event.tag is not None:
            self._give_up("yaml-tag", event.start_mark, found=event.tag)

    def _start(self, event: yaml.CollectionStartEvent, value: dict[str, Value] | list[Value]) -> None:
        if len(self.open) >= DEPTH_LIMIT:
            self._give_up("too-deep", event.start_mark, limit=str(DEPTH_LIMIT))
        if self._expects_key():
            self._give_up("key-not-text", event.start_mark, found="[" if isinstance(value, list) else "{")
        path = self._path()
        self._put(value, path, event.start_mark)
        indent = self._indent() if event.flow_style else event.start_mark.column
        self.open.append(_Open(value, path, bool(event.flow_style), indent, event.start_mark.line))

    def _end(self, closed: _Open, end: yaml.Mark) -> None:
        if closed.flow and not (self.open and self.open[-1].flow):
            self._tell(self.layout.lines_at(closed.line + 1, end.line, self._indent(), comments=True), closed.path)

    def _indent(self) -> int:
        return self.open[-1].indent if self.open else -1

    def _expects_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].value, dict) and self.open[-1].key is None

    def _path(self) -> Path:
        """Return the path of the value that begins where the parser is."""
        if not self.open:
            return ()
        parent = self.open[-1]
        step = len(parent.value) if isinstance(parent.value, list) else parent.key
        assert step is not None
        return (*parent.path, step)

    def _put(self, value: Value, path: Path, mark: yaml.Mark) -> None:
        """Put a value at its path, which begins at a mark."""
        self.marks.values[path] = self._place_of(mark)
        if not self.open:
            self.root = value
            return
        parent = self.open[-1]
        if isinstance(parent.value, list):
            parent.value.append(value)
        else:
            assert parent.key is not None
            parent.value[parent.key] = value
            parent.key = None

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if self._expects_key():
            self._key(event)
            return
        parent = self.open[-1] if self.open else None
        if parent and parent.flow and parent.key and event.start_mark.index == event.end_mark.index == parent.key_end:
            at = (*parent.path, parent.key)
            self._report("comma-in-braces", parent.key_mark, at, found=parent.key)
        path = self._path()
        self._put(self._read(event, path), path, event.start_mark)

    def _key(self, event: yaml.ScalarEvent) -> None:
        parent = self.open[-1]
        assert isinstance(parent.value, dict)
        key, mark = event.value, event.start_mark
        at = (*parent.path, key)
        if event.style in ("", None) and not isinstance(resolve(key), str):
            self._give_up("yaml-anchor" if key == "<<" else "key-not-text", mark, found=key)
        if len(key) > TEXT_LIMIT:
            self._give_up("text-too-long", mark, limit=str(TEXT_LIMIT))
        if parent.flow and self.text[mark.index - 1] == "?":  # to YAML 1.2 a part of the key
            self._give_up("ambiguous-scalar", mark, found=f"?{key}")
        if event.style not in ("", None):
            self._tell(self.layout.within(event, self._indent()), at)
        if key in parent.value:
            line = self.marks.keys[at][0]
            self._report("duplicate-key", mark, at, key=key, line=str(line))
            parent.value.pop(key)
        if event.style == '"':
            self._refuse_decoded(key, mark, at)
        elif self.layout.comments and event.style in ("", None):
            self._refuse_comment(event, at)
        if key != key.strip():
            if key[0] == "\u3000":  # no indentation to YAML
                self._report("full-width-sign", mark, at, **shown_sign(key[0], " "))
            else:
                self._report("edge-space", mark, at, found=key)
        parent.key, parent.key_mark, parent.key_end = key, mark, event.end_mark.index
        self.marks.keys[at] = (mark.line + 1, mark.column + 1)

    def _read(self, event: yaml.ScalarEvent, at: Path) -> Value:
        """Return the value of a scalar; quoted and block scalars are texts."""
        text: str = event.value
        mark = event.start_mark
        if len(text) > TEXT_LIMIT:
            self._report("text-too-long", mark, at, limit=str(TEXT_LIMIT))
            return text[:1]
        if event.style in ("", None):
            return self._plain(text, event, at)
        self._tell(self.layout.within(event, self._indent()), at)
        if event.style == '"':
            self._refuse_decoded(text, mark, at)
        if not text:
            self._report("empty-text", mark, at)
        elif text != text.strip() or self.layout.lacks_line_end(event):
            self._report("edge-space", mark, at, found=text)
        return text

    def _plain(self, text: str, event: yaml.ScalarEvent, at: Path) -> Value:
        value = resolve(text)
        if value is Ellipsis or (text == "-" and self.open and self.open[-1].flow):
            self._report("ambiguous-scalar", event.start_mark, at, found=text)
            return text
        if isinstance(value, (int, Decimal)) and len(text.strip("-").replace(".", "").lstrip("0")) > DIGIT_LIMIT:
            self._report("too-many-digits", event.start_mark, at, found=text, limit=str(DIGIT_LIMIT))
        if isinstance(value, str) and text != text.strip():  # U+3000 and U+00A0 are no white space to YAML
            self._report("edge-space", event.start_mark, at, found=text)
        if isinstance(value, str) and self.layout.comments:
            self._refuse_comment(event, at)
        return value  # type: ignore[return-value]

    def _refuse_decoded(self, text: str, mark: yaml.Mark, at: Path) -> None:
        """Report, once each, the faults that a text has only after its escapes are decoded."""
        excerpts = dict.fromkeys((code, excerpt) for _, code, excerpt in faults(text))
        excerpts |= {("forbidden-character", f"U+{ord(control):04X}"): None for control in "\t\r" if control in text}
        for code, excerpt in excerpts:
            self._report(code, mark, at, **fault_values(code, excerpt))

    def _refuse_comment(self, event: yaml.ScalarEvent, at: Path) -> None:
        """Report a comment directly after a plain text: it may be meant as the rest of the text."""
        rest = self.layout.lines[event.end_mark.line][event.end_mark.column :]
        if rest.startswith(" ") and rest.lstrip(" ").startswith("#"):
            self._report("comment-after-text", event.start_mark, at, found=rest.strip())
