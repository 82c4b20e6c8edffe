"""What changed in each record between two editions: its parts, its fields, and what became of what it said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from factpack.history.changes import Change, Changes, FieldChange
from factpack.report.turns import Line, Told


class RecordChange(NamedTuple):
    """What changed in a record: how the record itself did, its parts by id, its fields, and lines by language."""

    how: str
    added: Sequence[str]
    changed: Sequence[str]
    gone: Sequence[str]
    fields: Sequence[str]
    lines: Mapping[str, Sequence[Line]]
    """What became of promises and figures, by language."""


class LastEdition(NamedTuple):
    """The edition before this one, and what has changed since in some records; of an unchanged one nothing."""

    version: str
    created: str
    """When it was made: a date and time of ISO 8601."""
    records: Mapping[str, RecordChange]


def record_changes(found: Changes, told: Mapping[str, Sequence[Told]]) -> dict[str, RecordChange]:
    """Return what changed in each record between two editions, by id; `told` by language is what became of things."""
    lines: dict[str, dict[str, list[Line]]] = {}
    for language, parts in told.items():
        for line in (line for each in parts for line in each.lines if line.ids):
            lines.setdefault(line.ids[0].partition(".")[0], {}).setdefault(language, []).append(line)
    changed = {each.id: each for each in found.records}
    return {own: _record_change(own, changed.get(own), lines.get(own, {})) for own in dict.fromkeys((*changed, *lines))}


def _record_change(record_id: str, change: Change | None, lines: Mapping[str, Sequence[Line]]) -> RecordChange:
    listed = [(_part(record_id, each), each) for each in (change.fields if change else ())]
    added = [own for own, each in listed if own and each.item == own and each.before is None]
    gone = [own for own, each in listed if own and each.item == own and each.after is None]
    inner = dict.fromkeys(own for own, _ in listed if own and own not in (*added, *gone))
    own_fields = dict.fromkeys(_field(each) for own, each in listed if not own)
    return RecordChange(change.how if change else "changed", added, list(inner), gone, list(own_fields), lines)


def _part(record_id: str, change: FieldChange) -> str:
    """Return the id of the part that a changed field is or belongs to, empty if it is none of a part."""
    own = change.path.partition("[")[2].partition("]")[0]
    return own if own.startswith(f"{record_id}.") else ""


def _field(change: FieldChange) -> str:
    """Return the field of the record that a change is in."""
    return change.path.partition(".")[0].partition("[")[0]
