"""Chunks: records of one type that are checked one by one and tabulated in one go, in any process, and not twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zlib import crc32

import orjson

from factpack.record.names import Named, named
from factpack.run.chunk_result import Chunk, ChunkResult
from factpack.run.results import cached
from factpack.run.workspace import Workspace

CHUNK_SIZE = 200
"""Records in a chunk, about: the unit of work that a worker takes."""
MAX_CHUNK = 2 * CHUNK_SIZE


def chunks(kind: str, ids: Sequence[str], wanted: str) -> Iterator[Chunk]:
    """Yield ids in chunks. Each id says by itself whether a chunk ends with it: one more or less changes one chunk."""
    start = 0
    for end, record_id in enumerate(ids, 1):
        if crc32(record_id.encode()) % CHUNK_SIZE == 0 or end - start == MAX_CHUNK:
            yield Chunk(kind, ids[start:end], wanted)
            start = end
    if start < len(ids):
        yield Chunk(kind, ids[start:], wanted)


def check_chunk(space: Workspace, chunk: Chunk) -> bytes:
    """Check the records of a chunk and, for a build, make their rows: a `ChunkResult`, packed."""

    def make(reading: Workspace, found: bytes | None) -> tuple[bytes, bool]:
        from factpack.run import making  # with all that checks and tabulates, which a run of kept results never needs

        kept = ChunkResult.unpacked(found) if found else None
        result = making.with_rows(reading, chunk, kept) if kept else making.result(reading, chunk)
        return result.packed(), not result.problems

    if space.memory and chunk.wanted == "check" and space.memory.lacks(chunk.ids):  # the cache has them all in one
        return make(space.anew(), None)[0]
    given = f"{chunk.digest}{space.reader.reviews_digest}"
    return cached(space, chunk.slot, given, make, rows=chunk.wanted == "build")


def chunk_names(space: Workspace, chunk: Chunk) -> bytes:
    """Return the names of the records of a chunk, which the proofs of others must know, as JSON."""
    kind = space.schemas.kinds[chunk.kind]

    def make(reading: Workspace, _: bytes | None) -> tuple[bytes, bool]:
        documents = ((record_id, reading.reader.read_ahead(kind.path(record_id))) for record_id in chunk.ids)
        found = (named(kind, record_id, document.data or {}) for record_id, document in documents)
        return orjson.dumps([tuple(each) for each in found]), True

    return cached(space, chunk.slot, chunk.digest, make)


def load_names(names: bytes) -> Iterator[Named]:
    """Yield the names that `chunk_names` returned."""
    return (Named(*each) for each in orjson.loads(names))
