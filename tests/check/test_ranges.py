"""Ranges and ratios: both ends of a range in order, and which number of a ratio a value is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from command_line import Run
from stated import Stated, project

INVESTED = "消费30至35亿元"


def told(root: Path, run: Run, sentence: str, *stated: Stated) -> list[str]:
    return re.findall(r"error\[([a-z-]+)\]", run(project(root, f"全年{sentence}。", *stated), "check")[1])


RIGHT = [
    (INVESTED, "level", {"value": 30, "value_high": 35, "bound": "at_least"}),
    ("消费30—35亿元", "level", {"value": 30, "value_high": 35, "bound": "at_least"}),
    ("消费30亿元〜35亿元", "level", {"value": 30, "value_high": 35, "bound": "at_least"}),
    ("消费约30至35亿元", "level", {"value": 30, "value_high": 35, "bound": "about"}),
    ("消费增长百分之三至五", "growth", {"value": 3, "value_high": 5, "bound": "at_least"}),
    ("消费下降2%至3%", "growth", {"value": -3, "value_high": -2, "bound": "at_least"}),
    ("消费居第三至第五位", "rank", {"value": 3, "value_high": 5, "bound": "at_least"}),
]


@pytest.mark.parametrize(("sentence", "measure", "value"), RIGHT)
def test_a_range_is_recorded_by_both_ends(
    tmp_path: Path, run: Run, sentence: str, measure: str, value: dict[str, Any]
) -> None:
    assert told(tmp_path / "project", run, sentence, Stated("消费", measure, sentence, value)) == []


WRONG: list[tuple[str, dict[str, Any], str]] = [
    (INVESTED, {"value": 30, "bound": "at_least"}, "range-end"),
    (INVESTED, {"value": 35, "bound": "at_most"}, "range-end"),
    (INVESTED, {"value": 35, "value_high": 30, "bound": "at_least"}, "range-order"),
    (INVESTED, {"value": 30, "value_high": 30, "bound": "at_least"}, "range-order"),
    (INVESTED, {"value": 30, "value_high": 36, "bound": "at_least"}, "value-not-in-quote"),
    (INVESTED, {"value": 30, "value_high": 35, "bound": "exact"}, "bound-mismatch"),
    (INVESTED, {"value": 31, "value_high": 35, "bound": "at_least"}, "value-not-in-quote"),
    ("消费30亿元、投资35亿元", {"value": 30, "value_high": 35}, "value-not-in-quote"),
    ("消费从30亿元到35亿元", {"value": 30, "value_high": 35}, "value-not-in-quote"),
    (INVESTED, {"value": 30, "value_high": 35, "member": 1, "bound": "at_least"}, "field-not-allowed"),
]


@pytest.mark.parametrize(("sentence", "value", "code"), WRONG)
def test_a_range_that_the_text_does_not_give_is_refused(
    tmp_path: Path, run: Run, sentence: str, value: dict[str, Any], code: str
) -> None:
    assert told(tmp_path / "project", run, sentence, Stated("消费", "level", sentence, value))[0] == code


SHARES = "三次产业结构调整为8.1∶40.2∶51.7"


def test_the_numbers_of_one_ratio_are_three_shares(tmp_path: Path, run: Run) -> None:
    stated = [
        Stated(f"第{numeral}产业", "share", SHARES, {"value": value, "member": place})
        for place, (numeral, value) in enumerate(zip("一二三", (8.1, 40.2, 51.7), strict=True), 1)
    ]
    assert told(tmp_path / "right", run, SHARES, *stated) == []
    assert told(tmp_path / "twice", run, SHARES, *stated, stated[0]._replace(name="第一产业比重")) != []


def test_a_number_of_a_ratio_that_nothing_uses_is_open(tmp_path: Path, run: Run) -> None:
    stated = [
        Stated(f"第{numeral}产业", "share", SHARES, {"value": value, "member": place})
        for place, (numeral, value) in enumerate(zip("一二", (8.1, 40.2), strict=True), 1)
    ]
    assert told(tmp_path / "project", run, SHARES, *stated) == ["uncovered-number"]


def test_one_number_of_a_ratio_used_twice_must_be_shared(tmp_path: Path, run: Run) -> None:
    sentence = "产值比例8.1∶40.2∶51.7"
    stated = [Stated(name, "share", sentence, {"value": 8.1, "member": 1}) for name in ("产值比例", "产值比")]
    assert "token-used-twice" in told(tmp_path / "project", run, sentence, *stated)


MEMBERS: list[tuple[str, str, dict[str, Any], str]] = [
    (SHARES, "第二产业", {"value": 40.2}, "member-missing"),
    (SHARES, "第二产业", {"value": 40.2, "member": 3}, "value-not-in-quote"),
    (SHARES, "第二产业", {"value": 40.2, "member": 4}, "no-such-member"),
    (SHARES, "第二产业", {"value": 8.1, "member": 1}, "list-order"),
    ("第二产业占比40.2%", "第二产业", {"value": 40.2, "member": 1}, "no-such-member"),
    ("第二产业比重1:4:5", "第二产业", {"value": 4, "member": 2}, "value-not-in-quote"),  # no shares in per cent
]


@pytest.mark.parametrize(("sentence", "name", "value", "code"), MEMBERS)
def test_a_share_that_is_not_that_number_of_the_ratio_is_refused(
    tmp_path: Path, run: Run, sentence: str, name: str, value: dict[str, Any], code: str
) -> None:
    assert told(tmp_path / "project", run, sentence, Stated(name, "share", sentence, value))[0] == code


MULTIPLES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("收入比为1.6:1", {"value": 1.6}, []),
    ("收入比为1.6:1", {"value": 1.6, "member": 1}, []),
    ("收入比约3比2", {"value": 1.5, "bound": "about"}, []),
    ("收入比为1:1.5", {"value": 1.5, "member": 2}, []),
    ("收入比为1:3", {"value": 3, "member": 2}, []),
    ("城乡收入比为1:1.5", {"value": 1.5, "member": 2}, []),  # of both, not of the second
    ("收入比为1:1.5", {"value": 1.5}, ["member-missing"]),
    ("收入比为1.6:1", {"value": 1.5}, ["value-not-in-quote"]),
    ("收入比为1.6:1", {"value": 1.6, "bound": "over"}, ["bound-mismatch"]),
]


@pytest.mark.parametrize(("sentence", "value", "codes"), MULTIPLES)
def test_a_ratio_of_two_is_a_multiple(
    tmp_path: Path, run: Run, sentence: str, value: dict[str, Any], codes: list[str]
) -> None:
    stated = Stated("收入比", "multiple", sentence, value, "unt-multiple")
    assert told(tmp_path / "project", run, sentence, stated) == codes
