"""The order of names: that of browsers, on any machine."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from collated import as_browsers_sort, needs_node, told_apart
from factpack.package.collation import name_key
from factpack.words import carried
from projects import ROOT

TEXTS = Path(os.environ.get("FACTPACK_TEXTS", ROOT.parent / "shared" / "texts"))


@needs_node
def test_words_of_published_texts_are_in_the_order_of_a_browser() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(TEXTS.rglob("*.txt"))]
    if not texts:
        pytest.skip("the published texts are not beside the repository")
    chance, whole = random.Random(16), "\n".join(texts).replace("\n", "")
    starts = [chance.randrange(len(whole)) for _ in range(8_000)]
    ours = told_apart({whole[at : at + chance.randrange(1, 7)].strip() for at in starts} - {""})
    assert as_browsers_sort(ours[::-1], "zh") == ours


@needs_node
def test_signs_are_in_the_order_of_a_browser() -> None:
    groups = carried("package/collation.yaml")["signs"].split()
    assert as_browsers_sort(groups[::-1], "zh") == groups


def test_every_common_character_has_one_place() -> None:
    order = "".join(carried("package/collation.yaml")["han"].split())
    assert sorted(order) == sorted(["〇", *map(chr, range(0x4E00, 0xA000))])


@pytest.mark.parametrize(
    "ordered",
    [
        ["安居", "黄鹤楼", "珞珈山", "昙华林", "武昌", "长江", "中山路", "紫阳湖"],
        ["“一湖两带”", "2026年", "安居", "EOD项目"],
        ["air", "Air quality", "east", "East Lake", "ecole", "École", "Ecology", "zoo", "Αθήνα"],
        ["1", "10", "2", "一", "a", "𠀀"],
    ],
)
def test_signs_digits_chinese_by_pinyin_and_letters_follow_one_another(ordered: list[str]) -> None:
    assert sorted({*ordered}, key=name_key) == ordered
