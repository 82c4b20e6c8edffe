"""What is in a YAML file: values, the paths to them, and marks, the line and column of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = "bool | int | str | Decimal | list[Value] | dict[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]
Mark: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marks:
    """(line, column), both from 1, where the value and the key of each path begin."""

    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)

    def at(self, path: Path) -> Mark:
        """Return the mark of a path's value, or of the nearest parent that has one."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def at_key(self, path: Path) -> Mark:
        """Return the mark of a path's key, or of its value if it has no key."""
        return self.keys.get(path) or self.at(path)


Record = dict[str, Value]


def is_deeper(value: object, levels: int) -> bool:
    """Say whether a value of YAML or JSON has values at more levels below it than so many."""
    found = [value]
    for _ in range(levels + 1):
        found = [each for part in found for each in _parts(part)]
    return bool(found)


def _parts(value: object) -> Iterable[object]:
    """Return what a mapping or list holds."""
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
