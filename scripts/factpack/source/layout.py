"""Where lines and comments may begin: the C parser lets more through than YAML does, and other readers refuse it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from factpack.source.decoding import position
from factpack.source.marks import Mark

Fault = tuple[str, Mark, dict[str, str]]
"""A problem's code, place and values."""

_HEADER = re.compile("[|>]([-+0-9]*)")
_ESCAPED_BREAK = re.compile(r"(?<!\\)(?:\\\\)*\\\r?\n *\r?\n")
_END = re.compile(r"^\.\.\.", re.MULTILINE)


class Layout:
    """The lines of a file, looked at event by event of its parser."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.comments = "#" in text
        self.read_to = 0
        """Where the last event ends."""

    def before(self, event: yaml.Event) -> Iterator[Fault]:
        """Yield a comment that directly follows something else, between the last event and this one."""
        if self.comments:
            yield from self._comments(self.read_to, event.start_mark.index)
            self.read_to = max(self.read_to, event.end_mark.index)

    def _comments(self, start: int, end: int) -> Iterator[Fault]:
        """Yield the first such comment of a stretch without scalars."""
        at = self.text.find("#", start, end)
        while at >= 0:
            line = self.text.find("\n", at)
            if at and self.text[at - 1] not in " \n":
                found = self.text[at : line if line >= 0 else None].rstrip()
                yield "comment-without-space", position(self.text, at), {"found": found}
                return
            at = self.text.find("#", line, end) if line >= 0 else -1

    def within(self, event: yaml.ScalarEvent, indent: int) -> Iterator[Fault]:
        """Yield what is wrong in a text that is not plain, within a collection in block style at a column."""
        start, end = event.start_mark, event.end_mark
        if event.style in ("|", ">"):
            if start.column <= indent:
                yield from self.lines_at(start.line, start.line, indent)
            yield from self._comments(start.index, self.text.find("\n", start.index))
            return
        yield from self.lines_at(start.line + 1, end.line, indent)
        if event.style == '"' and (folded := _ESCAPED_BREAK.search(self.text, start.index, end.index)):
            found = self.text[start.index : folded.end()].rstrip()  # then a space to some, a line break to others
            yield "ambiguous-scalar", (start.line + 1, start.column + 1), {"found": found}

    def lines_at(self, first: int, last: int, indent: int, comments: bool = False) -> Iterator[Fault]:
        """Yield the first line with something at or before a column; a comment may be there where there may be any."""
        for number in range(first, last + 1):
            line = self.lines[number]
            content = line.lstrip(" ")
            left = len(line) - len(content)
            if left <= indent and content.rstrip() and not (comments and content[0] == "#"):
                values = {"found": content.rstrip(), "spaces": str(indent + 1)}
                yield "line-not-indented", (number + 1, left + 1), values
                return

    def after(self, end: yaml.DocumentEndEvent) -> Iterator[Fault]:
        """Yield a second `...`: to some readers it ends another, empty document."""
        if end.explicit and (again := _END.search(self.text, end.end_mark.index)):
            yield "yaml-documents", position(self.text, again.start()), {}

    def lacks_line_end(self, event: yaml.ScalarEvent) -> bool:
        """Say whether a text would end with a line break if the last line of the file did."""
        if event.style not in ("|", ">") or event.end_mark.index < len(self.text) or self.text.endswith("\n"):
            return False
        header = _HEADER.match(self.text, event.start_mark.index)
        return header is not None and "-" not in header[1]
