"""No wrong record passes: every mutant of right records is caught, or the text leaves open what it changes."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

import frozen
from factpack.text.text_record import digest
from laws.mutation.cases import Facts, facts_of
from laws.mutation.judge import CAUGHT, JOINED, PASSED, Judge, Survey, survey
from laws.mutation.mutants import Mutant, mutants
from laws.mutation.reasons import quotes_of


@pytest.fixture(scope="module")
def facts(linxi: Path) -> Facts:
    return facts_of(linxi, frozen.REPORT, frozen.published())


@pytest.fixture(scope="module")
def result(facts: Facts) -> Survey:
    return survey(facts)


def test_the_records_pass_the_judge(facts: Facts) -> None:
    judge = Judge(facts)
    for case in (*facts.observations, *facts.named):
        unchanged = Mutant("none", "", (case,), (case.record,))
        assert judge.codes(unchanged, verified=True) == (PASSED, frozenset()), case.own


@pytest.mark.parametrize("operator", CAUGHT)
def test_every_mutant_that_the_text_contradicts_is_caught(result: Survey, operator: str) -> None:
    assert result.made[operator]
    assert [mutant.what for mutant, _ in result.survivors if mutant.operator == operator] == []


def test_every_survivor_has_a_reason(result: Survey) -> None:
    assert [(each.operator, each.case.own, each.what) for each, reasons in result.survivors if not reasons] == []


def test_a_joint_mutant_is_caught_by_its_own_record_and_not_only_by_what_it_leaves_over(result: Survey) -> None:
    for operator in CAUGHT:
        if operator.startswith(("quote", "list")):
            assert result.made[operator], operator
            assert result.found[operator, JOINED] == 0, operator


def test_what_is_caught_is_caught_before_its_quotes_are_verified_too(facts: Facts) -> None:
    judge = Judge(facts)
    for mutant in islice(mutants(facts), 0, None, 97):
        if judge.codes(mutant, verified=True)[0] != PASSED:
            assert judge.codes(mutant, verified=False)[0] != PASSED, (mutant.operator, mutant.case.own, mutant.what)


def test_a_new_quote_is_not_taken_before_it_is_verified(facts: Facts, result: Survey) -> None:
    known = {each.sha256 for paragraph in facts.text.paragraphs for each in paragraph.quotes}
    new = [
        mutant.operator
        for mutant, _ in result.survivors
        if any(digest(quote) not in known for _, quote in quotes_of(mutant.item))
    ]
    assert new
    assert all(result.unverified[operator] >= new.count(operator) for operator in new)
