"""The order in which documents tell of records: the newest document first, in each by paragraph and place in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from factpack.package.package import Package
from factpack.package.table import Row

Place = tuple[int, int, int]
"""Where a document tells of a record: which document, the paragraph, and the place in it."""
NOWHERE: Place = (1 << 30, 0, 0)
END = 1 << 30
"""The place in a paragraph of what holds no number, since no other place is known."""


def places_of(package: Package, documents: Sequence[str], numbers: Mapping[str, Iterable[Row]]) -> dict[str, Place]:
    """Return where the first of some documents that tells of a record begins to do so, by record."""
    ranks, starts = {each: rank for rank, each in enumerate(documents)}, _starts(numbers)
    found: dict[str, Place] = {}
    for row in package.rows["evidence"] if "evidence" in package.tables else ():
        document, paragraph, own = str(row["document_id"]), row["paragraph"], str(row["record_id"])
        at = paragraph if isinstance(paragraph, int) else END
        place = (ranks.get(document, len(ranks)), at, starts.get((own, document, at), END))
        found[own] = min(place, found.get(own, NOWHERE))
    return found


def _starts(numbers: Mapping[str, Iterable[Row]]) -> dict[tuple[str, str, int], int]:
    """Return where the first number of a record in a paragraph begins, by record, document and paragraph."""
    found: dict[tuple[str, str, int], int] = {}
    for document, rows in numbers.items():
        for row in rows:
            key = (str(row["part_id"]).partition(".")[0], document, int(str(row["paragraph"])))
            found[key] = min(int(str(row["start"])), found.get(key, END))
    return found
