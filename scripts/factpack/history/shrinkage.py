"""Shrinkage: what a build would lose of the package in place, so that a bad merge does not publish half a package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from factpack.history.damage import REPLACED, Damage
from factpack.history.editions import Edition
from factpack.problems import Problem
from factpack.schema.model import Schemas, Shape


def shrinkage(schemas: Schemas, rows: Mapping[str, tuple[int, int]]) -> list[Problem]:
    """Return a problem for each table that loses too much, or one for the package where only all tables together do.

    Too much is more than a fifth of the rows of a table whose rows have ids for ever, all rows of any other table, and
    more than a fifth of all rows. `rows` holds, by path, how many each CSV has in the package in place and in the new
    one.
    """
    lasting = {f"build/csv/{name}.csv" for kind in schemas.kinds.values() for name in _lasting(kind.shape)}
    lost = {path: pair for path, pair in rows.items() if _shrinks(*pair) and (path in lasting or not pair[1])}
    before, after = sum(pair[0] for pair in rows.values()), sum(pair[1] for pair in rows.values())
    if not lost and _shrinks(before, after):
        lost = {"datapackage.json": (before, after)}
    return [_problem(path, *pair) for path, pair in lost.items()]


def measured(
    rows: Mapping[str, tuple[int | None, int]], then: Edition | None
) -> tuple[dict[str, tuple[int, int]], list[Problem]]:
    """Return rows as `shrinkage` takes them, and a warning for each file of which nobody knows how many it had.

    Where the file in place is damaged, that of an edition counts, if it is whole.
    """
    found, unknown = dict[str, tuple[int, int]](), list[Problem]()
    for path, (there, after) in rows.items():
        before = then.rows(path) if there is None and then is not None and not then.output else there
        found[path] = before or 0, after
        if before is None:
            unknown.append(Damage(path, REPLACED).problem(""))
    return found, unknown


def _lasting(shape: Shape) -> Iterator[str]:
    """Yield the tables whose rows have ids for ever: those of records, and of parts that have a key."""
    yield shape.tables[0].name
    for part in shape.parts.values():
        if part.key:
            yield from _lasting(part)


def _shrinks(before: int, after: int) -> bool:
    return 5 * after < 4 * before


def _problem(path: str, before: int, after: int) -> Problem:
    return Problem(path, 1, 1, "package-shrinks", "", {"before": str(before), "after": str(after)})
