"""The fuzzer runs clean on a few thousand inputs, and sees what is broken when something is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from factpack.source.documents import Document, load
from factpack.source.marks import Marks
from laws import fuzz

RAW = b"id: x\nname: {zh: a, en: b}\nvalue: 2.50\n"
GOOD = load("sources/places/plc-x.yaml", RAW)


def test_a_few_thousand_inputs_break_nothing(linxi: Path) -> None:
    tally = fuzz.run(4_000, 20251229, linxi, seconds=math.inf)
    assert tally.failures == [], str(tally)
    assert tally.counts["inputs"] >= 3_900
    assert min(tally.counts[word] for word in ("loaded", "valid", "proven", "tabulated", "schema-refused")) > 5


def test_the_same_seed_gives_the_same_inputs(linxi: Path) -> None:
    counts = [fuzz.run(300, seed, linxi, seconds=math.inf).counts for seed in (7, 7, 8)]
    assert counts[0] == counts[1] != counts[2]


def marks(**changed: Any) -> Marks:
    return replace(GOOD.marks, **changed)


@pytest.mark.parametrize(
    ("document", "what"),
    [
        (replace(GOOD, data=None), "data or problems"),
        (replace(GOOD, known_marks=Marks()), "not every path has a mark"),
        (replace(GOOD, known_marks=marks(keys={})), "not every key has a mark"),
        (replace(GOOD, known_marks=marks(values={**GOOD.marks.values, (): (0, 1)})), "the place 0:1"),
        (replace(GOOD, known_marks=marks(values={**GOOD.marks.values, (): (1, 7)})), "the place 1:7"),
        (replace(GOOD, known_marks=marks(keys={**GOOD.marks.keys, ("id",): (5, 1)})), "the place 5:1"),
    ],
)
def test_a_broken_law_of_the_loader_is_seen(document: Document, what: str) -> None:
    assert any(told.startswith(what) for told in fuzz.broken(RAW, document))


def test_what_holds_to_the_laws_breaks_none() -> None:
    assert list(fuzz.broken(RAW, GOOD)) == []
    assert list(fuzz.misread(RAW, GOOD.data, thorough=True)) == []


@pytest.mark.parametrize(
    ("raw", "ours"),
    [
        (b"a: no\n", {"a": "no"}),
        (b"a: 0o17\n", {"a": "0o17"}),
        (b"a: 012\n", {"a": 12}),
        (b"a: 1\n", {"a": Decimal(1)}),
        (b"a: 1\n", {"a": True}),
        (b"a: 1.5\n", {"a": Decimal("1.6")}),
        (b"a: [x]\n", {"a": ["x", "y"]}),
        (b'{"a": 1, "b": 2}', {"b": 2, "a": 1}),
    ],
)
def test_a_reader_that_reads_something_else_is_seen(raw: bytes, ours: dict[str, Any]) -> None:
    assert list(fuzz.misread(raw, ours, thorough=True))


def test_what_raises_or_takes_long_is_kept_with_its_input() -> None:
    def raising(_: bytes) -> Iterator[str]:
        yield "begun"
        raise RuntimeError("oh")

    def done(_: bytes) -> Iterator[str]:
        yield "done"

    tally = fuzz.Tally(seconds=math.inf)
    tally.take(raising, b"one")
    tally.seconds = -1.0  # whatever it takes is too long
    tally.take(done, b"two")
    assert [(what.split()[0], raw) for what, raw in tally.failures] == [("raised", b"one"), ("slow", b"two")]
    assert "2 broken" in str(tally)
    assert "b'one'" in str(tally)
