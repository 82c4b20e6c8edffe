"""Results of one key in a record: one document gives one, and those that contradict each other are explained."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

from factpack.problems import Problem
from factpack.record import periods
from factpack.record.evidence import is_retired
from factpack.record.figures import figure_of, judged_part
from factpack.record.intervals import agree
from factpack.record.subject import Subject
from factpack.schema.model import Shape, kept
from factpack.source.marks import Path, Record


class _Result(NamedTuple):
    """A result in use, where it stands, and the document that gives it."""

    shape: Shape
    item: Record
    at: Path
    document: str

    def get(self, role: str) -> Any:
        return self.item.get(self.shape.role(role) or "")


@kept
def _same_key(subject: Subject) -> list[tuple[_Result, _Result]]:
    """Return the pairs of results of one period, area and compared period, as they stand."""
    part = judged_part(subject.kind.shape)
    listed: dict[object, list[_Result]] = {}
    for shape, item, path in subject.items if part else ():
        if (part and shape is not part[1]) or not subject.evidence[path] or is_retired(shape, item):
            continue
        one = _Result(shape, item, path, subject.evidence[path][0].document)
        if one.get("status") != "target":
            base = one.get("compared_to")
            area = one.get("area") or subject.library.area
            key = periods.parse(str(one.get("period"))), area, periods.parse(str(base)) if base else None
            listed.setdefault(key, []).append(one)
    return [pair for results in listed.values() for pair in combinations(results, 2)]


def two_results(subject: Subject) -> Iterator[Problem]:
    """A document gives one result of an indicator for a period and area; what repeats it is further evidence."""
    for one, other in _same_key(subject):
        same_id = all(one.get(role) == other.get(role) for role in ("status", "qualified"))  # told by duplicate-part
        if one.document == other.document and not same_id:
            line = str(subject.document.marks.at(one.at)[0])
            yield subject.problem("two-results", other.at, document=one.document, line=line)


def unexplained_results(subject: Subject) -> Iterator[Problem]:
    """Of results that contradict each other, and are of one status or of one day, one says so in its note."""
    for one, other in _same_key(subject):
        days = {subject.library.role(each.document, "delivered") for each in (one, other)}
        alike = one.get("status") == other.get("status") or len(days) == 1
        noted = one.get("note") or other.get("note")
        if one.document != other.document and alike and not noted and not _agree(subject, one, other):
            line = str(subject.document.marks.at(one.at)[0])
            yield subject.problem("unexplained-results", other.at, document=one.document, line=line)


def _agree(subject: Subject, one: _Result, other: _Result) -> bool:
    """Say whether two results are one value; words contradict nothing."""
    first, second = (figure_of(each.shape, each.item, subject.record, subject.library) for each in (one, other))
    return first is None or second is None or agree(first, second)
