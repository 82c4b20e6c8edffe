"""Derived columns: each is one small function of a `View`, named in a schema as `x-from: "@name"`.

They ask for roles, never for field names, so they serve every kind whose fields play those roles.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from factpack.record import periods
from factpack.record.given_again import newest_given
from factpack.record.verification import verification as verification_of
from factpack.source.marks import Record, Value
from factpack.table import milestones, targets
from factpack.table.display import display
from factpack.table.view import View, evidence, in_plain_unit, once, plain_unit, plain_value, printed_number

Derivation = Callable[[View], Any]


def printed(view: View) -> str | None:
    """Return the number as printed, with its unit words."""
    found = printed_number(view)
    return found[0] if found else None


def plain_value_high(view: View) -> Decimal | None:
    """Return the upper end of a range in the plain unit."""
    return in_plain_unit(view, view.get("value_high"))


def period_start(view: View) -> str | None:
    """Return the first day of the item's period."""
    text = view.get("period")
    return periods.parse(text).start.isoformat() if text else None


@once
def period_end(view: View) -> str | None:
    """Return the last day of the item's period."""
    text = view.get("period")
    return periods.parse(text).end.isoformat() if text else None


@once
def document(view: View) -> Record | None:
    """Return the document of the item's first evidence; a document's own record for its parts."""
    entries = evidence(view)
    return view.whole.library.record(entries[0].document) if entries else view.whole.record


def provisional(view: View) -> bool:
    """Say whether the document was delivered before the period ended, for what is no target."""
    source = document(view)
    delivered = view.whole.role(str(source["id"]), "delivered") if source else None
    end = period_end(view)
    return bool(delivered and end and str(delivered) <= end and view.get("status") != "target")


def vintage(view: View) -> Value:
    """Return the day on which the document of the item's first evidence was delivered."""
    source = document(view)
    return view.whole.role(str(source["id"]), "delivered") if source else None


def obs_status(view: View) -> str | None:
    """Return the observation status of SDMX: expected, provisional or actual; none for a target."""
    status = view.get("status")
    if status in (None, "target"):
        return None
    return "E" if status == "estimate" else "P" if provisional(view) else "A"


def verification(view: View) -> str:
    """Say whether the item has quotes, and each of them was found in the text of its document."""
    return verification_of(evidence(view), view.whole.library)


def newest(view: View) -> Record:
    """Return the record as the document delivered last gives it."""
    return newest_given(view.whole.shape, view.whole.record, view.whole.library)


def given_by(view: View) -> Value:
    """Return the document that gives an item: the one that it or what it is part of names, else that cited first."""
    named: Value = view.item.get(view.shape.role("document") or "")
    if named is not None or view.above is None:
        return named or next((each.document for each in evidence(view)), None)
    return given_by(view.above)


def reviews(view: View) -> str | None:
    """Return the years that a document looks back on, in order."""
    years = view.get("reviews")
    return ";".join(sorted(years)) if years else None


@once
def section(view: View) -> Value:
    """Return the section of the document that the item's first quote lies in."""
    entries, source = evidence(view), document(view)
    paragraph = entries[0].paragraph if entries else None
    if source is None or paragraph is None:
        return None
    sections, shape = view.whole.role(str(source["id"]), "sections"), view.whole.library.schemas.documents.shape
    roles = shape.parts[shape.roles["sections"]].roles if sections else {}
    for number, each in enumerate(sections or (), 1):
        if each[roles["first"]] <= paragraph <= each[roles["last"]]:
            return {"id": f"{source['id']}.s{number}", **each}
    return None


@once
def text(view: View) -> Mapping[str, object] | None:
    """Return how many paragraphs a document's text has, and its SHA-256."""
    found = view.whole.library.text(str(view.whole.record["id"]))
    return {"paragraphs": len(found.paragraphs), "sha256": found.sha256} if found else None


DERIVATIONS: Mapping[str, Derivation] = {
    "display": display,
    "plain_value": plain_value,
    "plain_value_high": plain_value_high,
    "plain_unit": plain_unit,
    "printed": printed,
    "period_start": period_start,
    "period_end": period_end,
    "provisional": provisional,
    "section": section,
    "document": document,
    "text": text,
    "preferred": targets.is_preferred,
    "restates": targets.restates,
    "superseded_by": targets.superseded_by,
    "vintage": vintage,
    "obs_status": obs_status,
    "verification": verification,
    "caution": targets.caution,
    "target_kind": targets.target_kind,
    "aim": targets.target_aim,
    "baseline": targets.baseline,
    "outcome": targets.outcome,
    "reached_period": targets.reached_period,
    "newest": newest,
    "given_by": given_by,
    "reviews": reviews,
    "milestone_outcome": milestones.milestone_outcome,
    "latest": milestones.latest,
    "next": milestones.next_,
}
