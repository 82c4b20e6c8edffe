"""A rule on targets that change targets: each names an earlier one of its own indicator and area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from factpack.problems import Problem
from factpack.record.evidence import is_retired
from factpack.record.figures import judged_part
from factpack.record.ids import exists
from factpack.record.subject import Subject
from factpack.schema.model import Shape
from factpack.source.marks import Path, Record


class _Target(NamedTuple):
    """A target of a record: its area, the document that sets it and when that was delivered, and what it changes."""

    area: str
    document: str
    delivered: str
    revises: str


def no_earlier_target(subject: Subject) -> Iterator[Problem]:
    """What a target changes is a target of its own indicator and area, set by an earlier document."""
    part = judged_part(subject.kind.shape)
    role = part[1].role("revises") if part else None
    if part is None or role is None:
        return
    field, shape = part
    listed: list[Record] = subject.record.get(field) or []  # type: ignore[assignment]
    ids = subject.part_ids[field]
    made = (_target(subject, shape, item, (field, index)) for index, item in enumerate(listed))
    targets = {own: each for own, each in zip(ids, made, strict=True) if each}
    for index, own in enumerate(ids):
        changed = targets[own].revises if own in targets else ""
        if changed and not _is_earlier(own, targets) and exists(changed, subject.library):
            yield subject.problem("no-earlier-target", (field, index, role), found=changed)


def _target(subject: Subject, shape: Shape, item: Record, at: Path) -> _Target | None:
    """Return a part of a record as a target in use; None where it is none."""
    entries = subject.evidence[at]
    if item.get(shape.role("status") or "") != "target" or is_retired(shape, item) or not entries:
        return None
    area = str(item.get(shape.role("area") or "") or subject.library.area)
    delivered = str(subject.library.role(entries[0].document, "delivered") or "")
    return _Target(area, entries[0].document, delivered, str(item.get(shape.role("revises") or "") or ""))


def _is_earlier(own: str, targets: Mapping[str, _Target]) -> bool:
    """Say whether a target changes an earlier one; where a document has no date, whether that leads to no circle."""
    one = targets[own]
    other = targets.get(one.revises)
    if other is None or other.area != one.area or other.document == one.document:
        return False
    if one.delivered and other.delivered:
        return other.delivered < one.delivered
    seen, following = {own}, one.revises
    while following in targets and following not in seen:
        seen.add(following)
        following = targets[following].revises
    return following not in seen
