"""A number that is uncertain says so beside it, in words that lead to their explanation."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")

from factpack.package.table import Cell
from factpack.site.marks import MARKS, legend, marks
from factpack.words import LANGUAGES

CLEAR: Mapping[str, Cell] = {
    "status": "actual",
    "provisional": False,
    "period_basis": "heading",
    "reading": "clear",
    "verification": "verified",
    "preferred": True,
    "superseded_by_id": None,
    "restates_id": None,
}


def keys(changed: Mapping[str, Cell]) -> list[str]:
    return [each.key for each in marks({**CLEAR, **changed}, "en")]


def test_a_number_without_doubt_has_no_mark() -> None:
    assert keys({}) == []
    assert marks(None, "en") == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"provisional": True}, ["provisional"]),
        ({"status": "estimate"}, ["estimate"]),
        ({"status": "estimate", "provisional": True}, ["estimate"]),
        ({"status": "target"}, []),
        ({"period_basis": "inferred"}, ["inferred"]),
        ({"period_basis": "printed"}, []),
        ({"reading": "ambiguous"}, ["ambiguous"]),
        ({"reading": "damaged", "verification": "transcribed"}, ["damaged", "transcribed"]),
        ({"superseded_by_id": "ind-x.2024.actual", "preferred": False}, ["replaced"]),
        ({"preferred": False}, ["conflicting"]),
        ({"preferred": False, "restates_id": "ind-x.2024.actual"}, []),
        ({"status": "target", "caution": "scope_unclear;changed_later"}, ["changed later"]),
    ],
)
def test_each_doubt_has_its_mark(changed: Mapping[str, Cell], told: list[str]) -> None:
    assert keys(changed) == told


def test_a_mark_that_a_heading_says_is_left_out() -> None:
    row = {**CLEAR, "status": "estimate", "reading": "ambiguous"}
    assert [each.key for each in marks(row, "en", frozenset({"estimate"}))] == ["ambiguous"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legend_explains_every_mark_in_words_of_its_own(language: str) -> None:
    told = legend(language)
    assert [each.key for each in told] == list(MARKS)
    assert len({each.text for each in told}) == len({each.anchor for each in told}) == len(MARKS)
    assert all(each.why and each.why != each.text for each in told)
