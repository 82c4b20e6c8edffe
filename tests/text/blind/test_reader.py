"""The grammar reads the places of a report as a reader did, but for the misses listed here.

README.md says how the places were drawn and read, and how many are read alike.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import NamedTuple

import pytest

from factpack.text.tokens import tokenise
from projects import ROOT
from text.windows import paragraphs
from text.written import reading

HERE = Path(__file__).parent
TEXTS = Path(os.environ.get("FACTPACK_TEXTS", ROOT.parent / "shared" / "texts")) / "other"


class Miss(NamedTuple):
    """A place that the grammar reads otherwise than the reader."""

    paragraph: int
    offset: int
    reader: str
    grammar: str


MISSES = {
    "state-council-2002": [
        Miss(144, 135, "at_most 10 年", "10 年"),  # 10年内: 内 alone is no bound word, only 以内 and 之内 are
    ],
    "state-council-1985": [
        Miss(35, 106, "none", "over 20 年"),  # misread: of 二十多年 only 二十多年来 is none
    ],
    "state-council-1992": [
        Miss(28, 49, "over 1 万项", "none"),  # misread: 几万 is vague, and no number by the conventions
        Miss(28, 65, "over 1000 项", "none"),  # misread: so is 数千
    ],
    "state-council-2000": [],
    "state-council-2024": [
        Miss(14, 96, "over 50 %", "50 %"),  # 超过全球一半: the whole stands between the bound word and the number
        Miss(22, 124, "over 1100 万", "over 1100 万学生"),  # misread: 学生 is a unit
    ],
}


def read_places(paragraph: str, start: int, end: int) -> str:
    """Return the readings of the tokens that cover a part of the run, without their reaches, or `none`."""
    tokens = [token for token in tokenise(paragraph) if token.start < end and start < token.end]
    return " | ".join(reading(paragraph, token).rpartition(" = ")[2] for token in tokens) or "none"


def misses(name: str) -> list[Miss]:
    """Return the misses in a text."""
    listed, found = paragraphs(TEXTS / f"{name}.txt"), []
    for number, offset, run, reader in csv.reader((HERE / f"{name}.tsv").open(encoding="utf-8"), delimiter="\t"):
        paragraph, start = listed[int(number) - 1], int(offset)
        assert paragraph.startswith(run, start)
        grammar = read_places(paragraph, start, start + len(run))
        found += [Miss(int(number), start, reader, grammar)] if grammar != reader else []
    return found


@pytest.mark.parametrize("name", MISSES)
def test_places_of_a_report_are_read_as_a_reader_reads_them(name: str) -> None:
    if not (TEXTS / f"{name}.txt").is_file():
        pytest.skip("needs the texts of other reports: set FACTPACK_TEXTS to the folder above theirs")
    assert misses(name) == MISSES[name]
