"""What became of the targets of 2018–2024 is what a reader worked out without the program, or it is said why not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from factpack.package.package import open_package
from projects import ROOT

PAIRS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "pairs.yaml").read_text("utf-8"))["pairs"]
YEARS = [str(year) for year in range(2018, 2025)]
KEY = ("year", "indicator", "kind")
SAID = ("outcome", "reason", "difference")


def keyed(rows: list[dict[str, Any]]) -> dict[tuple[Any, ...], dict[str, Any]]:
    found = {tuple(row[name] for name in KEY): {name: row[name] for name in SAID} for row in rows}
    assert len(found) == len(rows)
    return found


def published() -> list[dict[str, Any]]:
    return [
        {
            "year": row["period"],
            "indicator": row["indicator_id"],
            "kind": row["kind"],
            "outcome": row["outcome"],
            "reason": row["outcome_reason"],
            "difference": None if row["outcome_difference"] is None else float(str(row["outcome_difference"])),
        }
        for row in open_package(ROOT).rows["targets"]
        if row["period"] in YEARS
    ]


def test_every_target_has_the_outcome_of_its_pair() -> None:
    wanted = [{"kind": "plan", **dict.fromkeys(SAID), **pair} for pair in PAIRS]
    assert keyed(published()) == keyed(wanted)


def test_a_verdict_that_differs_is_explained() -> None:
    differing = [pair for pair in PAIRS if pair.get("verdict", pair["outcome"]) != pair["outcome"]]
    assert [pair for pair in PAIRS if "why" in pair] == differing


def test_the_silence_of_what_was_read_in_part_says_nothing() -> None:
    assert [row for row in published() if row["outcome"] == "not_reported"] == []
