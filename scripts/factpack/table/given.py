"""What the parts of a record give: each as a result or a target sees it, and which results are preferred."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from factpack.record import periods
from factpack.record.evidence import documents_of
from factpack.record.figures import figure_of, judged_part
from factpack.record.intervals import Figure
from factpack.record.library import Library
from factpack.record.results import Choice, Result, chosen
from factpack.record.reviews import FINAL
from factpack.record.roles import by_role
from factpack.schema.model import Kind, Shape
from factpack.source.marks import Record, Value
from factpack.table.complete import complete

Key = tuple[periods.Period, Value, periods.Period | None]
"""What results must share: period, area, and what they are compared to."""


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """A number or claim that a document gives for a period and an area, in use; `owner` is its record."""

    owner: Record
    item: Record
    position: int
    """Its place among the parts of its record, from 1."""
    status: str
    period: periods.Period
    written: str
    """The period as the record writes it."""
    area: Value
    compared_to: periods.Period | None
    documents: tuple[str, ...]
    """The documents that it cites, the one that gives it first."""
    result: Result

    @property
    def id(self) -> str:
        """Its permanent id."""
        return self.result.id

    @property
    def figure(self) -> Figure | None:
        """Its number, if it has one."""
        return self.result.figure

    @property
    def claim(self) -> str | None:
        """What it says without a number."""
        return self.result.claim

    @property
    def vintage(self) -> str:
        """When the document that gives it first was delivered."""
        return self.result.vintage

    @property
    def key(self) -> Key:
        """What results of one key share."""
        return self.period, self.area, self.compared_to

    @property
    def is_result(self) -> bool:
        """Whether it says what was, and not what is aimed at."""
        return self.status != "target"


def given_by(kind: Kind, done: Record, library: Library) -> tuple[Given, ...]:
    """Return what the parts of a record give; `done` is the record as it is published."""
    part = judged_part(kind.shape)
    listed: Any = done.get(part[0]) if part else None
    made = enumerate(listed or (), 1)
    return tuple(_given(part[1], done, item, place, library) for place, item in made) if part else ()


def given_elsewhere(record_id: str, library: Library) -> tuple[Given, ...]:
    """Return what the parts of another record give; nothing where it is not valid."""
    kind, record = library.schemas.kind_of(record_id), library.record(record_id)
    return given_by(kind, complete(kind, record, library), library) if kind and record else ()


def _given(shape: Shape, done: Record, item: Record, position: int, library: Library) -> Given:
    get = by_role(shape, item).get
    documents = documents_of(shape, item)
    vintage, series = (
        str(library.role(documents[0], role) or "") if documents else "" for role in ("delivered", "series")
    )
    period, figure = periods.parse(str(get("period"))), figure_of(shape, item, done, library)
    base, clear = get("compared_to"), get("reading") in (None, "clear")
    after = vintage > period.end.isoformat()
    result = Result(str(item["id"]), figure, get("claim"), after, series in FINAL, vintage, clear)
    return Given(
        done,
        item,
        position,
        str(get("status")),
        period,
        str(get("period")),
        get("area"),
        periods.parse(str(base)) if base else None,
        documents,
        result,
    )


def choices(given: Sequence[Given]) -> Mapping[Key, Choice]:
    """Return which results are preferred, by key."""
    listed: dict[Key, list[Result]] = {}
    for each in given:
        if each.is_result:
            listed.setdefault(each.key, []).append(each.result)
    return {key: chosen(results) for key, results in listed.items()}


def preferred(given: Sequence[Given]) -> Iterator[Given]:
    """Yield the preferred results among those given."""
    by_key = choices(given)
    for each in given:
        if each.is_result and by_key[each.key].preferred is each.result:
            yield each
