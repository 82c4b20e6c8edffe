"""The basis of a result: what was read for it, noted while it is made, so that it need not be made again.

A file is what it was while its size and times are; where only times differ, its content decides.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from factpack.disk.cache import digest
from factpack.disk.project import Stamp
from factpack.problems import Problem
from factpack.record.library import Library
from factpack.record.names import TEXTS_KEPT, make_room
from factpack.run.workspace import State, Workspace, open_text, read_raw
from factpack.schema.model import Kind
from factpack.source.documents import Document
from factpack.source.marks import Record
from factpack.table.encode import pack, unpack
from factpack.text.text_record import Text

YOUNG = 2_000_000_000
"""Nanoseconds within which a file may change without new times, on the coarsest of file systems."""
RECORDS_KEPT = 1_000
"""Records of others kept in memory, as texts are."""


def _state(stamp: Stamp | None, raw: bytes) -> State:
    """Return the state of a file that had a stamp before its bytes were read."""
    if stamp is None:
        return None
    old = time.time_ns() - max(stamp[1], stamp[2]) > YOUNG
    return (stamp[0], *(stamp[1:] if old else (0, 0)), digest(raw))


class Basis:
    """What a piece of work reads of a project, through `load` and `library`."""

    def __init__(self, space: Workspace) -> None:
        self._space = space
        self.files: dict[str, State] = {}
        self.there: dict[str, bool] = {}
        """Records of which it matters only whether they are there."""
        self.documents: set[str] = set()
        """Documents whose names matter."""
        self.library: Library = space.library.afresh(self._record, self._exists, self._text)

    def load(self, kind: Kind, record: str) -> tuple[Document, list[Problem]]:
        """Return a record's document and problems, as `Workspace.load` does."""
        path = kind.path(record)
        kept = self._space.ahead.take(path)
        if kept:
            document, self.files[path] = kept
        else:
            stamp = self._space.project.stamp(path)
            document = self._space.reread(path)
            self.files[path] = _state(stamp, document.raw)
        return document, self._space.judge(kind, document)

    def ahead(self, path: str) -> Document:
        """Return a document before its turn to be loaded, and keep it for then if there is room."""
        stamp = self._space.project.stamp(path)
        document = self._space.reread(path)
        self.files[path] = _state(stamp, document.raw)
        self._space.ahead.put(document, self.files[path])
        return document

    def _record(self, record: str) -> Record | None:
        kind = self._space.schemas.kind_of(record)
        if kind is None or not self.library.exists(record):
            return None
        kept, path = self._space.kept_records, kind.path(record)
        if record not in kept:
            document, problems = self.load(kind, record)
            make_room(kept, RECORDS_KEPT)
            kept[record] = document.data if not problems else None, self.files[path]
        found, self.files[path] = kept[record]
        return found

    def _exists(self, record: str) -> bool:
        self.there[record] = self._space.library.is_there(record)
        return self.there[record]

    def _text(self, document: str) -> Text | None:
        kept, path = self._space.kept_texts, f"sources/texts/{document}.json"
        if document not in kept:
            stamp = self._space.project.stamp(path)
            raw = self._space.project.read_text_record(document)
            make_room(kept, TEXTS_KEPT)
            kept[document] = open_text(raw), _state(stamp, raw or b"")
        text, self.files[path] = kept[document]
        self.documents.add(document)
        return text


def remembered(space: Workspace, slot: str, given: str, make: Callable[[Basis], tuple[bytes, bool]]) -> bytes:
    """Return the result in a slot of the cache while its basis stands, else make it, and keep it if it is sound.

    `given` is a digest of what else it is made from. `make` returns the result and whether it is sound: one with
    problems is made anew each time.
    """
    if space.cache is None:
        return make(Basis(space))[0]
    kept = space.cache.read(slot)
    if kept is not None and (found := _standing(space, kept, given)):
        result, renewed = found
        if renewed is not None:
            space.cache.write(slot, pack(renewed, [result]))
        return result
    basis = Basis(space)
    result, sound = make(basis)
    if sound:
        names = {each: space.library.names.digest(each) for each in basis.documents}
        head = {"given": given, "files": basis.files, "there": basis.there, "names": names}
        space.cache.write(slot, pack(head, [result]))
    return result


def _standing(space: Workspace, kept: bytes, given: str) -> tuple[bytes, Mapping[str, Any] | None] | None:
    """Return the result that was kept if all it was made from is as it was, and its basis if it is to be noted anew."""
    try:
        head, (result,) = unpack(kept)
        if head["given"] != given or any(
            space.library.names.digest(name) != was for name, was in head["names"].items()
        ):
            return None
        if any(space.library.is_there(record) != was for record, was in head["there"].items()):
            return None
        renewed = {}
        for path, was in head["files"].items():
            stamp = space.project.stamp(path)
            if was is None or stamp is None:
                if was is not stamp:
                    return None
            elif (stamp[0], stamp[1], stamp[2]) != (was[0], was[1], was[2]):
                raw, unreadable = read_raw(space.project, path)
                if unreadable or stamp[0] != was[0] or digest(raw) != was[3]:
                    return None
                renewed[path] = _state(stamp, raw)
    except (ValueError, LookupError, TypeError):  # not what was written
        return None
    return result, {**head, "files": {**head["files"], **renewed}} if renewed else None
