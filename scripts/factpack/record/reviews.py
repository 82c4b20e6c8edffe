"""Reviews: which document looks back on which years, and whether its whole text was read."""

from __future__ import annotations

from typing import Any, NamedTuple

from factpack.schema.model import Shape
from factpack.source.marks import Record

FINAL = frozenset(("final_accounts", "bulletin", "yearbook"))
"""Series whose documents give final figures."""
REVIEWED_BY = {"plan": ("plan_execution",), "budget": ("final_accounts",), "half_year": ("plan_execution", "gwr")}
"""Series whose documents look back on what another series sets; each looks back on its own, too."""


class Review(NamedTuple):
    """A document of a series by a publisher that looks back on years; `whole` where its whole text was read."""

    document: str
    series: str
    publisher: str
    years: tuple[str, ...]
    whole: bool


def review_of(shape: Shape, record: Record, *, has_text: bool) -> Review | None:
    """Return what a document looks back on, or None where it reviews no year."""
    series, publisher, years, coverage = (
        record.get(shape.role(role) or "") for role in ("series", "publisher", "reviews", "coverage")
    )
    if not isinstance(years, list) or series is None:
        return None
    whole = has_text and coverage != "partial"
    return Review(str(record["id"]), str(series), publisher_of(publisher), tuple(map(str, years)), whole)


def publisher_of(value: Any) -> str:
    """Return the name by which a publisher is known."""
    return str(value.get("zh", "")) if isinstance(value, dict) else str(value or "")
