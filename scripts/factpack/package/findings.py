"""What the tables of a package have to tell, in numbers: what became of targets, what is aimed at, and what comes next.

Each function counts rows and says nothing in words; a package without such rows gives nothing.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from factpack.package.comparisons import EQUAL, HIGHER, LOWER, Comparison
from factpack.package.package import Package
from factpack.package.table import Row
from factpack.record.periods import parse

ADJUSTED = "adjusted"
"""The kind of a target that was changed near the end of its period: nobody can miss it by much."""


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of a package by period: those that fell due, the latest first, and those to come, the next first."""

    past: Mapping[str, Sequence[Row]]
    coming: Mapping[str, Sequence[Row]]

    @property
    def next(self) -> str:
        """The period that comes next; empty where there is none."""
        return next(iter(self.coming), "")


def targets_of(package: Package) -> Targets:
    """Return the targets of a package; those are past whose period ended no later than one with an outcome."""
    found: dict[str, list[Row]] = {}
    for row in package.rows["targets"] if "targets" in package.tables else ():
        found.setdefault(str(row["period"]), []).append(row)
    ends = {each: (parse(each).end, each) for each in found}
    decided = [ends[each][0] for each, rows in found.items() if any(row["outcome_id"] is not None for row in rows)]
    last = max(decided, default=datetime.date.min)
    order = sorted(found, key=ends.__getitem__)
    return Targets(
        {each: found[each] for each in reversed(order) if ends[each][0] <= last},
        {each: found[each] for each in order if ends[each][0] > last},
    )


def outcomes(rows: Iterable[Row]) -> Counter[str]:
    """Return how many targets came out how."""
    return Counter(str(row["outcome"]) for row in rows)


def apart(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Return targets as they were set, and those that were adjusted near the end of their period."""
    listed = list(rows)
    return [row for row in listed if row["kind"] != ADJUSTED], [row for row in listed if row["kind"] == ADJUSTED]


def gap(package: Package, targets: Targets) -> str:
    """Return the year before the first targets to come, if it has results and no target; else nothing."""
    if not targets.coming:
        return ""
    before = str(min(parse(each).start.year for each in targets.coming) - 1)
    listed = package.rows["observations"] if "observations" in package.tables else ()
    told = any(row["period"] == before and row["status"] != "target" for row in listed)
    return before if told and before not in targets.past else ""


def furthest(compared: Iterable[Comparison], relation: str) -> list[Comparison]:
    """Return the comparisons of a relation whose change is known exactly and is the largest."""
    found = [each for each in compared if each.relation == relation and each.change and each.bound == "exact"]
    size = [abs(each.change or Decimal(0)) for each in found]
    return [each for each, of in zip(found, size, strict=True) if of == max(size)]


def by_change(compared: Iterable[Comparison]) -> list[Comparison]:
    """Return comparisons by relation, within one by change, the lowest first; those without a change come last."""
    order = {each: at for at, each in enumerate((LOWER, EQUAL, HIGHER))}
    return sorted(
        sorted(compared, key=attrgetter("less")),
        key=lambda each: (order.get(each.relation, len(order)), each.change is None, each.change or 0),
    )


def next_stages(package: Package) -> Mapping[str, Counter[str]]:
    """Return how many records have which stage next, by its period; the nearest period first."""
    found: dict[str, Counter[str]] = {}
    for table in package.tables.values():
        if {"next_stage", "next_period"} <= {each.name for each in table.fields}:
            for row in package.rows[table.name]:
                if row["next_stage"] is not None and row["next_period"] is not None:
                    found.setdefault(str(row["next_period"]), Counter())[str(row["next_stage"])] += 1
    return dict(sorted(found.items(), key=lambda each: parse(each[0]).end))


def main_document(package: Package) -> Row | None:
    """Return the latest document of the series that most passages are cited of."""
    if "evidence" not in package.tables:
        return None
    cited = Counter(str(row["document_id"]) for row in package.rows["evidence"] if row["paragraph"] is not None)
    rows = [(count, found[1]) for each, count in cited.items() if (found := package.find(each))]
    most = max(rows, key=lambda each: each[0], default=(0, {}))[1]
    series = [row for _, row in rows if row.get("series") == most.get("series")]
    return max(series, key=lambda row: (str(row.get("delivered_on") or ""), row is most), default=None)
