"""A target promises the stage that its words say: what is to be built is not yet what is to be finished."""

from __future__ import annotations

import re
from typing import Any

import pytest

from wuchang.curated import records

Record = dict[str, Any]

FINISHED = frozenset(("completed", "opened", "operating", "accepted", "recognised"))
BUILT = re.compile(r"新建|改建|建设|打造|推进|推动")
DONE = re.compile(r"完成|建成|创成|竣工|投用|办好")
"""Words that promise an end, beside which those above say only what it is that ends."""


def goes_too_far(milestone: Record) -> bool:
    """Say whether a target has a later stage than the words of its quotes."""
    if milestone["status"] != "target" or milestone["stage"] not in FINISHED or "retired" in milestone:
        return False
    quotes = [each["quote"] for each in milestone["evidence"] if "quote" in each]
    return any(BUILT.search(each) for each in quotes) and not any(DONE.search(each) for each in quotes)


def test_no_target_is_recorded_as_finished_that_is_only_to_be_built() -> None:
    found = [
        (record["id"], each["stage"])
        for record in records("projects")
        for each in record["milestones"]
        if goes_too_far(each)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("stage", "quote", "too_far"),
    [
        ("completed", "新建黄鹂路", True),
        ("completed", "完成月亮湾变电站建设", False),
        ("recognised", "打造示范区", True),
        ("started", "新建黄鹂路", False),
    ],
)
def test_a_target_that_goes_too_far_would_be_told(stage: str, quote: str, too_far: bool) -> None:
    assert goes_too_far({"status": "target", "stage": stage, "evidence": [{"quote": quote}]}) is too_far
