"""What a check or build is asked for, and what it finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from factpack.check.coverage import Number
from factpack.disk.stage import Stage
from factpack.history.editions import Edition
from factpack.problems import Problem
from factpack.schema.model import Kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a check or build is asked for."""

    stage: Stage | None = None
    """Where the package is made, if it is wanted."""
    only: frozenset[str] | None = None
    """The paths of the records to look at; None stands for all, and for what needs all of them."""
    earlier: Edition | None = None
    """The edition whose ids and columns must still be there."""
    numbers: bool = False
    """Whether the numbers of all texts are wanted one by one, which takes memory."""

    @property
    def build(self) -> bool:
        """Whether the package is wanted."""
        return self.stage is not None

    def records(self, kind: Kind, ids: Iterable[str]) -> list[str]:
        """Return those ids of a record type that are to be looked at."""
        return [each for each in ids if self.only is None or kind.path(each) in self.only]


@dataclass(slots=True)
class Outcome:
    """What a check or build found: its problems, and how much was looked at."""

    problems: list[Problem]
    counts: dict[str, int] = field(default_factory=dict)
    """How many records were looked at by folder, then how many values and numbers."""
    titles: dict[str, dict[str, str]] = field(default_factory=dict)
    """What is counted, by folder: in English the name of one, in Chinese the title."""
    numbers: list[Number] = field(default_factory=list)
    """The numbers of all texts, where they were asked for."""
    totals: dict[str, int] = field(default_factory=dict)
    """How many of them there are by use."""
    ids: dict[str, Sequence[str]] = field(default_factory=dict)
    """The records that were looked at, by folder."""

    def take(self, kind: Kind, ids: Sequence[str]) -> None:
        """Take it that the records of a type were looked at."""
        self.counts[kind.folder] = len(ids)
        self.ids[kind.folder] = ids
        self.titles[kind.folder] = {"en": kind.name.replace("_", " "), "zh": str(kind.shape.schema["x-title"]["zh"])}

    def paths(self) -> Iterator[str]:
        """Yield the path of each record that was looked at."""
        return (f"sources/{folder}/{record}.yaml" for folder, ids in self.ids.items() for record in ids)


def once_each(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems sorted, those that say the same of one place once; the others of a place in the order given."""
    said = dict[tuple[object, ...], Problem]()
    for each in problems:
        said.setdefault((each.path, each.line, each.column, each.code, each.pointer, *each.values.items()), each)
    return sorted(said.values())
