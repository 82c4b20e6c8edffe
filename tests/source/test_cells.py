"""What cells can hold: many texts are judged at once as they are one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.source.cells import TEXT_LIMIT, leaves, surely_fit, text_faults, texts_in

PIECES = ("=", "＋", "-", "5", "5%", "\t", "\r", "\n", "<r>", "</r>", "_x", "0041_", "\x0b", "\ud800", "沙湖", "a", "")


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map("".join), max_size=5))
def test_where_many_texts_surely_fit_none_has_a_fault(texts: list[str]) -> None:
    assert not (surely_fit(texts) and any(fault for each in texts for fault in text_faults(each)))


@pytest.mark.parametrize("text", ["=1", "＋沙湖", "<r>", "_x0041_x0042_", "\x0b", "字" * (TEXT_LIMIT + 1)])
def test_one_text_with_a_fault_among_others_is_not_overlooked(text: str) -> None:
    assert any(text_faults(text)) or text == "_x0041_x0042_"
    assert not surely_fit(["沙湖", text, "Shahu Lake"])


def test_ordinary_texts_surely_fit() -> None:
    assert surely_fit(["沙湖", "Shahu Lake", "2100", "a = b - c", ""])
    assert surely_fit([])


def test_the_texts_of_a_record_are_those_of_its_leaves() -> None:
    record = {"id": "plc-a", "name": {"zh": "沙湖", "en": "Shahu Lake"}, "list": ["a", 1, {"b": ["c", None]}], "n": 2}
    assert sorted(texts_in(record)) == sorted(each for _, each in leaves(record) if isinstance(each, str))
