"""Records are related to those that they name, in their own name and in texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.site.mentions import mentions_in

NAMES = {
    "lake": ["沙湖"],
    "outer": ["外沙湖"],
    "park": ["沙湖公园"],
    "term": ["五改四好"],
    "other": ["东湖", "东湖风景区"],
    "one": ["桥"],
}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", []),
        ("整治沙湖", ["lake"]),
        ("整治外沙湖", ["outer"]),
        ("沙湖公园和沙湖", ["park", "lake"]),
        ("推进“五改 四好”行动", ["term"]),
        ("东湖风景区、东湖", ["other"]),
        ("一座桥", []),
    ],
)
def test_a_text_names_the_longest_names_in_it(text: str, named: list[str]) -> None:
    found = mentions_in({**NAMES, "own": ["某项目"]}, {"own": [text]})
    assert found.of["own"] == named
    assert {each: own for each, own in found.by.items() if own} == {each: ["own"] for each in named}


def test_a_name_holds_all_names_in_it_but_its_own() -> None:
    found = mentions_in(NAMES, dict.fromkeys(NAMES, ()))
    assert found.of["outer"] == found.of["park"] == ["lake"]
    assert found.of["other"] == found.of["lake"] == []
    assert found.by["lake"] == ["outer", "park"]


@given(
    st.dictionaries(st.text("ab", max_size=3), st.lists(st.text("江湖山", max_size=4), max_size=2), max_size=6),
    st.text("江湖山“ ", max_size=12),
)
def test_what_is_named_stands_in_the_text_and_both_ways_agree(names: dict[str, list[str]], text: str) -> None:
    found = mentions_in(names, dict.fromkeys(names, (text,)))
    plain = text.replace("“", "").replace(" ", "")
    for own, named in found.of.items():
        assert own not in named
        for each in named:
            assert any(
                name in plain or any(name in mine for mine in names[own]) for name in names[each] if len(name) > 1
            )
            assert own in found.by[each]
    assert sum(map(len, found.of.values())) == sum(map(len, found.by.values()))
