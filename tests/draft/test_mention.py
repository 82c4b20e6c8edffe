"""Where a text names a record, and the number beside the name."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from factpack.draft.mention import SHOWN, also_called, mentions
from factpack.text.text_record import make

PERCENT = ("%",)


def found(
    text: str, forms: Sequence[str], printed: Sequence[str] = PERCENT, known: Sequence[str] = ()
) -> list[tuple[str, list[str]]]:
    """Return the places of a text of one paragraph: their words, and the numbers beside."""
    made = make("doc-x", [text], frozenset())
    listed = mentions(forms, printed, made, [text], lambda paragraph: [each for each in known if each in paragraph])
    return [(text[each.start : each.end], [token.text for token in each.numbers]) for each in listed]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("就业率达到96%。", [("就业率达到96%", ["96%"])]),
        ("全年就业率稳定,达到96%,好于去年。", [("全年就业率稳定,达到96%", ["96%"])]),
        ("96%的就业率来之不易。", [("96%的就业率来之不易", ["96%"])]),
        ("就业率持续提高。增长96%。", [("就业率持续提高", [])]),
        ("就业率96%。明年就业率97%。", [("就业率96%", ["96%"]), ("明年就业率97%", ["97%"])]),
        ("新增就业3万人。", []),
    ],
)
def test_the_number_of_the_unit_in_the_same_sentence_is_beside_a_name(
    text: str, expected: list[tuple[str, list[str]]]
) -> None:
    assert found(text, ["就业率"]) == expected


def test_a_name_inside_a_longer_one_of_another_record_is_not_meant() -> None:
    assert found("青年就业率96%。", ["就业率"], known=["青年就业率"]) == []
    assert found("青年就业率96%,就业率95%。", ["就业率"], known=["青年就业率", "就业率"])[0][1] == ["95%"]


def test_without_a_unit_no_number_is_looked_for() -> None:
    assert found("东湖大道6月通车。", ["东湖大道"], ()) == [("东湖大道6月通车", [])]


def test_furniture_is_not_looked_at() -> None:
    text = "就业率96%。"
    assert list(mentions(["就业率"], PERCENT, make("doc-x", [text], frozenset()), [text], lambda _: (), {1})) == []


def test_no_more_is_shown_than_a_quote_may_have() -> None:
    ((words, _),) = found("长" * 60 + "就业率" + "长" * 60 + "96%。", ["就业率"])
    assert len(words) == SHOWN
    assert "就业率" in words


def test_other_names_of_the_same_quantity_are_those_of_the_standard_indicators() -> None:
    other = also_called(["空气优良率"], "share")
    assert "空气质量优良天数比率" in other
    assert "空气优良率" not in other
    assert also_called(["空气优良率"], "level") == []
    assert also_called(["临溪湖"], "level") == []
