"""A researcher can join on concepts, nouns of one list of which most are shared, and on the peers of a rank."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from factpack.draft.standard import standard_indicators
from factpack.words import LANGUAGES
from projects import ROOT
from wuchang.curated import records

FIELD: dict[str, Any] = json.loads((ROOT / "schemas" / "indicator.schema.json").read_bytes())["properties"]["concept"]
LISTED: list[str] = FIELD["enum"]
STANDARD = {each.concept for each in standard_indicators()}
MEASURES = ("new", "rank", "share", "growth", "rate", "change", "multiple")
"""What a concept does not end in: it names the thing, and not what is said of it."""
BEFORE = {"indicators": 191, "concepts": 149, "of one indicator": 116, "of the largest": 5}
"""When concepts were free words."""
MOST = 55
"""Concepts that may have one indicator: nouns that no other indicator counts or measures, nor a part of it."""


INDICATORS = records("indicators")
USED = Counter(each["concept"] for each in INDICATORS)
NOW = {
    "indicators": USED.total(),
    "concepts": len(USED),
    "of one indicator": sum(count == 1 for count in USED.values()),
    "of the largest": max(USED.values()),
}


def test_each_concept_in_use_is_listed_and_each_listed_is_in_use_or_of_a_standard_indicator() -> None:
    assert USED.keys() | STANDARD == set(LISTED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_concept_has_a_label_of_its_own(language: str) -> None:
    labels = [FIELD["x-labels"][each][language] for each in LISTED]
    assert len(set(labels)) == len(labels)


def test_a_concept_is_a_noun_and_no_measure() -> None:
    assert [each for each in LISTED if each.rpartition("-")[2] in MEASURES] == []


def test_growth_and_multiple_of_a_concept_are_of_one_scope() -> None:
    """The one answers a target of the other (×2 is +100 %), so both must be told by the same words."""
    forms = {each["id"]: {each["name"]["zh"], *each.get("aliases", ())} for each in INDICATORS}
    pairs = [
        (each["id"], other["id"])
        for each in INDICATORS
        for other in INDICATORS
        if each["concept"] == other["concept"] and (each["measure"], other["measure"]) == ("growth", "multiple")
    ]
    assert pairs
    assert [pair for pair in pairs if not forms[pair[0]] & forms[pair[1]]] == []


def test_peers_of_ranks_have_one_name_in_each_language() -> None:
    named = {(each["among"]["zh"], each["among"]["en"]) for each in INDICATORS if "among" in each}
    assert len(named) == len({zh for zh, _ in named}) == len({en for _, en in named})
    assert [en for _, en in named if en.startswith("the ")] == []


def test_few_concepts_have_one_indicator() -> None:
    print(*(f"{name}: {BEFORE[name]} before, {NOW[name]} now" for name in NOW), sep="\n")
    assert NOW["of one indicator"] <= MOST, sorted(name for name, count in USED.items() if count == 1)
    assert NOW["indicators"] / NOW["concepts"] > 2 > 1.3 > BEFORE["indicators"] / BEFORE["concepts"]
