"""No wrong record of the report passes; what passes is explained. See `laws/test_mutations.py`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from laws.mutation.cases import Facts, facts_of
from laws.mutation.judge import CAUGHT, Survey, survey
from laws.mutation.reasons import REASONS, Reason
from projects import ROOT

DOCUMENT = "doc-wuchang-gwr-2025"
TEXT = Path(os.environ.get("FACTPACK_TEXTS", ROOT.parent / "shared" / "texts")) / f"{DOCUMENT}.txt"
pytestmark = pytest.mark.skipif(not TEXT.is_file(), reason="needs the published text: set FACTPACK_TEXTS to its folder")


@pytest.fixture(scope="module")
def facts() -> Facts:
    return facts_of(ROOT, DOCUMENT, TEXT.read_text("utf-8"))


@pytest.fixture(scope="module")
def result(facts: Facts) -> Survey:
    return survey(facts)


@pytest.mark.parametrize("operator", CAUGHT)
def test_every_mutant_that_the_text_contradicts_is_caught(result: Survey, operator: str) -> None:
    assert result.made[operator]
    assert [mutant.what for mutant, _ in result.survivors if mutant.operator == operator] == []


def test_every_survivor_has_a_reason(result: Survey) -> None:
    assert [(each.operator, each.case.own, each.what) for each, reasons in result.survivors if not reasons] == []


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.name)
def test_every_reason_explains_a_survivor(result: Survey, reason: Reason) -> None:
    assert any(reasons[0] is reason for _, reasons in result.survivors if reasons)


def test_every_operator_makes_mutants(result: Survey) -> None:
    assert {operator for reason in REASONS for operator in reason.operators} <= set(result.made)
    assert set(CAUGHT) <= set(result.made)
