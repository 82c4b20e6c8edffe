"""Results of one key: which are one value, which is preferred, and what becomes of the others."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from factpack.record.intervals import Figure, agree
from factpack.record.results import Result, chosen


def figure(text: str, bound: str = "exact") -> Figure:
    value = Decimal(text)
    return Figure(value, bound, None, Decimal(5).scaleb(int(value.as_tuple().exponent) - 1))


def result(own: str, text: str, bound: str = "exact", **fields: Any) -> Result:
    return Result(own, figure(text, bound), **fields)


def test_of_results_that_are_one_value_the_narrowest_is_preferred_whenever_it_was_delivered() -> None:
    early = result("a", "2020", vintage="2025-12-29")
    late = result("b", "2000", "over", after=True, final=True, vintage="2026-12-28")
    choice = chosen([late, early])
    assert choice.preferred is early
    assert choice.restates == {"b": "a"}
    assert choice.superseded == {}


def test_rounding_is_no_revision() -> None:
    choice = chosen([result("a", "129", vintage="2025"), result("b", "128.93", vintage="2026")])
    assert choice.preferred is not None
    assert choice.preferred.id == "b"
    assert choice.restates == {"a": "b"}


def test_of_contradicting_results_after_the_period_comes_first_then_final_then_later_then_clear() -> None:
    within = result("a", "1", after=False, final=True, vintage="2025-12-31")
    after = result("b", "2", after=True, vintage="2026-01-01", clear=False)
    clear = result("c", "3", after=True, vintage="2026-01-01")
    later = result("d", "4", after=True, vintage="2026-02-01", clear=False)
    final = result("e", "5", after=True, final=True, vintage="2026-01-01", clear=False)
    order = [within, after, clear, later, final]
    for number in range(2, 6):
        choice = chosen(order[:number])
        assert choice.preferred is order[number - 1]
        assert choice.superseded == {each.id: order[number - 1].id for each in order[: number - 1]}


def test_of_contradicting_results_of_one_rank_none_is_preferred_and_none_superseded() -> None:
    choice = chosen([result("a", "0"), result("b", "-4"), result("c", "-5", "over")])
    assert (choice.preferred, choice.superseded) == (None, {})
    assert [each.id for each in choice.tied] == ["a", "b", "c"]
    assert choice.restates == {}


def test_a_value_has_the_rank_of_the_best_document_that_gives_it() -> None:
    early, other = result("a", "128.93"), result("c", "131", after=True, vintage="2026-12-28")
    accounts = result("b", "129", after=True, final=True, vintage="2026-08-20")
    choice = chosen([early, accounts, other])
    assert choice.preferred is early
    assert (choice.restates, choice.superseded) == ({"b": "a"}, {"c": "a"})


def test_words_come_after_numbers_and_repeat_only_the_same_words() -> None:
    words = [
        Result("a", claim="rises", vintage="2"),
        Result("b", claim="rises", vintage="1"),
        Result("c", claim="first"),
    ]
    assert chosen(words).preferred is words[0]
    assert chosen(words).restates == {"b": "a"}
    choice = chosen([*words, result("d", "3")])
    assert choice.preferred is not None
    assert (choice.preferred.id, choice.restates, choice.superseded) == ("d", {}, {})


RESULTS = st.builds(
    Result,
    st.uuids().map(str),
    st.builds(
        figure,
        st.integers(0, 40).map(lambda each: str(Decimal(each) / 10)),
        st.sampled_from(["exact", "over", "about"]),
    ),
    after=st.booleans(),
    final=st.booleans(),
    vintage=st.sampled_from(["2025", "2026"]),
    clear=st.booleans(),
)


@given(st.lists(RESULTS, max_size=6, unique_by=lambda each: each.id), st.randoms())
def test_the_choice_does_not_depend_on_the_order_and_each_other_result_is_one_value_or_passed_over(
    results: list[Result], random: Any
) -> None:
    choice, by_id = chosen(results), {each.id: each for each in results}
    mixed = list(results)
    random.shuffle(mixed)
    assert chosen(mixed) == choice
    assert not choice.restates.keys() & choice.superseded.keys()
    for own, other in choice.restates.items():
        one, two = by_id[own].figure, by_id[other].figure
        assert one
        assert two
        assert agree(one, two)
    if choice.preferred:
        assert len(results) == 1 + len(choice.restates) + len(choice.superseded)
        assert set(choice.superseded.values()) <= {choice.preferred.id}
