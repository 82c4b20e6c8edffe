"""Results that are not worked out twice: kept in the cache, each with what it rests on.

A check and a build share them. What a build made serves a check; what a check found a build completes with rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from factpack.run.dependencies import Dependencies, renewed
from factpack.run.workspace import Workspace
from factpack.table.encode import pack, unpack

Make = Callable[[Workspace, bytes | None], tuple[bytes, bool]]
"""Makes a result, reading from a workspace; given what a check found, it adds the rows. The result may be kept if it
is sound: one with problems is not."""


class Kept(NamedTuple):
    """A result, what it rests on, and whether it has rows."""

    given: str
    noted: Dependencies
    rows: bool
    result: bytes

    def packed(self) -> bytes:
        """Return it as bytes."""
        return pack({"given": self.given, "noted": self.noted, "rows": self.rows}, [self.result])

    @staticmethod
    def unpacked(packed: bytes) -> Kept:
        """Return what was packed; raises ValueError, LookupError or TypeError where it was not."""
        head, (result,) = unpack(packed)
        return Kept(head["given"], Dependencies.from_json(head["noted"]), head["rows"], result)


def cached(space: Workspace, slot: str, given: str, make: Make, *, rows: bool = False) -> bytes:
    """Return the result in a slot of the cache while what it rests on is as it was, else make it.

    `given` is a digest of what else it is made from, and `rows` says whether it must have rows.
    """
    if space.cache is None:
        return make(space.anew(), None)[0]
    kept = _still_valid(space, slot, given)
    if kept and (kept.rows or not rows):
        return kept.result
    if kept and (completed := _completed(space, kept, make)):
        space.cache.write(slot, completed.packed())
        return completed.result
    reading = space.anew()
    result, sound = make(reading, None)
    if sound:
        space.cache.write(slot, Kept(given, reading.reader.noted, rows, result).packed())
    return result


def _completed(space: Workspace, kept: Kept, make: Make) -> Kept | None:
    """Return what a check found with its rows, or None where a file has changed since it was found."""
    reading = space.anew()
    result, sound = make(reading, kept.result)
    noted = kept.noted.joined(reading.reader.noted)
    return Kept(kept.given, noted, True, result) if sound and noted else None


def _still_valid(space: Workspace, slot: str, given: str) -> Kept | None:
    """Return the result that was kept if all it rests on is as it was; where only times differ, keep it with these."""
    packed = space.cache.read(slot) if space.cache else None
    if packed is None:
        return None
    try:
        kept = Kept.unpacked(packed)
        now = renewed(kept.noted, space.project, space.reader.is_there, space.reader.names.digest)
    except (ValueError, LookupError, TypeError):  # not what was written
        return None
    if kept.given != given or now is None:
        return None
    if now is not kept.noted and space.cache:
        kept = kept._replace(noted=now)
        space.cache.write(slot, kept.packed())
    return kept
