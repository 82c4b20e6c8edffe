"""Bytes of a YAML file to data with a mark for every path: a strict subset of YAML (DESIGN 7), never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from factpack.problems import Problem, pointer
from factpack.source import plain
from factpack.source.marks import Marks, Path, Value
from factpack.source.strict import Builder, decode


@dataclass(frozen=True)
class Document:
    """A file read: its mapping, or None with the problems that say why there is none."""

    path: str
    data: dict[str, Value] | None
    placed: Marks | None = None
    """Its marks, where they are known; else the strict loader reads `raw` for them."""
    problems: tuple[Problem, ...] = ()
    raw: bytes = b""

    @cached_property
    def marks(self) -> Marks:
        """Where its values and keys stand."""
        return load_strictly(self.path, self.raw).marks if self.placed is None else self.placed

    def problem(self, code: str, at: Path, **values: str) -> Problem:
        """Return a problem at the value of a path of this document."""
        return Problem(self.path, *self.marks.at(at), code, pointer(at), values)

    def key_problem(self, code: str, at: Path, **values: str) -> Problem:
        """Return a problem at the key of a path of this document."""
        return Problem(self.path, *self.marks.at_key(at), code, pointer(at), values)


def load(path: str, raw: bytes) -> Document:
    """Return the document in a file's bytes; every fault is one of its problems, with line and column.

    What is plainly safe is read fast, and its marks are found when a problem asks for them.
    """
    data = plain.read(raw)
    return Document(path, data, None, (), raw) if data is not None else load_strictly(path, raw)


def load_strictly(path: str, raw: bytes) -> Document:
    """Return the document in a file's bytes as the events of the YAML parser tell it, with all its marks."""
    text, problems = decode(path, raw)
    if text is None or problems:
        return Document(path, None, Marks(), tuple(problems))
    builder = Builder(path, text)
    builder.run()
    if not builder.problems and not isinstance(builder.root, dict):
        code = "empty-file" if builder.root is None else "not-a-mapping"
        builder.problems.append(Problem(path, 1, 1, code))
    if builder.problems:
        return Document(path, None, builder.marks, tuple(builder.problems))
    assert isinstance(builder.root, dict)
    return Document(path, builder.root, builder.marks, (), raw)
