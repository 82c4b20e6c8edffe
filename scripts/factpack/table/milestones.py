"""Milestones: whether what was to happen did, by when, or was put off; and what comes next in a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from factpack.record import periods
from factpack.record.evidence import documents_of
from factpack.record.library import Library
from factpack.schema.model import Shape, kept
from factpack.source.marks import Record
from factpack.table.answers import reviewing
from factpack.table.view import View, Whole, once

NOT_CHECKABLE = frozenset(("advanced", "upgraded"))
"""Stages that any news of a project would reach."""
FIRST_OF_CHAIN, LAST_OF_CHAIN = "landed", "operating"
"""Between these, a later stage says that an earlier one was reached."""
OPEN = frozenset(("pending", "not_checkable"))


@dataclass(frozen=True, slots=True, eq=False)
class Milestone:
    """A stage that a project reached or is to reach, in use."""

    item: Record
    stage: str
    order: int
    """The place of the stage in the life of a project."""
    is_target: bool
    period: periods.Period
    written: str
    documents: tuple[str, ...]
    vintage: str
    """When the document that gives it first was delivered."""
    repeated: str
    """When the latest document that gives it was delivered."""

    @property
    def by_end(self) -> tuple[object, ...]:
        """What orders milestones in time; of several in a period the later stage comes last."""
        return self.period.end, self.period.start, self.order


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a milestone that was aimed at, and the milestone that says so."""

    outcome: str
    by: Milestone | None = None
    moved_to: str | None = None


@kept
def staged_part(shape: Shape) -> tuple[str, Shape] | None:
    """Return the field and shape of the parts of a record that are milestones, or None."""
    wanted = ("period", "status", "stage")
    return next(((field, part) for field, part in shape.parts.items() if all(map(part.role, wanted))), None)


@once
def milestones(whole: Whole) -> tuple[Milestone, ...]:
    """Return the milestones of a record."""
    part = staged_part(whole.shape)
    listed: Any = whole.record.get(part[0]) if part else None
    return tuple(_milestone(part[1], item, whole.library) for item in listed or ()) if part else ()


def _milestone(shape: Shape, item: Record, library: Library) -> Milestone:
    stage, status, period = (str(item[shape.roles[role]]) for role in ("stage", "status", "period"))
    documents = documents_of(shape, item)
    days = [str(library.role(each, "delivered") or "") for each in documents] or [""]
    order, is_target = _order(shape).index(stage), status == "target"
    return Milestone(item, stage, order, is_target, periods.parse(period), period, documents, days[0], max(days))


@kept
def _order(shape: Shape) -> Sequence[str]:
    """Return the stages in the order of a project's life."""
    stages: Sequence[str] = shape.fields[shape.roles["stage"]].get("enum", ())
    return stages


def fate(whole: Whole, target: Milestone) -> Fate:
    """Return what became of a target."""
    if target.stage in NOT_CHECKABLE:
        return Fate("not_checkable")
    beside = milestones(whole)
    reached = [each for each in beside if not each.is_target and _reaches(whole.shape, each, target)]
    moved = _moved(beside, target)
    date = moved.written if moved else None
    in_time = [each for each in reached if each.period.end <= target.period.end]
    if in_time:
        return Fate("kept", min(in_time, key=lambda each: (each.stage != target.stage, each.by_end)))
    late = [each for each in reached if each.period.start > target.period.end and each.stage == target.stage]
    unclear = [each for each in reached if each.period.start <= target.period.end]
    if unclear or late:
        by = min(unclear or late, key=lambda each: (each.stage != target.stage, each.by_end))
        return Fate("unclear" if unclear else "late", by, date)
    return Fate("moved", moved, date) if moved else _silence(whole, target)


def _reaches(shape: Shape, one: Milestone, target: Milestone) -> bool:
    """Say whether a milestone of a later document says that the stage of a target was reached."""
    if one.vintage <= target.vintage:
        return False
    if one.stage == target.stage:
        return True
    part = staged_part(shape)
    order = _order(part[1]) if part else ()
    if FIRST_OF_CHAIN not in order or LAST_OF_CHAIN not in order:
        return False
    first, last = order.index(FIRST_OF_CHAIN), order.index(LAST_OF_CHAIN)
    return first <= target.order < one.order <= last


def _moved(beside: Sequence[Milestone], target: Milestone) -> Milestone | None:
    """Return the target of the same stage that the latest later document gives for another period."""
    later = [
        each
        for each in beside
        if each.is_target
        and each.stage == target.stage
        and each.period != target.period
        and each.vintage > target.vintage
    ]
    return max(later, key=lambda each: (each.vintage, each.by_end), default=None)


def _silence(whole: Whole, target: Milestone) -> Fate:
    """Return what became of a target that no milestone answers: silence of a text read in part says nothing."""
    reviews = list(reviewing(whole.library, target.documents, str(target.period.end.year)))
    return Fate("not_reported" if any(each.whole for each in reviews) else "pending")


@once
def milestone_outcome(view: View) -> Record | None:
    """Return what a row shows of what became of a milestone that was aimed at; nothing for what happened."""
    own = next((each for each in milestones(view.whole) if each.item is view.item), None)
    if own is None or not own.is_target:
        return None
    found = fate(view.whole, own)
    return {"outcome": found.outcome, "id": found.by.item["id"] if found.by else None, "moved_to": found.moved_to}


@once
def latest(view: View) -> Record | None:
    """Return the latest milestone that happened; of several in a period the later stage."""
    happened = [each for each in milestones(view.whole) if not each.is_target]
    return max(happened, key=lambda each: each.by_end).item if happened else None


@once
def next_(view: View) -> Record | None:
    """Return the earliest open target of the latest document that gives one; of several in a period the later stage."""
    listed = milestones(view.whole)
    reached = max((each.period.end for each in listed if not each.is_target), default=None)
    ahead = [each for each in listed if each.is_target and (reached is None or each.period.end > reached)]
    still = [each for each in ahead if _is_open(view.whole, each)]
    newest = max((each.repeated for each in still), default="")
    given = [each for each in still if each.repeated == newest]
    return min(given, key=lambda each: (each.period.end, -each.order)).item if given else None


def _is_open(whole: Whole, target: Milestone) -> bool:
    """Say whether a target may still come: nothing answers it, and nothing has reviewed its year."""
    year = str(target.period.end.year)
    return fate(whole, target).outcome in OPEN and not any(reviewing(whole.library, target.documents, year))
