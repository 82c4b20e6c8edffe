"""Whose value a member of a list is: the subjects before it in order, a compound one by its parts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from command_line import Run
from factpack.check.subjects import compounds
from stated import Stated, project


def told(root: Path, run: Run) -> list[str]:
    return re.findall(r"error\[([a-z-]+)\]", run(root, "check")[1])


COMPOUNDS = [
    ("城乡居民人均可支配收入分别增长4.8%、7.2%", "城镇居民人均可支配收入", "农村居民人均可支配收入"),
    ("城乡居民人均可支配收入增长4.8%、7.2%", "城镇居民人均可支配收入", "农村居民人均可支配收入"),
    ("城乡低保对象分别增长4.8%和7.2%", "城市低保对象", "农村低保对象"),
    ("进出口总额分别增长4.8%和7.2%", "进口总额", "出口总额"),
    ("男女职工分别增长4.8%、7.2%", "男职工", "女职工"),
    ("省市财政投入分别增长4.8%、7.2%", "省级财政投入", "市级财政投入"),
    ("二三产业增加值分别增长4.8%、7.2%", "第二产业增加值", "第三产业增加值"),
    ("第二、三产业增加值分别增长4.8%、7.2%", "第二产业增加值", "第三产业增加值"),
]


@pytest.mark.parametrize(("sentence", "first", "second"), COMPOUNDS)
def test_a_compound_subject_counts_as_its_parts(
    tmp_path: Path, run: Run, sentence: str, first: str, second: str
) -> None:
    right = [Stated(first, "growth", sentence, {"value": 4.8}), Stated(second, "growth", sentence, {"value": 7.2})]
    assert told(project(tmp_path / "right", f"全年{sentence}。", *right), run) == []
    wrong = [Stated(first, "growth", sentence, {"value": 7.2}), Stated(second, "growth", sentence, {"value": 4.8})]
    assert told(project(tmp_path / "wrong", f"全年{sentence}。", *wrong), run) == ["list-order"] * 2


def test_a_compound_among_other_subjects_counts_as_its_parts(tmp_path: Path, run: Run) -> None:
    sentence = "地区消费和城乡居民收入分别增长5%、4.8%、7.2%"
    names = ("地区消费", "城镇居民收入", "农村居民收入")
    right = [
        Stated(name, "growth", sentence, {"value": value}) for name, value in zip(names, (5, 4.8, 7.2), strict=True)
    ]
    assert told(project(tmp_path / "right", f"全年{sentence}。", *right), run) == []


@pytest.mark.parametrize(
    ("sentence", "name", "code"),
    [
        ("城乡居民收入增长4.8%", "城镇居民收入", "subject-not-in-quote"),  # one value is not that of a part
        ("城乡居民收入分别增长4.8%、5%、6%", "城镇居民收入", "list-order"),  # three values, two parts
        ("城乡居民收入分别增长4.8%、5%", "居民存款", "subject-not-in-quote"),
    ],
)
def test_a_part_of_a_compound_has_a_value_only_in_a_list_of_as_many(
    tmp_path: Path, run: Run, sentence: str, name: str, code: str
) -> None:
    stated = Stated(name, "growth", sentence, {"value": 4.8})
    assert code in told(project(tmp_path / "project", f"全年{sentence}。", stated), run)


def test_further_lists_under_one_word_are_in_the_order_of_the_subjects_too(tmp_path: Path, run: Run) -> None:
    sentence = "消费、投资分别完成12亿元、9亿元、增长5%、4%"
    stated = [
        Stated("消费", "level", sentence, {"value": 12}),
        Stated("投资", "level", sentence, {"value": 9}),
        Stated("投资额", "growth", sentence, {"value": 5}),
        Stated("消费", "growth", sentence, {"value": 4}),
    ]
    assert told(project(tmp_path / "project", f"全年{sentence}。", *stated), run).count("list-order") == 2


def test_every_compound_has_the_words_of_each_of_its_subjects() -> None:
    for word, parts in compounds().items():
        assert len(parts) > 1, word
        assert all(part and all(part) for part in parts), word
