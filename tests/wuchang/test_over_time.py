"""Who has the tables alone comes to the same preferred results and outcomes."""

from __future__ import annotations

import csv
from pathlib import Path

from recomputed import recompute

TABLES = Path(__file__).resolve().parents[2] / "build" / "csv"


def column(table: str, name: str) -> dict[str, str]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row[name] for row in csv.DictReader(lines)}


def test_others_recompute_what_is_preferred_and_what_became_of_targets() -> None:
    preferred, outcomes = recompute(TABLES)
    shown = {own: value == "true" for own, value in column("observations", "preferred").items() if value}
    assert (shown, column("targets", "outcome")) == (preferred, outcomes)
