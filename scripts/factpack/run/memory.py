"""What a process that checks a project again and again keeps in memory: its schemas read, and checks of records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from factpack.record.names import make_room
from factpack.run.dependencies import Dependencies, renewed
from factpack.run.reader import Reader
from factpack.schema.model import Schemas
from factpack.schema.validate import Validator
from factpack.source.marks import Record

if TYPE_CHECKING:
    from factpack.check.record import Checked

KEPT = 4_000
"""Records whose checks are kept."""
Opened = tuple[Schemas, Mapping[str, Validator]]
"""The schemas of a project, and what validates records by them."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The check of a record, with what it rests on: what all records do, and what was noted."""

    given: tuple[Any, ...]
    noted: Dependencies
    checked: Checked


@dataclass(slots=True)
class Memory:
    """Schemas and checks of single records. Each is taken again only while all that it rests on is as it was.

    The cache keeps results of some two hundred records together; a save changes one of them, and memory has the rest.
    """

    _files: Mapping[str, bytes] = field(default_factory=dict)
    _opened: Opened | None = None
    _kept: dict[str, _Kept] = field(default_factory=dict)

    def opened(self, files: Mapping[str, bytes], make: Callable[[Mapping[str, bytes]], Opened]) -> Opened:
        """Return what `make` gives of the bytes of the schemas, by name."""
        if self._opened is None or files != self._files:
            self._files, self._opened = files, make(files)
        return self._opened

    def lacks(self, ids: Collection[str]) -> bool:
        """Say whether one of some records is not kept though there is room for them all."""
        return len(self._kept) + len(ids) <= KEPT and not self._kept.keys() >= set(ids)

    def checked(
        self, reader: Reader, package: Record, record_id: str, make: Callable[[], Checked]
    ) -> tuple[Checked, Dependencies]:
        """Return the check of a record and what it rests on.

        `make` checks it with `reader`, which has noted nothing yet. A check with problems is not kept.
        """
        given = (reader.schemas, package, reader.reviews_digest)
        kept = self._kept.pop(record_id, None)
        noted = _renewed(kept.noted, reader) if kept and kept.given == given else None
        checked = kept.checked if kept and noted else make()
        if not checked.problems:
            make_room(self._kept, KEPT)
            self._kept[record_id] = _Kept(given, noted or reader.noted, checked)
        return checked, noted or reader.noted


def _renewed(noted: Dependencies, reader: Reader) -> Dependencies | None:
    return renewed(noted, reader.project, reader.is_there, reader.names.digest)
