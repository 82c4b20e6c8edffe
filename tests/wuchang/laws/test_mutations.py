"""No wrong record passes: every mutant of the real records is caught, or the text leaves open what it changes."""

from __future__ import annotations

from itertools import islice

import pytest

from factpack.text.text_record import digest
from ground import Ground, open_ground
from mutants import Mutant, mutants
from mutations import JOINED, PASSED, Judge, Survey, survey
from survivors import REASONS, Reason, quotes_of

CAUGHT = (
    "value",
    "bound",
    "sign",
    "sign with bound",
    "quote cut at its digit",
    "quote cut at its bound word",
    "quote cut at its unit",
    "number moved",
    "subject",
    "list values exchanged",
)
"""Operators of which no mutant may pass, for any reason."""


@pytest.fixture(scope="module")
def ground() -> Ground:
    found = open_ground()
    if found is None:
        pytest.skip("needs the published text: set FACTPACK_TEXTS to the folder that holds it")
    return found


@pytest.fixture(scope="module")
def result(ground: Ground) -> Survey:
    return survey(ground)


def test_the_real_records_pass_the_judge(ground: Ground) -> None:
    judge = Judge(ground)
    for case in (*ground.observations, *ground.named):
        unchanged = Mutant("none", "", (case,), (case.record,))
        assert judge.codes(unchanged, verified=True) == (PASSED, frozenset()), case.own


@pytest.mark.parametrize("operator", CAUGHT)
def test_every_mutant_that_the_text_contradicts_is_caught(result: Survey, operator: str) -> None:
    assert result.made[operator]
    assert [mutant.what for mutant, _ in result.survivors if mutant.operator == operator] == []


def test_every_survivor_has_a_reason(result: Survey) -> None:
    assert [(each.operator, each.case.own, each.what) for each, reasons in result.survivors if not reasons] == []


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.name)
def test_every_reason_explains_a_survivor(result: Survey, reason: Reason) -> None:
    assert any(reasons[0] is reason for _, reasons in result.survivors if reasons)


def test_every_operator_makes_mutants_of_the_real_records(result: Survey) -> None:
    assert {operator for reason in REASONS for operator in reason.operators} <= set(result.made)
    assert set(CAUGHT) <= set(result.made)


def test_a_joint_mutant_is_caught_by_its_own_record_and_not_only_by_what_it_leaves_over(result: Survey) -> None:
    for operator in CAUGHT:
        if operator.startswith(("quote", "list")):
            assert result.found[operator, JOINED] == 0, operator


def test_what_is_caught_is_caught_before_its_quotes_are_verified_too(ground: Ground) -> None:
    judge = Judge(ground)
    for mutant in islice(mutants(ground), 0, None, 97):
        if judge.codes(mutant, verified=True)[0] != PASSED:
            assert judge.codes(mutant, verified=False)[0] != PASSED, (mutant.operator, mutant.case.own, mutant.what)


def test_a_new_quote_is_not_taken_before_it_is_verified(ground: Ground, result: Survey) -> None:
    known = {each.sha256 for paragraph in ground.text.paragraphs for each in paragraph.quotes}
    new = [
        mutant.operator
        for mutant, _ in result.survivors
        if any(digest(quote) not in known for _, quote in quotes_of(mutant.item))
    ]
    assert new
    assert all(result.unverified[operator] >= new.count(operator) for operator in new)
