"""A draft is proposed as a part of a known record, as a standard one, or as a new one, with a quote that proves it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from factpack.disk.project import Project
from factpack.draft.drafted import Draft
from factpack.draft.match import Known, Match
from factpack.draft.record import drafted_kind, new_record, proven, taken_id
from factpack.record.library import Library
from factpack.run.prove import with_text
from factpack.run.workspace import open_workspace
from factpack.schema.model import Kind
from factpack.text.text_record import make
from frozen import root

WRITTEN = "一季度开局良好,乡镇卫生院床位、县级医院床位达到800张,财政收入达到22亿元。"
TEXT = make("doc-x", [WRITTEN], frozenset())
DRAFT = Draft(
    document="doc-x",
    paragraph=1,
    offset=WRITTEN.index("22亿元"),
    member=0,
    printed="22亿元",
    value=Decimal(22),
    value_high=None,
    unit="unt-cny-100m",
    unit_state="",
    unit_words="亿元",
    bound="exact",
    status="actual",
    stretch=False,
    measure="level",
    timing="flow",
    period="2025",
    basis="heading",
    compared_to="",
    subject="财政收入",
    concept="",
    namesake="",
    matches=(),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return with_text(open_workspace(Project(root())), TEXT)[1]


@pytest.fixture(scope="module")
def kind(library: Library) -> Kind:
    found = drafted_kind(library.schemas)
    assert found
    return found


def test_a_new_record_has_what_was_read(library: Library, kind: Kind) -> None:
    assert new_record(kind, DRAFT, DRAFT.unit) == {
        "id": f"ind-draft-1-{DRAFT.offset}",
        "name": {"zh": "财政收入"},
        "measure": "level",
        "timing": "flow",
        "unit": "unt-cny-100m",
    }


def test_a_standard_record_has_its_own_names_and_the_one_that_is_printed(kind: Kind) -> None:
    known = Known("ind-gdp", ("地区生产总值", "GDP"), "level", "flow", "unt-cny-100m", "money", "gdp", True)
    made: dict[str, Any] = new_record(kind, replace(DRAFT, matches=(Match(known, 0.99, "GDP"),)), "unt-cny-1t")
    assert (made["id"], made["name"]["zh"], made["unit"]) == ("ind-gdp", "地区生产总值", "unt-cny-1t")
    assert made["aliases"] == ["GDP"]
    named: dict[str, Any] = new_record(kind, replace(DRAFT, matches=(Match(known, 0.99, "地区生产总值"),)), "")
    assert named["aliases"] is None


def test_the_quote_is_the_shortest_that_passes(library: Library, kind: Kind) -> None:
    draft, passage = proven(kind, DRAFT, library, TEXT, WRITTEN)
    assert draft == DRAFT
    assert passage
    assert passage.quote == "财政收入达到22亿元"


def test_a_unit_that_the_project_lacks_hinders_no_quote(library: Library, kind: Kind) -> None:
    for state, unit in (("missing", "unt-usd-100m"), ("unprinted", "unt-count"), ("unknown", "")):
        _, passage = proven(kind, replace(DRAFT, unit=unit, unit_state=state), library, TEXT, WRITTEN)
        assert passage, state


def test_an_indicator_that_no_quote_names_is_given_up(library: Library, kind: Kind) -> None:
    known = Known("ind-gdp", ("地区生产总值",), "level", "flow", "unt-cny-100m", "money")
    draft, passage = proven(kind, replace(DRAFT, matches=(Match(known, 0.9, "地区生产总值"),)), library, TEXT, WRITTEN)
    assert (draft.match, draft.subject) == (None, "财政收入")
    assert passage


def test_a_period_and_status_that_a_record_has_already_are_told(library: Library, kind: Kind) -> None:
    known = Known("ind-gdp", ("地区生产总值",), "level", "flow", "unt-cny-100m", "money")
    draft = replace(DRAFT, matches=(Match(known, 0.9, "地区生产总值"),), period="2025", status="estimate")
    assert taken_id(kind, draft, library) == "ind-gdp.2025.estimate"
    assert taken_id(kind, replace(draft, period="2031"), library) == ""
    assert taken_id(kind, DRAFT, library) == ""
