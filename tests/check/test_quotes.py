"""How much of a text a quote may copy: no sentence, and of its clauses only short ones that carry a number."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Run
from stated import Stated, project

LONG = "全区居民和各类市场单位的消费稳步扩大，完成12亿元"
assert len(LONG) == 25
CASES = [
    ("消费完成12亿元；投资平稳", "消费完成12亿元", True),
    ("生活安康；消费完成12亿元；投资平稳", "消费完成12亿元", True),
    ("生活安康；消费完成12亿元；投资平稳", "消费完成12亿元；", True),
    ("生活安康；消费完成12亿元", "消费完成12亿元", True),
    (f"{LONG}；投资平稳", LONG, True),
    (f"在{LONG}；投资平稳", f"在{LONG}", False),
    ("消费完成12亿元", "消费完成12亿元", False),
    ("消费完成12亿元；投资平稳", "消费完成12亿元；投资平稳", False),
    ("生活安康；消费完成12亿元；投资平稳", "完成12亿元；投资平稳", False),
]


@pytest.mark.parametrize(("sentence", "quote", "allowed"), CASES)
def test_one_short_clause_with_a_number_may_be_quoted_whole(
    tmp_path: Path, run: Run, sentence: str, quote: str, allowed: bool
) -> None:
    root = project(tmp_path / "project", f"{sentence}。", Stated("消费", "level", quote, {"value": 12}))
    assert ("[quote-is-sentence]" in run(root, "check")[1]) is not allowed
