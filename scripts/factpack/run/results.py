"""Results that are not worked out twice: kept in the cache, each with what it rests on."""

from __future__ import annotations

from collections.abc import Callable

from factpack.run.dependencies import Dependencies, renewed
from factpack.run.workspace import Workspace
from factpack.table.encode import pack, unpack


def cached(space: Workspace, slot: str, given: str, make: Callable[[Workspace], tuple[bytes, bool]]) -> bytes:
    """Return the result in a slot of the cache while what it rests on is as it was, else make it.

    `given` is a digest of what else it is made from. `make` takes the workspace to read from, and returns the result
    and whether it is sound: one with problems is not kept.
    """
    if space.cache is None:
        return make(space.anew())[0]
    kept = space.cache.read(slot)
    if kept is not None and (result := _still_valid(space, slot, given, kept)) is not None:
        return result
    reading = space.anew()
    result, sound = make(reading)
    if sound:
        space.cache.write(slot, _packed(given, reading.reader.noted, result))
    return result


def _packed(given: str, noted: Dependencies, result: bytes) -> bytes:
    return pack({"given": given, "noted": noted}, [result])


def _still_valid(space: Workspace, slot: str, given: str, kept: bytes) -> bytes | None:
    """Return the result that was kept if all it rests on is as it was; where only times differ, keep it with these."""
    try:
        head, (result,) = unpack(kept)
        noted = Dependencies.from_json(head["noted"])
        now = renewed(noted, space.project, space.reader.is_there, space.reader.names.digest)
        if head["given"] != given or now is None:
            return None
    except (ValueError, LookupError, TypeError):  # not what was written
        return None
    if now is not noted and space.cache:
        space.cache.write(slot, _packed(given, now, result))
    return result
