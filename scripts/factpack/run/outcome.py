"""What a check or build found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from factpack.check import coverage
from factpack.problems import Problem


@dataclass(slots=True)
class Outcome:
    """What a check or build found: its problems, and how much was looked at."""

    problems: list[Problem]
    counts: dict[str, int]
    titles: dict[str, dict[str, str]] = field(default_factory=dict)
    """What is counted, by folder: in English the name of one, in Chinese the title."""
    numbers: list[coverage.Number] = field(default_factory=list)
    """The numbers of all texts, where they were asked for."""
    totals: dict[str, int] = field(default_factory=dict)
    """How many of them there are by use."""
    ids: dict[str, list[str]] = field(default_factory=dict)
    """The records that were looked at, by folder."""

    def paths(self) -> Iterator[str]:
        """Yield the path of each record that was looked at."""
        return (f"sources/{folder}/{record}.yaml" for folder, ids in self.ids.items() for record in ids)
