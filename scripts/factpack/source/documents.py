"""Reads YAML files: their bytes become data, and every fault a problem with its line and column, never an exception.

Only a strict subset of YAML is accepted, which all readers of YAML 1.1 and 1.2 understand alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from factpack.problems import Problem, pointer
from factpack.source import plain
from factpack.source.marks import Marks, Path, Value


@dataclass(frozen=True)
class Document:
    """A YAML file as read: its mapping, or None and the problems that say why there is none."""

    path: str
    data: dict[str, Value] | None
    known_marks: Marks | None = None
    """Its marks; None if they are still to be found, by reading `raw` strictly."""
    problems: tuple[Problem, ...] = ()
    raw: bytes = b""
    readable: dict[str, Value] | None = None
    """Its mapping, where the problems are all of single values, so that what else it lacks can be told with them."""

    @cached_property
    def marks(self) -> Marks:
        """Line and column of its values and keys."""
        return load_strictly(self.path, self.raw).marks if self.known_marks is None else self.known_marks

    @cached_property
    def faults(self) -> frozenset[Path]:
        """The paths of the values that its problems are of."""
        pointers = {each.pointer for each in self.problems}
        return frozenset(path for path in self.marks.values if pointer(path) in pointers)

    def problem(self, code: str, at: Path, **values: str) -> Problem:
        """Return a problem at the value of a path of this document."""
        return Problem(self.path, *self.marks.at(at), code, pointer(at), values)

    def key_problem(self, code: str, at: Path, **values: str) -> Problem:
        """Return a problem at the key of a path of this document."""
        return Problem(self.path, *self.marks.at_key(at), code, pointer(at), values)


def load(path: str, raw: bytes) -> Document:
    """Return the document in a file's bytes, from the fast reader if that is sure of it, else from the strict one.

    Both return the same data. The fast reader finds no marks: they are looked up when a problem needs them.
    """
    data = plain.read(raw)
    return Document(path, data, None, (), raw) if data is not None else load_strictly(path, raw)


def load_strictly(path: str, raw: bytes) -> Document:
    """Return the document in a file's bytes with all its marks, built from the events of the YAML parser."""
    from factpack.source.decoding import decode  # costs start-up time, as the next two: most files are read without
    from factpack.source.strict import Builder
    from factpack.source.syntax import sign_problems

    text, problems = decode(path, raw)
    if text is None or problems:
        return Document(path, None, Marks(), tuple(problems))
    builder = Builder(path, text)
    builder.run()
    if not builder.problems and not isinstance(builder.root, dict):
        code = "empty-file" if builder.root is None else "not-a-mapping"
        builder.problems += sign_problems(path, text) or [Problem(path, 1, 1, code)]
    if builder.problems:
        return Document(path, None, builder.marks, tuple(builder.problems), raw, builder.readable())
    assert isinstance(builder.root, dict)
    return Document(path, builder.root, builder.marks, (), raw)
