"""What one record may know of others: records by id, texts by document, and names that stand in a quote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from factpack.record.names import TEXTS_KEPT, Standing, concept_key, make_room
from factpack.record.reviews import Review
from factpack.record.roles import by_role
from factpack.schema.model import Schemas
from factpack.source.marks import Record, Value

if TYPE_CHECKING:
    from factpack.text.text_record import Text

RECORDS_KEPT = 300
"""Records kept in memory because others refer to them; of more, the one that was read first makes room."""


def _no_names(text: str, document: str) -> list[Standing]:
    """Return no name for any text."""
    return []


def _none_related(key: str) -> Sequence[str]:
    """Return no record for any concept."""
    return ()


@dataclass(frozen=True)
class Library:
    """Looks up other records, their texts and their names, once while there is room; the functions do the reading."""

    schemas: Schemas
    package: Record
    read: Callable[[str], Record | None]
    """Returns a valid record by its id."""
    is_there: Callable[[str], bool]
    """Says whether there is a file of a record."""
    open_text: Callable[[str], Text | None]
    """Returns the text record of a document."""
    names_in: Callable[[str, str], list[Standing]] = _no_names
    """Returns the known names in a text of a document, each with its record, former ones too."""
    with_key: Callable[[str], Sequence[str]] = _none_related
    """Returns the ids of the records with a key of a concept, in order."""
    reviews: Sequence[Review] = ()
    """Which documents look back on which years."""
    _records: dict[str, Record | None] = field(default_factory=dict)
    _roles: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _known: dict[str, bool] = field(default_factory=dict)
    _texts: dict[str, Text | None] = field(default_factory=dict)

    @property
    def area(self) -> str:
        """The default area."""
        return str(self.package.get("area", ""))

    def exists(self, record: str) -> bool:
        """Say whether a record's file exists."""
        if record not in self._known:
            self._known[record] = self.is_there(record)
        return self._known[record]

    def record(self, record: str) -> Record | None:
        """Return a valid record by id, or None."""
        if record not in self._records:
            make_room(self._records, RECORDS_KEPT)
            self._records[record] = self.read(record)
        return self._records[record]

    def text(self, document: str) -> Text | None:
        """Return the text record of a document, or None where it has none."""
        if document not in self._texts:
            make_room(self._texts, TEXTS_KEPT)
            self._texts[document] = self.open_text(document)
        return self._texts[document]

    def related(self, concept: str, area: str) -> Sequence[str]:
        """Return the ids of the records that say something of a concept for an area, in order."""
        areas = {area, ""} if area in ("", self.area) else {area}
        return sorted({each for some in areas for each in self.with_key(concept_key(concept, some))})

    def role(self, record: str, role: str) -> Any:
        """Return what plays a role in another record, or None."""
        if record not in self._roles:
            make_room(self._roles, RECORDS_KEPT)
            kind, found = self.schemas.kind_of(record), self.record(record)
            self._roles[record] = by_role(kind.shape, found) if kind and found else {}
        return self._roles[record].get(role)

    def was_used(self, until: str, document: str) -> bool:
        """Say whether a document could use a name that was used until one: it is that one, or was delivered by then."""
        then, own = (str(self.role(each, "delivered") or "") for each in (until, document))
        return document == until or (bool(own) and own <= then)

    def follow(self, value: Value, steps: Iterable[str]) -> Value:
        """Return what a path of fields leads to from a value, through references."""
        for step in steps:
            if isinstance(value, str):
                value = self.record(value)
            if not isinstance(value, dict):
                return None
            value = value.get(step)
        return value
