"""Where a report leaves something open, each row says so by itself, in one way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wuchang.curated import records, texts

Item = dict[str, Any]


def observations(measure: str | None = None) -> Iterator[tuple[str, Item, Item]]:
    """Yield the observations in use (of a measure), each with how it is told and its indicator."""
    for indicator in records("indicators"):
        for item in indicator.get("observations", ()):
            if "retired" not in item and measure in (None, indicator["measure"]):
                yield f"{indicator['id']} {item['period']} {item['status']}", dict(indicator), item


def test_no_rank_is_of_several_years() -> None:
    """Rank 1 for 2021/2025 would say first in each of the years."""
    several = re.compile(r"[0-9]{4}/[0-9]{4}")
    assert [own for own, _, item in observations("rank") if "value" in item and several.fullmatch(item["period"])] == []


def test_a_rank_among_peers_that_are_not_stated_says_so_in_its_caution() -> None:
    unclear = [(own, item) for own, each, item in observations("rank") if "未说明" in each["among"]["zh"]]
    assert unclear
    assert [own for own, item in unclear if item.get("caution") != "scope_unclear"] == []


def test_a_stretch_target_quotes_the_word_that_makes_it_one() -> None:
    quoted = [
        (own, [piece["quote"] for piece in item["evidence"] if "quote" in piece])
        for own, _, item in observations()
        if item.get("kind") == "stretch"
    ]
    assert any(quotes for _, quotes in quoted)
    assert [own for own, quotes in quoted if quotes and not any("力争" in quote for quote in quotes)] == []


def test_what_a_report_leaves_open_is_not_stated() -> None:
    """One English word for 未说明, in all tables of figures and terms."""
    found = [
        (at, said)
        for folder in ("indicators", "glossary", "documents")
        for record in records(folder)
        for at, _, en in texts(record, record["id"])
        for said in re.findall(r"\b(?:is|are) not said\b", en)
    ]
    assert found == []
