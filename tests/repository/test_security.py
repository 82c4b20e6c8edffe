"""SECURITY.md: each promise names the tests that hold it, and both languages promise the same."""

from __future__ import annotations

import re

import pytest

from pages import read
from projects import ROOT

ENGLISH, CHINESE = re.split(r"^## 中文\n", read("SECURITY.md"), flags=re.MULTILINE)
HEADINGS = {
    "promised": ("### What is promised\n", "### 承诺什么\n"),
    "not": ("### What is not promised\n", "### 不承诺什么\n"),
}


def items(part: str, language: int) -> list[str]:
    """Return the items of a list in SECURITY.md."""
    after = (ENGLISH, CHINESE)[language].partition(HEADINGS[part][language])[2].partition("\n##")[0]
    return re.findall(r"^- .*(?:\n  .*)*", after, re.MULTILINE)


def held_by(item: str) -> list[str]:
    """Return the tests that an item links to, by the path of each."""
    return re.findall(r"\[`test_\w+\.py`\]\((tests/[\w/]+\.py)\)", item)


@pytest.mark.parametrize("item", items("promised", 0), ids=lambda item: item[2:50])
def test_each_promise_names_tests_that_are_there(item: str) -> None:
    assert held_by(item)
    assert all("def test_" in (ROOT / path).read_text("utf-8") for path in held_by(item))


@pytest.mark.parametrize("part", HEADINGS)
def test_both_languages_promise_the_same(part: str) -> None:
    english, chinese = (items(part, language) for language in (0, 1))
    assert english
    assert [held_by(item) for item in english] == [held_by(item) for item in chinese]
